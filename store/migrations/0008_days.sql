-- What the digest of a day asks: what its articles tell, and what was known when it ended. Whoever asks again later gets
-- the same answer: nothing that came afterwards is seen.

CREATE MACRO articles_told(day_start, day_end, days := 0) AS TABLE
SELECT
    article_id,
    revision,
    source_id,
    published_at,
    stored_at,
    digest_at,
    CASE
        WHEN digest_at >= CAST(day_start AS TIMESTAMP) THEN 0
        ELSE 1 + (epoch_us(CAST(day_start AS TIMESTAMP)) - epoch_us(digest_at) - 1) // 86400000000
    END AS days_ago
FROM articles
-- A live revision stays in the digest of the day it was stored on, so that a digest written again says the same. Of an
-- article that counts for its published day only the newest revision is told.
WHERE digest_at >= CAST(day_start AS TIMESTAMP) - to_days(days)
    AND digest_at < CAST(day_end AS TIMESTAMP)
    AND (is_newest OR digest_at = stored_at)
QUALIFY row_number() OVER (PARTITION BY article_id, days_ago ORDER BY revision DESC) = 1;
COMMENT ON MACRO TABLE articles_told IS 'The articles that the digest of a day tells, each in the newest revision of that day, and as many days before it (none where no number is given), counted back in 24 hours from its start: days_ago is 0 for the day itself. Example: FROM articles_told(TIMESTAMP ''2024-03-06'', TIMESTAMP ''2024-03-07'')';

CREATE MACRO articles_known(moment) AS TABLE
SELECT a.article_id, a.revision, a.source_id, a.published_at, a.stored_at, a.digest_at
FROM articles AS a
ANTI JOIN (
    SELECT article_id, revision
    FROM articles
    WHERE revision > 1 AND digest_at < CAST(moment AS TIMESTAMP) AND (is_newest OR digest_at = stored_at)
) AS later ON later.article_id = a.article_id AND later.revision > a.revision
WHERE a.digest_at < CAST(moment AS TIMESTAMP) AND (a.is_newest OR a.digest_at = a.stored_at);
COMMENT ON MACRO TABLE articles_known IS 'All articles as the digests before a moment told them, each in its newest revision by then. Example: FROM articles_known(TIMESTAMP ''2024-03-07'')';

CREATE MACRO copies_known(moment) AS TABLE
SELECT p.article_id, p.copy_of
FROM story_articles AS p
JOIN story_articles AS o ON o.article_id = p.copy_of
WHERE o.digest_at < CAST(moment AS TIMESTAMP);
COMMENT ON MACRO TABLE copies_known IS 'The articles that copy another one which digests before a moment told, too. Example: FROM copies_known(TIMESTAMP ''2024-03-07'')';

CREATE MACRO figures_disagree_at(moment, today, days := 30) AS TABLE
WITH told AS (
    SELECT
        article_id,
        revision,
        coalesce(published_at, stored_at) AS told_at,
        CAST(coalesce(published_at, stored_at) AS DATE) AS told_date
    FROM articles_known(moment)
    -- The one told first may stand a day before.
    WHERE CAST(coalesce(published_at, stored_at) AS DATE) >= CAST(today AS DATE) - days
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
-- Thousands who give numbers of one thing would make millions of pairs, more than memory holds.
held AS (
    FROM keyed
    QUALIFY row_number() OVER (PARTITION BY unit, about_id, word, told_date ORDER BY told_at, article_id, no) <= 250
)
SELECT DISTINCT
    one.article_id, one.revision, one.no, one.told_at, one.low, one.high,
    two.article_id AS other_article_id, two.revision AS other_revision, two.no AS other_no,
    two.told_at AS other_told_at, two.told_date, two.low AS other_low, two.high AS other_high
FROM (SELECT *, told_date + unnest([0, 1]) AS met_date FROM held) AS one
JOIN held AS two
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
    AND two.told_date > CAST(today AS DATE) - days;
COMMENT ON MACRO TABLE figures_disagree_at IS 'Pairs of figures as v_figures_disagree finds them, by article, revision and place, as known at a moment and told on the newest days until a day (30 where none are given); of one thing and day the first 250 are compared. Example: FROM figures_disagree_at(TIMESTAMP ''2024-03-07'', DATE ''2024-03-06'', days := 2)';

CREATE OR REPLACE MACRO figures_disagree(days := 30) AS TABLE
WITH pairs AS (
    FROM figures_disagree_at(TIMESTAMP 'infinity', CAST(newest_at() AS DATE), days := days)
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
JOIN shown AS two ON two.article_id = p.other_article_id AND two.no = p.other_no;
COMMENT ON MACRO TABLE figures_disagree IS 'Rows of v_figures_disagree of the newest days of the store (30 where none are given): as quick as the days are few. Example: FROM figures_disagree(days := 7)';
