-- Part: Statements
-- Question: Who said what about sanctions in the last 30 days?
-- Shows: Each statement on them, newest first, with the outlets and agencies that relay it.
-- Adapt: Put other words in the place of `sanction`, `curbs` and `the measures` (they may stand anywhere in a word),
--   and other days in the place of 30.
SELECT
    published_at::DATE AS published_date,
    speaker,
    verb,
    content,
    via,
    source
FROM v_who_said_what
WHERE regexp_matches(content, 'sanction|curbs|the measures', 'i')
    AND published_at > newest_at() - INTERVAL 30 DAYS
ORDER BY published_at DESC, article_id, char_start, speaker;
