-- The ledger: what was collected, what was read out of it, and how each run came by it.
-- Times (_at) are UTC. Offsets count Unicode code points of article_text.text from 0, the end exclusive:
-- substr(text, char_start + 1, char_end - char_start) gives the span again.
-- No foreign keys: they block ALTER and delete-then-insert. Integrity queries run instead (store/checks/integrity.py).

CREATE TABLE articles (
    article_id VARCHAR NOT NULL,
    revision INTEGER NOT NULL,
    is_newest BOOLEAN NOT NULL,
    origin VARCHAR NOT NULL,
    source_id VARCHAR,
    url VARCHAR,
    title VARCHAR,
    authors VARCHAR[] NOT NULL,
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
    PRIMARY KEY (article_id, revision)
);
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

CREATE TABLE article_text (
    article_id VARCHAR NOT NULL,
    revision INTEGER NOT NULL,
    text VARCHAR NOT NULL USING COMPRESSION zstd
);
COMMENT ON TABLE article_text IS 'The text of each revision, verbatim; never changed, because spans point into it.';
COMMENT ON COLUMN article_text.article_id IS 'The article (articles.article_id).';
COMMENT ON COLUMN article_text.revision IS 'The revision of the article.';
COMMENT ON COLUMN article_text.text IS 'The body as stored; all offsets count its code points.';

CREATE TABLE issues (
    article_id VARCHAR NOT NULL,
    revision INTEGER NOT NULL,
    no INTEGER NOT NULL,
    code VARCHAR NOT NULL,
    detail VARCHAR NOT NULL
);
COMMENT ON TABLE issues IS 'What a reader should know about an article: a page that could not be fetched, a language not supported.';
COMMENT ON COLUMN issues.article_id IS 'The article (articles.article_id).';
COMMENT ON COLUMN issues.revision IS 'The revision of the article.';
COMMENT ON COLUMN issues.no IS 'Place in the article''s list, from 1.';
COMMENT ON COLUMN issues.code IS 'The kind of issue, one word in snake_case.';
COMMENT ON COLUMN issues.detail IS 'The particulars.';

CREATE TABLE sentences (
    article_id VARCHAR NOT NULL,
    revision INTEGER NOT NULL,
    no INTEGER NOT NULL,
    char_start INTEGER NOT NULL,
    char_end INTEGER NOT NULL
);
COMMENT ON TABLE sentences IS 'Where each sentence of the text begins and ends.';
COMMENT ON COLUMN sentences.article_id IS 'The article (articles.article_id).';
COMMENT ON COLUMN sentences.revision IS 'The revision of the article.';
COMMENT ON COLUMN sentences.no IS 'Place in the text, from 1.';
COMMENT ON COLUMN sentences.char_start IS 'Offset of the first code point.';
COMMENT ON COLUMN sentences.char_end IS 'Offset behind the last code point.';

CREATE TABLE datelines (
    article_id VARCHAR NOT NULL,
    revision INTEGER NOT NULL,
    char_start INTEGER NOT NULL,
    char_end INTEGER NOT NULL,
    text VARCHAR NOT NULL,
    agency_id VARCHAR,
    place_id VARCHAR,
    dateline_date DATE
);
COMMENT ON TABLE datelines IS 'The line an agency opens with: who wires, from where, on which day; at most one a revision.';
COMMENT ON COLUMN datelines.article_id IS 'The article (articles.article_id).';
COMMENT ON COLUMN datelines.revision IS 'The revision of the article.';
COMMENT ON COLUMN datelines.char_start IS 'Offset of the first code point.';
COMMENT ON COLUMN datelines.char_end IS 'Offset behind the last code point.';
COMMENT ON COLUMN datelines.text IS 'The dateline as it stands in the text.';
COMMENT ON COLUMN datelines.agency_id IS 'The agency (entities.entity_id).';
COMMENT ON COLUMN datelines.place_id IS 'The place (entities.entity_id).';
COMMENT ON COLUMN datelines.dateline_date IS 'The day it names.';

CREATE TABLE entities (
    entity_id VARCHAR PRIMARY KEY,
    name VARCHAR NOT NULL,
    type VARCHAR NOT NULL,
    country VARCHAR,
    sector VARCHAR,
    wikidata VARCHAR
);
COMMENT ON TABLE entities IS 'Real-world things, one row each, as the extraction stored last knows them.';
COMMENT ON COLUMN entities.entity_id IS 'Stable id, the slug of the English name.';
COMMENT ON COLUMN entities.name IS 'Name to print.';
COMMENT ON COLUMN entities.type IS 'PER, ORG, GPE, LOC, FAC, NORP, EVENT, PRODUCT or BLOC.';
COMMENT ON COLUMN entities.country IS 'Country as ISO 3166-1 alpha-3 code.';
COMMENT ON COLUMN entities.sector IS 'PLOVER sector code, such as GOV, MIL or MED.';
COMMENT ON COLUMN entities.wikidata IS 'Wikidata id, where it is known.';

CREATE TABLE article_entities (
    article_id VARCHAR NOT NULL,
    revision INTEGER NOT NULL,
    no INTEGER NOT NULL,
    entity_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    type VARCHAR NOT NULL,
    country VARCHAR,
    sector VARCHAR,
    role VARCHAR,
    wikidata VARCHAR
);
COMMENT ON TABLE article_entities IS 'The entities of an article as they were resolved there; role and sector hold for the article''s date.';
COMMENT ON COLUMN article_entities.article_id IS 'The article (articles.article_id).';
COMMENT ON COLUMN article_entities.revision IS 'The revision of the article.';
COMMENT ON COLUMN article_entities.no IS 'Place in the article''s list, from 1.';
COMMENT ON COLUMN article_entities.entity_id IS 'The entity (entities.entity_id).';
COMMENT ON COLUMN article_entities.name IS 'Name to print.';
COMMENT ON COLUMN article_entities.type IS 'PER, ORG, GPE, LOC, FAC, NORP, EVENT, PRODUCT or BLOC.';
COMMENT ON COLUMN article_entities.country IS 'Country as ISO 3166-1 alpha-3 code.';
COMMENT ON COLUMN article_entities.sector IS 'PLOVER sector code, such as GOV, MIL or MED.';
COMMENT ON COLUMN article_entities.role IS 'Office or role as the article prints it.';
COMMENT ON COLUMN article_entities.wikidata IS 'Wikidata id, where it is known.';

CREATE TABLE mentions (
    article_id VARCHAR NOT NULL,
    revision INTEGER NOT NULL,
    entity_id VARCHAR NOT NULL,
    no INTEGER NOT NULL,
    char_start INTEGER NOT NULL,
    char_end INTEGER NOT NULL,
    text VARCHAR NOT NULL,
    kind VARCHAR NOT NULL
);
COMMENT ON TABLE mentions IS 'Each place where a text names or points at an entity.';
COMMENT ON COLUMN mentions.article_id IS 'The article (articles.article_id).';
COMMENT ON COLUMN mentions.revision IS 'The revision of the article.';
COMMENT ON COLUMN mentions.entity_id IS 'The entity (entities.entity_id).';
COMMENT ON COLUMN mentions.no IS 'Counts the mentions of this entity in the article, from 1.';
COMMENT ON COLUMN mentions.char_start IS 'Offset of the first code point.';
COMMENT ON COLUMN mentions.char_end IS 'Offset behind the last code point.';
COMMENT ON COLUMN mentions.text IS 'The mention as it stands in the text.';
COMMENT ON COLUMN mentions.kind IS 'name, metonym, demonym, role or pronoun.';

CREATE TABLE citations (
    article_id VARCHAR NOT NULL,
    revision INTEGER NOT NULL,
    no INTEGER NOT NULL,
    char_start INTEGER NOT NULL,
    char_end INTEGER NOT NULL,
    text VARCHAR NOT NULL,
    entity_id VARCHAR NOT NULL
);
COMMENT ON TABLE citations IS 'Agencies and outlets that an article leans on; never persons.';
COMMENT ON COLUMN citations.article_id IS 'The article (articles.article_id).';
COMMENT ON COLUMN citations.revision IS 'The revision of the article.';
COMMENT ON COLUMN citations.no IS 'Place in the article''s list, from 1.';
COMMENT ON COLUMN citations.char_start IS 'Offset of the first code point.';
COMMENT ON COLUMN citations.char_end IS 'Offset behind the last code point.';
COMMENT ON COLUMN citations.text IS 'The citation as it stands in the text.';
COMMENT ON COLUMN citations.entity_id IS 'The agency or outlet that is cited (entities.entity_id).';

CREATE TABLE statements (
    article_id VARCHAR NOT NULL,
    revision INTEGER NOT NULL,
    no INTEGER NOT NULL,
    statement_id VARCHAR NOT NULL,
    char_start INTEGER NOT NULL,
    char_end INTEGER NOT NULL,
    text VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    speaker_id VARCHAR,
    speaker_char_start INTEGER,
    speaker_char_end INTEGER,
    speaker_text VARCHAR,
    cue_char_start INTEGER,
    cue_char_end INTEGER,
    cue_text VARCHAR,
    verb VARCHAR,
    content_char_start INTEGER NOT NULL,
    content_char_end INTEGER NOT NULL,
    content_text VARCHAR NOT NULL,
    group_id VARCHAR,
    sentence VARCHAR
);
COMMENT ON TABLE statements IS 'Who said what: source, cue and content of each attribution.';
COMMENT ON COLUMN statements.article_id IS 'The article (articles.article_id).';
COMMENT ON COLUMN statements.revision IS 'The revision of the article.';
COMMENT ON COLUMN statements.no IS 'Place in the article''s list, from 1.';
COMMENT ON COLUMN statements.statement_id IS 'Id within the article.';
COMMENT ON COLUMN statements.char_start IS 'Offset of the first code point.';
COMMENT ON COLUMN statements.char_end IS 'Offset behind the last code point.';
COMMENT ON COLUMN statements.text IS 'The whole attribution as it stands in the text.';
COMMENT ON COLUMN statements.kind IS 'direct, indirect or mixed speech.';
COMMENT ON COLUMN statements.speaker_id IS 'Who says it (entities.entity_id), null where nobody could be named.';
COMMENT ON COLUMN statements.speaker_char_start IS 'Offset of the first code point of the speaker.';
COMMENT ON COLUMN statements.speaker_char_end IS 'Offset behind the last code point of the speaker.';
COMMENT ON COLUMN statements.speaker_text IS 'The speaker as it stands in the text.';
COMMENT ON COLUMN statements.cue_char_start IS 'Offset of the first code point of the cue.';
COMMENT ON COLUMN statements.cue_char_end IS 'Offset behind the last code point of the cue.';
COMMENT ON COLUMN statements.cue_text IS 'The words that attribute, such as "said".';
COMMENT ON COLUMN statements.verb IS 'Lemma of the cue.';
COMMENT ON COLUMN statements.content_char_start IS 'Offset of the first code point of the content.';
COMMENT ON COLUMN statements.content_char_end IS 'Offset behind the last code point of the content.';
COMMENT ON COLUMN statements.content_text IS 'What is said, as it stands in the text.';
COMMENT ON COLUMN statements.group_id IS 'Shared by the parts of one split quote.';
COMMENT ON COLUMN statements.sentence IS 'The sentences of the text that the statement touches.';

CREATE TABLE statement_chain (
    article_id VARCHAR NOT NULL,
    revision INTEGER NOT NULL,
    statement_id VARCHAR NOT NULL,
    no INTEGER NOT NULL,
    entity_id VARCHAR NOT NULL
);
COMMENT ON TABLE statement_chain IS 'Those who relay a statement, from the outlet inwards to the speaker.';
COMMENT ON COLUMN statement_chain.article_id IS 'The article (articles.article_id).';
COMMENT ON COLUMN statement_chain.revision IS 'The revision of the article.';
COMMENT ON COLUMN statement_chain.statement_id IS 'The statement (statements.statement_id of the same article and revision).';
COMMENT ON COLUMN statement_chain.no IS 'Place in the chain, from 1 for the outermost.';
COMMENT ON COLUMN statement_chain.entity_id IS 'Who relays it (entities.entity_id).';

CREATE TABLE events (
    article_id VARCHAR NOT NULL,
    revision INTEGER NOT NULL,
    no INTEGER NOT NULL,
    event_id VARCHAR NOT NULL,
    char_start INTEGER NOT NULL,
    char_end INTEGER NOT NULL,
    text VARCHAR NOT NULL,
    trigger_char_start INTEGER NOT NULL,
    trigger_char_end INTEGER NOT NULL,
    trigger_text VARCHAR NOT NULL,
    type VARCHAR NOT NULL,
    mode VARCHAR,
    contexts VARCHAR[] NOT NULL,
    quad VARCHAR NOT NULL,
    intensity DOUBLE NOT NULL,
    status VARCHAR NOT NULL,
    location_id VARCHAR,
    start_date DATE,
    end_date DATE,
    attributed_to_id VARCHAR,
    statement_id VARCHAR,
    confidence DOUBLE NOT NULL,
    sentence VARCHAR
);
COMMENT ON TABLE events IS 'Who did what to whom, in PLOVER''s types; who is in event_participants.';
COMMENT ON COLUMN events.article_id IS 'The article (articles.article_id).';
COMMENT ON COLUMN events.revision IS 'The revision of the article.';
COMMENT ON COLUMN events.no IS 'Place in the article''s list, from 1.';
COMMENT ON COLUMN events.event_id IS 'Id within the article.';
COMMENT ON COLUMN events.char_start IS 'Offset of the first code point.';
COMMENT ON COLUMN events.char_end IS 'Offset behind the last code point.';
COMMENT ON COLUMN events.text IS 'The clause that tells the event.';
COMMENT ON COLUMN events.trigger_char_start IS 'Offset of the first code point of the trigger.';
COMMENT ON COLUMN events.trigger_char_end IS 'Offset behind the last code point of the trigger.';
COMMENT ON COLUMN events.trigger_text IS 'The words that name the deed.';
COMMENT ON COLUMN events.type IS 'One of PLOVER''s 16 types, such as CONSULT or SANCTION.';
COMMENT ON COLUMN events.mode IS 'PLOVER''s mode, such as visit.';
COMMENT ON COLUMN events.contexts IS 'PLOVER''s contexts, such as military.';
COMMENT ON COLUMN events.quad IS 'verbal cooperation, material cooperation, verbal conflict or material conflict.';
COMMENT ON COLUMN events.intensity IS 'From -10 (conflict) to +10 (cooperation) on PLOVER''s scale, without unit.';
COMMENT ON COLUMN events.status IS 'occurred, ongoing, planned, possible, conditional or denied.';
COMMENT ON COLUMN events.location_id IS 'Where (entities.entity_id).';
COMMENT ON COLUMN events.start_date IS 'First day of the event, null where the text does not tell.';
COMMENT ON COLUMN events.end_date IS 'Last day of the event.';
COMMENT ON COLUMN events.attributed_to_id IS 'Who vouches for it (entities.entity_id), null for the article itself.';
COMMENT ON COLUMN events.statement_id IS 'The statement it is told in (statements.statement_id of the same article and revision).';
COMMENT ON COLUMN events.confidence IS 'How sure the extractor is, from 0 to 1.';
COMMENT ON COLUMN events.sentence IS 'The sentences of the text that the event touches.';

CREATE TABLE event_participants (
    article_id VARCHAR NOT NULL,
    revision INTEGER NOT NULL,
    event_id VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    no INTEGER NOT NULL,
    entity_id VARCHAR NOT NULL
);
COMMENT ON TABLE event_participants IS 'Who acts and who is acted on; sides that meet or agree are all actors.';
COMMENT ON COLUMN event_participants.article_id IS 'The article (articles.article_id).';
COMMENT ON COLUMN event_participants.revision IS 'The revision of the article.';
COMMENT ON COLUMN event_participants.event_id IS 'The event (events.event_id of the same article and revision).';
COMMENT ON COLUMN event_participants.role IS 'actor or recipient.';
COMMENT ON COLUMN event_participants.no IS 'Place among those of the same role, from 1.';
COMMENT ON COLUMN event_participants.entity_id IS 'The participant (entities.entity_id).';

CREATE TABLE figures (
    article_id VARCHAR NOT NULL,
    revision INTEGER NOT NULL,
    no INTEGER NOT NULL,
    char_start INTEGER NOT NULL,
    char_end INTEGER NOT NULL,
    text VARCHAR NOT NULL,
    value DOUBLE NOT NULL,
    value_max DOUBLE,
    value_exact VARCHAR NOT NULL,
    value_max_exact VARCHAR,
    unit VARCHAR NOT NULL,
    bound VARCHAR NOT NULL,
    change VARCHAR,
    quantity_of VARCHAR,
    about_ids VARCHAR[] NOT NULL,
    period_start_date DATE,
    period_end_date DATE,
    attributed_to_id VARCHAR,
    sentence VARCHAR
);
COMMENT ON TABLE figures IS 'Numbers with what they count, for when and according to whom.';
COMMENT ON COLUMN figures.article_id IS 'The article (articles.article_id).';
COMMENT ON COLUMN figures.revision IS 'The revision of the article.';
COMMENT ON COLUMN figures.no IS 'Place in the article''s list, from 1.';
COMMENT ON COLUMN figures.char_start IS 'Offset of the first code point.';
COMMENT ON COLUMN figures.char_end IS 'Offset behind the last code point.';
COMMENT ON COLUMN figures.text IS 'The figure as it stands in the text.';
COMMENT ON COLUMN figures.value IS 'The number in the unit of the column unit, for reckoning.';
COMMENT ON COLUMN figures.value_max IS 'Upper end of a range.';
COMMENT ON COLUMN figures.value_exact IS 'The number as an exact decimal string.';
COMMENT ON COLUMN figures.value_max_exact IS 'Upper end of a range as an exact decimal string.';
COMMENT ON COLUMN figures.unit IS 'UCUM-like unit or ISO 4217 currency: percent, count, USD, m3, day.';
COMMENT ON COLUMN figures.bound IS 'exact, about, at least, at most or between.';
COMMENT ON COLUMN figures.change IS 'increase or decrease where the figure tells a change.';
COMMENT ON COLUMN figures.quantity_of IS 'What is counted or measured.';
COMMENT ON COLUMN figures.about_ids IS 'Whom it concerns (entities.entity_id), in the order found.';
COMMENT ON COLUMN figures.period_start_date IS 'First day of the period it holds for.';
COMMENT ON COLUMN figures.period_end_date IS 'Last day of the period it holds for.';
COMMENT ON COLUMN figures.attributed_to_id IS 'Who gives the figure (entities.entity_id), null for the article itself.';
COMMENT ON COLUMN figures.sentence IS 'The sentences of the text that the figure touches.';

CREATE TABLE times (
    article_id VARCHAR NOT NULL,
    revision INTEGER NOT NULL,
    no INTEGER NOT NULL,
    char_start INTEGER NOT NULL,
    char_end INTEGER NOT NULL,
    text VARCHAR NOT NULL,
    type VARCHAR NOT NULL,
    value VARCHAR NOT NULL,
    start_date DATE,
    end_date DATE
);
COMMENT ON TABLE times IS 'Expressions of time (TIMEX3) with the days they cover.';
COMMENT ON COLUMN times.article_id IS 'The article (articles.article_id).';
COMMENT ON COLUMN times.revision IS 'The revision of the article.';
COMMENT ON COLUMN times.no IS 'Place in the article''s list, from 1.';
COMMENT ON COLUMN times.char_start IS 'Offset of the first code point.';
COMMENT ON COLUMN times.char_end IS 'Offset behind the last code point.';
COMMENT ON COLUMN times.text IS 'The expression as it stands in the text.';
COMMENT ON COLUMN times.type IS 'DATE, TIME, DURATION or SET.';
COMMENT ON COLUMN times.value IS 'TIMEX3 value, such as 2022-12-19 or P3D.';
COMMENT ON COLUMN times.start_date IS 'First day it covers, null where no year is known.';
COMMENT ON COLUMN times.end_date IS 'Last day it covers.';

CREATE TABLE topics (
    article_id VARCHAR NOT NULL,
    revision INTEGER NOT NULL,
    no INTEGER NOT NULL,
    topic VARCHAR NOT NULL,
    score DOUBLE NOT NULL
);
COMMENT ON TABLE topics IS 'The topics of an article, from the list in the configuration.';
COMMENT ON COLUMN topics.article_id IS 'The article (articles.article_id).';
COMMENT ON COLUMN topics.revision IS 'The revision of the article.';
COMMENT ON COLUMN topics.no IS 'Place in the article''s list, from 1.';
COMMENT ON COLUMN topics.topic IS 'Id of the topic.';
COMMENT ON COLUMN topics.score IS 'How much the article is about it, from 0 to 1.';

CREATE TABLE topic_evidence (
    article_id VARCHAR NOT NULL,
    revision INTEGER NOT NULL,
    topic VARCHAR NOT NULL,
    no INTEGER NOT NULL,
    char_start INTEGER NOT NULL,
    char_end INTEGER NOT NULL,
    text VARCHAR NOT NULL
);
COMMENT ON TABLE topic_evidence IS 'The words that show a topic.';
COMMENT ON COLUMN topic_evidence.article_id IS 'The article (articles.article_id).';
COMMENT ON COLUMN topic_evidence.revision IS 'The revision of the article.';
COMMENT ON COLUMN topic_evidence.topic IS 'The topic (topics.topic of the same article and revision).';
COMMENT ON COLUMN topic_evidence.no IS 'Place in the topic''s list, from 1.';
COMMENT ON COLUMN topic_evidence.char_start IS 'Offset of the first code point.';
COMMENT ON COLUMN topic_evidence.char_end IS 'Offset behind the last code point.';
COMMENT ON COLUMN topic_evidence.text IS 'The words as they stand in the text.';

CREATE TABLE sources (
    source_id VARCHAR PRIMARY KEY,
    name VARCHAR,
    kind VARCHAR,
    country VARCHAR,
    language VARCHAR,
    url VARCHAR
);
COMMENT ON TABLE sources IS 'Who publishes: configured feeds, and the outlets that given articles name.';
COMMENT ON COLUMN sources.source_id IS 'Id of the feed or outlet.';
COMMENT ON COLUMN sources.name IS 'Name to print, null for an outlet that is no configured feed.';
COMMENT ON COLUMN sources.kind IS 'state, independent, international, institution or wire.';
COMMENT ON COLUMN sources.country IS 'Country as ISO 3166-1 alpha-3 code.';
COMMENT ON COLUMN sources.language IS 'Language as ISO 639-1 code.';
COMMENT ON COLUMN sources.url IS 'Address of the feed.';

CREATE TABLE feeds (
    feed_id VARCHAR PRIMARY KEY,
    etag VARCHAR,
    last_modified VARCHAR,
    body_sha256 VARCHAR,
    polled_at TIMESTAMP,
    succeeded_at TIMESTAMP,
    due_at TIMESTAMP,
    failures INTEGER NOT NULL,
    outcome VARCHAR,
    detail VARCHAR,
    newest_item_at TIMESTAMP
);
COMMENT ON TABLE feeds IS 'What is remembered of each feed between two polls.';
COMMENT ON COLUMN feeds.feed_id IS 'Id of the feed in the configuration.';
COMMENT ON COLUMN feeds.etag IS 'ETag of the last answer, as sent.';
COMMENT ON COLUMN feeds.last_modified IS 'Last-Modified of the last answer, as sent.';
COMMENT ON COLUMN feeds.body_sha256 IS 'SHA-256 of the last body in hexadecimal.';
COMMENT ON COLUMN feeds.polled_at IS 'Last poll, UTC.';
COMMENT ON COLUMN feeds.succeeded_at IS 'Last poll that succeeded, UTC.';
COMMENT ON COLUMN feeds.due_at IS 'Not to be polled before, UTC.';
COMMENT ON COLUMN feeds.failures IS 'Failed polls in a row.';
COMMENT ON COLUMN feeds.outcome IS 'How the last poll ended: ok, not_modified or the name of the failure.';
COMMENT ON COLUMN feeds.detail IS 'Particulars of the last poll.';
COMMENT ON COLUMN feeds.newest_item_at IS 'Date of the newest item ever listed, UTC.';

CREATE TABLE runs (
    run_id VARCHAR PRIMARY KEY,
    flow VARCHAR NOT NULL,
    started_at TIMESTAMP NOT NULL,
    finished_at TIMESTAMP,
    articles_added INTEGER,
    articles_revised INTEGER,
    entities_added INTEGER,
    citations_added INTEGER,
    statements_added INTEGER,
    events_added INTEGER,
    figures_added INTEGER,
    times_added INTEGER,
    topics_added INTEGER,
    feeds_ok INTEGER,
    feeds_failed INTEGER,
    digest_dates DATE[]
);
COMMENT ON TABLE runs IS 'Runs of the flows; the counts are null until a run has finished.';
COMMENT ON COLUMN runs.run_id IS 'Id of the run.';
COMMENT ON COLUMN runs.flow IS 'seed, monitor, daily_digest or reprocess.';
COMMENT ON COLUMN runs.started_at IS 'Start of the run, UTC.';
COMMENT ON COLUMN runs.finished_at IS 'End of the run, UTC; null while it runs and for one that was cut off.';
COMMENT ON COLUMN runs.articles_added IS 'Articles stored for the first time.';
COMMENT ON COLUMN runs.articles_revised IS 'Articles of which a new revision was stored.';
COMMENT ON COLUMN runs.entities_added IS 'Entities of the articles stored, counted an article each.';
COMMENT ON COLUMN runs.citations_added IS 'Citations stored.';
COMMENT ON COLUMN runs.statements_added IS 'Statements stored.';
COMMENT ON COLUMN runs.events_added IS 'Events stored.';
COMMENT ON COLUMN runs.figures_added IS 'Figures stored.';
COMMENT ON COLUMN runs.times_added IS 'Expressions of time stored.';
COMMENT ON COLUMN runs.topics_added IS 'Topics stored, counted an article each.';
COMMENT ON COLUMN runs.feeds_ok IS 'Feeds that answered.';
COMMENT ON COLUMN runs.feeds_failed IS 'Feeds that failed.';
COMMENT ON COLUMN runs.digest_dates IS 'Days, in the configured time zone, whose digest the run touched.';

CREATE TABLE polls (
    run_id VARCHAR NOT NULL,
    feed_id VARCHAR NOT NULL,
    polled_at TIMESTAMP NOT NULL,
    outcome VARCHAR NOT NULL,
    http_status INTEGER,
    detail VARCHAR,
    size_bytes BIGINT NOT NULL,
    duration_ms BIGINT NOT NULL,
    items_seen INTEGER NOT NULL
);
COMMENT ON TABLE polls IS 'The fetch ledger: what each feed answered in each run.';
COMMENT ON COLUMN polls.run_id IS 'The run (runs.run_id).';
COMMENT ON COLUMN polls.feed_id IS 'The feed (feeds.feed_id).';
COMMENT ON COLUMN polls.polled_at IS 'When the feed was asked, UTC.';
COMMENT ON COLUMN polls.outcome IS 'ok, not_modified or the name of the failure.';
COMMENT ON COLUMN polls.http_status IS 'Status of the HTTP answer, null where there was none.';
COMMENT ON COLUMN polls.detail IS 'Particulars.';
COMMENT ON COLUMN polls.size_bytes IS 'Decoded size of the answer in bytes.';
COMMENT ON COLUMN polls.duration_ms IS 'Duration in milliseconds.';
COMMENT ON COLUMN polls.items_seen IS 'Items that the feed listed; equals the sum of item_ledger.items.';

CREATE TABLE item_ledger (
    run_id VARCHAR NOT NULL,
    feed_id VARCHAR NOT NULL,
    disposition VARCHAR NOT NULL,
    items INTEGER NOT NULL
);
COMMENT ON TABLE item_ledger IS 'What became of the items that a feed listed in a run; nothing is lost without a name.';
COMMENT ON COLUMN item_ledger.run_id IS 'The run (runs.run_id).';
COMMENT ON COLUMN item_ledger.feed_id IS 'The feed (feeds.feed_id).';
COMMENT ON COLUMN item_ledger.disposition IS 'stored, revised, known, duplicate, no_link, no_text, deferred or failed.';
COMMENT ON COLUMN item_ledger.items IS 'How many items.';

CREATE TABLE deferred_items (
    article_id VARCHAR PRIMARY KEY,
    feed_id VARCHAR NOT NULL,
    url VARCHAR,
    title VARCHAR,
    deferred_at TIMESTAMP NOT NULL,
    run_id VARCHAR NOT NULL
);
COMMENT ON TABLE deferred_items IS 'Items left for a later run because time ran out; they come first next time.';
COMMENT ON COLUMN deferred_items.article_id IS 'Id that the article will have.';
COMMENT ON COLUMN deferred_items.feed_id IS 'The feed that listed it (feeds.feed_id).';
COMMENT ON COLUMN deferred_items.url IS 'Address of the article.';
COMMENT ON COLUMN deferred_items.title IS 'Headline in the feed.';
COMMENT ON COLUMN deferred_items.deferred_at IS 'When it was last deferred, UTC.';
COMMENT ON COLUMN deferred_items.run_id IS 'The run that last deferred it (runs.run_id).';
