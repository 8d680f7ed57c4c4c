-- Part: The ledger
-- Question: What did each run of the last 30 days add, and which version of the extractor made the records that stand
--   now?
-- Shows: A line a run, newest first; the last columns count the articles whose present records it read, and by which
--   version.
-- Adapt: Add `AND flow = 'monitor'` for the scheduled runs alone.
SELECT
    r.started_at,
    r.flow,
    r.articles_added,
    r.articles_revised,
    r.statements_added,
    r.events_added,
    r.figures_added,
    count(a.article_id) AS articles_read,
    list_sort(list(DISTINCT a.extractor) FILTER (a.extractor IS NOT NULL)) AS extractors
FROM runs AS r
LEFT JOIN articles AS a ON a.extracted_run_id = r.run_id AND a.is_newest
WHERE r.started_at > (SELECT max(started_at) FROM runs) - INTERVAL 30 DAYS
GROUP BY ALL
ORDER BY r.started_at DESC;
