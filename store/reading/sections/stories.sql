FROM stories_at($day_start, $day_end) ORDER BY story_id
