WITH told AS (
    SELECT DISTINCT p.story_id
    FROM story_articles AS p
    SEMI JOIN articles_told($day_start, $day_end) AS t ON t.article_id = p.article_id
)
SELECT
    p.story_id,
    coalesce(s.kind, 'unknown') AS kind,
    count(*) AS articles,
    list_sort(list_distinct(list(a.source_id) FILTER (a.source_id IS NOT NULL))) AS sources,
    -- When it was published, if that is known: two whom one run brought in need not have been equally quick.
    min(least(coalesce(a.published_at, a.digest_at), a.digest_at)) AS first_at
FROM story_articles AS p
SEMI JOIN told AS t ON t.story_id = p.story_id
JOIN articles_known($day_end) AS a ON a.article_id = p.article_id
LEFT JOIN sources AS s ON s.source_id = a.source_id
GROUP BY p.story_id, coalesce(s.kind, 'unknown')
ORDER BY p.story_id, kind
