-- Part: Stories
-- Question: Which stories of the last 30 days do the most independent sources tell?
-- Shows: Each story with how many have the news of their own, and how many articles only copy another.
-- Adapt: Put other days in the place of 30; add `WHERE independent_sources > 1` for those that nobody tells alone.
SELECT
    headline,
    independent_sources,
    articles,
    copies,
    first_at::DATE AS first_date,
    last_at::DATE AS last_date,
    sources
FROM stories_told(days := 30)
ORDER BY independent_sources DESC, articles DESC, headline;
