-- Part: Countries
-- Question: On which days did countries deal with each other more than usual, and how kindly?
-- Shows: The days on which a country did more to another than in the 90 days before, by how much (robust z), and the
--   tone.
-- Adapt: Add `AND actor_country = 'RUS' AND recipient_country = 'BLR'` for one direction; `robust_z > 3` for the rare
--   days.
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
WHERE robust_z > 0
ORDER BY event_date DESC, robust_z DESC, actor_country, recipient_country;
