-- Part: Statements
-- Question: What was said of NATO in the last 400 days, and by whom?
-- Shows: Each statement that mentions it under any of its names, newest first.
-- Adapt: Put any name of another entity in the place of `NATO`, and the days you want in the place of 400.
SELECT
    said.published_at::DATE AS published_date,
    said.speaker,
    said.verb,
    said.content,
    said.source
FROM v_who_said_what AS said
SEMI JOIN mentions_of('NATO', days := 400) AS m
    ON m.article_id = said.article_id
    AND m.char_start >= said.char_start
    AND m.char_end <= said.char_end
ORDER BY said.published_at DESC, said.article_id, said.char_start, said.speaker;
