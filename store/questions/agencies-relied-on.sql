-- Part: Sources
-- Question: On which agencies and outlets do the sources lean?
-- Shows: Who is cited, in how many articles by which sources, and how many statements came through them.
-- Adapt: Add `WHERE e.country = 'RUS'` for those of one country, `WHERE a.source_kind = 'wire'` for the sources of
--   one kind.
WITH relayed AS (
    SELECT agency, count(*) AS statements
    FROM (SELECT unnest(via) AS agency FROM v_who_said_what)
    GROUP BY agency
)
SELECT
    e.name AS agency,
    e.country,
    count(DISTINCT a.article_id) AS articles,
    list_sort(list(DISTINCT a.source)) AS sources,
    coalesce(any_value(relayed.statements), 0) AS statements_relayed
FROM citations AS c
JOIN v_articles AS a USING (article_id, revision)
JOIN entities AS e USING (entity_id)
LEFT JOIN relayed ON relayed.agency = e.name
GROUP BY e.entity_id, e.name, e.country
ORDER BY articles DESC, agency;
