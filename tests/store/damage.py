"""Every kind of damage that the integrity queries name, as the SQL that does it to the fixture `sound_ledger`."""

from __future__ import annotations

DAMAGE = {
    "duplicates in article_text": "INSERT INTO article_text SELECT * FROM article_text",
    "duplicates in articles": "INSERT INTO articles SELECT * FROM articles",
    "duplicates in item_ledger": "INSERT INTO item_ledger SELECT * FROM item_ledger",
    "duplicates in statements": "INSERT INTO statements SELECT * FROM statements",
    "articles without article_text": "DELETE FROM article_text",
    "articles without runs": "DELETE FROM runs",
    "mentions without article_entities": "DELETE FROM article_entities",
    "entities under a name that no article prints": "UPDATE entities SET name = 'Olga' WHERE entity_id = 'olga-lind'",
    "article_entities without entities": "DELETE FROM entities WHERE entity_id = 'courier'",
    "statement_chain without statements": "DELETE FROM statements",
    "event_participants without events": "DELETE FROM events WHERE event_id = 'e2'",
    "topic_evidence without topics": "DELETE FROM topics",
    "item_ledger without polls": "DELETE FROM polls",
    "duplicates in items": "INSERT INTO items SELECT * FROM items",
    "items without runs": "UPDATE items SET run_id = 'r9'",
    "items stored without an article": "UPDATE items SET article_id = 'a7' WHERE article_id = 'a8'",
    "feed_warnings without feeds": "DELETE FROM feeds",
    "page_answers without articles": "UPDATE page_answers SET revision = 9",
    "article_changes without articles": "UPDATE article_changes SET revision = 9",
    "figures without articles": "UPDATE figures SET revision = 9",
    "sentences outside their text": "UPDATE sentences SET char_ends = list_append(char_ends, 9)",
    "articles with no newest revision, or not the last one": "UPDATE articles SET is_newest = false",
    "story_articles without articles": "UPDATE story_articles SET revision = 9",
    "story_articles without stories": "DELETE FROM stories WHERE story_id = 's-0'",
    "stories that are not what their articles make": "UPDATE stories SET opened_at = '2024-03-01'",
    "copies of what is no original of their story": "UPDATE story_articles SET copy_of = 'a9' WHERE copy_of = 'a0'",
    "duplicates in story_articles": "INSERT INTO story_articles FROM story_articles",
    "story_changes without runs": "UPDATE story_changes SET run_id = 'r9'",
    "feeds whose items do not balance": "UPDATE item_ledger SET items = items + 1",
    "duplicates in mentions": "INSERT INTO mentions SELECT * REPLACE (char_end + 1 AS char_end) FROM mentions",
    "record ids that stand twice in topics": "UPDATE topics SET no = 1",
    "numbers that are missing in mentions": "DELETE FROM mentions WHERE no = 1 AND entity_id = 'olga-lind'",
    "via_names of statements that are not those in statement_chain": "DELETE FROM statement_chain",
    "actor_names of events that are not those in event_participants": (
        "DELETE FROM event_participants WHERE role = 'actor' AND no = 2"
    ),
    "recipient_names of events that are not those in event_participants": (
        "DELETE FROM event_participants WHERE role = 'recipient'"
    ),
    "records without runs": "UPDATE articles SET extracted_run_id = 'r9'",
    "replay_counts without runs": "UPDATE replay_counts SET run_id = 'r9'",
    "polls without runs": "INSERT INTO polls SELECT * REPLACE ('r9' AS run_id, 0 AS items_seen) FROM polls",
    "record_changes without articles": "UPDATE record_changes SET revision = 9",
    "edits of records that do not re-read before them": "UPDATE record_changes SET before_char_end = 9999",
    "edits of records that do not re-read after them": (
        "UPDATE record_changes SET after_char_start = 0, after_char_end = 9999"
    ),
    "duplicates in record_changes": "INSERT INTO record_changes SELECT * FROM record_changes",
    "duplicates in takedowns": "INSERT INTO takedowns SELECT * FROM takedowns",
    "article_text without articles": "DELETE FROM articles WHERE article_id = 'a1' AND revision = 1",
    "texts that are not the ones stored": "UPDATE article_text SET text = text || ' More.'",
    "entities without article_entities": (
        "INSERT INTO entities SELECT * REPLACE ('nobody' AS entity_id) FROM entities LIMIT 1"
    ),
    "entity_names without entities": "UPDATE entity_names SET entity_id = 'nobody' WHERE name = 'Olga Lind'",
    "names that nobody carries": "INSERT INTO entity_names VALUES ('courier', 'Kurier', 'kurier')",
    "names of entities that are missing": "DELETE FROM entity_names",
    "taken down, but in article_text": "INSERT INTO takedowns SELECT 'a1', NULL, 'asked to', now()::TIMESTAMP, NULL",
    "taken down, but not among the items": (
        "INSERT INTO takedowns SELECT 'a8', NULL, 'asked to', now()::TIMESTAMP, NULL"
    ),
}
