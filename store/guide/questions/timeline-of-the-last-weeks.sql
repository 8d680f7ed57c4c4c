-- Part: Time
-- Question: What happened in the last two weeks, and what is planned, in the order of the days?
-- Shows: Deeds, plans and denials that the text itself dates to these days and later, each with the sources that tell
--   it.
-- Adapt: Put other days in the place of 14; add `AND list_contains(who || whom, 'NATO')` for one side.
SELECT
    start_date,
    kind,
    list_sort(who) AS who,
    what,
    list_sort(whom) AS whom,
    list_sort(list(DISTINCT source)) AS sources,
    arg_min(text, record_id) AS text
FROM v_timeline
WHERE dated_by = 'text' AND kind IN ('deed', 'plan', 'denial')
    AND start_date > newest_at()::DATE - 14
GROUP BY ALL
ORDER BY start_date, kind, who, what, whom;
