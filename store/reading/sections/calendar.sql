WITH known AS (
    SELECT
        a.article_id,
        a.revision,
        a.source_id,
        a.digest_at,
        coalesce(a.published_at, a.stored_at) AS told_at,
        CAST(coalesce(a.published_at, a.stored_at) AS DATE) AS told_date,
        p.story_id
    FROM articles_known($day_end) AS a
    ANTI JOIN copies_known($day_end) AS c ON c.article_id = a.article_id
    LEFT JOIN story_articles AS p ON p.article_id = a.article_id
),
planned AS MATERIALIZED (
    SELECT
        e.article_id,
        e.revision,
        e.event_id,
        e.type,
        CASE e.type WHEN 'AGREE' THEN 'CONSULT' ELSE e.type END AS family,
        e.start_date,
        coalesce(e.end_date, e.start_date) AS end_date,
        list_sort(list_distinct(e.actor_names || e.recipient_names)) AS sides,
        list_sort(list_distinct(e.actor_countries || e.recipient_countries)) AS countries,
        e.char_start,
        e.char_end,
        e.text,
        a.source_id,
        a.digest_at,
        a.told_at
    FROM events AS e
    JOIN known AS a ON a.article_id = e.article_id AND a.revision = e.revision
    WHERE e.status = 'planned' AND e.start_date > a.told_date
),
-- Of those that were to be by now the first telling counts. What was to take more than a month is never over in time.
due AS MATERIALIZED (
    SELECT *
    FROM planned
    WHERE start_date <= $day AND end_date >= $day - 3 AND end_date <= start_date + 31
    QUALIFY row_number() OVER (
        PARTITION BY family, start_date, end_date, sides ORDER BY told_at, article_id, char_start, event_id
    ) = 1
),
deeds AS (
    SELECT
        e.article_id,
        e.revision,
        e.event_id,
        CASE e.type WHEN 'AGREE' THEN 'CONSULT' ELSE e.type END AS family,
        e.status = 'denied' AS is_denial,
        CASE WHEN e.start_date <= a.told_date THEN e.start_date ELSE a.told_date END AS deed_date,
        e.start_date,
        unnest(list_distinct(e.actor_names || e.recipient_names)) AS side,
        e.actor_countries || e.recipient_countries AS countries,
        e.char_start,
        e.char_end,
        e.text,
        a.source_id,
        a.digest_at,
        a.told_at
    FROM events AS e
    JOIN known AS a ON a.article_id = e.article_id AND a.revision = e.revision
    WHERE e.status IN ('occurred', 'ongoing', 'denied')
        AND a.digest_at >= (SELECT min(digest_at) FROM due)
        AND (e.status = 'denied' OR coalesce(e.start_date, a.told_date) >= (SELECT min(start_date) - 1 FROM due))
),
fitting AS (
    SELECT p.article_id AS plan_article_id, p.event_id AS plan_event_id, d.*
    FROM (SELECT *, unnest(sides) AS side FROM due) AS p
    JOIN deeds AS d ON d.family = p.family AND d.side = p.side
    WHERE d.told_at > p.told_at
        AND list_has_all(d.countries, p.countries)
        AND (
            d.deed_date BETWEEN p.start_date - 1 AND p.end_date + 3
            OR (d.is_denial AND coalesce(d.start_date BETWEEN p.start_date AND p.end_date, TRUE))
        )
    QUALIFY row_number() OVER (
        PARTITION BY p.article_id, p.event_id, d.is_denial
        ORDER BY d.digest_at, d.told_at, d.article_id, d.char_start, d.event_id
    ) = 1
),
judged AS (
    SELECT
        CASE
            WHEN done.event_id IS NOT NULL THEN
                CASE WHEN done.digest_at >= $day_start OR p.start_date = $day THEN 'came_true' END
            WHEN denied.event_id IS NOT NULL THEN
                CASE WHEN denied.digest_at >= $day_start OR p.start_date = $day THEN 'denied' END
            WHEN p.start_date = $day THEN 'due'
            WHEN p.end_date + 3 = $day THEN 'not_seen'
        END AS outcome,
        p.*,
        coalesce(done.article_id, denied.article_id) AS deed_article_id,
        coalesce(done.revision, denied.revision) AS deed_revision,
        coalesce(done.event_id, denied.event_id) AS deed_event_id,
        coalesce(done.char_start, denied.char_start) AS deed_char_start,
        coalesce(done.char_end, denied.char_end) AS deed_char_end,
        coalesce(done.text, denied.text) AS deed_text,
        coalesce(done.source_id, denied.source_id) AS deed_source_id,
        coalesce(done.digest_at, denied.digest_at) AS deed_told_at,
        coalesce(done.deed_date, denied.deed_date) AS deed_date
    FROM due AS p
    LEFT JOIN fitting AS done
        ON done.plan_article_id = p.article_id AND done.plan_event_id = p.event_id AND NOT done.is_denial
    LEFT JOIN fitting AS denied
        ON denied.plan_article_id = p.article_id AND denied.plan_event_id = p.event_id AND denied.is_denial
),
told AS (
    -- What makes several plans come true, told in other words, is told once.
    SELECT * EXCLUDE (event_id, family, countries, digest_at, told_at, deed_event_id), digest_at AS told_at
    FROM judged
    WHERE outcome IS NOT NULL
    QUALIFY deed_event_id IS NULL OR row_number() OVER (
        PARTITION BY outcome, deed_article_id, deed_event_id ORDER BY told_at, article_id, char_start, event_id
    ) = 1
),
coming AS (
    SELECT 'ahead' AS outcome, article_id, revision, type, start_date, end_date, sides, char_start, char_end, text,
        source_id, digest_at AS told_at
    FROM planned
    WHERE digest_at >= $day_start AND start_date > $day
    QUALIFY row_number() OVER (
        PARTITION BY family, start_date, end_date, sides ORDER BY digest_at, article_id, char_start, event_id
    ) = 1
    UNION ALL
    (
        SELECT 'ahead', t.article_id, t.revision, NULL, t.start_date, coalesce(t.end_date, t.start_date), [],
            t.char_start, t.char_end, t.text, a.source_id, a.digest_at
        FROM times AS t
        JOIN known AS a ON a.article_id = t.article_id AND a.revision = t.revision
        ANTI JOIN planned AS p
            ON p.article_id = t.article_id
            AND p.start_date = t.start_date
            AND p.end_date = coalesce(t.end_date, t.start_date)
        WHERE t.type IN ('DATE', 'TIME')
            AND a.digest_at >= $day_start
            AND t.start_date > a.told_date
            AND t.start_date > $day
        QUALIFY row_number() OVER (
            PARTITION BY coalesce(a.story_id, a.article_id), t.start_date, coalesce(t.end_date, t.start_date)
            ORDER BY a.digest_at, a.article_id, t.char_start
        ) = 1
    )
),
nearest AS (
    FROM coming ORDER BY start_date, type IS NULL, end_date, article_id, char_start LIMIT 200
)
FROM (
    FROM told
    UNION ALL BY NAME
    FROM nearest
)
ORDER BY outcome <> 'due', outcome = 'ahead', outcome, start_date, type IS NULL, end_date, article_id, char_start
