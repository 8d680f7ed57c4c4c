-- Part: Statements
-- Question: What did Lukashenko say, and through whom do we know it?
-- Shows: What he said in December 2022, newest first, with the outlets and agencies that relay it, the nearest to him
--   last.
-- Adapt: Put any name, spelling or id of somebody else in the place of `Lukashenko`; `kind = 'direct'` for quotes
--   alone.
SELECT
    published_at::DATE AS published_date,
    kind,
    verb,
    content,
    via,
    source,
    record_id
FROM quotes_of('Lukashenko')
WHERE published_at BETWEEN '2022-12-01' AND '2022-12-31'
ORDER BY published_at DESC, article_id, char_start;
