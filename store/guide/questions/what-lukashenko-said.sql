-- Part: Statements
-- Question: What did Lukashenko say in the last 30 days, and through whom do we know it?
-- Shows: What he said, newest first, with the outlets and agencies that relay it, the nearest to him last.
-- Adapt: Put any name, spelling or id of somebody else in the place of `Lukashenko`, and other days in the place of
--   30; add `AND kind = 'direct'` for quotes alone.
SELECT
    published_at::DATE AS published_date,
    kind,
    verb,
    content,
    via,
    source,
    record_id
FROM quotes_of('Lukashenko')
WHERE published_at > newest_at() - INTERVAL 30 DAYS
ORDER BY published_at DESC, article_id, char_start;
