-- Part: Changes
-- Question: What did sources change after publication without a word?
-- Shows: Each change to headlines, passages, quotes, figures and attributions, newest first, before and after.
-- Adapt: Add `WHERE kind = 'quote_removed'` for one kind of change, `WHERE source = 'TASS'` for one source.
SELECT
    revised_at,
    source,
    kind,
    before,
    after,
    url
FROM v_edits
ORDER BY revised_at DESC, article_id, record_type, kind, before, after;
