WITH told AS (
    FROM articles_told($day_start, $day_end)
)
SELECT
    (SELECT count(*) FROM told) AS articles,
    (SELECT count(DISTINCT entity_id) FROM article_entities SEMI JOIN told USING (article_id, revision)) AS entities,
    (SELECT count(*) FROM citations SEMI JOIN told USING (article_id, revision)) AS citations,
    (SELECT count(*) FROM statements SEMI JOIN told USING (article_id, revision)) AS statements,
    (SELECT count(*) FROM events SEMI JOIN told USING (article_id, revision)) AS events,
    (SELECT count(*) FROM figures SEMI JOIN told USING (article_id, revision)) AS figures,
    (SELECT count(*) FROM times SEMI JOIN told USING (article_id, revision)) AS times,
    (SELECT count(DISTINCT topic) FROM topics SEMI JOIN told USING (article_id, revision)) AS topics
