-- Part: The ledger
-- Question: Do the books of the last 7 days balance: is all that the feeds listed stored, or dropped for a named
--   reason?
-- Shows: A line a feed and run: what it listed, what became of it, and what is unaccounted for, which should be 0.
-- Adapt: Add `AND p.feed_id = 'tass'` for one feed, `HAVING unaccounted <> 0` for what does not balance.
SELECT
    p.polled_at,
    p.feed_id,
    p.outcome,
    any_value(p.items_seen + p.items_resumed) AS listed,
    coalesce(sum(i.items) FILTER (i.disposition IN ('stored', 'revised', 'known')), 0)::INTEGER AS stored,
    coalesce(sum(i.items) FILTER (i.disposition NOT IN ('stored', 'revised', 'known')), 0)::INTEGER AS dropped,
    list_sort(list(i.disposition) FILTER (i.disposition NOT IN ('stored', 'revised', 'known'))) AS why,
    any_value(p.items_seen + p.items_resumed) - coalesce(sum(i.items), 0)::INTEGER AS unaccounted
FROM polls AS p
LEFT JOIN item_ledger AS i USING (run_id, feed_id)
WHERE p.polled_at > (SELECT max(polled_at) FROM polls) - INTERVAL 7 DAYS
GROUP BY p.run_id, p.feed_id, p.polled_at, p.outcome
ORDER BY p.polled_at DESC, p.feed_id;
