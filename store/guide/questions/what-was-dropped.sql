-- Part: The ledger
-- Question: Which items of the feeds of the last 7 days have no article, and why?
-- Shows: Each, newest first, with the reason; what is only put off for a later run is not among them.
-- Adapt: Add `AND disposition = 'filtered'` to see what the configuration's own filter takes out.
SELECT disposition, detail, feed, title, published_at
FROM v_dropped
WHERE last_seen_at > (SELECT max(last_seen_at) FROM items) - INTERVAL 7 DAYS
ORDER BY published_at DESC, feed, title;
