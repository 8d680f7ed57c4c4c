-- Part: Figures
-- Question: What does Belarus pay for Russian gas, and who says so?
-- Shows: Each price that stands in a sentence about gas, with its period, newest first.
-- Adapt: Put another unit and another word in the place of `USD` and `gas`.
SELECT
    published_at::DATE AS published_date,
    bound,
    value,
    unit,
    period_start_date,
    period_end_date,
    attributed_to,
    sentence
FROM v_figures
WHERE unit = 'USD' AND regexp_matches(sentence, '\bgas\b', 'i')
ORDER BY published_at DESC, article_id, char_start;
