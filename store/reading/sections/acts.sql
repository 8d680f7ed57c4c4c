SELECT
    e.type,
    count(*) FILTER (t.days_ago = 0) AS events,
    count(*) FILTER (t.days_ago = 1) AS events_before,
    count(*) FILTER (t.days_ago > 0) / 7 AS mean
FROM articles_told($day_start, $day_end, days := 7) AS t
ANTI JOIN copies_known($day_end) AS c ON c.article_id = t.article_id
JOIN events AS e ON e.article_id = t.article_id AND e.revision = t.revision
WHERE e.status IN ('occurred', 'ongoing')
GROUP BY e.type
ORDER BY e.type
