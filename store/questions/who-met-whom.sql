-- Part: Events
-- Question: Who met whom, when and where?
-- Shows: Each meeting or visit that took place, with how many articles of how many sources tell of it, newest first.
-- Adapt: Add `AND list_contains(actors, 'Sadyr Japarov')` for the meetings of one person.
SELECT
    start_date,
    end_date,
    list_sort(actors || recipients) AS who,
    list_sort(list(DISTINCT location) FILTER (location IS NOT NULL)) AS locations,
    count(DISTINCT article_id) AS articles,
    count(DISTINCT source) AS sources
FROM v_events
WHERE type = 'CONSULT' AND status = 'occurred'
GROUP BY ALL
ORDER BY start_date DESC NULLS LAST, end_date, who;
