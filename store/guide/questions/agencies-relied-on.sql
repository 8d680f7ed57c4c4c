-- Part: Sources
-- Question: On which agencies and outlets did the sources lean in the last 90 days?
-- Shows: Who is cited, in how many articles by which sources, and through whom statements reach them.
-- Adapt: Put other days in the place of 90; add `AND e.country = 'RUS'` for those of one country, `AND a.source_kind =
--   'wire'` for the sources of one kind.
WITH cited AS (
    SELECT article_id, revision, entity_id, FALSE AS is_relaying FROM citations
    UNION ALL
    SELECT article_id, revision, entity_id, TRUE FROM statement_chain
)
SELECT
    e.name AS agency,
    e.country,
    count(DISTINCT a.article_id) AS articles,
    list_sort(list(DISTINCT a.source)) AS sources,
    count(*) FILTER (is_relaying) AS statements_relayed
FROM cited
JOIN v_articles AS a USING (article_id, revision)
JOIN entities AS e USING (entity_id)
WHERE a.published_at > newest_at() - INTERVAL 90 DAYS
GROUP BY e.entity_id, e.name, e.country
ORDER BY articles DESC, agency;
