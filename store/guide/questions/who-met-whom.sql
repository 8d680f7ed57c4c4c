-- Part: Events
-- Question: Who met whom, when and where, as told in the last 400 days?
-- Shows: Each meeting or visit that took place, with how many articles of how many sources tell of it, newest first.
-- Adapt: Put other days in the place of 400; add `AND list_contains(actors, 'Sadyr Japarov')` for the meetings of one
--   person.
SELECT
    start_date,
    end_date,
    list_sort(actors || recipients) AS who,
    list_sort(list(DISTINCT location) FILTER (location IS NOT NULL)) AS locations,
    count(DISTINCT article_id) AS articles,
    count(DISTINCT source) AS sources
FROM v_events
WHERE type = 'CONSULT' AND status = 'occurred'
    AND published_at > newest_at() - INTERVAL 400 DAYS
GROUP BY ALL
ORDER BY start_date DESC NULLS LAST, end_date, who;
