WITH known AS (
    FROM articles_known($day_end) AS a
    -- Two that print one text are no two who disagree.
    ANTI JOIN copies_known($day_end) AS c ON c.article_id = a.article_id
    WHERE a.digest_at >= $day_start - INTERVAL 7 DAYS
),
pairs AS (
    SELECT
        p.*,
        one.digest_at AS one_at,
        two.digest_at AS two_at,
        one.source_id AS one_source,
        two.source_id AS two_source
    FROM figures_disagree_at($day_end, $day, days := 4) AS p
    JOIN known AS one ON one.article_id = p.article_id AND one.revision = p.revision
    JOIN known AS two ON two.article_id = p.other_article_id AND two.revision = p.other_revision
    WHERE greatest(one.digest_at, two.digest_at) >= $day_start
),
claims AS (
    SELECT
        f.article_id,
        f.revision,
        f.no,
        f.char_start,
        f.char_end,
        f.text,
        f.value_exact,
        f.value_max_exact,
        f.unit,
        f.bound,
        f.quantity_of,
        f.about_ids,
        f.about_names AS about,
        f.period_start_date,
        f.period_end_date,
        coalesce(n.name, f.attributed_to_id) AS attributed_to,
        concat_ws(' ', f.bound, f.value_exact, f.value_max_exact) AS said
    FROM figures AS f
    SEMI JOIN (
        SELECT article_id, revision, no FROM pairs
        UNION
        SELECT other_article_id, other_revision, other_no FROM pairs
    ) AS p ON p.article_id = f.article_id AND p.revision = f.revision AND p.no = f.no
    LEFT JOIN article_entities AS n
        ON n.article_id = f.article_id AND n.revision = f.revision AND n.entity_id = f.attributed_to_id
)
SELECT
    one.article_id,
    one.revision,
    one.char_start,
    one.char_end,
    one.text,
    p.one_source AS source_id,
    p.one_at AS told_at,
    one.value_exact,
    one.value_max_exact,
    one.unit,
    one.bound,
    one.quantity_of,
    one.about,
    one.period_start_date,
    one.period_end_date,
    one.attributed_to,
    two.article_id AS other_article_id,
    two.revision AS other_revision,
    two.char_start AS other_char_start,
    two.char_end AS other_char_end,
    two.text AS other_text,
    p.two_source AS other_source_id,
    p.two_at AS other_told_at,
    two.value_exact AS other_value_exact,
    two.value_max_exact AS other_value_max_exact,
    two.unit AS other_unit,
    two.bound AS other_bound,
    two.quantity_of AS other_quantity_of,
    two.about AS other_about,
    two.period_start_date AS other_period_start_date,
    two.period_end_date AS other_period_end_date,
    two.attributed_to AS other_attributed_to
FROM pairs AS p
JOIN claims AS one ON one.article_id = p.article_id AND one.revision = p.revision AND one.no = p.no
JOIN claims AS two ON two.article_id = p.other_article_id AND two.revision = p.other_revision AND two.no = p.other_no
-- However many give either number, it is one dispute.
QUALIFY row_number() OVER (
    PARTITION BY
        one.unit, least(one.said, two.said), greatest(one.said, two.said),
        list_sort(list_intersect(one.about_ids, two.about_ids))
    ORDER BY greatest(p.one_at, p.two_at), p.told_at, p.other_told_at, one.article_id, one.no, two.article_id, two.no
) = 1
ORDER BY p.told_at, p.other_told_at, one.article_id, one.no, two.article_id, two.no
LIMIT 200
