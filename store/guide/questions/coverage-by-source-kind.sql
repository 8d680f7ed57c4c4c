-- Part: Sources
-- Question: Which kind of source reports on which topic, and who is silent?
-- Shows: For each topic the share of each kind's articles that is about it; silent kinds, which had articles but none
--   on it.
-- Adapt: Add `AND subject = 'energy'` to the second query in brackets for one topic.
WITH kinds AS (
    SELECT source_kind, count(*) AS articles FROM v_articles GROUP BY source_kind
),
topics_told AS (
    SELECT subject AS topic, source_kind, sum(articles) AS articles
    FROM v_coverage
    WHERE subject_type = 'topic'
    GROUP BY ALL
)
SELECT
    t.topic,
    coalesce(sum(told.articles), 0)::INTEGER AS articles,
    list(k.source_kind || ' ' || round(100 * coalesce(told.articles, 0) / k.articles)::INTEGER || '%'
        ORDER BY told.articles / k.articles DESC NULLS LAST, k.source_kind) FILTER (told.articles > 0) AS shares,
    list(k.source_kind ORDER BY k.source_kind) FILTER (told.articles IS NULL) AS silent
FROM (SELECT DISTINCT topic FROM topics_told) AS t
CROSS JOIN kinds AS k
LEFT JOIN topics_told AS told ON told.topic = t.topic AND told.source_kind = k.source_kind
GROUP BY t.topic
ORDER BY articles DESC, t.topic;
