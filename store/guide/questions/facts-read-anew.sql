-- Part: Changes
-- Question: What did a better extractor change in the records: which facts were added, lost or changed?
-- Shows: For each run that read stored text anew how many records of each type changed, with an example.
-- Adapt: Add `AND record_type = 'statement'` for one type; replay_examples holds the other examples.
SELECT
    r.started_at,
    c.record_type,
    c.change,
    c.records,
    arg_min(e.before, e.no) AS example_before,
    arg_min(e.after, e.no) AS example_after
FROM replay_counts AS c
JOIN runs AS r USING (run_id)
LEFT JOIN replay_examples AS e USING (run_id, record_type, change)
WHERE c.change <> 'same'
GROUP BY r.run_id, r.started_at, c.record_type, c.change, c.records
ORDER BY r.started_at DESC, c.record_type, c.change;
