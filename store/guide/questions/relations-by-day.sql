-- Part: Countries
-- Question: On which days did Russia and Belarus deal with each other more than usual, and in which tone?
-- Shows: The days on which one did more to the other than is usual in the 90 days before, by how much (robust z), and
--   the tone: from -10, conflict, to 10, cooperation.
-- Adapt: Put other countries in the place of `RUS` and `BLR`; leave the first condition out for all; `robust_z > 3`
--   for the rare days alone.
SELECT
    event_date,
    actor_country,
    recipient_country,
    events,
    verbal_conflict + material_conflict AS conflict,
    round(intensity_mean, 1) AS intensity_mean,
    round(mean_7d, 2) AS mean_7d,
    round(mean_30d, 2) AS mean_30d,
    round(mean_90d, 2) AS mean_90d,
    round(robust_z, 1) AS robust_z
FROM v_dyads
WHERE actor_country IN ('RUS', 'BLR') AND recipient_country IN ('RUS', 'BLR') AND robust_z > 0
ORDER BY event_date DESC, robust_z DESC, actor_country, recipient_country;
