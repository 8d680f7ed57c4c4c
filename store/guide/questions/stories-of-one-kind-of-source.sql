-- Part: Stories
-- Question: Which stories does only one kind of source tell?
-- Shows: Each such story of the last 90 days with the kind and the sources; what state media alone tell is among them.
-- Adapt: Write `source_kinds = ['state']` in the place of the condition for those of state media; add
--   `AND articles > 1` for those that several tell.
SELECT
    source_kinds[1] AS source_kind,
    headline,
    articles,
    independent_sources,
    sources,
    last_at::DATE AS last_date
FROM stories_told(days := 90)
WHERE len(source_kinds) = 1
ORDER BY source_kind, last_at DESC, headline;
