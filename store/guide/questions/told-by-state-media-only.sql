-- Part: Sources
-- Question: Which deeds of the last 30 days are told by state media alone?
-- Shows: Each deed that no source of another kind tells of, newest first, with who vouches for it.
-- Adapt: Put other days in the place of 30; `HAVING count(DISTINCT e.source) = 1` finds all that only one source
--   tells.
SELECT
    max(e.published_at)::DATE AS published_date,
    e.type,
    list_sort(e.actors) AS actors,
    e.recipients,
    list_sort(list(DISTINCT e.attributed_to) FILTER (e.attributed_to IS NOT NULL)) AS vouched_by,
    list_sort(list(DISTINCT e.source)) AS sources,
    arg_min(e.text, e.record_id) AS text
FROM v_events AS e
WHERE e.status <> 'denied' AND e.published_at > newest_at() - INTERVAL 30 DAYS
GROUP BY e.type, list_sort(e.actors), e.recipients
HAVING bool_and(coalesce(e.source_kind = 'state', FALSE))
ORDER BY published_date DESC, e.type, actors, e.recipients;
