-- Part: Time
-- Question: What is ahead: which dates and plans are told of the days to come?
-- Shows: The dates that are not over on the day of the newest article, the nearest first, with who is to act.
-- Adapt: Add `AND kind = 'plan'` to leave out what is a mere date, `AND list_contains(who, 'Belarus')` for one side.
SELECT
    start_date,
    end_date,
    kind,
    who,
    what,
    text,
    title
FROM calendar(days := 4)
WHERE outcome = 'ahead'
ORDER BY start_date, end_date, record_id;
