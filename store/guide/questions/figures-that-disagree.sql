-- Part: Figures
-- Question: Where did figures of one and the same thing disagree in the last 30 days?
-- Shows: Pairs of figures for one quantity that can't both be true, each with the one who gives it.
-- Adapt: Put other days in the place of 30; add `WHERE list_contains(about, 'Russia')` for what concerns one entity.
SELECT
    told_date,
    quantity_of,
    text,
    attributed_to,
    source,
    other_text,
    other_attributed_to,
    other_source
FROM figures_disagree(days := 30)
ORDER BY told_date DESC, record_id, other_record_id;
