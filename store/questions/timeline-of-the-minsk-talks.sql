-- Part: Time
-- Question: What happened around the talks in Minsk, in the order of the days?
-- Shows: Deeds, plans and denials dated by the text to the days around 19 December 2022, each with the sources that
--   tell it.
-- Adapt: Put other days in the place of these; add `AND list_contains(who || whom, 'NATO')` for one side.
SELECT
    start_date,
    kind,
    list_sort(who) AS who,
    what,
    whom,
    list_sort(list(DISTINCT source)) AS sources,
    arg_min(text, record_id) AS text
FROM v_timeline
WHERE dated_by = 'text' AND kind IN ('deed', 'plan', 'denial')
    AND start_date BETWEEN '2022-12-12' AND '2022-12-26'
GROUP BY ALL
ORDER BY start_date, kind, who, what, whom;
