-- Part: Events
-- Question: Who imposed sanctions on whom, and since when?
-- Shows: Each report of sanctions with a date, newest first, with the sentence that tells it.
-- Adapt: Put another type in the place of `SANCTION`: ACCUSE, THREATEN, AID, PROTEST, COERCE and so on.
SELECT
    start_date,
    status,
    actors,
    recipients,
    sentence,
    source
FROM v_events
WHERE type = 'SANCTION' AND start_date IS NOT NULL
ORDER BY start_date DESC, article_id, char_start;
