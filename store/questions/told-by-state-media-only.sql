-- Part: Sources
-- Question: Which deeds are told by state media alone?
-- Shows: Each deed that no source of another kind tells of, newest first, with who vouches for it.
-- Adapt: Put `HAVING count(DISTINCT e.source) = 1` in the place of the last condition for all that only one source
--   tells.
SELECT
    max(e.published_at)::DATE AS published_date,
    e.type,
    e.actors,
    e.recipients,
    list_sort(list(DISTINCT e.attributed_to) FILTER (e.attributed_to IS NOT NULL)) AS vouched_by,
    list_sort(list(DISTINCT e.source)) AS sources,
    arg_max(e.text, (e.published_at, e.article_id, e.char_start)) AS text
FROM v_events AS e
JOIN v_articles AS a USING (article_id)
WHERE e.status <> 'denied'
GROUP BY e.type, e.actors, e.recipients
HAVING bool_and(a.source_kind = 'state')
ORDER BY published_date DESC, e.type, e.actors, e.recipients;
