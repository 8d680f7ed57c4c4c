"""What an article is about: the cases of cases/topics, one a line, and what words and examples are worth."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsledger.extract.document import read_document
from newsledger.extract.lexicon import load_lexicon
from newsledger.extract.topics import find_topics
from newsledger.records.config import TopicRule

CASES = Path(__file__).parent / "cases" / "topics"
RULES = (
    TopicRule(id="weather", words=("rain*", "storm", "cold front", "WMO")),
    TopicRule(id="chess", words=("gambit", "opening*")),
)
HEALTH = TopicRule(
    id="health",
    examples=(
        "A new vaccine against malaria was approved in Accra",
        "Clinics run short of beds as an outbreak spreads",
        "Nurses fear another outbreak of cholera",
    ),
)


def cases() -> list[object]:
    found = []
    for path in sorted(CASES.glob("*.txt")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if not line.startswith("#"):
                text, expected = line.split("|")
                found.append(pytest.param(text.strip(), set(expected.split()), id=f"{path.stem}-{number}"))
    return found


def topics(text: str, rules: tuple[TopicRule, ...] = RULES) -> dict[str, list[str]]:
    return {found.topic: [span.text for span in found.evidence] for found in find_topics(read_document(text), rules)}


@pytest.mark.parametrize(("text", "expected"), cases())
def test_topics_of_the_default_configuration(text: str, expected: set[str]) -> None:
    found = topics(text, load_lexicon().topics)
    assert set(found) == expected
    assert all(found.values())


def test_words_beginnings_and_phrases_count() -> None:
    assert topics("Rainfall and a cold front came. The WMO warned.") == {"weather": ["Rainfall", "cold front", "WMO"]}


def test_a_word_without_a_star_counts_whole_and_capitals_count_as_capitals() -> None:
    assert topics("They stormed the wmo. A stormy wmo it was.") == {}


def test_a_passing_word_far_down_makes_no_topic() -> None:
    filler = "They went to the market and bought bread. " * 40
    assert topics(filler + "It was a gambit.") == {}
    assert "chess" in topics("A gambit in the opening. " + filler)


def test_a_word_within_a_phrase_counts_once() -> None:
    rules = (TopicRule(id="energy", words=("gas", "natural gas", "gas price*")),)
    assert topics("Natural gas prices rose.", rules) == {"energy": ["Natural gas"]}


def test_a_word_that_begins_like_the_id_counts_double() -> None:
    filler = "They went to the market and bought bread. " * 20
    rules = (TopicRule(id="chess", words=("chess", "gambit")),)
    assert topics(filler + "It was about chess.", rules) == {"chess": ["chess"]}
    assert topics(filler + "It was about a gambit.", rules) == {}


def test_scores_order_topics_and_lie_between_zero_and_one() -> None:
    found = find_topics(read_document("Storm, rain, storm, cold front. A gambit, an opening."), RULES)
    assert [topic.topic for topic in found] == ["weather", "chess"]
    assert all(0 < topic.score < 1 for topic in found)


def test_examples_teach_their_words_in_other_forms_too() -> None:
    assert topics("Outbreaks of cholera closed a clinic.", (HEALTH,)) == {"health": ["Outbreaks", "cholera", "clinic"]}


def test_examples_teach_no_names_and_no_words_of_every_text() -> None:
    assert topics("Accra is a new place that was approved. They run against another in Accra.", (HEALTH,)) == {}


def test_a_word_of_several_examples_counts_more_than_that_of_one() -> None:
    once, twice = (
        find_topics(read_document(f"The {word}, the vaccine."), (HEALTH,)) for word in ("malaria", "outbreak")
    )
    assert once[0].score < twice[0].score


def test_a_word_that_another_topic_names_or_teaches_as_often_tells_nothing() -> None:
    farming = TopicRule(
        id="farming", words=("vaccine*",), examples=("The cholera among poultry", "The malaria of poultry")
    )
    found = topics("The vaccine. Cholera and malaria. An outbreak, poultry.", (HEALTH, farming))
    assert found == {"health": ["outbreak"], "farming": ["vaccine", "poultry"]}


@given(st.text(alphabet=st.sampled_from("storm gambit. Rain"), max_size=60))
def test_evidence_always_rereads(text: str) -> None:
    assert all(span.rereads(text) for topic in find_topics(read_document(text), RULES) for span in topic.evidence)
    assert find_topics(read_document(text), ()) == ()


@given(st.lists(st.text(max_size=40), min_size=1, max_size=4), st.text(max_size=60))
def test_any_text_may_be_an_example(examples: list[str], text: str) -> None:
    rules = (TopicRule(id="any", words=tuple(examples), examples=tuple(examples)), HEALTH)
    found = find_topics(read_document(text), rules)
    assert all(span.rereads(text) for topic in found for span in topic.evidence)
