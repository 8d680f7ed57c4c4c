WITH told AS (
    SELECT article_id, revision, source_id, digest_at, days_ago
    FROM articles_told($day_start, $day_end, days := 30)
),
volume AS (
    SELECT
        count(*) FILTER (days_ago = 0) AS total,
        count(*) FILTER (days_ago BETWEEN 1 AND 7) / 7 AS total_mean
    FROM told
),
counted AS (
    SELECT
        n.entity_id,
        count(*) FILTER (t.days_ago = 0) AS articles,
        count(*) FILTER (t.days_ago = 1) AS articles_before,
        count(*) FILTER (t.days_ago BETWEEN 1 AND 7) / 7 AS mean,
        min(t.days_ago) FILTER (t.days_ago > 0) AS last_ago
    FROM article_entities AS n
    JOIN told AS t ON t.article_id = n.article_id AND t.revision = n.revision
    GROUP BY n.entity_id
),
-- As much of all articles as in the week before is 0; one article more on both sides keeps few from looking like many.
compared AS (
    SELECT c.*, v.*, log2(((c.articles + 1) / (v.total + 2)) / ((c.mean + 1) / (v.total_mean + 2))) AS change
    FROM counted AS c
    CROSS JOIN volume AS v
    WHERE v.total_mean > 0
),
fresh AS (
    SELECT c.entity_id
    FROM compared AS c
    JOIN article_entities AS n ON n.entity_id = c.entity_id
    JOIN told AS t ON t.article_id = n.article_id AND t.revision = n.revision
    LEFT JOIN story_articles AS p ON p.article_id = n.article_id
    WHERE c.last_ago IS NULL AND c.articles >= 2 AND n.type IN ('PER', 'ORG', 'GPE')
    GROUP BY c.entity_id
    HAVING count(DISTINCT coalesce(p.origin_id, t.source_id, t.article_id)) >= 2
),
chosen AS (
    (
        SELECT entity_id
        FROM compared
        WHERE last_ago IS NOT NULL AND change > 0 AND articles >= 3
        ORDER BY change DESC, articles DESC, entity_id
        LIMIT 20
    )
    UNION ALL
    (
        SELECT entity_id FROM compared WHERE change < 0 AND mean >= 3 ORDER BY change, mean DESC, entity_id LIMIT 20
    )
    UNION ALL
    FROM fresh
),
-- Of the day; of the last day before where nobody is named any more.
first_mentions AS (
    SELECT m.entity_id, m.article_id, m.revision, m.char_start, m.char_end, m.text, t.source_id, t.digest_at AS told_at
    FROM mentions AS m
    SEMI JOIN chosen AS c ON c.entity_id = m.entity_id
    JOIN told AS t ON t.article_id = m.article_id AND t.revision = m.revision
    QUALIFY row_number() OVER (
        PARTITION BY m.entity_id
        ORDER BY t.days_ago, m.kind <> 'name', t.digest_at, coalesce(t.source_id, ''), m.article_id, m.char_start
    ) = 1
)
SELECT
    m.entity_id,
    n.name,
    n.type,
    n.country,
    c.articles,
    c.articles_before,
    c.mean,
    c.total,
    c.total_mean,
    $day - CAST(c.last_ago AS INTEGER) AS seen_before,
    m.article_id,
    m.revision,
    m.char_start,
    m.char_end,
    m.text,
    m.source_id,
    m.told_at
FROM first_mentions AS m
JOIN compared AS c ON c.entity_id = m.entity_id
JOIN article_entities AS n ON n.article_id = m.article_id AND n.revision = m.revision AND n.entity_id = m.entity_id
ORDER BY c.last_ago IS NULL, c.change DESC, m.entity_id
