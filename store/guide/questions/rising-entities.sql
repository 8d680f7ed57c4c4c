-- Part: Entities
-- Question: Who and what is new in the news, or spoken of more than before?
-- Shows: Those that more articles of the last 7 days speak of than of the 30 days before, new ones first.
-- Adapt: Change the days of the two windows; add `AND e.type = 'PER'` for people alone.
WITH counted AS (
    SELECT
        n.entity_id,
        count(*) FILTER (a.published_at > newest.at - INTERVAL 7 DAYS) AS articles_week,
        count(*) FILTER (a.published_at <= newest.at - INTERVAL 7 DAYS) AS articles_before
    FROM article_entities AS n
    JOIN v_articles AS a USING (article_id, revision)
    CROSS JOIN (SELECT newest_at() AS at) AS newest
    WHERE a.published_at > newest.at - INTERVAL 37 DAYS
    GROUP BY n.entity_id
)
SELECT e.name, e.type, e.country, articles_week, articles_before
FROM counted
JOIN entities AS e USING (entity_id)
WHERE articles_week > articles_before
ORDER BY articles_before, articles_week DESC, e.name;
