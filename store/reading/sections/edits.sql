WITH edited AS (
    SELECT e.*, a.source_id
    FROM v_edits AS e
    JOIN articles AS a ON a.article_id = e.article_id AND a.revision = e.revision
    -- A page that took the place of the feed's own text is no edit of it.
    LEFT JOIN article_changes AS f ON f.article_id = e.article_id AND f.revision = e.revision AND f.field = 'text_from'
    WHERE e.revised_at >= $day_start
        AND e.revised_at < $day_end
        AND e.former_at IS NOT NULL
        AND (
            e.record_type <> 'article'
            OR e.kind = 'headline_changed'
            OR (f.field IS NULL AND (e.kind LIKE 'passage\_%' ESCAPE '\' OR e.kind = 'text_rewritten'))
        )
),
records AS (
    SELECT DISTINCT record_type, article_id, revision, char_start, char_end, text
    FROM (
        SELECT 'statement' AS record_type, article_id, revision, char_start, char_end, text FROM statements
        UNION ALL
        SELECT 'event', article_id, revision, char_start, char_end, text FROM events
        UNION ALL
        SELECT 'figure', article_id, revision, char_start, char_end, text FROM figures
    )
    WHERE article_id IN (SELECT article_id FROM edited)
)
SELECT
    e.article_id,
    e.revision,
    e.revised_at,
    e.former_at,
    e.source_id,
    e.title,
    e.url,
    e.record_type,
    e.kind,
    e.before,
    e.after,
    old.char_start AS before_char_start,
    old.char_end AS before_char_end,
    old.text AS before_text,
    new.char_start AS after_char_start,
    new.char_end AS after_char_end,
    new.text AS after_text
FROM edited AS e
LEFT JOIN records AS old
    ON old.record_type = e.record_type
    AND old.article_id = e.article_id
    AND old.revision = e.revision - 1
    AND old.char_start = e.before_char_start
    AND old.char_end = e.before_char_end
LEFT JOIN records AS new
    ON new.record_type = e.record_type
    AND new.article_id = e.article_id
    AND new.revision = e.revision
    AND new.char_start = e.after_char_start
    AND new.char_end = e.after_char_end
ORDER BY
    coalesce(e.source_id, ''), e.article_id, e.revision, e.record_type, e.kind, e.before_char_start, e.after_char_start,
    e.before, e.after
