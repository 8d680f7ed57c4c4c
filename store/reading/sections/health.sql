SELECT source_id, count(*) FILTER (digest_at >= $day_start) AS articles_day, count(*) AS articles_total
FROM articles_known($day_end)
WHERE source_id IS NOT NULL
GROUP BY source_id
ORDER BY source_id
