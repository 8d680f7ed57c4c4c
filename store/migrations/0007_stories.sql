-- Stories: which articles tell of the same, which copy another, and what became of a story over the days.

CREATE TABLE story_articles (
    article_id VARCHAR NOT NULL,
    revision INTEGER NOT NULL,
    story_id VARCHAR NOT NULL,
    copy_of VARCHAR,
    origin_id VARCHAR,
    digest_at TIMESTAMP NOT NULL
);
COMMENT ON TABLE story_articles IS 'Where each article stands: in which story, and whose text it copies; one row an article.';
COMMENT ON COLUMN story_articles.article_id IS 'The article (articles.article_id).';
COMMENT ON COLUMN story_articles.revision IS 'The revision that was read when it was placed.';
COMMENT ON COLUMN story_articles.story_id IS 'The story (stories.story_id).';
COMMENT ON COLUMN story_articles.copy_of IS 'The article of the same story whose text it copies; null where it copies none.';
COMMENT ON COLUMN story_articles.origin_id IS 'Where its news is from: the agency that it or its original credits (entities.entity_id), else the outlet that was first with its text (sources.source_id).';
COMMENT ON COLUMN story_articles.digest_at IS 'The moment whose day''s digest tells the article first, UTC.';

CREATE TABLE stories (
    story_id VARCHAR NOT NULL,
    opened_at TIMESTAMP NOT NULL,
    ended_into VARCHAR
);
COMMENT ON TABLE stories IS 'The stories: each has articles, or ended into another that took them in.';
COMMENT ON COLUMN stories.story_id IS 'Stable id of the story, made of that of the article that opened it.';
COMMENT ON COLUMN stories.opened_at IS 'The moment whose day''s digest tells its first article, UTC.';
COMMENT ON COLUMN stories.ended_into IS 'The story that took in its last articles (stories.story_id); null while it has any.';

CREATE TABLE story_changes (
    run_id VARCHAR NOT NULL,
    no INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    story_id VARCHAR NOT NULL,
    other_id VARCHAR NOT NULL,
    article_ids VARCHAR[] NOT NULL,
    changed_at TIMESTAMP NOT NULL
);
COMMENT ON TABLE story_changes IS 'Stories that were put together or parted after they had been told; never rewritten.';
COMMENT ON COLUMN story_changes.run_id IS 'The run that changed them (runs.run_id).';
COMMENT ON COLUMN story_changes.no IS 'Place in the run''s list, from 1.';
COMMENT ON COLUMN story_changes.kind IS 'merged where the story took in the other, which ended; split where the other began with articles of the story.';
COMMENT ON COLUMN story_changes.story_id IS 'The story that stays.';
COMMENT ON COLUMN story_changes.other_id IS 'The story that ended or began.';
COMMENT ON COLUMN story_changes.article_ids IS 'The articles that changed their story.';
COMMENT ON COLUMN story_changes.changed_at IS 'When it was changed, UTC.';

CREATE VIEW v_story_articles AS
SELECT
    p.article_id,
    a.revision,
    p.story_id,
    p.copy_of,
    p.origin_id,
    coalesce(feed.name, agency.name, p.origin_id) AS origin,
    coalesce(s.name, e.name, a.source_id) AS source,
    s.kind AS source_kind,
    a.title,
    a.url,
    a.language,
    a.published_at,
    p.digest_at
FROM story_articles AS p
JOIN articles AS a ON a.article_id = p.article_id
LEFT JOIN sources AS s ON s.source_id = a.source_id
LEFT JOIN entities AS e ON e.entity_id = a.source_id
LEFT JOIN sources AS feed ON feed.source_id = p.origin_id
LEFT JOIN entities AS agency ON agency.entity_id = p.origin_id
WHERE a.is_newest;
COMMENT ON VIEW v_story_articles IS 'The articles with the stories that they tell, and where they have them from.';
COMMENT ON COLUMN v_story_articles.article_id IS 'The article (articles.article_id).';
COMMENT ON COLUMN v_story_articles.revision IS 'The newest revision.';
COMMENT ON COLUMN v_story_articles.story_id IS 'The story (stories.story_id).';
COMMENT ON COLUMN v_story_articles.copy_of IS 'The article of the same story whose text it copies; null where it copies none.';
COMMENT ON COLUMN v_story_articles.origin_id IS 'Id of the agency or outlet that its news is from.';
COMMENT ON COLUMN v_story_articles.origin IS 'Its name. Articles of one story are independent if their origins differ.';
COMMENT ON COLUMN v_story_articles.source IS 'Name of the feed or outlet.';
COMMENT ON COLUMN v_story_articles.source_kind IS 'state, independent, international, institution or wire.';
COMMENT ON COLUMN v_story_articles.title IS 'Headline.';
COMMENT ON COLUMN v_story_articles.url IS 'Address of the article.';
COMMENT ON COLUMN v_story_articles.language IS 'Language as ISO 639-1 code.';
COMMENT ON COLUMN v_story_articles.published_at IS 'When the article was published, UTC.';
COMMENT ON COLUMN v_story_articles.digest_at IS 'The moment whose day''s digest tells the article first, UTC.';

CREATE MACRO stories_told(days := 30) AS TABLE
WITH told AS (
    SELECT story_id, article_id, copy_of, origin_id, digest_at
    FROM story_articles
    WHERE story_id IN (SELECT story_id FROM story_articles WHERE digest_at > newest_at() - to_days(days))
),
described AS (
    SELECT
        t.story_id,
        t.copy_of,
        t.origin_id,
        t.digest_at,
        a.source_id,
        a.language,
        coalesce(s.name, e.name, a.source_id) AS source,
        coalesce(s.kind, 'unknown') AS source_kind,
        -- The first original of the newest day names the story.
        row_number() OVER (
            PARTITION BY t.story_id
            ORDER BY CAST(t.digest_at AS DATE) DESC, t.copy_of IS NOT NULL, t.digest_at, a.published_at, t.article_id
        ) = 1 AS leads,
        a.title,
        a.url
    FROM told AS t
    JOIN articles AS a ON a.article_id = t.article_id
    LEFT JOIN sources AS s ON s.source_id = a.source_id
    LEFT JOIN entities AS e ON e.entity_id = a.source_id
    WHERE a.is_newest
)
SELECT
    story_id,
    any_value(title) FILTER (leads) AS headline,
    min(digest_at) AS first_at,
    max(digest_at) AS last_at,
    count(*) AS articles,
    count(copy_of) AS copies,
    list_unique(list(coalesce(origin_id, ''))) AS independent_sources,
    list_sort(list_distinct(list(source))) AS sources,
    list_sort(list_distinct(list(language))) AS languages,
    list_sort(list_distinct(list(source_kind))) AS source_kinds,
    any_value(url) FILTER (leads) AS url
FROM described
GROUP BY story_id;
COMMENT ON MACRO TABLE stories_told IS 'Rows of v_stories of which the newest days of the store (30 where none are given) have articles: as quick as the days are few. Example: FROM stories_told(days := 7) ORDER BY independent_sources DESC';

CREATE VIEW v_stories AS FROM stories_told(days := 36500);
COMMENT ON VIEW v_stories IS 'The stories, each with its articles counted and the sources that tell it; for the newest days stories_told() is quicker.';
COMMENT ON COLUMN v_stories.story_id IS 'The story (stories.story_id).';
COMMENT ON COLUMN v_stories.headline IS 'Headline of the first article of its last day, in UTC, that copies none.';
COMMENT ON COLUMN v_stories.first_at IS 'The moment whose day''s digest tells its first article, UTC.';
COMMENT ON COLUMN v_stories.last_at IS 'The same of its last article.';
COMMENT ON COLUMN v_stories.articles IS 'Articles that tell it, copies and all.';
COMMENT ON COLUMN v_stories.copies IS 'Those of them that copy the text of another.';
COMMENT ON COLUMN v_stories.independent_sources IS 'Agencies and outlets that the news is from: however many reprint one, it counts once.';
COMMENT ON COLUMN v_stories.sources IS 'Names of the feeds and outlets that tell it.';
COMMENT ON COLUMN v_stories.languages IS 'Their languages as ISO 639-1 codes.';
COMMENT ON COLUMN v_stories.source_kinds IS 'state, independent, international, institution or wire; unknown for sources that are no configured feeds.';
COMMENT ON COLUMN v_stories.url IS 'Address of the article that the headline is of.';

CREATE VIEW v_storylines AS
WITH days AS (
    SELECT
        story_id,
        CAST(digest_at AS DATE) AS story_date,
        count(*) AS articles,
        count(copy_of) AS copies
    FROM story_articles
    GROUP BY ALL
),
heard AS (
    SELECT story_id, story_date, count(*) AS origins
    FROM (
        SELECT story_id, min(CAST(digest_at AS DATE)) AS story_date
        FROM story_articles
        GROUP BY story_id, origin_id
    )
    GROUP BY ALL
)
SELECT
    d.story_id,
    d.story_date,
    row_number() OVER storyline AS day_no,
    d.articles,
    d.copies,
    CAST(sum(d.articles) OVER storyline AS BIGINT) AS articles_so_far,
    CAST(sum(coalesce(h.origins, 0)) OVER storyline AS BIGINT) AS independent_so_far
FROM days AS d
LEFT JOIN heard AS h ON h.story_id = d.story_id AND h.story_date = d.story_date
WINDOW storyline AS (PARTITION BY d.story_id ORDER BY d.story_date ROWS UNBOUNDED PRECEDING);
COMMENT ON VIEW v_storylines IS 'How stories went on: a row a story and day, in UTC, on which articles told it.';
COMMENT ON COLUMN v_storylines.story_id IS 'The story (stories.story_id).';
COMMENT ON COLUMN v_storylines.story_date IS 'The day whose digest tells the articles.';
COMMENT ON COLUMN v_storylines.day_no IS 'Counts the days of the story that have articles, from 1.';
COMMENT ON COLUMN v_storylines.articles IS 'Articles of that day, copies and all.';
COMMENT ON COLUMN v_storylines.copies IS 'Those of them that copy the text of another.';
COMMENT ON COLUMN v_storylines.articles_so_far IS 'Articles until the end of the day.';
COMMENT ON COLUMN v_storylines.independent_so_far IS 'Agencies and outlets that the news is from, until the end of the day.';

CREATE VIEW v_story_changes AS
SELECT
    c.changed_at,
    c.kind,
    c.story_id,
    c.other_id,
    len(c.article_ids) AS articles,
    coalesce(t.titles, []) AS titles,
    c.article_ids,
    c.run_id,
    c.no
FROM story_changes AS c
LEFT JOIN (
    SELECT m.run_id, m.no, list(a.title ORDER BY m.place) AS titles
    FROM (
        SELECT run_id, no, unnest(article_ids) AS article_id, generate_subscripts(article_ids, 1) AS place
        FROM story_changes
    ) AS m
    JOIN articles AS a ON a.article_id = m.article_id
    WHERE a.is_newest
    GROUP BY ALL
) AS t ON t.run_id = c.run_id AND t.no = c.no;
COMMENT ON VIEW v_story_changes IS 'Stories that were put together or parted after they had been told.';
COMMENT ON COLUMN v_story_changes.changed_at IS 'When it was changed, UTC.';
COMMENT ON COLUMN v_story_changes.kind IS 'merged where the story took in the other, which ended; split where the other began with articles of the story.';
COMMENT ON COLUMN v_story_changes.story_id IS 'The story that stays.';
COMMENT ON COLUMN v_story_changes.other_id IS 'The story that ended or began.';
COMMENT ON COLUMN v_story_changes.articles IS 'Articles that changed their story.';
COMMENT ON COLUMN v_story_changes.titles IS 'Headlines of those that are stored.';
COMMENT ON COLUMN v_story_changes.article_ids IS 'Their ids (articles.article_id).';
COMMENT ON COLUMN v_story_changes.run_id IS 'The run that changed them (runs.run_id).';
COMMENT ON COLUMN v_story_changes.no IS 'Place in the run''s list, from 1.';

CREATE MACRO stories_at(day_start, day_end) AS TABLE
WITH near AS (
    SELECT story_id
    FROM story_articles
    WHERE digest_at >= CAST(day_start AS TIMESTAMP) - INTERVAL 4 DAYS AND digest_at < CAST(day_end AS TIMESTAMP)
    UNION
    -- Of articles that were told long ago, and are told again because they were revised.
    SELECT p.story_id
    FROM story_articles AS p
    JOIN articles AS a ON a.article_id = p.article_id
    WHERE a.revision > 1
        AND a.digest_at >= CAST(day_start AS TIMESTAMP) - INTERVAL 4 DAYS
        AND a.digest_at < CAST(day_end AS TIMESTAMP)
),
-- What the digests tell until the day ends: each article, and again on each day on which it was revised. Until its
-- original is told, too, a copy stands for it.
told AS (
    SELECT
        p.story_id,
        p.article_id,
        CASE WHEN o.digest_at < CAST(day_end AS TIMESTAMP) THEN p.copy_of END AS copy_of,
        p.origin_id,
        a.revision,
        a.digest_at,
        CASE
            WHEN a.digest_at >= CAST(day_start AS TIMESTAMP) THEN 0
            ELSE 1 + (epoch_us(CAST(day_start AS TIMESTAMP)) - epoch_us(a.digest_at) - 1) // 86400000000
        END AS days_ago,
        a.source_id,
        a.title,
        a.language,
        a.published_at
    FROM story_articles AS p
    JOIN articles AS a ON a.article_id = p.article_id
    LEFT JOIN story_articles AS o ON o.article_id = p.copy_of
    WHERE p.story_id IN (SELECT story_id FROM near)
        AND (a.is_newest OR a.digest_at = a.stored_at)
        AND a.digest_at < CAST(day_end AS TIMESTAMP)
    QUALIFY row_number() OVER (PARTITION BY p.article_id, days_ago ORDER BY a.revision DESC) = 1
),
described AS (
    SELECT
        t.*,
        coalesce(s.kind, 'unknown') AS kind,
        row_number() OVER (
            PARTITION BY t.story_id
            ORDER BY t.days_ago, t.copy_of IS NOT NULL, t.digest_at, t.published_at, t.article_id
        ) = 1 AS leads
    FROM told AS t
    LEFT JOIN sources AS s ON s.source_id = t.source_id
),
counted AS (
    SELECT
        story_id,
        min(digest_at) AS first_at,
        max(digest_at) AS last_at,
        min(days_ago) AS last_days_ago,
        max(days_ago) AS first_days_ago,
        count(*) FILTER (days_ago = 0) AS articles,
        count(*) FILTER (days_ago = 1) AS articles_before,
        list_unique(list(article_id)) AS articles_total,
        count(copy_of) FILTER (days_ago = 0) AS copies,
        list_unique(list(coalesce(origin_id, ''))) AS independent,
        coalesce(list_unique(list(coalesce(origin_id, '')) FILTER (days_ago > 0)), 0) AS independent_before,
        any_value(article_id) FILTER (leads) AS lead,
        any_value(title) FILTER (leads) AS headline,
        list_sort(list_distinct(list(kind))) AS kinds,
        list_sort(list_distinct(list(language))) AS languages,
        [
            count(*) FILTER (days_ago = 6), count(*) FILTER (days_ago = 5), count(*) FILTER (days_ago = 4),
            count(*) FILTER (days_ago = 3), count(*) FILTER (days_ago = 2), count(*) FILTER (days_ago = 1),
            count(*) FILTER (days_ago = 0)
        ] AS days
    FROM described
    GROUP BY story_id
),
-- The records of stories that go on, in a form in which what says the same is the same.
going_on AS (
    SELECT t.story_id, t.article_id, t.revision, t.days_ago, t.copy_of
    FROM told AS t
    JOIN counted AS c ON c.story_id = t.story_id
    WHERE c.last_days_ago = 0 AND c.first_days_ago > 0
),
records AS (
    SELECT t.story_id, t.days_ago, t.copy_of, hash('e', e.type, e.status, e.actor_names, e.recipient_names, e.start_date) AS said
    FROM events AS e
    JOIN going_on AS t ON t.article_id = e.article_id AND t.revision = e.revision
    UNION ALL
    SELECT t.story_id, t.days_ago, t.copy_of, hash('f', f.value, f.unit, f.quantity_of)
    FROM figures AS f
    JOIN going_on AS t ON t.article_id = f.article_id AND t.revision = f.revision
    UNION ALL
    SELECT t.story_id, t.days_ago, t.copy_of, hash('s', trim(regexp_replace(lower(coalesce(
        q.content_text,
        substr(q.text, q.content_char_start - q.char_start + 1, q.content_char_end - q.content_char_start)
    )), '[^\p{L}\p{N}]+', ' ', 'g')))
    FROM statements AS q
    JOIN going_on AS t ON t.article_id = q.article_id AND t.revision = q.revision
),
updated AS (
    SELECT DISTINCT story_id
    FROM (
        SELECT story_id
        FROM records
        GROUP BY story_id, said
        HAVING bool_or(days_ago = 0 AND copy_of IS NULL) AND bool_and(days_ago = 0)
    )
)
SELECT
    story_id,
    CASE
        WHEN first_days_ago = 0 THEN 'new'
        WHEN last_days_ago = 0 AND story_id IN (SELECT story_id FROM updated) THEN 'updated'
        WHEN last_days_ago = 0 THEN 'continuing'
        WHEN last_days_ago < 4 THEN 'quiet'
        ELSE 'ended'
    END AS state,
    first_at,
    last_at,
    articles,
    articles_before,
    articles_total,
    copies,
    independent,
    independent_before,
    lead,
    headline,
    kinds,
    languages,
    days
FROM counted
WHERE last_days_ago <= 4;
COMMENT ON MACRO TABLE stories_at IS 'The stories as they stand when a day ends, which the digest of the day tells: new, updated (a deed, figure or statement that it had not told), continuing, quiet (no article for up to three days), ended (none for the fourth). The day is given by its two ends in UTC; days before it have 24 hours each. articles, articles_before and copies count the day, the day before, and what of the day copies another; independent counts the origins of all articles until then, independent_before those until the day began; days has the articles of the last seven days, the day itself last. Example: FROM stories_at(TIMESTAMP ''2022-12-20'', TIMESTAMP ''2022-12-21'') ORDER BY independent DESC';

CREATE OR REPLACE VIEW v_coverage AS
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
),
subjects AS (
    SELECT 'topic' AS subject_type, t.topic AS subject, a.source_kind, a.published_date, a.source_id
    FROM topics AS t
    JOIN told AS a ON a.article_id = t.article_id AND a.revision = t.revision
    UNION ALL
    SELECT 'story', p.story_id, a.source_kind, a.published_date, a.source_id
    FROM story_articles AS p
    JOIN told AS a ON a.article_id = p.article_id
)
SELECT
    t.subject_type,
    t.subject,
    t.source_kind,
    t.published_date,
    count(*) AS articles,
    count(DISTINCT t.source_id) AS sources,
    any_value(b.articles) AS articles_of_kind,
    count(*) / any_value(b.articles) AS share
FROM subjects AS t
JOIN all_articles AS b ON b.source_kind = t.source_kind AND b.published_date = t.published_date
GROUP BY t.subject_type, t.subject, t.source_kind, t.published_date;
COMMENT ON VIEW v_coverage IS 'Who reports on what: a row a subject, kind of source and day. Over several days add up articles and articles_of_kind; days without an article on the subject have no row.';
COMMENT ON COLUMN v_coverage.subject_type IS 'topic or story.';
COMMENT ON COLUMN v_coverage.subject IS 'Id of the topic, or of the story (stories.story_id).';
COMMENT ON COLUMN v_coverage.source_kind IS 'state, independent, international, institution or wire; unknown for sources that are no configured feeds.';
COMMENT ON COLUMN v_coverage.published_date IS 'Day of publication, or of storing where that is not known, UTC.';
COMMENT ON COLUMN v_coverage.articles IS 'Articles on the subject.';
COMMENT ON COLUMN v_coverage.sources IS 'Sources of those articles.';
COMMENT ON COLUMN v_coverage.articles_of_kind IS 'All articles that sources of this kind published that day.';
COMMENT ON COLUMN v_coverage.share IS 'articles / articles_of_kind, from 0 to 1.';
