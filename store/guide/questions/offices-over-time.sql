-- Part: Entities
-- Question: In which office were the people of Belarus spoken of, and from when to when?
-- Shows: For each person the roles under which articles named them, with the first and the last day of each.
-- Adapt: Put another country in the place of `BLR`, or `n.name = 'Sergei Shoigu'` for one person.
SELECT
    n.name,
    n.role,
    count(*) AS articles,
    min(a.published_at)::DATE AS first_date,
    max(a.published_at)::DATE AS last_date
FROM article_entities AS n
JOIN v_articles AS a USING (article_id, revision)
WHERE n.type = 'PER' AND n.country = 'BLR' AND n.role IS NOT NULL
GROUP BY n.entity_id, n.name, n.role
ORDER BY n.name, first_date, n.role;
