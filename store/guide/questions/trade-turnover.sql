-- Part: Figures
-- Question: How large is the trade, how much did it grow, and by whose count?
-- Shows: Amounts of money and growth in sentences about trade: for which period, on whose word.
-- Adapt: Put other words in the place of these, such as `loan` or `cubic met`, and other units.
SELECT
    published_at::DATE AS published_date,
    quantity_of,
    change,
    bound,
    value,
    unit,
    period_start_date,
    period_end_date,
    attributed_to,
    source
FROM v_figures
WHERE unit IN ('USD', 'percent', 'fraction')
    AND regexp_matches(concat_ws(' ', quantity_of, sentence), 'trade|turnover|growth|volume|export|record', 'i')
ORDER BY published_at DESC, article_id, char_start;
