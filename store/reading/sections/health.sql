WITH told AS (
    SELECT source_id, count(*) FILTER (digest_at >= $day_start) AS articles_day, count(*) AS articles_total
    FROM articles_known($day_end)
    WHERE source_id IS NOT NULL
    GROUP BY source_id
),
asked AS (
    SELECT feed_id, polled_at, run_id, outcome, detail, outcome IN ('ok', 'not_modified') AS is_answered
    FROM polls
    WHERE polled_at < $day_end AND outcome <> 'not_due'
),
fared AS (
    SELECT
        feed_id,
        max(polled_at) AS polled_at,
        max(polled_at) FILTER (is_answered) AS succeeded_at,
        arg_max({'outcome': outcome, 'detail': detail}, (polled_at, run_id)) AS ended
    FROM asked
    GROUP BY feed_id
)
SELECT
    coalesce(t.source_id, f.feed_id) AS source_id,
    coalesce(t.articles_day, 0) AS articles_day,
    coalesce(t.articles_total, 0) AS articles_total,
    f.polled_at,
    f.succeeded_at,
    f.ended['outcome'] AS outcome,
    f.ended['detail'] AS detail,
    (
        SELECT count(*) FROM asked AS a
        WHERE a.feed_id = f.feed_id AND NOT a.is_answered AND (f.succeeded_at IS NULL OR a.polled_at > f.succeeded_at)
    ) AS failures
FROM told AS t
FULL JOIN fared AS f ON f.feed_id = t.source_id
ORDER BY 1
