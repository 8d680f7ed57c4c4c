-- Part: Statements
-- Question: Who said what about sanctions?
-- Shows: Each statement on them, newest first, with the outlets and agencies that relay it.
-- Adapt: Put other words in the place of `sanction`, `curbs` and `the measures`; they may stand anywhere in a word.
SELECT
    published_at::DATE AS published_date,
    speaker,
    verb,
    content,
    via,
    source
FROM v_who_said_what
WHERE regexp_matches(content, 'sanction|curbs|the measures', 'i')
ORDER BY published_at DESC, article_id, char_start, speaker;
