-- Part: Entities
-- Question: Who is named together with Lukashenko in one sentence, and how often, in the last 400 days?
-- Shows: People, bodies and countries that share more than one sentence with him, the most frequent first.
-- Adapt: Put any name of somebody else in the place of `Lukashenko`, and fewer days; add `WHERE e.type = 'PER'` for
--   people alone.
WITH his AS (
    SELECT DISTINCT m.article_id, m.revision, s.char_start, s.char_end
    FROM mentions_of('Lukashenko', days := 400) AS m
    JOIN v_sentences AS s ON s.article_id = m.article_id AND s.revision = m.revision
        AND s.char_start <= m.char_start AND m.char_start < s.char_end
),
together AS (
    SELECT DISTINCT his.*, m.entity_id
    FROM his
    JOIN mentions AS m ON m.article_id = his.article_id AND m.revision = his.revision
        AND his.char_start <= m.char_start AND m.char_start < his.char_end
    ANTI JOIN entities_named('Lukashenko') AS he ON he.entity_id = m.entity_id
)
SELECT
    e.name,
    e.type,
    count(*) AS sentences,
    count(DISTINCT t.article_id) AS articles
FROM together AS t
JOIN entities AS e USING (entity_id)
GROUP BY e.entity_id, e.name, e.type
HAVING count(*) > 1
ORDER BY sentences DESC, articles DESC, e.name;
