-- Part: Events
-- Question: Which exercises and movements of troops are reported, and which are still to come?
-- Shows: Each, with its status (planned, ongoing, occurred, possible, denied) and the person or body that vouches for
--   it.
-- Adapt: Add `AND list_contains(actors, 'Russia')` for those of one country.
SELECT
    published_at::DATE AS reported_date,
    status,
    start_date,
    actors,
    location,
    attributed_to,
    text
FROM v_events
WHERE type = 'MOBILIZE' OR (type = 'COOPERATE' AND list_contains(contexts, 'military'))
ORDER BY published_at DESC, article_id, char_start;
