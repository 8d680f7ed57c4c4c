-- Part: Changes
-- Question: What did sources change after publication without a word, in the last 30 days?
-- Shows: Each change to headlines, passages, quotes, figures and attributions, newest first, before and after.
-- Adapt: Add `AND kind = 'quote_removed'` for one kind of change, `AND source = 'TASS'` for one source.
SELECT
    revised_at,
    source,
    kind,
    before,
    after,
    url
FROM v_edits
WHERE revised_at > (SELECT max(stored_at) FROM articles) - INTERVAL 30 DAYS
ORDER BY revised_at DESC, article_id, record_type, kind, before, after;
