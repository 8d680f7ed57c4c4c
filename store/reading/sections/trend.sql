WITH told AS (
    SELECT
        article_id,
        revision,
        -- The day in the zone of the digest.
        CAST(coalesce(published_at, stored_at) + (CAST($day AS TIMESTAMP) - $day_start) AS DATE) AS told_date
    FROM articles_known($day_end)
    WHERE digest_at >= $day_start - INTERVAL 31 DAYS
),
one_sided AS (
    SELECT
        CASE WHEN e.start_date <= t.told_date THEN e.start_date ELSE t.told_date END AS deed_date,
        unnest(e.actor_countries) AS actor,
        CASE WHEN len(e.recipient_names) = 0 THEN e.actor_countries ELSE e.recipient_countries END AS others,
        len(e.recipient_names) = 0 AS is_mutual,
        e.type,
        e.quad,
        e.intensity
    FROM events AS e
    JOIN told AS t ON t.article_id = e.article_id AND t.revision = e.revision
    WHERE e.status IN ('occurred', 'ongoing') AND coalesce(e.start_date, $day) > $day - 30
),
tellings AS (
    SELECT *, unnest(others) AS other FROM one_sided
),
-- A deed that many tell is one; sides that meet do it together.
deeds AS (
    SELECT
        deed_date,
        least(actor, other) AS one,
        greatest(actor, other) AS two,
        CASE WHEN NOT is_mutual THEN actor END AS doer,
        type,
        quad,
        avg(intensity) AS intensity
    FROM tellings
    WHERE actor <> other AND deed_date BETWEEN $day - 29 AND $day
    GROUP BY ALL
),
watched AS (
    SELECT DISTINCT coalesce(country, CASE type WHEN 'BLOC' THEN entity_id END) AS code
    FROM entities
    WHERE entity_id IN $dossier
),
dyads AS (
    SELECT
        CASE WHEN one IN (FROM watched) THEN one ELSE two END AS one,
        CASE WHEN one IN (FROM watched) THEN two ELSE one END AS other,
        one IN (FROM watched) AND two IN (FROM watched) AS is_among,
        count(*) AS deeds
    FROM deeds
    WHERE one IN (FROM watched) OR two IN (FROM watched)
    GROUP BY ALL
),
chosen AS (
    SELECT *
    FROM (
        SELECT *
        FROM dyads
        QUALIFY is_among OR row_number() OVER (PARTITION BY one, is_among ORDER BY deeds DESC, other) <= 3
    )
    ORDER BY is_among DESC, deeds DESC, one, other
    LIMIT 6
)
SELECT
    c.one,
    c.other,
    d.deed_date AS day,
    count(*) FILTER (d.quad IN ('verbal cooperation', 'material cooperation')) AS cooperation,
    count(*) FILTER (d.quad IN ('verbal conflict', 'material conflict')) AS conflict,
    avg(d.intensity) AS intensity,
    min(d.intensity) AS low,
    max(d.intensity) AS high
FROM chosen AS c
JOIN deeds AS d ON d.one = least(c.one, c.other) AND d.two = greatest(c.one, c.other)
GROUP BY c.one, c.other, c.is_among, c.deeds, d.deed_date
ORDER BY c.is_among DESC, c.deeds DESC, c.one, c.other, d.deed_date
