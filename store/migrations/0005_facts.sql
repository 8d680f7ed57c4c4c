-- What analysts ask for without joining it together first, and the books of what was read anew, edited, told or taken down.

-- Written anew, without a key: that of a million articles took 60 MB, and one writer places them, whom a check follows.
ALTER TABLE articles RENAME TO articles_with_key;
CREATE TABLE articles (
    article_id VARCHAR NOT NULL,
    revision INTEGER NOT NULL,
    is_newest BOOLEAN NOT NULL,
    origin VARCHAR NOT NULL,
    source_id VARCHAR,
    url VARCHAR,
    title VARCHAR,
    authors VARCHAR[] NOT NULL,
    section VARCHAR,
    language VARCHAR,
    published_at TIMESTAMP,
    published_from VARCHAR NOT NULL,
    modified_at TIMESTAMP,
    fetched_at TIMESTAMP,
    text_from VARCHAR NOT NULL,
    text_sha256 VARCHAR NOT NULL,
    text_chars INTEGER NOT NULL,
    extractor VARCHAR NOT NULL,
    stored_at TIMESTAMP NOT NULL,
    digest_at TIMESTAMP NOT NULL,
    run_id VARCHAR NOT NULL,
    relevance DOUBLE,
    extracted_at TIMESTAMP NOT NULL,
    extracted_run_id VARCHAR NOT NULL
);
INSERT INTO articles BY NAME SELECT *, stored_at AS extracted_at, run_id AS extracted_run_id FROM articles_with_key;
DROP TABLE articles_with_key;
COMMENT ON TABLE articles IS 'Articles, one row a revision; the text itself stands in article_text.';
COMMENT ON COLUMN articles.article_id IS 'Stable id of the article, the same in all its revisions.';
COMMENT ON COLUMN articles.revision IS 'Counts the versions of the article from 1; earlier ones are kept.';
COMMENT ON COLUMN articles.is_newest IS 'Whether no later revision of the article is stored.';
COMMENT ON COLUMN articles.origin IS 'Where the article came in: seed, feed or file.';
COMMENT ON COLUMN articles.source_id IS 'Who published it: a feed or an outlet (sources.source_id).';
COMMENT ON COLUMN articles.url IS 'Address of the article, null for one that was given as a file without it.';
COMMENT ON COLUMN articles.title IS 'Headline; no part of the text.';
COMMENT ON COLUMN articles.authors IS 'Names of the authors in the order printed.';
COMMENT ON COLUMN articles.language IS 'Language as ISO 639-1 code.';
COMMENT ON COLUMN articles.published_at IS 'When the article was published, UTC.';
COMMENT ON COLUMN articles.published_from IS 'Where published_at comes from: given, feed, html, dateline, text, fetched or unknown.';
COMMENT ON COLUMN articles.modified_at IS 'When the source last changed the article by its own account, UTC.';
COMMENT ON COLUMN articles.fetched_at IS 'When the article was fetched, UTC.';
COMMENT ON COLUMN articles.text_from IS 'Where the text was taken from: file, page or feed.';
COMMENT ON COLUMN articles.text_sha256 IS 'SHA-256 of the text in hexadecimal; tells a new revision from a mere re-read.';
COMMENT ON COLUMN articles.text_chars IS 'Length of the text in code points.';
COMMENT ON COLUMN articles.extractor IS 'Version of the extractor that made the records of this revision.';
COMMENT ON COLUMN articles.stored_at IS 'When this revision was first stored, UTC.';
COMMENT ON COLUMN articles.digest_at IS 'The moment whose day''s digest tells this revision, UTC: stored_at, or published_at for seed and backfilled articles.';
COMMENT ON COLUMN articles.run_id IS 'The run that stored this revision (runs.run_id).';
COMMENT ON COLUMN articles.section IS 'Section of the outlet that it stands in, as printed.';
COMMENT ON COLUMN articles.relevance IS 'Share, from 0 to 1, of what the article speaks of that belongs to the dossier; null where none was configured, or not measured yet.';
COMMENT ON COLUMN articles.extracted_at IS 'When the present records of this revision were read out of it, UTC.';
COMMENT ON COLUMN articles.extracted_run_id IS 'The run that read them (runs.run_id).';

-- The sentences of a record in two pieces, before it and behind it: most of what they hold is the record itself.
CREATE TABLE surroundings AS
SELECT
    r.record_type,
    r.article_id,
    r.revision,
    r.no,
    substr(any_value(b.text), least(min(s.char_start), r.char_start) + 1, greatest(r.char_start - min(s.char_start), 0)) AS before,
    substr(any_value(b.text), r.char_end + 1, greatest(max(s.char_end) - r.char_end, 0)) AS behind
FROM (
    SELECT 'statement' AS record_type, article_id, revision, no, char_start, char_end FROM statements
    UNION ALL
    SELECT 'event', article_id, revision, no, char_start, char_end FROM events
    UNION ALL
    SELECT 'figure', article_id, revision, no, char_start, char_end FROM figures
) AS r
JOIN sentences AS s
    ON s.article_id = r.article_id AND s.revision = r.revision
    AND s.char_start < r.char_end AND s.char_end > r.char_start
JOIN article_text AS b ON b.article_id = r.article_id AND b.revision = r.revision
GROUP BY r.record_type, r.article_id, r.revision, r.no, r.char_start, r.char_end;

ALTER TABLE statements DROP COLUMN sentence;
ALTER TABLE statements ADD COLUMN sentence_before VARCHAR DEFAULT '';
ALTER TABLE statements ALTER COLUMN sentence_before DROP DEFAULT;
ALTER TABLE statements ALTER COLUMN sentence_before SET NOT NULL;
ALTER TABLE statements ADD COLUMN sentence_after VARCHAR DEFAULT '';
ALTER TABLE statements ALTER COLUMN sentence_after DROP DEFAULT;
ALTER TABLE statements ALTER COLUMN sentence_after SET NOT NULL;
COMMENT ON COLUMN statements.sentence_before IS 'What stands before it in the first of the sentences that it touches; with text and sentence_after it gives them whole.';
COMMENT ON COLUMN statements.sentence_after IS 'What stands behind it in the last of them.';
ALTER TABLE statements ALTER COLUMN content_text DROP NOT NULL;
COMMENT ON COLUMN statements.content_text IS 'What is said, as it stands in the text; null where it is part of the column text, whose offsets then give it.';

ALTER TABLE events DROP COLUMN sentence;
ALTER TABLE events ADD COLUMN sentence_before VARCHAR DEFAULT '';
ALTER TABLE events ALTER COLUMN sentence_before DROP DEFAULT;
ALTER TABLE events ALTER COLUMN sentence_before SET NOT NULL;
ALTER TABLE events ADD COLUMN sentence_after VARCHAR DEFAULT '';
ALTER TABLE events ALTER COLUMN sentence_after DROP DEFAULT;
ALTER TABLE events ALTER COLUMN sentence_after SET NOT NULL;
COMMENT ON COLUMN events.sentence_before IS 'What stands before it in the first of the sentences that it touches; with text and sentence_after it gives them whole.';
COMMENT ON COLUMN events.sentence_after IS 'What stands behind it in the last of them.';

ALTER TABLE figures DROP COLUMN sentence;
ALTER TABLE figures ADD COLUMN sentence_before VARCHAR DEFAULT '';
ALTER TABLE figures ALTER COLUMN sentence_before DROP DEFAULT;
ALTER TABLE figures ALTER COLUMN sentence_before SET NOT NULL;
ALTER TABLE figures ADD COLUMN sentence_after VARCHAR DEFAULT '';
ALTER TABLE figures ALTER COLUMN sentence_after DROP DEFAULT;
ALTER TABLE figures ALTER COLUMN sentence_after SET NOT NULL;
COMMENT ON COLUMN figures.sentence_before IS 'What stands before it in the first of the sentences that it touches; with text and sentence_after it gives them whole.';
COMMENT ON COLUMN figures.sentence_after IS 'What stands behind it in the last of them.';

-- Names beside the ids: a view that had to gather them would gather those of all articles whenever it is asked for one.
ALTER TABLE statements ADD COLUMN via_names VARCHAR[];
ALTER TABLE statements ALTER COLUMN via_names SET DATA TYPE VARCHAR[] USING [];
ALTER TABLE statements ALTER COLUMN via_names SET NOT NULL;
UPDATE statements SET via_names = n.names
FROM (
    SELECT c.article_id, c.revision, c.statement_id, list(e.name ORDER BY c.no) AS names
    FROM statement_chain AS c
    JOIN article_entities AS e USING (article_id, revision, entity_id)
    GROUP BY ALL
) AS n
WHERE statements.article_id = n.article_id
    AND statements.revision = n.revision
    AND statements.statement_id = n.statement_id;
COMMENT ON COLUMN statements.via_names IS 'Names of those who relay it, from the outlet inwards; their ids stand in statement_chain.';

ALTER TABLE events ADD COLUMN actor_names VARCHAR[];
ALTER TABLE events ALTER COLUMN actor_names SET DATA TYPE VARCHAR[] USING [];
ALTER TABLE events ALTER COLUMN actor_names SET NOT NULL;
ALTER TABLE events ADD COLUMN recipient_names VARCHAR[];
ALTER TABLE events ALTER COLUMN recipient_names SET DATA TYPE VARCHAR[] USING [];
ALTER TABLE events ALTER COLUMN recipient_names SET NOT NULL;
ALTER TABLE events ADD COLUMN actor_countries VARCHAR[];
ALTER TABLE events ALTER COLUMN actor_countries SET DATA TYPE VARCHAR[] USING [];
ALTER TABLE events ALTER COLUMN actor_countries SET NOT NULL;
ALTER TABLE events ADD COLUMN recipient_countries VARCHAR[];
ALTER TABLE events ALTER COLUMN recipient_countries SET DATA TYPE VARCHAR[] USING [];
ALTER TABLE events ALTER COLUMN recipient_countries SET NOT NULL;
UPDATE events SET
    actor_names = coalesce(n.actors, []),
    recipient_names = coalesce(n.recipients, []),
    actor_countries = coalesce(n.actor_countries, []),
    recipient_countries = coalesce(n.recipient_countries, [])
FROM (
    SELECT
        p.article_id,
        p.revision,
        p.event_id,
        list(e.name ORDER BY p.no) FILTER (p.role = 'actor') AS actors,
        list(e.name ORDER BY p.no) FILTER (p.role = 'recipient') AS recipients,
        list_sort(list(DISTINCT e.code) FILTER (p.role = 'actor' AND e.code IS NOT NULL)) AS actor_countries,
        list_sort(list(DISTINCT e.code) FILTER (p.role = 'recipient' AND e.code IS NOT NULL)) AS recipient_countries
    FROM event_participants AS p
    JOIN (
        SELECT *, coalesce(country, CASE type WHEN 'BLOC' THEN entity_id END) AS code FROM article_entities
    ) AS e USING (article_id, revision, entity_id)
    GROUP BY ALL
) AS n
WHERE events.article_id = n.article_id AND events.revision = n.revision AND events.event_id = n.event_id;
COMMENT ON COLUMN events.actor_names IS 'Names of those who act; their ids stand in event_participants.';
COMMENT ON COLUMN events.recipient_names IS 'Names of those acted on; their ids stand in event_participants.';
COMMENT ON COLUMN events.actor_countries IS 'Countries of those who act, each once, as ISO 3166-1 alpha-3 codes; a bloc, such as the European Union, by its id. In the order of the alphabet.';
COMMENT ON COLUMN events.recipient_countries IS 'Countries of those acted on, each once, as ISO 3166-1 alpha-3 codes; a bloc, such as the European Union, by its id. In the order of the alphabet.';

ALTER TABLE figures ADD COLUMN about_names VARCHAR[];
ALTER TABLE figures ALTER COLUMN about_names SET DATA TYPE VARCHAR[] USING [];
ALTER TABLE figures ALTER COLUMN about_names SET NOT NULL;
UPDATE figures SET about_names = n.names
FROM (
    SELECT f.article_id, f.revision, f.no, list(e.name ORDER BY f.place) AS names
    FROM (
        SELECT article_id, revision, no, unnest(about_ids) AS entity_id, generate_subscripts(about_ids, 1) AS place
        FROM figures
    ) AS f
    JOIN article_entities AS e USING (article_id, revision, entity_id)
    GROUP BY ALL
) AS n
WHERE figures.article_id = n.article_id AND figures.revision = n.revision AND figures.no = n.no;
COMMENT ON COLUMN figures.about_names IS 'Names of those it concerns, in the order of about_ids.';

UPDATE statements SET sentence_before = s.before, sentence_after = s.behind
FROM surroundings AS s
WHERE s.record_type = 'statement' AND statements.article_id = s.article_id AND statements.revision = s.revision AND statements.no = s.no;

UPDATE events SET sentence_before = s.before, sentence_after = s.behind
FROM surroundings AS s
WHERE s.record_type = 'event' AND events.article_id = s.article_id AND events.revision = s.revision AND events.no = s.no;

UPDATE figures SET sentence_before = s.before, sentence_after = s.behind
FROM surroundings AS s
WHERE s.record_type = 'figure' AND figures.article_id = s.article_id AND figures.revision = s.revision AND figures.no = s.no;
UPDATE statements SET content_text = NULL WHERE char_start <= content_char_start AND content_char_end <= char_end;
DROP TABLE surroundings;

ALTER TABLE sentences RENAME TO sentences_by_row;
CREATE TABLE sentences (
    article_id VARCHAR NOT NULL,
    revision INTEGER NOT NULL,
    char_starts INTEGER[] NOT NULL,
    char_ends INTEGER[] NOT NULL
);
INSERT INTO sentences
SELECT article_id, revision, list(char_start ORDER BY no), list(char_end ORDER BY no)
FROM sentences_by_row
GROUP BY ALL;
DROP TABLE sentences_by_row;
COMMENT ON TABLE sentences IS 'Where the sentences of each text begin and end; v_sentences has a row for each of them.';
COMMENT ON COLUMN sentences.article_id IS 'The article (articles.article_id).';
COMMENT ON COLUMN sentences.revision IS 'The revision of the article.';
COMMENT ON COLUMN sentences.char_starts IS 'Offsets of their first code points, in the order of the text.';
COMMENT ON COLUMN sentences.char_ends IS 'Offsets behind their last code points.';

ALTER TABLE entities ADD COLUMN known_at TIMESTAMP;
ALTER TABLE entities ALTER COLUMN known_at SET DATA TYPE TIMESTAMP USING TIMESTAMP '1970-01-01';
ALTER TABLE entities ALTER COLUMN known_at SET NOT NULL;
INSERT OR REPLACE INTO entities BY NAME
SELECT n.entity_id, n.name, n.type, n.country, n.sector, n.wikidata,
    least(coalesce(a.published_at, a.stored_at), a.stored_at) AS known_at
FROM article_entities AS n
JOIN articles AS a ON a.article_id = n.article_id AND a.revision = n.revision
QUALIFY row_number() OVER (PARTITION BY n.entity_id ORDER BY known_at DESC, a.revision DESC, a.article_id DESC) = 1;
DELETE FROM entities WHERE entity_id NOT IN (SELECT entity_id FROM article_entities);
COMMENT ON TABLE entities IS 'Real-world things, one row each, as the article published last has them.';
COMMENT ON COLUMN entities.known_at IS 'When that article was published, or stored where it is not known or dated ahead, UTC.';

CREATE TABLE entity_names (
    entity_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    name_folded VARCHAR NOT NULL
);
INSERT INTO entity_names
SELECT DISTINCT entity_id, name, lower(strip_accents(name))
FROM (
    SELECT entity_id, name FROM article_entities
    UNION ALL
    SELECT entity_id, text FROM mentions WHERE kind = 'name'
);
COMMENT ON TABLE entity_names IS 'Every name that articles print for an entity, and the name it is printed under here.';
COMMENT ON COLUMN entity_names.entity_id IS 'The entity (entities.entity_id).';
COMMENT ON COLUMN entity_names.name IS 'The name as printed.';
COMMENT ON COLUMN entity_names.name_folded IS 'The name in lower case and without accents, for finding it.';

CREATE TABLE record_changes (
    article_id VARCHAR NOT NULL,
    revision INTEGER NOT NULL,
    no INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    record_type VARCHAR NOT NULL,
    before VARCHAR,
    after VARCHAR,
    before_char_start INTEGER,
    before_char_end INTEGER,
    after_char_start INTEGER,
    after_char_end INTEGER
);
COMMENT ON TABLE record_changes IS 'What a revision changed in what is said: quotes, figures, attributions and deeds beside those of the revision before. Told once one version of the extractor has read both, and not where the page took the place of the feed''s own text.';
COMMENT ON COLUMN record_changes.article_id IS 'The article (articles.article_id).';
COMMENT ON COLUMN record_changes.revision IS 'The revision that changed it.';
COMMENT ON COLUMN record_changes.no IS 'Place in the list of changes, from 1.';
COMMENT ON COLUMN record_changes.kind IS 'quote_, figure_ or event_ with removed or added; quote_changed, figure_changed, status_changed; attribution_weakened where a source that had a name has none now, else attribution_changed.';
COMMENT ON COLUMN record_changes.record_type IS 'statement, event or figure.';
COMMENT ON COLUMN record_changes.before IS 'How it read before; null for what is new.';
COMMENT ON COLUMN record_changes.after IS 'How it reads now; null for what is gone.';
COMMENT ON COLUMN record_changes.before_char_start IS 'Offset of the record''s first code point in the text of the revision before.';
COMMENT ON COLUMN record_changes.before_char_end IS 'Offset behind its last code point there.';
COMMENT ON COLUMN record_changes.after_char_start IS 'Offset of the record''s first code point in the text of this revision.';
COMMENT ON COLUMN record_changes.after_char_end IS 'Offset behind its last code point there.';

CREATE TABLE replay_counts (
    run_id VARCHAR NOT NULL,
    record_type VARCHAR NOT NULL,
    change VARCHAR NOT NULL,
    records BIGINT NOT NULL
);
COMMENT ON TABLE replay_counts IS 'The diff of facts of each run that read stored text anew: of all that it read until it ended or was cut off.';
COMMENT ON COLUMN replay_counts.run_id IS 'The run (runs.run_id).';
COMMENT ON COLUMN replay_counts.record_type IS 'entity, citation, statement, event, figure, time or topic.';
COMMENT ON COLUMN replay_counts.change IS 'added, lost, changed or same.';
COMMENT ON COLUMN replay_counts.records IS 'How many records.';

CREATE TABLE replay_examples (
    run_id VARCHAR NOT NULL,
    no INTEGER NOT NULL,
    article_id VARCHAR NOT NULL,
    revision INTEGER NOT NULL,
    record_type VARCHAR NOT NULL,
    change VARCHAR NOT NULL,
    before VARCHAR,
    after VARCHAR
);
COMMENT ON TABLE replay_examples IS 'Examples of the diff of facts of each run that read stored text anew: a few of each type and change, each of another article.';
COMMENT ON COLUMN replay_examples.run_id IS 'The run (runs.run_id).';
COMMENT ON COLUMN replay_examples.no IS 'Place in the run''s list, from 1.';
COMMENT ON COLUMN replay_examples.article_id IS 'The article (articles.article_id).';
COMMENT ON COLUMN replay_examples.revision IS 'The revision of the article.';
COMMENT ON COLUMN replay_examples.record_type IS 'entity, citation, statement, event, figure, time or topic.';
COMMENT ON COLUMN replay_examples.change IS 'added, lost or changed.';
COMMENT ON COLUMN replay_examples.before IS 'The record as it was read before, in one line; null where it is new.';
COMMENT ON COLUMN replay_examples.after IS 'The record as it is read now, in one line; null where it is lost.';

CREATE TABLE takedowns (
    article_id VARCHAR NOT NULL,
    url VARCHAR,
    reason VARCHAR NOT NULL,
    forgotten_at TIMESTAMP NOT NULL,
    erased_at TIMESTAMP
);
COMMENT ON TABLE takedowns IS 'Articles that were taken out: their text, records and raw answers are gone and do not come in again.';
COMMENT ON COLUMN takedowns.article_id IS 'Id that the article had.';
COMMENT ON COLUMN takedowns.url IS 'Address that it had.';
COMMENT ON COLUMN takedowns.reason IS 'Why it was taken out.';
COMMENT ON COLUMN takedowns.forgotten_at IS 'When it was taken out, UTC.';
COMMENT ON COLUMN takedowns.erased_at IS 'When the ledger was next written anew, without the bytes that it had, UTC; null before.';

CREATE TABLE digests (
    digest_date DATE PRIMARY KEY,
    written_at TIMESTAMP NOT NULL,
    articles INTEGER NOT NULL,
    lines INTEGER NOT NULL,
    lines_verified INTEGER NOT NULL,
    markdown_sha256 VARCHAR NOT NULL
);
COMMENT ON TABLE digests IS 'The digests that were written, one row a day.';
COMMENT ON COLUMN digests.digest_date IS 'The day that it tells, in the configured time zone.';
COMMENT ON COLUMN digests.written_at IS 'When it was last written otherwise than before, UTC.';
COMMENT ON COLUMN digests.articles IS 'Articles that it tells of.';
COMMENT ON COLUMN digests.lines IS 'Lines that it was to have.';
COMMENT ON COLUMN digests.lines_verified IS 'Lines that re-read in the stored text; the others were left out.';
COMMENT ON COLUMN digests.markdown_sha256 IS 'SHA-256 of the Markdown file in hexadecimal.';

CREATE TABLE digests_due (
    digest_date DATE PRIMARY KEY,
    touched_at TIMESTAMP NOT NULL
);
COMMENT ON TABLE digests_due IS 'Days of which something was stored, read anew or taken out that no digest tells as yet.';
COMMENT ON COLUMN digests_due.digest_date IS 'The day, in the configured time zone.';
COMMENT ON COLUMN digests_due.touched_at IS 'When that last happened, UTC.';
