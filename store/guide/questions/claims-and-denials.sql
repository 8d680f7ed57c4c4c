-- Part: Events
-- Question: What was denied in the last 30 days, by whom, and who claims the opposite?
-- Shows: Each deed that somebody denies, beside what is reported within three days of the same kind of deed by the same
--   actors and to the same side, if anything.
-- Adapt: Put other days in the place of 30; add `AND list_contains(denial.actors, 'Russia')` for what is said of one
--   actor.
WITH told AS (
    SELECT record_id, published_at, source, type, status, actors, recipients, attributed_to, text
    FROM v_events
    WHERE published_at > newest_at() - INTERVAL 30 DAYS
)
SELECT
    denial.published_at::DATE AS denied_date,
    denial.attributed_to AS denied_by,
    denial.text AS denied,
    claim.published_at::DATE AS claimed_date,
    coalesce(claim.attributed_to, claim.source) AS claimed_by,
    claim.text AS claimed
FROM told AS denial
LEFT JOIN told AS claim
    ON claim.type = denial.type AND claim.actors = denial.actors AND claim.recipients = denial.recipients
    AND claim.status <> 'denied'
    AND claim.published_at BETWEEN denial.published_at - INTERVAL 3 DAYS AND denial.published_at + INTERVAL 3 DAYS
WHERE denial.status = 'denied'
ORDER BY denial.published_at DESC, denial.record_id, claim.published_at DESC, claim.record_id;
