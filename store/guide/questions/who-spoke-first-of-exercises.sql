-- Part: Statements
-- Question: Who spoke first of exercises, and who joined in later?
-- Shows: Each speaker once, in the order of the days, with its first words on them.
-- Adapt: Put other words in the place of `exercise`, `drill` and `manoeuvre`.
SELECT
    min(published_at)::DATE AS first_date,
    speaker,
    arg_min(content, (published_at, article_id, char_start)) AS first_words,
    arg_min(source, (published_at, article_id, char_start)) AS source,
    count(*) AS statements
FROM v_who_said_what
WHERE speaker IS NOT NULL AND regexp_matches(content, 'exercise|drill|manoeuvre', 'i')
GROUP BY speaker
ORDER BY first_date, speaker;
