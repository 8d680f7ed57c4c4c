-- Part: The ledger
-- Question: Which feeds fare well, and which need somebody to look after them?
-- Shows: A line a feed, those in trouble first: how its last poll ended, what it brings, and whether its books
--   balance.
-- Adapt: Add `WHERE failures > 0 OR len(warnings) > 0 OR NOT is_balanced` to see only those in trouble.
SELECT
    feed,
    source_kind,
    outcome,
    failures,
    warnings,
    newest_item_at,
    articles_1d,
    median_7d,
    is_balanced
FROM v_health
ORDER BY failures DESC, len(warnings) DESC, feed;
