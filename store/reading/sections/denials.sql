WITH known AS (
    SELECT
        a.article_id,
        a.revision,
        a.source_id,
        a.digest_at,
        coalesce(p.origin_id, a.source_id, a.article_id) AS origin
    FROM articles_known($day_end) AS a
    ANTI JOIN copies_known($day_end) AS c ON c.article_id = a.article_id
    LEFT JOIN story_articles AS p ON p.article_id = a.article_id
    WHERE a.digest_at >= $day_start - INTERVAL 7 DAYS
),
deeds AS (
    SELECT
        e.article_id,
        e.revision,
        e.no,
        e.type,
        e.status = 'denied' AS is_denial,
        e.actor_names || e.recipient_names AS sides,
        e.start_date,
        coalesce(e.end_date, e.start_date) AS last_date,
        a.source_id,
        a.digest_at,
        a.origin
    FROM events AS e
    JOIN known AS a ON a.article_id = e.article_id AND a.revision = e.revision
    WHERE e.status IN ('occurred', 'ongoing', 'denied')
),
denied AS MATERIALIZED (
    SELECT * REPLACE (list_sort(list_distinct(sides)) AS sides) FROM deeds WHERE is_denial
),
claims AS (
    SELECT * REPLACE (list_sort(list_distinct(d.sides)) AS sides)
    FROM deeds AS d
    -- Few share a side with what is denied: only these are worth sorting.
    SEMI JOIN (SELECT type, unnest(sides) AS side FROM denied) AS n ON n.type = d.type AND n.side = d.sides[1]
    WHERE NOT d.is_denial
),
claimed AS (
    SELECT
        d.article_id,
        d.no,
        c.article_id AS claim_article_id,
        c.revision AS claim_revision,
        c.no AS claim_no,
        c.source_id AS claim_source_id,
        c.digest_at AS claim_at
    FROM denied AS d
    JOIN claims AS c ON c.type = d.type AND c.sides = d.sides
    WHERE c.origin <> d.origin
        AND coalesce(c.last_date >= d.start_date, TRUE)
        AND coalesce(d.last_date >= c.start_date, TRUE)
    -- The first who told it as done.
    QUALIFY row_number() OVER (PARTITION BY d.article_id, d.no ORDER BY c.digest_at, c.article_id, c.no) = 1
),
of_day AS MATERIALIZED (
    SELECT d.article_id, d.revision, d.no, d.source_id, d.digest_at, c.* EXCLUDE (article_id, no)
    FROM denied AS d
    LEFT JOIN claimed AS c ON c.article_id = d.article_id AND c.no = d.no
    WHERE greatest(d.digest_at, c.claim_at) >= $day_start
),
told AS (
    SELECT e.*, coalesce(n.name, e.told_by_id) AS told_by
    FROM (
        -- Who vouches for it, else who says the sentence that tells it.
        SELECT e.*, coalesce(e.attributed_to_id, s.speaker_id) AS told_by_id
        FROM events AS e
        SEMI JOIN (
            SELECT article_id, revision, no FROM of_day
            UNION ALL
            SELECT claim_article_id, claim_revision, claim_no FROM of_day
        ) AS d ON d.article_id = e.article_id AND d.revision = e.revision AND d.no = e.no
        LEFT JOIN statements AS s
            ON s.article_id = e.article_id AND s.revision = e.revision AND s.statement_id = e.statement_id
    ) AS e
    LEFT JOIN article_entities AS n
        ON n.article_id = e.article_id AND n.revision = e.revision AND n.entity_id = e.told_by_id
)
SELECT
    CASE WHEN d.claim_no IS NULL THEN 'denial' ELSE 'contradiction' END AS kind,
    t.type,
    t.mode,
    t.actor_names AS actors,
    t.recipient_names AS recipients,
    t.told_by AS denied_by,
    t.article_id,
    t.revision,
    t.char_start,
    t.char_end,
    t.text,
    d.source_id,
    d.digest_at AS told_at,
    c.article_id AS claim_article_id,
    c.revision AS claim_revision,
    c.char_start AS claim_char_start,
    c.char_end AS claim_char_end,
    c.text AS claim_text,
    d.claim_source_id,
    d.claim_at AS claim_told_at,
    c.told_by AS claimed_by
FROM of_day AS d
JOIN told AS t ON t.article_id = d.article_id AND t.revision = d.revision AND t.no = d.no
LEFT JOIN told AS c
    ON c.article_id = d.claim_article_id AND c.revision = d.claim_revision AND c.no = d.claim_no
ORDER BY kind, told_at, coalesce(d.source_id, ''), t.article_id, t.no
LIMIT 200
