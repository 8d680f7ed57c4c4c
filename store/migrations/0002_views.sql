-- Views for analysts: the newest revision only, names instead of ids, each row with the sentence that proves it.

CREATE VIEW v_articles AS
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
    a.stored_at
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

CREATE VIEW v_who_said_what AS
WITH chains AS (
    SELECT
        c.article_id,
        c.revision,
        c.statement_id,
        list(coalesce(e.name, c.entity_id) ORDER BY c.no) AS via
    FROM statement_chain AS c
    LEFT JOIN entities AS e ON e.entity_id = c.entity_id
    GROUP BY c.article_id, c.revision, c.statement_id
)
SELECT
    a.published_at,
    a.source,
    coalesce(speaker.name, t.speaker_id) AS speaker,
    speaker.country AS speaker_country,
    t.kind,
    t.verb,
    t.content_text AS content,
    coalesce(chains.via, []) AS via,
    t.sentence,
    a.title,
    a.url,
    t.speaker_id,
    t.article_id,
    t.revision,
    t.statement_id,
    t.char_start,
    t.char_end
FROM statements AS t
JOIN v_articles AS a ON a.article_id = t.article_id AND a.revision = t.revision
LEFT JOIN entities AS speaker ON speaker.entity_id = t.speaker_id
LEFT JOIN chains
    ON chains.article_id = t.article_id AND chains.revision = t.revision AND chains.statement_id = t.statement_id;
COMMENT ON VIEW v_who_said_what IS 'Statements with the names of speaker, source and those who relay them.';
COMMENT ON COLUMN v_who_said_what.published_at IS 'When the article was published, UTC.';
COMMENT ON COLUMN v_who_said_what.source IS 'Name of the feed or outlet.';
COMMENT ON COLUMN v_who_said_what.speaker IS 'Name of the speaker, null where nobody could be named.';
COMMENT ON COLUMN v_who_said_what.speaker_country IS 'Country of the speaker as ISO 3166-1 alpha-3 code.';
COMMENT ON COLUMN v_who_said_what.kind IS 'direct, indirect or mixed speech.';
COMMENT ON COLUMN v_who_said_what.verb IS 'Lemma of the cue.';
COMMENT ON COLUMN v_who_said_what.content IS 'What is said, as it stands in the text.';
COMMENT ON COLUMN v_who_said_what.via IS 'Names of those who relay it, from the outlet inwards.';
COMMENT ON COLUMN v_who_said_what.sentence IS 'The sentences of the text that the statement touches.';
COMMENT ON COLUMN v_who_said_what.title IS 'Headline.';
COMMENT ON COLUMN v_who_said_what.url IS 'Address of the article.';
COMMENT ON COLUMN v_who_said_what.speaker_id IS 'The speaker (entities.entity_id).';
COMMENT ON COLUMN v_who_said_what.article_id IS 'The article (articles.article_id).';
COMMENT ON COLUMN v_who_said_what.revision IS 'The newest revision.';
COMMENT ON COLUMN v_who_said_what.statement_id IS 'Id within the article.';
COMMENT ON COLUMN v_who_said_what.char_start IS 'Offset of the first code point of the statement.';
COMMENT ON COLUMN v_who_said_what.char_end IS 'Offset behind the last code point of the statement.';

CREATE VIEW v_events AS
WITH participants AS (
    SELECT
        p.article_id,
        p.revision,
        p.event_id,
        list(coalesce(e.name, p.entity_id) ORDER BY p.no) FILTER (p.role = 'actor') AS actors,
        list(coalesce(e.name, p.entity_id) ORDER BY p.no) FILTER (p.role = 'recipient') AS recipients
    FROM event_participants AS p
    LEFT JOIN entities AS e ON e.entity_id = p.entity_id
    GROUP BY p.article_id, p.revision, p.event_id
)
SELECT
    a.published_at,
    a.source,
    t.start_date,
    t.end_date,
    t.type,
    t.mode,
    t.contexts,
    t.quad,
    t.intensity,
    t.status,
    coalesce(participants.actors, []) AS actors,
    coalesce(participants.recipients, []) AS recipients,
    coalesce(place.name, t.location_id) AS location,
    coalesce(voucher.name, t.attributed_to_id) AS attributed_to,
    t.confidence,
    t.text,
    t.sentence,
    a.title,
    a.url,
    t.article_id,
    t.revision,
    t.event_id,
    t.statement_id,
    t.char_start,
    t.char_end
FROM events AS t
JOIN v_articles AS a ON a.article_id = t.article_id AND a.revision = t.revision
LEFT JOIN participants
    ON participants.article_id = t.article_id
    AND participants.revision = t.revision
    AND participants.event_id = t.event_id
LEFT JOIN entities AS place ON place.entity_id = t.location_id
LEFT JOIN entities AS voucher ON voucher.entity_id = t.attributed_to_id;
COMMENT ON VIEW v_events IS 'Events with the names of actors, recipients, place and whoever vouches for them.';
COMMENT ON COLUMN v_events.published_at IS 'When the article was published, UTC.';
COMMENT ON COLUMN v_events.source IS 'Name of the feed or outlet.';
COMMENT ON COLUMN v_events.start_date IS 'First day of the event, null where the text does not tell.';
COMMENT ON COLUMN v_events.end_date IS 'Last day of the event.';
COMMENT ON COLUMN v_events.type IS 'One of PLOVER''s 16 types, such as CONSULT or SANCTION.';
COMMENT ON COLUMN v_events.mode IS 'PLOVER''s mode, such as visit.';
COMMENT ON COLUMN v_events.contexts IS 'PLOVER''s contexts, such as military.';
COMMENT ON COLUMN v_events.quad IS 'verbal cooperation, material cooperation, verbal conflict or material conflict.';
COMMENT ON COLUMN v_events.intensity IS 'From -10 (conflict) to +10 (cooperation) on PLOVER''s scale, without unit.';
COMMENT ON COLUMN v_events.status IS 'occurred, ongoing, planned, possible, conditional or denied.';
COMMENT ON COLUMN v_events.actors IS 'Names of those who act.';
COMMENT ON COLUMN v_events.recipients IS 'Names of those acted on.';
COMMENT ON COLUMN v_events.location IS 'Name of the place.';
COMMENT ON COLUMN v_events.attributed_to IS 'Name of who vouches for it, null for the article itself.';
COMMENT ON COLUMN v_events.confidence IS 'How sure the extractor is, from 0 to 1.';
COMMENT ON COLUMN v_events.text IS 'The clause that tells the event.';
COMMENT ON COLUMN v_events.sentence IS 'The sentences of the text that the event touches.';
COMMENT ON COLUMN v_events.title IS 'Headline.';
COMMENT ON COLUMN v_events.url IS 'Address of the article.';
COMMENT ON COLUMN v_events.article_id IS 'The article (articles.article_id).';
COMMENT ON COLUMN v_events.revision IS 'The newest revision.';
COMMENT ON COLUMN v_events.event_id IS 'Id within the article.';
COMMENT ON COLUMN v_events.statement_id IS 'The statement it is told in.';
COMMENT ON COLUMN v_events.char_start IS 'Offset of the first code point of the clause.';
COMMENT ON COLUMN v_events.char_end IS 'Offset behind the last code point of the clause.';

CREATE VIEW v_figures AS
WITH names AS (
    SELECT
        f.article_id,
        f.revision,
        f.no,
        list(coalesce(e.name, f.about_id) ORDER BY f.place) AS about
    FROM (
        SELECT article_id, revision, no, unnest(about_ids) AS about_id, generate_subscripts(about_ids, 1) AS place
        FROM figures
    ) AS f
    LEFT JOIN entities AS e ON e.entity_id = f.about_id
    GROUP BY f.article_id, f.revision, f.no
)
SELECT
    a.published_at,
    a.source,
    t.quantity_of,
    t.bound,
    t.value,
    t.value_max,
    t.unit,
    t.change,
    coalesce(names.about, []) AS about,
    t.period_start_date,
    t.period_end_date,
    coalesce(voucher.name, t.attributed_to_id) AS attributed_to,
    t.text,
    t.sentence,
    a.title,
    a.url,
    t.article_id,
    t.revision,
    t.no,
    t.char_start,
    t.char_end
FROM figures AS t
JOIN v_articles AS a ON a.article_id = t.article_id AND a.revision = t.revision
LEFT JOIN names ON names.article_id = t.article_id AND names.revision = t.revision AND names.no = t.no
LEFT JOIN entities AS voucher ON voucher.entity_id = t.attributed_to_id;
COMMENT ON VIEW v_figures IS 'Figures with the names of whom they concern and who gives them.';
COMMENT ON COLUMN v_figures.published_at IS 'When the article was published, UTC.';
COMMENT ON COLUMN v_figures.source IS 'Name of the feed or outlet.';
COMMENT ON COLUMN v_figures.quantity_of IS 'What is counted or measured.';
COMMENT ON COLUMN v_figures.bound IS 'exact, about, at least, at most or between.';
COMMENT ON COLUMN v_figures.value IS 'The number in the unit of the column unit.';
COMMENT ON COLUMN v_figures.value_max IS 'Upper end of a range.';
COMMENT ON COLUMN v_figures.unit IS 'UCUM-like unit or ISO 4217 currency.';
COMMENT ON COLUMN v_figures.change IS 'increase or decrease where the figure tells a change.';
COMMENT ON COLUMN v_figures.about IS 'Names of those it concerns.';
COMMENT ON COLUMN v_figures.period_start_date IS 'First day of the period it holds for.';
COMMENT ON COLUMN v_figures.period_end_date IS 'Last day of the period it holds for.';
COMMENT ON COLUMN v_figures.attributed_to IS 'Name of who gives the figure, null for the article itself.';
COMMENT ON COLUMN v_figures.text IS 'The figure as it stands in the text.';
COMMENT ON COLUMN v_figures.sentence IS 'The sentences of the text that the figure touches.';
COMMENT ON COLUMN v_figures.title IS 'Headline.';
COMMENT ON COLUMN v_figures.url IS 'Address of the article.';
COMMENT ON COLUMN v_figures.article_id IS 'The article (articles.article_id).';
COMMENT ON COLUMN v_figures.revision IS 'The newest revision.';
COMMENT ON COLUMN v_figures.no IS 'Place in the article''s list, from 1.';
COMMENT ON COLUMN v_figures.char_start IS 'Offset of the first code point of the figure.';
COMMENT ON COLUMN v_figures.char_end IS 'Offset behind the last code point of the figure.';
