-- Part: Time
-- Question: Which plans of the last 30 days came true, and of which was nothing heard again?
-- Shows: Each plan that had its day, beside the deed that fits, if a later article tells one: compare the words of
--   the two.
-- Adapt: Put other days in the place of 30; add `AND list_contains(who, 'Russia')` for the plans of one side.
SELECT
    start_date,
    end_date,
    who,
    text AS planned,
    published_at::DATE AS announced_date,
    outcome,
    deed_date,
    deed_text AS deed
FROM calendar(days := 30)
WHERE kind = 'plan' AND outcome <> 'ahead'
ORDER BY start_date DESC, end_date DESC, record_id;
