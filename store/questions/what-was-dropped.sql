-- Part: The ledger
-- Question: Which items of the feeds have no article, and why?
-- Shows: Each, newest first, with the reason; what is only put off for a later run is not among them.
-- Adapt: Add `WHERE disposition = 'filtered'` to see what the configuration's own filter takes out.
SELECT disposition, detail, feed, title, published_at
FROM v_dropped
ORDER BY published_at DESC, feed, title;
