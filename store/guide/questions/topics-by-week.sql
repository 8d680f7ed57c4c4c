-- Part: Time
-- Question: Which topics rise and fall from week to week?
-- Shows: For each week with articles, and each topic, how many articles are about it and what share of the week's.
-- Adapt: `date_trunc('month', ...)` counts by months; add `WHERE topic = 'energy'` at the end for one topic.
WITH weeks AS (
    SELECT
        article_id,
        revision,
        date_trunc('week', published_at)::DATE AS week_date,
        count(*) OVER (PARTITION BY week_date) AS articles_week
    FROM v_articles
    WHERE published_at IS NOT NULL
)
SELECT
    week_date,
    topic,
    count(*) AS articles,
    round(count(*) / any_value(articles_week), 2) AS share
FROM topics
JOIN weeks USING (article_id, revision)
GROUP BY week_date, topic
ORDER BY week_date DESC, articles DESC, topic;
