-- The register of items in place of the list of deferred ones, what a poll and a page answered, and what a revision
-- changed. No primary key on what each run rewrites: the index takes more room than the rows (store/checks/integrity.py checks).

CREATE TABLE items (
    feed_id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    url VARCHAR,
    guid VARCHAR,
    title VARCHAR,
    published_at TIMESTAMP,
    modified_at TIMESTAMP,
    authors VARCHAR[] NOT NULL,
    language VARCHAR,
    body_html VARCHAR,
    disposition VARCHAR NOT NULL,
    detail VARCHAR,
    tries INTEGER NOT NULL,
    due_at TIMESTAMP,
    page_etag VARCHAR,
    page_last_modified VARCHAR,
    first_seen_at TIMESTAMP NOT NULL,
    last_seen_at TIMESTAMP NOT NULL,
    run_id VARCHAR NOT NULL,
    counted_as VARCHAR NOT NULL,
    listings INTEGER NOT NULL
);
COMMENT ON TABLE items IS 'The register of what the feeds listed: one row an item of a feed, with what became of it.';
COMMENT ON COLUMN items.feed_id IS 'The feed that listed it (feeds.feed_id).';
COMMENT ON COLUMN items.article_id IS 'Id that its article has, or would have (articles.article_id).';
COMMENT ON COLUMN items.url IS 'Address in the feed, as last listed.';
COMMENT ON COLUMN items.guid IS 'The feed''s own id of the item, as last listed.';
COMMENT ON COLUMN items.title IS 'Headline in the feed, as last listed.';
COMMENT ON COLUMN items.published_at IS 'When it was published by the feed''s account, UTC.';
COMMENT ON COLUMN items.modified_at IS 'When it was last changed by the feed''s account, UTC.';
COMMENT ON COLUMN items.authors IS 'Names of the authors in the feed.';
COMMENT ON COLUMN items.language IS 'Language in the feed as ISO 639-1 code.';
COMMENT ON COLUMN items.body_html IS 'The feed''s own text, kept while the item is deferred or to be asked for again.';
COMMENT ON COLUMN items.disposition IS 'What became of it, as in item_ledger; a later listing of what is settled leaves this as it is.';
COMMENT ON COLUMN items.detail IS 'Particulars of the disposition.';
COMMENT ON COLUMN items.tries IS 'Failed attempts so far.';
COMMENT ON COLUMN items.due_at IS 'When to ask for its page, again or at all, UTC; null for never.';
COMMENT ON COLUMN items.page_etag IS 'ETag of its page, as sent.';
COMMENT ON COLUMN items.page_last_modified IS 'Last-Modified of its page, as sent.';
COMMENT ON COLUMN items.first_seen_at IS 'When it was first seen in the feed, UTC.';
COMMENT ON COLUMN items.last_seen_at IS 'When it was last seen in the feed, or last taken up again, UTC.';
COMMENT ON COLUMN items.run_id IS 'The last run that handled it (runs.run_id).';
COMMENT ON COLUMN items.counted_as IS 'What the books of that run count it as.';
COMMENT ON COLUMN items.listings IS 'How often it stood in that run; each time beyond the first is counted as a duplicate.';

INSERT INTO items BY NAME
SELECT
    feed_id,
    article_id,
    url,
    title,
    [] AS authors,
    'deferred' AS disposition,
    0 AS tries,
    deferred_at AS due_at,
    deferred_at AS first_seen_at,
    deferred_at AS last_seen_at,
    run_id,
    'deferred' AS counted_as,
    1 AS listings
FROM deferred_items;
DROP TABLE deferred_items;

CREATE TABLE article_origins (
    article_id VARCHAR NOT NULL,
    revision INTEGER NOT NULL,
    no INTEGER NOT NULL,
    field VARCHAR NOT NULL,
    origin VARCHAR NOT NULL
);
COMMENT ON TABLE article_origins IS 'Where the fields of a fetched article were found.';
COMMENT ON COLUMN article_origins.article_id IS 'The article (articles.article_id).';
COMMENT ON COLUMN article_origins.revision IS 'The revision of the article.';
COMMENT ON COLUMN article_origins.no IS 'Place in the article''s list, from 1.';
COMMENT ON COLUMN article_origins.field IS 'The field, such as title, author or text.';
COMMENT ON COLUMN article_origins.origin IS 'Where it was found, such as feed, jsonld, meta, html or url; of a text, the extractor.';

CREATE TABLE page_answers (
    article_id VARCHAR NOT NULL,
    revision INTEGER NOT NULL,
    url VARCHAR NOT NULL,
    http_status INTEGER NOT NULL,
    content_type VARCHAR,
    body_sha256 VARCHAR,
    size_bytes BIGINT NOT NULL,
    fetched_at TIMESTAMP NOT NULL,
    run_id VARCHAR NOT NULL
);
COMMENT ON TABLE page_answers IS 'The answer that each fetched revision was read from; its body lies in the archive while that keeps it.';
COMMENT ON COLUMN page_answers.article_id IS 'The article (articles.article_id).';
COMMENT ON COLUMN page_answers.revision IS 'The revision of the article.';
COMMENT ON COLUMN page_answers.url IS 'Address where the redirects ended.';
COMMENT ON COLUMN page_answers.http_status IS 'Status of the HTTP answer.';
COMMENT ON COLUMN page_answers.content_type IS 'Content-Type, as sent.';
COMMENT ON COLUMN page_answers.body_sha256 IS 'SHA-256 of the decoded body in hexadecimal: its name in the archive; null where it was not kept.';
COMMENT ON COLUMN page_answers.size_bytes IS 'Decoded size of the body in bytes.';
COMMENT ON COLUMN page_answers.fetched_at IS 'When the page answered, UTC.';
COMMENT ON COLUMN page_answers.run_id IS 'The run that asked (runs.run_id).';

CREATE TABLE article_changes (
    article_id VARCHAR NOT NULL,
    revision INTEGER NOT NULL,
    no INTEGER NOT NULL,
    field VARCHAR NOT NULL,
    sentence_no INTEGER,
    before VARCHAR,
    after VARCHAR
);
COMMENT ON TABLE article_changes IS 'What a revision changed of the one before: a row a field, and a row a changed passage of the text.';
COMMENT ON COLUMN article_changes.article_id IS 'The article (articles.article_id).';
COMMENT ON COLUMN article_changes.revision IS 'The revision that brought the change.';
COMMENT ON COLUMN article_changes.no IS 'Place in the revision''s list, from 1.';
COMMENT ON COLUMN article_changes.field IS 'title, url, source, authors, section, published, text_from, text, or rewritten for a text of which too much has changed to be told.';
COMMENT ON COLUMN article_changes.sentence_no IS 'Of a passage: the sentence of the former text that it begins with, or is put before, from 1.';
COMMENT ON COLUMN article_changes.before IS 'What stood there, of a text a sentence a line, of one rewritten their number; null for what was added.';
COMMENT ON COLUMN article_changes.after IS 'What stands there now; null for what was taken out.';

CREATE TABLE feed_warnings (
    feed_id VARCHAR NOT NULL,
    no INTEGER NOT NULL,
    code VARCHAR NOT NULL,
    detail VARCHAR NOT NULL
);
COMMENT ON TABLE feed_warnings IS 'What a person should look at, as of the last poll of each feed.';
COMMENT ON COLUMN feed_warnings.feed_id IS 'The feed (feeds.feed_id).';
COMMENT ON COLUMN feed_warnings.no IS 'Place in the feed''s list, from 1.';
COMMENT ON COLUMN feed_warnings.code IS 'The kind of warning, one word in snake_case.';
COMMENT ON COLUMN feed_warnings.detail IS 'The particulars.';

ALTER TABLE articles ADD COLUMN section VARCHAR;
COMMENT ON COLUMN articles.section IS 'Section of the outlet that it stands in, as printed.';

ALTER TABLE feeds ADD COLUMN url VARCHAR;
ALTER TABLE feeds ADD COLUMN adopted_url VARCHAR;
ALTER TABLE feeds ADD COLUMN redirect_url VARCHAR;
ALTER TABLE feeds ADD COLUMN redirects INTEGER DEFAULT 0;
ALTER TABLE feeds ALTER COLUMN redirects SET NOT NULL;
ALTER TABLE feeds ADD COLUMN document_url VARCHAR;
ALTER TABLE feeds ADD COLUMN retry_at TIMESTAMP;
ALTER TABLE feeds ADD COLUMN interval_s DOUBLE;
ALTER TABLE feeds ADD COLUMN trouble DOUBLE DEFAULT 0;
ALTER TABLE feeds ALTER COLUMN trouble SET NOT NULL;
ALTER TABLE feeds ADD COLUMN gones INTEGER DEFAULT 0;
ALTER TABLE feeds ALTER COLUMN gones SET NOT NULL;
ALTER TABLE feeds ADD COLUMN empties INTEGER DEFAULT 0;
ALTER TABLE feeds ALTER COLUMN empties SET NOT NULL;
ALTER TABLE feeds ADD COLUMN items INTEGER DEFAULT 0;
ALTER TABLE feeds ALTER COLUMN items SET NOT NULL;
ALTER TABLE feeds ADD COLUMN size_bytes BIGINT DEFAULT 0;
ALTER TABLE feeds ALTER COLUMN size_bytes SET NOT NULL;
ALTER TABLE feeds ADD COLUMN usual_gap_s DOUBLE;
COMMENT ON COLUMN feeds.due_at IS 'When a schedule asks next, UTC.';
COMMENT ON COLUMN feeds.url IS 'The configured address that all this holds for.';
COMMENT ON COLUMN feeds.adopted_url IS 'The address that a permanent redirect put in its place.';
COMMENT ON COLUMN feeds.redirect_url IS 'Where the last polls were redirected to.';
COMMENT ON COLUMN feeds.redirects IS 'How many polls in a row were redirected there.';
COMMENT ON COLUMN feeds.document_url IS 'The sitemap of an index that etag, last_modified and body_sha256 belong to; null for the feed''s own address.';
COMMENT ON COLUMN feeds.retry_at IS 'Not to be asked before by the server''s own word, UTC.';
COMMENT ON COLUMN feeds.interval_s IS 'Seconds from the last poll to the next scheduled one.';
COMMENT ON COLUMN feeds.trouble IS 'Failed polls in a row, each by its weight.';
COMMENT ON COLUMN feeds.gones IS 'Answers in a row that the feed is gone for good (410).';
COMMENT ON COLUMN feeds.empties IS 'Polls in a row that listed nothing, or no feed at all.';
COMMENT ON COLUMN feeds.items IS 'Items in the last document that was read.';
COMMENT ON COLUMN feeds.size_bytes IS 'Decoded size in bytes of the last document that was read.';
COMMENT ON COLUMN feeds.usual_gap_s IS 'Usual time between two of its items in seconds.';

ALTER TABLE polls ADD COLUMN charset VARCHAR;
ALTER TABLE polls ADD COLUMN charset_from VARCHAR;
ALTER TABLE polls ADD COLUMN body_sha256 VARCHAR;
ALTER TABLE polls ADD COLUMN items_resumed INTEGER DEFAULT 0;
ALTER TABLE polls ALTER COLUMN items_resumed SET NOT NULL;
COMMENT ON COLUMN polls.outcome IS 'ok, not_modified, not_due or the name of the failure.';
COMMENT ON COLUMN polls.charset IS 'Charset that the document was read in.';
COMMENT ON COLUMN polls.charset_from IS 'The rule that told it: bom, utf8, header, xml, meta or guess.';
COMMENT ON COLUMN polls.body_sha256 IS 'SHA-256 of the decoded document in hexadecimal: its name in the archive.';
COMMENT ON COLUMN polls.items_seen IS 'Items that the feed listed.';
COMMENT ON COLUMN polls.items_resumed IS 'Items of earlier runs that were taken up again; with items_seen the sum of item_ledger.items.';

COMMENT ON TABLE item_ledger IS 'What became of the items that a feed listed in a run, or that it took up again; nothing is lost without a name.';
COMMENT ON COLUMN item_ledger.disposition IS 'stored, revised, known, duplicate, filtered, deferred, blocked, paywalled, consent, robots, gone, not_html, too_large, no_link, no_text or failed.';
-- A run that was cut off had entered its items before its polls: those books were never closed.
DELETE FROM item_ledger WHERE (run_id, feed_id) NOT IN (SELECT (run_id, feed_id) FROM polls);

CREATE VIEW v_dropped AS
SELECT
    i.feed_id,
    coalesce(s.name, i.feed_id) AS feed,
    i.title,
    i.url,
    i.disposition,
    i.detail,
    i.published_at,
    i.first_seen_at,
    i.last_seen_at,
    i.article_id
FROM items AS i
LEFT JOIN sources AS s ON s.source_id = i.feed_id
ANTI JOIN articles AS a ON a.article_id = i.article_id
WHERE i.disposition NOT IN ('stored', 'revised', 'known', 'duplicate', 'deferred');
COMMENT ON VIEW v_dropped IS 'Items of which no article was stored, with the reason.';
COMMENT ON COLUMN v_dropped.feed_id IS 'The feed that listed it.';
COMMENT ON COLUMN v_dropped.feed IS 'Name of the feed.';
COMMENT ON COLUMN v_dropped.title IS 'Headline in the feed.';
COMMENT ON COLUMN v_dropped.url IS 'Address in the feed.';
COMMENT ON COLUMN v_dropped.disposition IS 'Why there is no article: filtered, blocked, paywalled, no_text and so on.';
COMMENT ON COLUMN v_dropped.detail IS 'Particulars.';
COMMENT ON COLUMN v_dropped.published_at IS 'When it was published by the feed''s account, UTC.';
COMMENT ON COLUMN v_dropped.first_seen_at IS 'When it was first seen in the feed, UTC.';
COMMENT ON COLUMN v_dropped.last_seen_at IS 'When it was last seen in the feed, UTC.';
COMMENT ON COLUMN v_dropped.article_id IS 'Id that its article would have.';
