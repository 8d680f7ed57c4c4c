-- Part: Figures
-- Question: Where do figures of one and the same thing disagree?
-- Shows: Pairs of figures for one quantity that can't both be true, each with the one who gives it.
-- Adapt: Add `WHERE list_contains(about, 'Russia')` for what concerns one entity, `WHERE unit = 'USD'` for money
--   alone.
SELECT
    published_at::DATE AS published_date,
    quantity_of,
    text,
    attributed_to,
    source,
    other_published_at::DATE AS other_published_date,
    other_text,
    other_attributed_to,
    other_source
FROM v_figures_disagree
ORDER BY published_at DESC, record_id, other_record_id;
