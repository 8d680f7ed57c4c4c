"""What an article is about."""

from hypothesis import given
from hypothesis import strategies as st

from newsledger.extract.document import read_document
from newsledger.extract.topics import find_topics
from newsledger.records.config import TopicRule

RULES = (
    TopicRule(id="weather", words=("rain*", "storm", "cold front", "WMO")),
    TopicRule(id="chess", words=("gambit", "opening*")),
)


def topics(text: str) -> dict[str, list[str]]:
    return {found.topic: [span.text for span in found.evidence] for found in find_topics(read_document(text), RULES)}


def test_words_beginnings_and_phrases_count() -> None:
    assert topics("Rainfall and a cold front came. The WMO warned.") == {"weather": ["Rainfall", "cold front", "WMO"]}


def test_a_word_without_a_star_counts_whole_and_capitals_count_as_capitals() -> None:
    assert topics("They stormed the wmo. A stormy wmo it was.") == {}


def test_a_passing_word_far_down_makes_no_topic() -> None:
    filler = "They went to the market and bought bread. " * 40
    assert topics(filler + "It was a gambit.") == {}
    assert "chess" in topics("A gambit in the opening. " + filler)


def test_scores_order_topics_and_lie_between_zero_and_one() -> None:
    found = find_topics(read_document("Storm, rain, storm, cold front. A gambit, an opening."), RULES)
    assert [topic.topic for topic in found] == ["weather", "chess"]
    assert all(0 < topic.score < 1 for topic in found)


@given(st.text(alphabet=st.sampled_from("storm gambit. Rain"), max_size=60))
def test_evidence_always_rereads(text: str) -> None:
    assert all(span.rereads(text) for topic in find_topics(read_document(text), RULES) for span in topic.evidence)
    assert find_topics(read_document(text), ()) == ()
