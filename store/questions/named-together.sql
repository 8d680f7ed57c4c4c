-- Part: Entities
-- Question: Who is named together with Lukashenko in one sentence, and how often?
-- Shows: People, bodies and countries that share more than one sentence with him, the most frequent first.
-- Adapt: Put another name in the place of `Alexander Lukashenko`; add `AND other.type = 'PER'` for people alone.
WITH named AS (
    SELECT DISTINCT m.article_id, m.revision, s.no AS sentence_no, m.entity_id
    FROM mentions AS m
    JOIN sentences AS s USING (article_id, revision)
    WHERE m.char_start >= s.char_start AND m.char_start < s.char_end
)
SELECT
    other.name,
    other.type,
    count(*) AS sentences,
    count(DISTINCT article_id) AS articles,
    max(a.published_at)::DATE AS last_date
FROM named AS his
JOIN named AS theirs USING (article_id, revision, sentence_no)
JOIN v_articles AS a USING (article_id, revision)
JOIN entities AS he ON he.entity_id = his.entity_id
JOIN entities AS other ON other.entity_id = theirs.entity_id
WHERE he.name = 'Alexander Lukashenko' AND other.entity_id <> he.entity_id
GROUP BY other.entity_id, other.name, other.type
HAVING count(*) > 1
ORDER BY sentences DESC, articles DESC, other.name;
