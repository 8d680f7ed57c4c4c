-- Part: The ledger
-- Question: Is it really written there: what is the evidence for a record?
-- Shows: The words that a record rests on, with the sentences before and behind, and where they stand.
-- Adapt: Put the record_id of any row of another answer in the place of this one.
SELECT record_type, sentence_before, sentence, sentence_after, source, published_at, char_start, char_end
FROM evidence('gas-terms-brief-2022-12/s4')
ORDER BY char_start;
