"""What revisions of the day changed without saying so, before and after."""

from __future__ import annotations

from tests.store.desk import Desk, at, figure

OLD = "Rain fell.  Twelve ships\nsank off Aster. All is well."
NEW = "Rain fell. Nine ships sank off Aster. All is well. The end."


def test_headlines_passages_and_records_stand_before_and_after(desk: Desk) -> None:
    desk.tell("a", "2024-03-05 09:30", OLD, figure("Twelve", "12", "aster"))
    desk.tell("a", "2024-03-06 10:30", NEW, figure("Nine", "9", "aster"), title="Nine sank")
    found = desk.day()
    edits = {row.kind: row for row in found.edits}
    assert set(edits) == {"headline_changed", "passage_changed", "passage_added", "figure_changed"}
    for row in edits.values():
        assert (row.article_id, row.revision, row.source) == ("a", 2, "courier")
        assert (row.title, row.url) == ("Nine sank", "https://courier.example/a")
        assert (row.former_at, row.revised_at) == (at("2024-03-05 09:30"), at("2024-03-06 10:30"))
        assert row.record_type == ("figure" if row.kind == "figure_changed" else "article")
    headline = edits["headline_changed"]
    assert (headline.headline_before, headline.headline_after) == ("Title of a", "Nine sank")
    assert (headline.before, headline.after) == (None, None)
    numbers = edits["figure_changed"]
    assert numbers.before
    assert numbers.after
    assert (numbers.before.revision, numbers.before.start, numbers.before.end, numbers.before.text) == (
        1,
        12,
        18,
        "Twelve",
    )
    assert (numbers.after.revision, numbers.after.start, numbers.after.text) == (2, 11, "Nine")
    assert (numbers.before.told_at, numbers.after.told_at) == (at("2024-03-05 09:30"), at("2024-03-06 10:30"))
    passage = edits["passage_changed"]
    assert passage.before
    assert passage.after
    assert passage.before.text.startswith("Twelve ships\nsank"), "as it stands in the text, line breaks and all"
    added = edits["passage_added"]
    assert added.before is None
    assert added.after
    assert added.after.text == "The end."
    texts = {(text.article_id, text.revision): text for text in found.texts}
    assert texts["a", 1].title == "Title of a"
    for row in edits.values():
        for spot in (row.before, row.after):
            assert spot is None or texts["a", spot.revision].text[spot.start : spot.end] == spot.text


def test_edits_are_told_on_the_day_they_are_found(desk: Desk) -> None:
    desk.tell("a", "2024-03-05 09:30", "Rain.")
    desk.tell("a", "2024-03-06 10:30", "Sun.")
    desk.tell("a", "2024-03-07 10:30", "Hail.")
    days = {day: [row.revision for row in desk.day(f"2024-03-0{day}").edits] for day in (5, 6, 7, 8)}
    assert days == {5: [], 6: [2], 7: [3], 8: []}


def test_a_page_in_the_place_of_the_feeds_text_is_no_edit_but_its_headline_is(desk: Desk) -> None:
    desk.tell("a", "2024-03-05 09:30", "Rain.", text_from="feed")
    desk.tell("a", "2024-03-06 10:30", "Rain fell in Aster.", title="Rain", authors=("Ann Ost",))
    assert [row.kind for row in desk.day().edits] == ["headline_changed"]
