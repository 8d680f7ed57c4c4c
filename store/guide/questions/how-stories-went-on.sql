-- Part: Stories
-- Question: How did the stories that took more than a day go on?
-- Shows: Each day of each story of the last 30 days: its articles, and how many sources had told it by then.
-- Adapt: Put other days in the place of 30, or add `AND s.story_id = 's-...'` for one story.
SELECT
    s.headline,
    l.story_date,
    l.day_no,
    l.articles,
    l.articles_so_far,
    l.independent_so_far
FROM stories_told(days := 30) AS s
JOIN v_storylines AS l ON l.story_id = s.story_id
WHERE s.first_at::DATE < s.last_at::DATE
ORDER BY s.first_at, s.story_id, l.story_date;
