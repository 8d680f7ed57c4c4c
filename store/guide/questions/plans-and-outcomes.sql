-- Part: Time
-- Question: Which plans came true, and of which was nothing heard again?
-- Shows: Each plan that had its day, beside the deed that fits, if a later article tells one: compare the words of
--   the two.
-- Adapt: Add `AND list_contains(plan.who, 'Russia')` for the plans of one side, `AND plan.start_date > '2022-06-30'`
--   for those of late.
SELECT
    plan.start_date,
    plan.end_date,
    list_sort(plan.who) AS who,
    plan.text AS planned,
    plan.published_at::DATE AS announced_date,
    plan.outcome,
    plan.deed_date,
    deed.text AS deed
FROM v_calendar AS plan
LEFT JOIN v_events AS deed ON deed.record_id = plan.deed_record_id
WHERE plan.kind = 'plan' AND plan.outcome <> 'ahead'
ORDER BY plan.start_date DESC, plan.end_date DESC, plan.record_id;
