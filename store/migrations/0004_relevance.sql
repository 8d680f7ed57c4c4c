-- How much an article has to do with the dossier, and the entities with where and how often they are seen.

ALTER TABLE articles ADD COLUMN relevance DOUBLE;
COMMENT ON COLUMN articles.relevance IS 'Share, from 0 to 1, of what the article speaks of that belongs to the dossier; null where none was configured, or not measured yet.';

CREATE OR REPLACE VIEW v_articles AS
SELECT
    a.article_id,
    a.revision,
    a.published_at,
    coalesce(s.name, e.name, a.source_id) AS source,
    s.kind AS source_kind,
    s.country AS source_country,
    a.title,
    a.url,
    a.language,
    a.text_chars,
    a.stored_at,
    a.relevance
FROM articles AS a
LEFT JOIN sources AS s ON s.source_id = a.source_id
LEFT JOIN entities AS e ON e.entity_id = a.source_id
WHERE a.is_newest;
COMMENT ON VIEW v_articles IS 'The newest revision of each article with the name of its source.';
COMMENT ON COLUMN v_articles.article_id IS 'Stable id of the article.';
COMMENT ON COLUMN v_articles.revision IS 'The newest revision.';
COMMENT ON COLUMN v_articles.published_at IS 'When the article was published, UTC.';
COMMENT ON COLUMN v_articles.source IS 'Name of the feed or outlet.';
COMMENT ON COLUMN v_articles.source_kind IS 'state, independent, international, institution or wire.';
COMMENT ON COLUMN v_articles.source_country IS 'Country of the source as ISO 3166-1 alpha-3 code.';
COMMENT ON COLUMN v_articles.title IS 'Headline.';
COMMENT ON COLUMN v_articles.url IS 'Address of the article.';
COMMENT ON COLUMN v_articles.language IS 'Language as ISO 639-1 code.';
COMMENT ON COLUMN v_articles.text_chars IS 'Length of the text in code points.';
COMMENT ON COLUMN v_articles.stored_at IS 'When this revision was stored, UTC.';
COMMENT ON COLUMN v_articles.relevance IS 'Share, from 0 to 1, of what the article speaks of that belongs to the dossier; null where not measured.';

CREATE VIEW v_entities AS
WITH printed AS (
    SELECT entity_id, list(text ORDER BY times DESC, text) AS names
    FROM (
        SELECT m.entity_id, m.text, count(*) AS times
        FROM mentions AS m
        JOIN articles AS a ON a.article_id = m.article_id AND a.revision = m.revision
        WHERE a.is_newest AND m.kind = 'name'
        GROUP BY ALL
    )
    GROUP BY entity_id
),
seen AS (
    SELECT
        n.entity_id,
        count(*) AS articles,
        count(DISTINCT coalesce(a.source_id, '')) AS sources,
        min(coalesce(a.published_at, a.stored_at)) AS first_seen_at,
        max(coalesce(a.published_at, a.stored_at)) AS last_seen_at
    FROM article_entities AS n
    JOIN articles AS a ON a.article_id = n.article_id AND a.revision = n.revision
    WHERE a.is_newest
    GROUP BY n.entity_id
)
SELECT
    e.entity_id,
    e.name,
    e.type,
    e.country,
    e.sector,
    e.wikidata,
    seen.articles,
    seen.sources,
    seen.first_seen_at,
    seen.last_seen_at,
    coalesce(printed.names, []) AS names
FROM entities AS e
JOIN seen ON seen.entity_id = e.entity_id
LEFT JOIN printed ON printed.entity_id = e.entity_id;
COMMENT ON VIEW v_entities IS 'Who and what the articles speak of, with how often and in which names; `newsledger registry review` proposes those that the registry lacks.';
COMMENT ON COLUMN v_entities.entity_id IS 'The entity: its id in the registry, or one made of its name.';
COMMENT ON COLUMN v_entities.name IS 'Its name, as last read.';
COMMENT ON COLUMN v_entities.type IS 'PER, ORG, GPE, LOC, FAC, NORP, EVENT, PRODUCT or BLOC.';
COMMENT ON COLUMN v_entities.country IS 'ISO 3166-1 alpha-3 code.';
COMMENT ON COLUMN v_entities.sector IS 'PLOVER sector code.';
COMMENT ON COLUMN v_entities.wikidata IS 'Wikidata item.';
COMMENT ON COLUMN v_entities.articles IS 'Articles that speak of it.';
COMMENT ON COLUMN v_entities.sources IS 'Sources of those articles.';
COMMENT ON COLUMN v_entities.first_seen_at IS 'When the first of them was published, or stored where that is not known, UTC.';
COMMENT ON COLUMN v_entities.last_seen_at IS 'The same of the last one, UTC.';
COMMENT ON COLUMN v_entities.names IS 'The names as printed, the most frequent first; none where it is only spoken of by what it is.';
