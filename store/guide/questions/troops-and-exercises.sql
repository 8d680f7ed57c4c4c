-- Part: Events
-- Question: Which exercises and movements of troops were reported in the last 30 days, and which are still to come?
-- Shows: Each, with its status (planned, ongoing, occurred, possible, denied) and the person or body that vouches for
--   it.
-- Adapt: Put other days in the place of 30; add `AND list_contains(actors, 'Russia')` for those of one country.
SELECT
    published_at::DATE AS published_date,
    status,
    start_date,
    actors,
    location,
    attributed_to,
    text
FROM v_events
WHERE (type = 'MOBILIZE' OR (type = 'COOPERATE' AND list_contains(contexts, 'military')))
    AND published_at > newest_at() - INTERVAL 30 DAYS
ORDER BY published_at DESC, article_id, char_start;
