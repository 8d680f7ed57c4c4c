-- Part: Events
-- Question: What is denied, by whom, and who claims the opposite?
-- Shows: Each deed that somebody denies, beside the reports of the same kind of deed by the same actors, if there are
--   any.
-- Adapt: Add `AND list_contains(denial.actors, 'Russia')` for what is said of one actor.
SELECT
    denial.published_at::DATE AS denied_date,
    denial.attributed_to AS denied_by,
    denial.text AS denied,
    claim.published_at::DATE AS claimed_date,
    coalesce(claim.attributed_to, claim.source) AS claimed_by,
    claim.text AS claimed
FROM v_events AS denial
LEFT JOIN v_events AS claim
    ON claim.type = denial.type AND claim.actors = denial.actors AND claim.status <> 'denied'
WHERE denial.status = 'denied'
ORDER BY denial.published_at DESC, denial.article_id, denial.char_start,
    claim.published_at DESC, claim.article_id, claim.char_start;
