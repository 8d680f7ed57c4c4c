WITH told AS (
    FROM articles_told($day_start, $day_end)
),
found AS (
    SELECT article_id, max(strength) AS intensity, count(*) AS records
    FROM (
        SELECT article_id, revision, abs(intensity) AS strength FROM events
        UNION ALL
        SELECT article_id, revision, NULL FROM statements
        UNION ALL
        SELECT article_id, revision, NULL FROM figures
    )
    SEMI JOIN told USING (article_id, revision)
    GROUP BY article_id
),
troubles AS (
    SELECT article_id, list({'code': code, 'detail': detail} ORDER BY no) AS issues
    FROM issues
    SEMI JOIN told USING (article_id, revision)
    GROUP BY article_id
)
SELECT
    t.article_id,
    t.revision,
    t.source_id,
    a.title,
    a.url,
    a.language,
    t.digest_at AS told_at,
    t.published_at,
    a.published_from,
    a.text_from,
    a.relevance,
    coalesce(f.intensity, 0) AS intensity,
    coalesce(f.records, 0) AS records,
    p.story_id,
    c.copy_of,
    p.origin_id,
    coalesce(i.issues, []) AS issues
FROM told AS t
JOIN articles AS a ON a.article_id = t.article_id AND a.revision = t.revision
LEFT JOIN found AS f ON f.article_id = t.article_id
LEFT JOIN troubles AS i ON i.article_id = t.article_id
LEFT JOIN story_articles AS p ON p.article_id = t.article_id
LEFT JOIN copies_known($day_end) AS c ON c.article_id = t.article_id
ORDER BY coalesce(t.source_id, ''), t.article_id
