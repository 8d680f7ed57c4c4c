-- Part: Stories
-- Question: Which stories were put together or parted after they had been told?
-- Shows: Each change, the newest first, with the headlines of the articles that changed their story.
-- Adapt: Add `WHERE kind = 'merged'` for one kind of change.
SELECT changed_at, kind, story_id, other_id, articles, titles
FROM v_story_changes
ORDER BY changed_at DESC, no;
