-- Part: Events
-- Question: Who imposed sanctions on whom, and since when, as told in the last 90 days?
-- Shows: Each report of sanctions with a date, newest first, with the sentence that tells it.
-- Adapt: Put another type in the place of `SANCTION` (ACCUSE, THREATEN, AID, PROTEST, COERCE and so on), and other
--   days in the place of 90.
SELECT
    start_date,
    status,
    actors,
    recipients,
    sentence,
    source
FROM v_events
WHERE type = 'SANCTION' AND start_date IS NOT NULL
    AND published_at > newest_at() - INTERVAL 90 DAYS
ORDER BY start_date DESC, article_id, char_start;
