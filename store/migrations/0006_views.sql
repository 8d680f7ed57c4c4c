-- The stable public surface: views and macros that stay while the tables beneath them change. Newest revisions only,
-- except where edits are told. Only what DuckDB 1.2 knows: its clients open the published copy too.

CREATE MACRO newest_at() AS (SELECT max(digest_at) FROM articles WHERE digest_at <= stored_at);
COMMENT ON MACRO newest_at IS 'The moment of the newest article, UTC: what the newest days of the store count back from. An article that is dated ahead of the day it came in does not count. Example: SELECT newest_at()';

CREATE OR REPLACE VIEW v_who_said_what AS
SELECT
    t.article_id || '/' || t.statement_id AS record_id,
    t.article_id || '/' || coalesce(t.group_id, t.statement_id) AS utterance_id,
    a.published_at,
    a.source,
    coalesce(speaker.name, t.speaker_id) AS speaker,
    speaker.country AS speaker_country,
    t.kind,
    t.verb,
    coalesce(
        t.content_text,
        substr(t.text, t.content_char_start - t.char_start + 1, t.content_char_end - t.content_char_start)
    ) AS content,
    t.via_names AS via,
    t.sentence_before || t.text || t.sentence_after AS sentence,
    a.title,
    a.url,
    t.speaker_id,
    t.article_id,
    t.revision,
    t.statement_id,
    t.group_id,
    t.char_start,
    t.char_end
FROM statements AS t
JOIN v_articles AS a ON a.article_id = t.article_id AND a.revision = t.revision
LEFT JOIN entities AS speaker ON speaker.entity_id = t.speaker_id;
COMMENT ON VIEW v_who_said_what IS 'Statements with the names of speaker, source and those who relay them. A split quote has a row a part, and joint speakers a row each: count(DISTINCT utterance_id) counts what was said.';
COMMENT ON COLUMN v_who_said_what.record_id IS 'The record''s id: the article''s and that within the article.';
COMMENT ON COLUMN v_who_said_what.utterance_id IS 'The same for the parts of one split quote, and for joint speakers.';
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
COMMENT ON COLUMN v_who_said_what.group_id IS 'Shared by the parts of one split quote, and by joint speakers.';
COMMENT ON COLUMN v_who_said_what.char_start IS 'Offset of the first code point of the statement.';
COMMENT ON COLUMN v_who_said_what.char_end IS 'Offset behind the last code point of the statement.';

CREATE OR REPLACE VIEW v_events AS
SELECT
    t.article_id || '/' || t.event_id AS record_id,
    a.published_at,
    a.source,
    a.source_kind,
    t.start_date,
    t.end_date,
    t.type,
    t.mode,
    t.contexts,
    t.quad,
    t.intensity,
    t.status,
    t.actor_names AS actors,
    t.recipient_names AS recipients,
    t.actor_countries,
    t.recipient_countries,
    coalesce(place.name, t.location_id) AS location,
    coalesce(voucher.name, t.attributed_to_id) AS attributed_to,
    t.confidence,
    t.text,
    t.sentence_before || t.text || t.sentence_after AS sentence,
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
LEFT JOIN entities AS place ON place.entity_id = t.location_id
LEFT JOIN entities AS voucher ON voucher.entity_id = t.attributed_to_id;
COMMENT ON VIEW v_events IS 'Events with the names of actors, recipients, place and whoever vouches for them, a row a telling: a deed told in three articles has three. Only occurred and ongoing ones are deeds.';
COMMENT ON COLUMN v_events.record_id IS 'The record''s id: the article''s and that within the article.';
COMMENT ON COLUMN v_events.published_at IS 'When the article was published, UTC.';
COMMENT ON COLUMN v_events.source IS 'Name of the feed or outlet.';
COMMENT ON COLUMN v_events.source_kind IS 'state, independent, international, institution or wire.';
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
COMMENT ON COLUMN v_events.actor_countries IS 'Countries of those who act, as ISO 3166-1 alpha-3 codes; a bloc by its id.';
COMMENT ON COLUMN v_events.recipient_countries IS 'Countries of those acted on, as ISO 3166-1 alpha-3 codes; a bloc by its id.';
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

CREATE OR REPLACE VIEW v_figures AS
SELECT
    t.article_id || '/f' || t.no AS record_id,
    a.published_at,
    a.source,
    t.quantity_of,
    t.bound,
    t.value,
    t.value_max,
    t.unit,
    t.change,
    t.about_names AS about,
    t.period_start_date,
    t.period_end_date,
    coalesce(voucher.name, t.attributed_to_id) AS attributed_to,
    t.text,
    t.sentence_before || t.text || t.sentence_after AS sentence,
    a.title,
    a.url,
    t.article_id,
    t.revision,
    t.no,
    t.char_start,
    t.char_end
FROM figures AS t
JOIN v_articles AS a ON a.article_id = t.article_id AND a.revision = t.revision
LEFT JOIN entities AS voucher ON voucher.entity_id = t.attributed_to_id;
COMMENT ON VIEW v_figures IS 'Figures with the names of whom they concern and who gives them.';
COMMENT ON COLUMN v_figures.record_id IS 'The record''s id: the article''s and that within the article.';
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

CREATE VIEW v_records AS
SELECT r.record_id, r.record_type, r.article_id, r.revision, r.char_start, r.char_end, r.text, r.sentence
FROM (
    SELECT article_id || '/' || statement_id AS record_id, 'statement' AS record_type,
        article_id, revision, char_start, char_end, text,
        sentence_before || text || sentence_after AS sentence
    FROM statements
    UNION ALL
    SELECT article_id || '/' || event_id, 'event', article_id, revision, char_start, char_end, text,
        sentence_before || text || sentence_after
    FROM events
    UNION ALL
    SELECT article_id || '/f' || no, 'figure', article_id, revision, char_start, char_end, text,
        sentence_before || text || sentence_after
    FROM figures
    UNION ALL
    SELECT article_id || '/t' || no, 'time', article_id, revision, char_start, char_end, text, NULL FROM times
    UNION ALL
    SELECT article_id || '/c' || no, 'citation', article_id, revision, char_start, char_end, text, NULL FROM citations
) AS r
JOIN articles AS a ON a.article_id = r.article_id AND a.revision = r.revision
WHERE a.is_newest;
COMMENT ON VIEW v_records IS 'Every statement, event, figure, time and citation under its record id. Where the article is known, filter by article_id as well: that is faster.';
COMMENT ON COLUMN v_records.record_id IS 'The record''s id: the article''s and that within the article.';
COMMENT ON COLUMN v_records.record_type IS 'statement, event, figure, time or citation.';
COMMENT ON COLUMN v_records.article_id IS 'The article (articles.article_id).';
COMMENT ON COLUMN v_records.revision IS 'The newest revision.';
COMMENT ON COLUMN v_records.char_start IS 'Offset of the first code point of the record.';
COMMENT ON COLUMN v_records.char_end IS 'Offset behind its last code point.';
COMMENT ON COLUMN v_records.text IS 'The record as it stands in the text.';
COMMENT ON COLUMN v_records.sentence IS 'The sentences of the text that it touches; null for times and citations, whose sentence evidence() gives.';

CREATE VIEW v_sentences AS
SELECT
    s.article_id,
    s.revision,
    unnest(generate_series(1, len(s.char_starts))) AS no,
    unnest(s.char_starts) AS char_start,
    unnest(s.char_ends) AS char_end
FROM sentences AS s
JOIN articles AS a ON a.article_id = s.article_id AND a.revision = s.revision
WHERE a.is_newest;
COMMENT ON VIEW v_sentences IS 'Where each sentence begins and ends.';
COMMENT ON COLUMN v_sentences.article_id IS 'The article (articles.article_id).';
COMMENT ON COLUMN v_sentences.revision IS 'The newest revision.';
COMMENT ON COLUMN v_sentences.no IS 'Place in the text, from 1.';
COMMENT ON COLUMN v_sentences.char_start IS 'Offset of the first code point.';
COMMENT ON COLUMN v_sentences.char_end IS 'Offset behind the last code point.';

CREATE VIEW v_dyads AS
WITH told AS (
    SELECT
        article_id,
        revision,
        source_id,
        CAST(coalesce(published_at, stored_at) AS DATE) AS told_date
    FROM articles
    WHERE is_newest
),
one_sided AS (
    SELECT
        CASE WHEN e.start_date <= a.told_date THEN e.start_date ELSE a.told_date END AS event_date,
        unnest(e.actor_countries) AS actor_country,
        CASE WHEN len(e.recipient_names) = 0 THEN e.actor_countries ELSE e.recipient_countries END AS others,
        e.type,
        e.quad,
        e.intensity,
        e.article_id,
        a.source_id
    FROM events AS e
    JOIN told AS a ON a.article_id = e.article_id AND a.revision = e.revision
    WHERE e.status IN ('occurred', 'ongoing')
),
tellings AS (
    SELECT event_date, actor_country, unnest(others) AS recipient_country, type, quad, intensity, article_id, source_id
    FROM one_sided
),
deeds AS (
    SELECT
        event_date,
        actor_country,
        recipient_country,
        type,
        quad,
        avg(intensity) AS intensity,
        count(*) AS tellings,
        list(article_id) AS article_ids,
        list(source_id) AS source_ids
    FROM tellings
    WHERE actor_country <> recipient_country
    GROUP BY ALL
),
days AS (
    SELECT
        event_date,
        actor_country,
        recipient_country,
        count(*) AS events,
        count(*) FILTER (quad = 'verbal cooperation') AS verbal_cooperation,
        count(*) FILTER (quad = 'material cooperation') AS material_cooperation,
        count(*) FILTER (quad = 'verbal conflict') AS verbal_conflict,
        count(*) FILTER (quad = 'material conflict') AS material_conflict,
        avg(intensity) AS intensity_mean,
        CAST(sum(tellings) AS BIGINT) AS tellings,
        list_unique(flatten(list(article_ids))) AS articles,
        list_unique(flatten(list(source_ids))) AS sources,
        (SELECT min(told_date) FROM told) AS first_date
    FROM deeds
    GROUP BY ALL
),
windows AS (
    SELECT
        *,
        CAST(greatest(0, event_date - first_date) AS INTEGER) AS known_days,
        coalesce(sum(events) FILTER (event_date >= first_date) OVER week, 0) AS events_7d,
        coalesce(sum(events) FILTER (event_date >= first_date) OVER month, 0) AS events_30d,
        coalesce(sum(events) FILTER (event_date >= first_date) OVER quarter, 0) AS events_90d,
        coalesce(list(events) FILTER (event_date >= first_date) OVER quarter, []) AS busy_days
    FROM days
    WINDOW
        week AS (
            PARTITION BY actor_country, recipient_country ORDER BY event_date
            RANGE BETWEEN INTERVAL 7 DAYS PRECEDING AND INTERVAL 1 DAY PRECEDING
        ),
        month AS (
            PARTITION BY actor_country, recipient_country ORDER BY event_date
            RANGE BETWEEN INTERVAL 30 DAYS PRECEDING AND INTERVAL 1 DAY PRECEDING
        ),
        quarter AS (
            PARTITION BY actor_country, recipient_country ORDER BY event_date
            RANGE BETWEEN INTERVAL 90 DAYS PRECEDING AND INTERVAL 1 DAY PRECEDING
        )
),
usual AS (
    SELECT
        *,
        least(90, known_days) AS baseline_days,
        list_aggregate(list_resize(busy_days, least(90, known_days), 0), 'median') AS median_90d,
        list_aggregate(list_resize(busy_days, least(90, known_days), 0), 'mad') AS mad_90d
    FROM windows
)
SELECT
    event_date,
    actor_country,
    recipient_country,
    events,
    verbal_cooperation,
    material_cooperation,
    verbal_conflict,
    material_conflict,
    intensity_mean,
    tellings,
    articles,
    sources,
    baseline_days,
    events_7d / nullif(least(7, known_days), 0) AS mean_7d,
    events_30d / nullif(least(30, known_days), 0) AS mean_30d,
    events_90d / nullif(baseline_days, 0) AS mean_90d,
    median_90d,
    mad_90d,
    (events - median_90d) / CASE WHEN mad_90d > 0 THEN 1.4826 * mad_90d ELSE 1 END AS robust_z
FROM usual;
COMMENT ON VIEW v_dyads IS 'What countries did to each other a day, a row a direction: deeds only, never plans or denials. Sides that meet, several actors without a recipient, count in both directions.';
COMMENT ON COLUMN v_dyads.event_date IS 'First day of the deed where the text tells one that is not later than publication, else the day of publication, else of storing.';
COMMENT ON COLUMN v_dyads.actor_country IS 'Country that acts, as ISO 3166-1 alpha-3 code; a bloc, such as the European Union, by its id.';
COMMENT ON COLUMN v_dyads.recipient_country IS 'Country acted on, as ISO 3166-1 alpha-3 code; a bloc by its id.';
COMMENT ON COLUMN v_dyads.events IS 'Deeds. All that is told of one type, day and pair counts as one deed, however many articles tell it.';
COMMENT ON COLUMN v_dyads.verbal_cooperation IS 'Deeds of words that cooperate.';
COMMENT ON COLUMN v_dyads.material_cooperation IS 'Deeds beyond words that cooperate.';
COMMENT ON COLUMN v_dyads.verbal_conflict IS 'Deeds of words in conflict.';
COMMENT ON COLUMN v_dyads.material_conflict IS 'Deeds beyond words in conflict.';
COMMENT ON COLUMN v_dyads.intensity_mean IS 'Mean over the deeds, from -10 (conflict) to +10 (cooperation) on PLOVER''s scale, without unit.';
COMMENT ON COLUMN v_dyads.tellings IS 'How often the deeds are told (rows of v_events).';
COMMENT ON COLUMN v_dyads.articles IS 'Articles that tell them.';
COMMENT ON COLUMN v_dyads.sources IS 'Sources that tell them.';
COMMENT ON COLUMN v_dyads.baseline_days IS 'Days known of the 90 before: those before the store''s first article do not count.';
COMMENT ON COLUMN v_dyads.mean_7d IS 'Deeds a day over the 7 days before, days without deeds counted as 0; null where no day before is known.';
COMMENT ON COLUMN v_dyads.mean_30d IS 'The same over 30 days.';
COMMENT ON COLUMN v_dyads.mean_90d IS 'The same over 90 days.';
COMMENT ON COLUMN v_dyads.median_90d IS 'Median of the deeds a day over the 90 days before.';
COMMENT ON COLUMN v_dyads.mad_90d IS 'Median absolute deviation from that median.';
COMMENT ON COLUMN v_dyads.robust_z IS '(events - median_90d) / (1.4826 * mad_90d); where mad_90d is 0, most days being alike, the deeds above the median. Trust it from some 30 baseline_days on.';

CREATE MACRO figures_disagree(days := 30) AS TABLE
WITH told AS (
    SELECT
        article_id,
        revision,
        coalesce(published_at, stored_at) AS told_at,
        CAST(coalesce(published_at, stored_at) AS DATE) AS told_date
    FROM articles
    WHERE is_newest
        -- The one told first may stand a day before.
        AND CAST(coalesce(published_at, stored_at) AS DATE) >= CAST(newest_at() AS DATE) - days
),
known AS (
    SELECT
        f.article_id,
        f.revision,
        f.no,
        f.unit,
        f.about_ids,
        f.bound,
        f.change,
        f.period_start_date,
        f.period_end_date,
        f.attributed_to_id,
        least(f.value, f.value_max) AS least_value,
        greatest(f.value, f.value_max) AS greatest_value,
        list_sort(list_distinct(regexp_extract_all(
            regexp_replace(
                lower(f.quantity_of),
                '\b(a|an|the|of|in|on|to|for|from|by|with|and|or|at|as|its|their)\b',
                ' ',
                'g'
            ),
            '[\p{L}\p{N}]+'
        ))) AS words,
        a.told_at,
        a.told_date
    FROM figures AS f
    JOIN told AS a ON a.article_id = f.article_id AND a.revision = f.revision
    WHERE f.quantity_of IS NOT NULL AND isfinite(f.value) AND isfinite(coalesce(f.value_max, 0))
),
claims AS (
    SELECT
        *,
        CASE bound
            WHEN 'at most' THEN '-infinity'
            WHEN 'about' THEN least_value - 0.05 * abs(least_value)
            ELSE least_value
        END AS low,
        CASE bound
            WHEN 'at least' THEN 'infinity'
            WHEN 'about' THEN greatest_value + 0.05 * abs(greatest_value)
            ELSE greatest_value
        END AS high
    FROM known
),
-- Descriptions of which half is alike share one of the first words, in whatever order they are put. A figure that
-- concerns nobody by name is held only against those that are described by the very same words, two at least.
keyed AS (
    SELECT *, unnest(words[1:len(words) // 2 + 1]) AS word
    FROM (SELECT *, unnest(about_ids) AS about_id, FALSE AS is_nameless FROM claims)
    UNION ALL
    SELECT *, '' AS about_id, len(about_ids) = 0 AS is_nameless, array_to_string(words, ' ') AS word
    FROM claims
    WHERE len(words) > 1
),
pairs AS (
    SELECT DISTINCT
        one.article_id, one.revision, one.no, one.told_at, one.low, one.high,
        two.article_id AS other_article_id, two.revision AS other_revision, two.no AS other_no,
        two.told_at AS other_told_at, two.told_date, two.low AS other_low, two.high AS other_high
    FROM (SELECT *, told_date + unnest([0, 1]) AS met_date FROM keyed) AS one
    JOIN keyed AS two
        ON two.unit = one.unit
        AND two.about_id = one.about_id
        AND two.word = one.word
        AND two.told_date = one.met_date
    WHERE (one.high < two.low OR two.high < one.low OR one.change <> two.change)
        AND (one.told_at < two.told_at OR (one.told_at = two.told_at AND (one.article_id, one.no) < (two.article_id, two.no)))
        AND (one.article_id <> two.article_id OR one.attributed_to_id IS DISTINCT FROM two.attributed_to_id)
        AND (one.about_id <> '' OR one.is_nameless OR two.is_nameless)
        AND coalesce(one.period_end_date >= two.period_start_date, TRUE)
        AND coalesce(two.period_end_date >= one.period_start_date, TRUE)
        AND 3 * len(list_intersect(one.words, two.words)) >= len(one.words) + len(two.words)
),
shown AS (
    SELECT
        f.article_id,
        f.no,
        f.quantity_of,
        f.about_names AS about,
        f.unit,
        f.text,
        f.change,
        coalesce(voucher.name, f.attributed_to_id) AS attributed_to,
        a.source,
        f.sentence_before || f.text || f.sentence_after AS sentence,
        a.url
    FROM (
        SELECT *
        FROM figures AS f
        SEMI JOIN (
            SELECT article_id, revision, no FROM pairs
            UNION
            SELECT other_article_id, other_revision, other_no FROM pairs
        ) AS p ON p.article_id = f.article_id AND p.revision = f.revision AND p.no = f.no
    ) AS f
    JOIN v_articles AS a ON a.article_id = f.article_id AND a.revision = f.revision
    LEFT JOIN entities AS voucher ON voucher.entity_id = f.attributed_to_id
)
SELECT
    p.article_id || '/f' || p.no AS record_id,
    p.other_article_id || '/f' || p.other_no AS other_record_id,
    p.told_date,
    one.quantity_of,
    two.quantity_of AS other_quantity_of,
    one.about,
    two.about AS other_about,
    one.unit,
    one.text,
    two.text AS other_text,
    p.low,
    p.high,
    p.other_low,
    p.other_high,
    one.change,
    two.change AS other_change,
    one.attributed_to,
    two.attributed_to AS other_attributed_to,
    one.source,
    two.source AS other_source,
    p.told_at AS published_at,
    p.other_told_at AS other_published_at,
    one.sentence,
    two.sentence AS other_sentence,
    one.url,
    two.url AS other_url
FROM pairs AS p
JOIN shown AS one ON one.article_id = p.article_id AND one.no = p.no
JOIN shown AS two ON two.article_id = p.other_article_id AND two.no = p.other_no
WHERE p.told_date > CAST(newest_at() AS DATE) - days;
COMMENT ON MACRO TABLE figures_disagree IS 'Rows of v_figures_disagree of the newest days of the store (30 where none are given): as quick as the days are few. Example: FROM figures_disagree(days := 7)';

CREATE VIEW v_figures_disagree AS FROM figures_disagree(days := 36500);
COMMENT ON VIEW v_figures_disagree IS 'Pairs of figures that speak of one quantity and can''t both be true: one unit, an entity in common, at least half of the words of quantity_of in common (or, where one concerns nobody by name, the very same words, two at least), no periods apart, given by different articles or in one article by different sources, values that no bound reconciles or opposite changes. Published on one day or on two in a row: later, the number may have grown.';
COMMENT ON COLUMN v_figures_disagree.record_id IS 'Record id of the figure published first.';
COMMENT ON COLUMN v_figures_disagree.other_record_id IS 'Record id of the other.';
COMMENT ON COLUMN v_figures_disagree.told_date IS 'Day on which the later one was published; for the newest days figures_disagree() is quicker.';
COMMENT ON COLUMN v_figures_disagree.quantity_of IS 'What the first counts or measures.';
COMMENT ON COLUMN v_figures_disagree.other_quantity_of IS 'What the other counts or measures.';
COMMENT ON COLUMN v_figures_disagree.about IS 'Names of those the first concerns.';
COMMENT ON COLUMN v_figures_disagree.other_about IS 'Names of those the other concerns.';
COMMENT ON COLUMN v_figures_disagree.unit IS 'UCUM-like unit or ISO 4217 currency of both.';
COMMENT ON COLUMN v_figures_disagree.text IS 'The first as it stands in the text.';
COMMENT ON COLUMN v_figures_disagree.other_text IS 'The other as it stands in the text.';
COMMENT ON COLUMN v_figures_disagree.low IS 'Least value that the first allows, 5 % less for about, -infinity for at most.';
COMMENT ON COLUMN v_figures_disagree.high IS 'Greatest value that it allows, 5 % more for about, infinity for at least.';
COMMENT ON COLUMN v_figures_disagree.other_low IS 'Least value that the other allows.';
COMMENT ON COLUMN v_figures_disagree.other_high IS 'Greatest value that the other allows.';
COMMENT ON COLUMN v_figures_disagree.change IS 'increase or decrease where the first tells a change.';
COMMENT ON COLUMN v_figures_disagree.other_change IS 'increase or decrease where the other tells a change.';
COMMENT ON COLUMN v_figures_disagree.attributed_to IS 'Name of who gives the first, null for the article itself.';
COMMENT ON COLUMN v_figures_disagree.other_attributed_to IS 'Name of who gives the other, null for the article itself.';
COMMENT ON COLUMN v_figures_disagree.source IS 'Name of the feed or outlet of the first.';
COMMENT ON COLUMN v_figures_disagree.other_source IS 'Name of the feed or outlet of the other.';
COMMENT ON COLUMN v_figures_disagree.published_at IS 'When the article of the first was published, or stored where that is not known, UTC.';
COMMENT ON COLUMN v_figures_disagree.other_published_at IS 'The same of the other; not earlier.';
COMMENT ON COLUMN v_figures_disagree.sentence IS 'The sentences that the first touches.';
COMMENT ON COLUMN v_figures_disagree.other_sentence IS 'The sentences that the other touches.';
COMMENT ON COLUMN v_figures_disagree.url IS 'Address of the article of the first.';
COMMENT ON COLUMN v_figures_disagree.other_url IS 'Address of the article of the other.';

CREATE VIEW v_timeline AS
WITH told AS (
    SELECT article_id, revision, published_at, CAST(coalesce(published_at, stored_at) AS DATE) AS told_date,
        source_id, title, url
    FROM articles
    WHERE is_newest
),
dated AS (
    SELECT
        e.article_id || '/' || e.event_id AS record_id,
        CASE
            WHEN e.status IN ('occurred', 'ongoing') THEN 'deed'
            WHEN e.status = 'planned' THEN 'plan'
            WHEN e.status = 'denied' THEN 'denial'
            ELSE 'possibility'
        END AS kind,
        e.status,
        e.start_date,
        coalesce(e.end_date, e.start_date) AS end_date,
        e.actor_names AS who,
        e.recipient_names AS whom,
        e.type AS what,
        e.text,
        e.article_id,
        e.revision
    FROM events AS e
    UNION ALL
    SELECT
        s.article_id || '/' || s.statement_id, 'statement', NULL, NULL, NULL,
        CASE WHEN speaker.name IS NULL THEN [] ELSE [speaker.name] END, [], s.verb,
        coalesce(
            s.content_text,
            substr(s.text, s.content_char_start - s.char_start + 1, s.content_char_end - s.content_char_start)
        ),
        s.article_id, s.revision
    FROM statements AS s
    LEFT JOIN entities AS speaker ON speaker.entity_id = s.speaker_id
    UNION ALL
    SELECT
        f.article_id || '/f' || f.no, 'figure', NULL, coalesce(f.period_start_date, f.period_end_date),
        coalesce(f.period_end_date, f.period_start_date), f.about_names, [], f.quantity_of, f.text, f.article_id, f.revision
    FROM figures AS f
    WHERE f.period_start_date IS NOT NULL OR f.period_end_date IS NOT NULL
)
SELECT
    d.record_id,
    coalesce(d.start_date, a.told_date) AS start_date,
    coalesce(d.end_date, a.told_date) AS end_date,
    CASE WHEN d.start_date IS NULL THEN 'publication' ELSE 'text' END AS dated_by,
    d.kind,
    d.status,
    d.who,
    d.whom,
    d.what,
    d.text,
    coalesce(s.name, e.name, a.source_id) AS source,
    a.published_at,
    a.title,
    a.url,
    d.article_id,
    d.revision
FROM dated AS d
JOIN told AS a ON a.article_id = d.article_id AND a.revision = d.revision
LEFT JOIN sources AS s ON s.source_id = a.source_id
LEFT JOIN entities AS e ON e.entity_id = a.source_id;
COMMENT ON VIEW v_timeline IS 'What happened when, a row a dated record; kind keeps plans and denials apart from deeds.';
COMMENT ON COLUMN v_timeline.record_id IS 'The record''s id: the article''s and that within the article.';
COMMENT ON COLUMN v_timeline.start_date IS 'First day, as dated_by says.';
COMMENT ON COLUMN v_timeline.end_date IS 'Last day.';
COMMENT ON COLUMN v_timeline.dated_by IS 'text where the text tells the day, else publication: the day the article was published, or stored.';
COMMENT ON COLUMN v_timeline.kind IS 'deed (occurred or ongoing), plan, possibility (possible or conditional), denial, statement or figure (with a period).';
COMMENT ON COLUMN v_timeline.status IS 'Status of an event, null for others.';
COMMENT ON COLUMN v_timeline.who IS 'Names of those who act or speak, or whom a figure concerns.';
COMMENT ON COLUMN v_timeline.whom IS 'Names of those acted on.';
COMMENT ON COLUMN v_timeline.what IS 'PLOVER''s type of an event, the cue''s verb of a statement, what a figure counts.';
COMMENT ON COLUMN v_timeline.text IS 'The clause of an event, the content of a statement, the figure.';
COMMENT ON COLUMN v_timeline.source IS 'Name of the feed or outlet.';
COMMENT ON COLUMN v_timeline.published_at IS 'When the article was published, UTC.';
COMMENT ON COLUMN v_timeline.title IS 'Headline.';
COMMENT ON COLUMN v_timeline.url IS 'Address of the article.';
COMMENT ON COLUMN v_timeline.article_id IS 'The article (articles.article_id).';
COMMENT ON COLUMN v_timeline.revision IS 'The newest revision.';

CREATE VIEW v_coverage AS
WITH told AS (
    SELECT
        a.article_id,
        a.revision,
        a.source_id,
        coalesce(s.kind, 'unknown') AS source_kind,
        CAST(coalesce(a.published_at, a.stored_at) AS DATE) AS published_date
    FROM articles AS a
    LEFT JOIN sources AS s ON s.source_id = a.source_id
    WHERE a.is_newest
),
all_articles AS (
    SELECT source_kind, published_date, count(*) AS articles FROM told GROUP BY ALL
)
SELECT
    'topic' AS subject_type,
    t.topic AS subject,
    a.source_kind,
    a.published_date,
    count(*) AS articles,
    count(DISTINCT a.source_id) AS sources,
    any_value(b.articles) AS articles_of_kind,
    count(*) / any_value(b.articles) AS share
FROM topics AS t
JOIN told AS a ON a.article_id = t.article_id AND a.revision = t.revision
JOIN all_articles AS b ON b.source_kind = a.source_kind AND b.published_date = a.published_date
GROUP BY t.topic, a.source_kind, a.published_date;
COMMENT ON VIEW v_coverage IS 'Who reports on what: a row a subject, kind of source and day. Over several days add up articles and articles_of_kind; days without an article on the subject have no row.';
COMMENT ON COLUMN v_coverage.subject_type IS 'topic; there will be others.';
COMMENT ON COLUMN v_coverage.subject IS 'Id of the topic.';
COMMENT ON COLUMN v_coverage.source_kind IS 'state, independent, international, institution or wire; unknown for sources that are no configured feeds.';
COMMENT ON COLUMN v_coverage.published_date IS 'Day of publication, or of storing where that is not known, UTC.';
COMMENT ON COLUMN v_coverage.articles IS 'Articles on the subject.';
COMMENT ON COLUMN v_coverage.sources IS 'Sources of those articles.';
COMMENT ON COLUMN v_coverage.articles_of_kind IS 'All articles that sources of this kind published that day.';
COMMENT ON COLUMN v_coverage.share IS 'articles / articles_of_kind, from 0 to 1.';

CREATE MACRO calendar(days := 30) AS TABLE
WITH today AS (
    SELECT CAST(newest_at() AS DATE) AS today_date
),
told AS (
    SELECT
        article_id,
        revision,
        coalesce(published_at, stored_at) AS told_at,
        CAST(coalesce(published_at, stored_at) AS DATE) AS told_date
    FROM articles
    WHERE is_newest
),
plans AS (
    SELECT
        e.event_id,
        e.type,
        CASE e.type WHEN 'AGREE' THEN 'CONSULT' ELSE e.type END AS family,
        e.start_date,
        coalesce(e.end_date, e.start_date) AS end_date,
        list_sort(list_distinct(e.actor_names || e.recipient_names)) AS sides,
        list_sort(list_distinct(e.actor_countries || e.recipient_countries)) AS countries,
        e.text,
        e.article_id,
        e.revision,
        a.told_at
    FROM events AS e
    JOIN told AS a ON a.article_id = e.article_id AND a.revision = e.revision
    WHERE e.status = 'planned'
        AND e.start_date > a.told_date
        AND coalesce(e.end_date, e.start_date) > (SELECT today_date - days FROM today)
),
ahead AS (
    SELECT
        article_id || '/' || event_id AS record_id, event_id, 'plan' AS kind, start_date, end_date, type AS what, sides,
        text, article_id, revision
    FROM plans
    UNION ALL
    SELECT
        t.article_id || '/t' || t.no, NULL, 'date', t.start_date, coalesce(t.end_date, t.start_date), t.value, [],
        t.text, t.article_id, t.revision
    FROM times AS t
    JOIN told AS a ON a.article_id = t.article_id AND a.revision = t.revision
    ANTI JOIN plans AS p
        ON p.article_id = t.article_id
        AND p.revision = t.revision
        AND p.start_date = t.start_date
        AND p.end_date = coalesce(t.end_date, t.start_date)
    WHERE t.type IN ('DATE', 'TIME')
        AND t.start_date > a.told_date
        AND coalesce(t.end_date, t.start_date) > (SELECT today_date - days FROM today)
),
-- Deeds are looked up by side, country and week, so that few are held against each plan.
sought AS (
    SELECT *, unnest(sides) AS side, coalesce(countries[1], '') AS country
    FROM (
        SELECT
            article_id, event_id, family, start_date, end_date, sides, countries, told_at,
            unnest(generate_series(
                date_trunc('week', start_date - INTERVAL 3 DAYS), end_date + INTERVAL 3 DAYS, INTERVAL 7 DAYS
            )) AS week
        FROM plans
    )
),
deeds AS (
    SELECT
        e.article_id || '/' || e.event_id AS record_id,
        CASE e.type WHEN 'AGREE' THEN 'CONSULT' ELSE e.type END AS family,
        CASE WHEN e.start_date <= a.told_date THEN e.start_date ELSE a.told_date END AS deed_date,
        e.actor_names || e.recipient_names AS sides,
        e.actor_countries || e.recipient_countries AS countries,
        e.text,
        a.told_at
    FROM events AS e
    JOIN told AS a ON a.article_id = e.article_id AND a.revision = e.revision
    WHERE e.status IN ('occurred', 'ongoing')
        AND a.told_date >= (SELECT min(start_date) - 3 FROM plans)
        AND coalesce(e.start_date, a.told_date) >= (SELECT min(start_date) - 3 FROM plans)
),
found AS (
    SELECT *, unnest(countries || ['']) AS country
    FROM (SELECT *, date_trunc('week', CAST(deed_date AS TIMESTAMP)) AS week, unnest(sides) AS side FROM deeds)
),
seen AS (
    SELECT
        s.article_id,
        s.event_id,
        min({
            'told_at': d.told_at, 'record_id': d.record_id, 'deed_date': d.deed_date, 'sides': d.sides, 'text': d.text
        }) AS deed
    FROM sought AS s
    JOIN found AS d
        ON d.side = s.side AND d.country = s.country AND d.family = s.family AND d.week = s.week
    WHERE d.told_at > s.told_at
        AND d.deed_date BETWEEN s.start_date - 3 AND s.end_date + 3
        AND list_has_all(d.countries, s.countries)
    GROUP BY s.article_id, s.event_id
)
SELECT
    p.record_id,
    p.kind,
    p.start_date,
    p.end_date,
    p.what,
    p.sides AS who,
    p.text,
    CASE
        WHEN seen.deed IS NOT NULL THEN 'came_true'
        WHEN p.end_date + 3 >= (SELECT today_date FROM today) THEN 'ahead'
        WHEN p.kind = 'plan' THEN 'not_seen'
        ELSE 'past'
    END AS outcome,
    seen.deed['record_id'] AS deed_record_id,
    seen.deed['deed_date'] AS deed_date,
    list_sort(list_distinct(seen.deed['sides'])) AS deed_who,
    seen.deed['text'] AS deed_text,
    a.source,
    a.published_at,
    a.title,
    a.url,
    p.article_id,
    p.revision
FROM ahead AS p
JOIN v_articles AS a ON a.article_id = p.article_id AND a.revision = p.revision
LEFT JOIN seen ON seen.article_id = p.article_id AND seen.event_id = p.event_id;
COMMENT ON MACRO TABLE calendar IS 'Rows of v_calendar whose last day is one of the newest days of the store (30 where none are given) or lies ahead: as quick as the days are few. Example: FROM calendar(days := 7) WHERE outcome = ''came_true''';

CREATE VIEW v_calendar AS FROM calendar(days := 36500);
COMMENT ON VIEW v_calendar IS 'Days ahead, as articles tell them before they come, and whether they came true. A deed fits a plan if an article published later tells it, of the same type (AGREE is as CONSULT), with a side in common and all the countries of the plan, from three days before to three days behind the days told. Today is the day of newest_at(), not the clock''s.';
COMMENT ON COLUMN v_calendar.record_id IS 'The record''s id: the article''s and that within the article.';
COMMENT ON COLUMN v_calendar.kind IS 'plan for an event, date for an expression of time whose article tells no plan for those days.';
COMMENT ON COLUMN v_calendar.start_date IS 'First day that is told.';
COMMENT ON COLUMN v_calendar.end_date IS 'Last day that is told.';
COMMENT ON COLUMN v_calendar.what IS 'PLOVER''s type of a plan, TIMEX3 value of a date.';
COMMENT ON COLUMN v_calendar.who IS 'Names of the sides of a plan, in the order of the alphabet.';
COMMENT ON COLUMN v_calendar.text IS 'The clause or the expression as it stands in the text.';
COMMENT ON COLUMN v_calendar.outcome IS 'came_true: an article published later tells a deed that fits; ahead: not over yet; not_seen: over, and no such deed is told; past: a date that is over.';
COMMENT ON COLUMN v_calendar.deed_record_id IS 'Record id of the deed that was told first.';
COMMENT ON COLUMN v_calendar.deed_date IS 'Day of that deed.';
COMMENT ON COLUMN v_calendar.deed_who IS 'Names of its sides, in the order of the alphabet.';
COMMENT ON COLUMN v_calendar.deed_text IS 'The clause that tells it.';
COMMENT ON COLUMN v_calendar.source IS 'Name of the feed or outlet.';
COMMENT ON COLUMN v_calendar.published_at IS 'When the article was published, UTC.';
COMMENT ON COLUMN v_calendar.title IS 'Headline.';
COMMENT ON COLUMN v_calendar.url IS 'Address of the article.';
COMMENT ON COLUMN v_calendar.article_id IS 'The article (articles.article_id).';
COMMENT ON COLUMN v_calendar.revision IS 'The newest revision.';

CREATE VIEW v_edits AS
SELECT
    c.article_id,
    c.revision,
    a.stored_at AS revised_at,
    former.stored_at AS former_at,
    coalesce(s.name, e.name, a.source_id) AS source,
    a.title,
    a.url,
    c.record_type,
    c.kind,
    c.before,
    c.after,
    c.before_char_start,
    c.before_char_end,
    c.after_char_start,
    c.after_char_end
FROM (
    SELECT
        article_id, revision, 'article' AS record_type,
        CASE field
            WHEN 'title' THEN 'headline_changed'
            WHEN 'rewritten' THEN 'text_rewritten'
            WHEN 'text' THEN 'passage_' || CASE WHEN before IS NULL THEN 'added' WHEN after IS NULL THEN 'removed' ELSE 'changed' END
            ELSE field || '_changed'
        END AS kind,
        before, after,
        CAST(NULL AS INTEGER) AS before_char_start, CAST(NULL AS INTEGER) AS before_char_end,
        CAST(NULL AS INTEGER) AS after_char_start, CAST(NULL AS INTEGER) AS after_char_end
    FROM article_changes
    UNION ALL
    SELECT
        article_id, revision, record_type, kind, before, after,
        before_char_start, before_char_end, after_char_start, after_char_end
    FROM record_changes
) AS c
JOIN articles AS a ON a.article_id = c.article_id AND a.revision = c.revision
LEFT JOIN articles AS former ON former.article_id = c.article_id AND former.revision = c.revision - 1
LEFT JOIN sources AS s ON s.source_id = a.source_id
LEFT JOIN entities AS e ON e.entity_id = a.source_id;
COMMENT ON VIEW v_edits IS 'What sources changed in articles after publication: headlines, passages and fields, and the quotes, figures, attributions and deeds in them.';
COMMENT ON COLUMN v_edits.article_id IS 'The article (articles.article_id).';
COMMENT ON COLUMN v_edits.revision IS 'The revision that brought the change.';
COMMENT ON COLUMN v_edits.revised_at IS 'When it was stored, UTC.';
COMMENT ON COLUMN v_edits.former_at IS 'When the revision before it was stored, UTC.';
COMMENT ON COLUMN v_edits.source IS 'Name of the feed or outlet.';
COMMENT ON COLUMN v_edits.title IS 'Headline of this revision.';
COMMENT ON COLUMN v_edits.url IS 'Address of the article.';
COMMENT ON COLUMN v_edits.record_type IS 'article, statement, event or figure.';
COMMENT ON COLUMN v_edits.kind IS 'Of an article: headline_changed, passage_added, passage_removed, passage_changed, text_rewritten or a field with _changed; of records: quote_removed, figure_changed, attribution_weakened and so on.';
COMMENT ON COLUMN v_edits.before IS 'What stood there; null for what is new.';
COMMENT ON COLUMN v_edits.after IS 'What stands there now; null for what is gone.';
COMMENT ON COLUMN v_edits.before_char_start IS 'Offset of a record''s first code point in the text of the revision before.';
COMMENT ON COLUMN v_edits.before_char_end IS 'Offset behind its last code point there.';
COMMENT ON COLUMN v_edits.after_char_start IS 'Offset of a record''s first code point in the text of this revision.';
COMMENT ON COLUMN v_edits.after_char_end IS 'Offset behind its last code point there.';

CREATE VIEW v_health AS
WITH arrivals AS (
    SELECT
        a.source_id AS feed_id,
        date_diff('second', a.digest_at, newest_at()) // 86400 AS days_ago
    FROM articles AS a
    WHERE a.revision = 1
),
flow AS (
    SELECT
        feed_id,
        count(*) FILTER (days_ago = 0) AS articles_1d,
        list_aggregate([
            count(*) FILTER (days_ago = 1), count(*) FILTER (days_ago = 2), count(*) FILTER (days_ago = 3),
            count(*) FILTER (days_ago = 4), count(*) FILTER (days_ago = 5), count(*) FILTER (days_ago = 6),
            count(*) FILTER (days_ago = 7)
        ], 'median') AS median_7d
    FROM arrivals
    WHERE days_ago <= 7
    GROUP BY feed_id
),
last_polls AS (
    SELECT * FROM polls
    WHERE outcome <> 'not_due'
    QUALIFY row_number() OVER (PARTITION BY feed_id ORDER BY polled_at DESC, run_id DESC) = 1
),
books AS (
    SELECT
        l.run_id,
        l.feed_id,
        sum(l.items) AS items,
        sum(l.items) FILTER (l.disposition IN ('stored', 'revised')) AS stored,
        sum(l.items) FILTER (l.disposition IN ('known', 'duplicate')) AS known,
        sum(l.items) FILTER (l.disposition = 'deferred') AS deferred
    FROM item_ledger AS l
    GROUP BY ALL
),
warned AS (
    SELECT feed_id, list(code || ': ' || detail ORDER BY no) AS warnings FROM feed_warnings GROUP BY feed_id
)
SELECT
    f.feed_id,
    coalesce(s.name, f.feed_id) AS feed,
    s.kind AS source_kind,
    f.succeeded_at,
    f.polled_at,
    f.outcome,
    f.detail,
    f.failures,
    f.newest_item_at,
    coalesce(flow.articles_1d, 0) AS articles_1d,
    coalesce(flow.median_7d, 0) AS median_7d,
    p.run_id,
    p.items_seen,
    p.items_resumed,
    CAST(coalesce(b.stored, 0) AS BIGINT) AS items_stored,
    CAST(coalesce(b.known, 0) AS BIGINT) AS items_known,
    CAST(coalesce(b.deferred, 0) AS BIGINT) AS items_deferred,
    CAST(coalesce(b.items, 0) - coalesce(b.stored, 0) - coalesce(b.known, 0) - coalesce(b.deferred, 0) AS BIGINT)
        AS items_dropped,
    coalesce(b.items, 0) = p.items_seen + p.items_resumed AS is_balanced,
    coalesce(w.warnings, []) AS warnings
FROM feeds AS f
LEFT JOIN sources AS s ON s.source_id = f.feed_id
LEFT JOIN flow ON flow.feed_id = f.feed_id
LEFT JOIN last_polls AS p ON p.feed_id = f.feed_id
LEFT JOIN books AS b ON b.run_id = p.run_id AND b.feed_id = f.feed_id
LEFT JOIN warned AS w ON w.feed_id = f.feed_id;
COMMENT ON VIEW v_health IS 'How each feed fares: last polls, what it brings, and whether the books of its last run balance.';
COMMENT ON COLUMN v_health.feed_id IS 'The feed (feeds.feed_id).';
COMMENT ON COLUMN v_health.feed IS 'Name of the feed.';
COMMENT ON COLUMN v_health.source_kind IS 'state, independent, international, institution or wire.';
COMMENT ON COLUMN v_health.succeeded_at IS 'Last poll that succeeded, UTC.';
COMMENT ON COLUMN v_health.polled_at IS 'Last poll, UTC.';
COMMENT ON COLUMN v_health.outcome IS 'How the last poll ended: ok, not_modified or the name of the failure.';
COMMENT ON COLUMN v_health.detail IS 'Particulars of the last poll.';
COMMENT ON COLUMN v_health.failures IS 'Failed polls in a row.';
COMMENT ON COLUMN v_health.newest_item_at IS 'Date of the newest item ever listed, UTC.';
COMMENT ON COLUMN v_health.articles_1d IS 'New articles of the last 24 hours before the store''s newest moment.';
COMMENT ON COLUMN v_health.median_7d IS 'Median of the new articles a day over the 7 days before those.';
COMMENT ON COLUMN v_health.run_id IS 'The last run that asked it (runs.run_id).';
COMMENT ON COLUMN v_health.items_seen IS 'Items that it listed in that run.';
COMMENT ON COLUMN v_health.items_resumed IS 'Items of earlier runs that were taken up again.';
COMMENT ON COLUMN v_health.items_stored IS 'Items of which that run stored or revised an article.';
COMMENT ON COLUMN v_health.items_known IS 'Items that were known or listed twice.';
COMMENT ON COLUMN v_health.items_deferred IS 'Items left for a later run.';
COMMENT ON COLUMN v_health.items_dropped IS 'Items of which there is no article; v_dropped says why.';
COMMENT ON COLUMN v_health.is_balanced IS 'Whether those add up to what was seen and resumed; null where no run asked it.';
COMMENT ON COLUMN v_health.warnings IS 'What a person should look at.';

CREATE MACRO entities_named(who) AS TABLE
SELECT e.entity_id, e.name AS entity, e.type, e.country
FROM entities AS e
WHERE e.entity_id = who
    OR e.entity_id IN (SELECT n.entity_id FROM entity_names AS n WHERE n.name_folded = lower(strip_accents(who)));
COMMENT ON MACRO TABLE entities_named IS 'The entities of an id or of any name that articles print, whatever its case and accents. Example: FROM entities_named(''Łukaszenka'')';

CREATE MACRO mentions_of(who, days := 30) AS TABLE
SELECT
    a.published_at,
    a.source,
    e.entity,
    m.text,
    m.kind,
    a.title,
    a.url,
    m.entity_id,
    m.article_id,
    m.revision,
    m.char_start,
    m.char_end
FROM mentions AS m
JOIN entities_named(who) AS e ON e.entity_id = m.entity_id
JOIN v_articles AS a ON a.article_id = m.article_id AND a.revision = m.revision
WHERE coalesce(a.published_at, a.stored_at) > newest_at() - to_days(days);
COMMENT ON MACRO TABLE mentions_of IS 'Where an entity is mentioned, by its id or any name, in articles of the newest days of the store (30 where none are given). Example: FROM mentions_of(''Lukashenko'', days := 7)';

CREATE MACRO quotes_of(who) AS TABLE
SELECT w.*
FROM v_who_said_what AS w
WHERE w.speaker_id IN (SELECT e.entity_id FROM entities_named(who) AS e);
COMMENT ON MACRO TABLE quotes_of IS 'What someone said, by id or any name: rows of v_who_said_what. Example: FROM quotes_of(''Lukashenko'') ORDER BY published_at DESC';

CREATE MACRO events_between(a, b) AS TABLE
WITH sides AS (
    SELECT e.entity_id, TRUE AS is_first FROM entities AS e WHERE e.country = a
    UNION
    SELECT e.entity_id, TRUE FROM entities_named(a) AS e
    UNION
    SELECT e.entity_id, FALSE FROM entities AS e WHERE e.country = b
    UNION
    SELECT e.entity_id, FALSE FROM entities_named(b) AS e
),
found AS (
    SELECT
        p.article_id,
        p.revision,
        p.event_id,
        bool_or(s.is_first AND p.role = 'actor') AS first_acts,
        bool_or(s.is_first AND p.role = 'recipient') AS first_receives,
        bool_or(NOT s.is_first AND p.role = 'actor') AS second_acts,
        bool_or(NOT s.is_first AND p.role = 'recipient') AS second_receives
    FROM event_participants AS p
    JOIN sides AS s ON s.entity_id = p.entity_id
    GROUP BY ALL
)
SELECT
    CASE
        WHEN f.first_acts AND f.second_acts THEN 'together'
        WHEN f.first_acts THEN 'forth'
        ELSE 'back'
    END AS direction,
    v.*
FROM found AS f
JOIN v_events AS v ON v.article_id = f.article_id AND v.revision = f.revision AND v.event_id = f.event_id
WHERE (f.first_acts AND (f.second_acts OR f.second_receives)) OR (f.second_acts AND f.first_receives);
COMMENT ON MACRO TABLE events_between IS 'Events between two sides, each an id, a name or a country (ISO 3166-1 alpha-3: all its people and bodies), plans and denials too: rows of v_events after direction, which is forth where the first acts on the second, back, or together where both act. Example: FROM events_between(''RUS'', ''BLR'') WHERE status = ''occurred''';

CREATE MACRO evidence(id) AS TABLE
WITH asked AS (
    SELECT r.*
    FROM v_records AS r
    WHERE r.article_id = regexp_replace(id, '/[^/]*$', '') AND r.record_id = id
),
parted AS (
    SELECT
        r.record_id,
        unnest(generate_series(1, len(s.char_starts))) AS no,
        unnest(s.char_starts) AS char_start,
        unnest(s.char_ends) AS char_end
    FROM asked AS r
    JOIN sentences AS s ON s.article_id = r.article_id AND s.revision = r.revision
),
touched AS (
    SELECT r.record_id, min(s.no) AS first_no, max(s.no) AS last_no
    FROM asked AS r
    JOIN parted AS s ON s.record_id = r.record_id
    WHERE s.char_start < r.char_end AND s.char_end > r.char_start
    GROUP BY r.record_id
),
around AS (
    SELECT
        r.record_id,
        max(s.char_end) FILTER (s.no = t.first_no - 1) AS before_end,
        min(s.char_start) FILTER (s.no = t.first_no - 1) AS before_start,
        min(s.char_start) FILTER (s.no = t.first_no) AS sentence_start,
        max(s.char_end) FILTER (s.no = t.last_no) AS sentence_end,
        min(s.char_start) FILTER (s.no = t.last_no + 1) AS after_start,
        max(s.char_end) FILTER (s.no = t.last_no + 1) AS after_end
    FROM asked AS r
    JOIN touched AS t ON t.record_id = r.record_id
    JOIN parted AS s ON s.record_id = r.record_id
    GROUP BY r.record_id
)
SELECT
    r.record_id,
    r.record_type,
    substr(b.text, x.before_start + 1, x.before_end - x.before_start) AS sentence_before,
    substr(b.text, x.sentence_start + 1, x.sentence_end - x.sentence_start) AS sentence,
    substr(b.text, x.after_start + 1, x.after_end - x.after_start) AS sentence_after,
    r.text,
    a.title,
    a.source,
    a.published_at,
    a.url,
    r.article_id,
    r.revision,
    r.char_start,
    r.char_end
FROM asked AS r
JOIN v_articles AS a ON a.article_id = r.article_id AND a.revision = r.revision
JOIN article_text AS b ON b.article_id = r.article_id AND b.revision = r.revision
LEFT JOIN around AS x ON x.record_id = r.record_id;
COMMENT ON MACRO TABLE evidence IS 'The proof of a record: the sentences that it touches, the one before and the one behind, and the article. Example: FROM evidence(''brief-2022-12/s3'')';
