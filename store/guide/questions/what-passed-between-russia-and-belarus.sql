-- Part: Countries
-- Question: What did Russia and Belarus do to and with each other in the last 30 days?
-- Shows: Every deed, forth (by Russia), back (by Belarus) or together, with the sources that tell it.
-- Adapt: Put other countries (three letters), people or bodies in the place of `RUS` and `BLR`, and other days in the
--   place of 30.
SELECT
    start_date,
    direction,
    type,
    list_sort(actors) AS actors,
    recipients,
    list_sort(list(DISTINCT source)) AS sources,
    arg_min(text, record_id) AS text
FROM events_between('RUS', 'BLR')
WHERE status = 'occurred' AND start_date > newest_at()::DATE - 30
GROUP BY ALL
ORDER BY start_date DESC, direction, type, actors, recipients;
