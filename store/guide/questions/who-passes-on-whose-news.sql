-- Part: Stories
-- Question: Who passes on the news of others?
-- Shows: Each source and each agency or outlet that it has news from, with an article as example.
-- Adapt: Add `AND copy_of IS NOT NULL` to count only what copies another text that is stored.
SELECT
    source,
    origin,
    count(*) AS articles,
    count(copy_of) AS copies,
    max(published_at)::DATE AS last_date,
    arg_max(title, (published_at, article_id)) AS example
FROM v_story_articles
WHERE origin IS DISTINCT FROM source
GROUP BY source, origin
ORDER BY articles DESC, source, origin;
