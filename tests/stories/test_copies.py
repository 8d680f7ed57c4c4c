from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsledger.records.stories import StoryCandidate, StoryPlace
from newsledger.stories.copies import find_copies
from newsledger.stories.pages import page_of

START = datetime(2026, 3, 2, 8, tzinfo=UTC)
BRIDGE = [
    "A cargo train derailed on the old bridge outside Orsha early on Tuesday, and 14 wagons fell into the river below.",
    "Nobody was hurt, the regional rescue service said, although the driver was taken to hospital with shock.",
    "Investigators are looking at a cracked rail that had been reported to the railway in February.",
    "Traffic between the capital and the east of the country is to be led over a single track for at least 9 days.",
    "The railway promised to pay farmers whose meadows were flooded with 600 tonnes of potash fertiliser.",
    "Divers will begin to lift the wagons as soon as the water falls by half a metre, which may take until Friday.",
    "It is the third accident on the line since it was reopened in 2019 after a long and costly repair.",
]
STRIKE = [
    "Teachers in the port city of Rudava walked out on Monday and left 41 schools without lessons.",
    "Their union wants smaller classes and a rise that makes up for two years of dear bread and dear rents.",
    "The mayor called the strike a blow to families and offered talks in the town hall on the same evening.",
    "Parents brought their children to libraries and to the old cinema, where students read to them.",
    "A court will decide on Thursday whether the walkout breaks the law on public service.",
    "Last autumn nurses won a similar dispute after 11 days, when the state found money in its reserve.",
]
OWN = [
    "Along the river at Orsha people stood in the cold and watched cranes arrive from three directions.",
    "I have lived here for fifty years and never heard such a noise, said Halina Mroz, who keeps goats by the water.",
    "Her neighbour filmed how the last wagon tilted and hung for a moment before it slid down the bank.",
    "A retired engineer pointed to timbers that he would have replaced long ago, had anybody asked him.",
    "By noon the school had sent its pupils home, and the bakery handed out bread to the men of the fire brigade.",
    "What the town wants to know is who signed the papers that let heavy trains cross again.",
]


def article(name: str, text: str, minutes: int = 0, **fields: object) -> StoryCandidate:
    return StoryCandidate(article_id=name, text=text, told_at=START + timedelta(minutes=minutes), **fields)  # type: ignore[arg-type]


def paragraphs(sentences: list[str]) -> str:
    return "\n\n".join(sentences)


ORIGINAL = article("wire", paragraphs(BRIDGE))
REWORDED = (
    "A freight train derailed on the old bridge near Orsha early on Tuesday, and 14 wagons fell into the water below. "
    "No one was hurt, the regional rescue service stated, although the driver was brought to hospital with shock. "
    "Investigators are examining a cracked rail that had been reported to the railway back in February. "
    "Trains between the capital and the east of the country will be led over one track for at least 9 days. "
    "The railway has promised to compensate farmers whose meadows were flooded with 600 tonnes of potash fertiliser. "
    "Divers will start to lift the wagons as soon as the water falls by half a metre, which could take until Friday."
)


@pytest.mark.parametrize(
    "text",
    [
        paragraphs(BRIDGE).upper(),
        paragraphs(BRIDGE[:3]),
        paragraphs(["Orsha has seen the worst accident on its railway for years.", *BRIDGE[1:]]),
        "Read also: Cinema opens again\n\n" + paragraphs(BRIDGE) + "\n\n© 2026 The Courier. All rights reserved.",
        "ORSHA, 3 March (BelTA) - " + paragraphs(BRIDGE),
        paragraphs(BRIDGE).replace("Orsha", "Vorsha").replace("fertiliser", "fertilizer"),
        paragraphs([BRIDGE[0], *BRIDGE[4:], *BRIDGE[1:4]]),
        REWORDED,
    ],
    ids=["same words", "cut", "other lead", "boilerplate", "dateline", "spelling", "other order", "reworded"],
)
def test_a_printed_agency_text_copies_it(text: str) -> None:
    copy = article("paper", text, 30, title="Train falls off bridge")
    assert find_copies([copy, ORIGINAL], {}) == {"paper": "wire"}


@pytest.mark.parametrize(
    "text",
    [
        paragraphs([*OWN, BRIDGE[1], BRIDGE[6]]),
        paragraphs([*STRIKE, *BRIDGE[5:]]),
        paragraphs([*OWN, *STRIKE, *OWN[::-1], *BRIDGE]),
        paragraphs(BRIDGE).replace("14", "9").replace("Tuesday", "Monday").replace("600", "250").replace("9 d", "21 d"),
        paragraphs(STRIKE),
        BRIDGE[0],
    ],
    ids=["own report", "follow-up", "ends with it", "other numbers", "other news", "a sentence"],
)
def test_what_only_shares_words_with_a_text_is_no_copy(text: str) -> None:
    assert find_copies([ORIGINAL, article("other", text, 30)], {}) == {}


def test_a_text_edited_at_every_fifth_word_is_a_copy() -> None:
    words = " ".join(["Orsha has seen the worst accident on its railway for years.", *BRIDGE[1:4]]).split()
    words[4::5] = ["so"] * len(words[4::5])
    text = (
        "Read also: Cinema opens again after three years of repairs and quarrels about its roof\n\n"
        f"{' '.join(words)}\n\nFollow us and tell all your friends."
    )
    assert find_copies([ORIGINAL, article("paper", text, 30)], {}) == {"paper": "wire"}


def test_the_end_of_an_earlier_report_is_no_copy_of_it() -> None:
    long = article("long", paragraphs([*OWN, *STRIKE, *OWN[::-1], *BRIDGE]))
    assert find_copies([long, article("brief", paragraphs(BRIDGE[1:]), 30)], {}) == {}


def test_a_report_that_opens_with_a_brief_and_tells_much_more_is_no_copy() -> None:
    brief = article("brief", paragraphs(BRIDGE[:3]))
    assert find_copies([brief, article("report", paragraphs([*BRIDGE[:3], *OWN, *STRIKE]), 30)], {}) == {}
    assert find_copies([brief, article("full", paragraphs(BRIDGE), 30)], {}) == {"full": "brief"}


def test_quotations_that_two_reports_share_do_not_count() -> None:
    words = '"' + " ".join(BRIDGE[2:6]) + '" the minister said.'
    one = article("one", paragraphs([*OWN[:4], words, BRIDGE[6]]))
    other = article("two", paragraphs([*STRIKE[:4], words, BRIDGE[6]]), 5)
    assert find_copies([one, other], {}) == {}
    as_told = [replace(each, text=each.text.replace('"', "")) for each in (one, other)]
    assert find_copies(as_told, {}) == {"two": "one"}


def test_a_speech_is_copied_with_its_quotation_marks() -> None:
    speech = f'"{" ".join(BRIDGE)}"'
    one, other = article("one", f"Here is what the minister said. {speech}"), article("two", f"In full: {speech}", 5)
    assert find_copies([one, other], {}) == {"two": "one"}


def test_a_title_that_a_text_repeats_is_not_shared_again_and_again() -> None:
    title = "the deputy commander of the royal air force of the old northern sultanate"
    often = f"Then {title} came, later {title} spoke, again {title} went."
    once = (
        f"On Monday {title} saw ships, walls, gardens, a museum, two schools and an old theatre. "
        "Children sang until evening rain began, and nobody in the harbour had expected any guests from so far away."
    )
    assert find_copies([article("once", once), article("often", often, 5)], {}) == {}


def test_short_texts_must_agree_nearly_word_for_word() -> None:
    brief = "The foreign ministers of Peru and Chile met in Lima on Tuesday and spoke about fishing rights and trade."
    candidates = [
        article("brief", brief),
        article("again", f"{brief} ", 1),
        article("other", brief.replace("Peru and Chile", "Spain and Italy").replace("Lima", "Rome"), 2),
    ]
    assert find_copies(candidates, {}) == {"again": "brief"}


def test_texts_without_words_copy_nothing() -> None:
    assert find_copies([article("a", ""), article("b", "", 1), article("c", "...", 2)], {}) == {}


def test_a_text_made_of_two_copies_the_one_that_it_has_more_of() -> None:
    strike = article("strike", paragraphs(STRIKE), 1)
    merged = article("merged", paragraphs([*BRIDGE, *STRIKE[:2]]), 60)
    assert find_copies([ORIGINAL, strike, merged], {}) == {"merged": "wire"}


def test_one_page_is_one_article_whatever_its_text() -> None:
    one = article("page", paragraphs(BRIDGE), url="https://www.courier.example/news/2026/03/train-bridge?utm_source=x")
    other = article("mobile", paragraphs(OWN), 1, url="http://m.courier.example/news/2026/03/train-bridge/amp/")
    assert find_copies([one, other], {}) == {"mobile": "page"}


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("https://a.example/world/a-long-story.html", "https://amp.a.example/world/a-long-story.amp.html", True),
        ("https://a.example/world/a-long-story", "http://a.example/world/a-long-story/?outputType=amp#top", True),
        ("https://a.example/article.php?id=512", "https://a.example/article.php?id=513", False),
        ("https://a.example/world/a-long-story", "https://b.example/world/a-long-story", False),
        ("https://a.example/", "https://www.a.example/", False),
        ("not an address", "not an address", False),
        ("https://[broken/world/a-long-story", "https://[broken/world/a-long-story", False),
    ],
)
def test_an_address_names_a_page(one: str, other: str, is_same: bool) -> None:  # noqa: FBT001
    assert (page_of(one) is not None and page_of(one) == page_of(other)) is is_same


def test_the_earliest_is_the_original_and_chains_are_flat() -> None:
    half = article("half", paragraphs(BRIDGE[:4]), 10)
    quarter = article("two", paragraphs(BRIDGE[:3]), 20)
    assert find_copies([quarter, half, ORIGINAL], {}) == {"half": "wire", "two": "wire"}


def test_a_text_without_a_moment_is_nobodys_original() -> None:
    undated = StoryCandidate(article_id="a", text=ORIGINAL.text)
    assert find_copies([undated, ORIGINAL], {}) == {"a": "wire"}


def test_an_agencys_own_text_comes_before_a_faster_paper() -> None:
    paper = article("paper", f"(BelTA) {ORIGINAL.text}", 0, source="courier", dateline="belta")
    agency = article("agency", ORIGINAL.text, 5, source="belta")
    assert find_copies([paper, agency], {}) == {"paper": "agency"}


def test_a_known_copy_keeps_its_original() -> None:
    first = article("first", ORIGINAL.text, 10)
    known = {
        "first": StoryPlace(article_id="first", story_id="s"),
        "second": StoryPlace(article_id="second", story_id="s", copy_of="first"),
    }
    late = article("late", ORIGINAL.text, 0)
    candidates = [first, article("second", ORIGINAL.text, 20), late]
    assert find_copies(candidates, known) == {"second": "first", "late": "first"}
    assert find_copies(candidates[1:], known) == {"second": "late"}


def test_a_known_text_that_nothing_copies_yields_to_an_earlier_one() -> None:
    known = {"paper": StoryPlace(article_id="paper", story_id="s")}
    assert find_copies([article("paper", ORIGINAL.text, 10), ORIGINAL], known) == {"paper": "wire"}


SENTENCES = st.lists(st.sampled_from([*BRIDGE, *STRIKE, *OWN]), min_size=1, max_size=9, unique=True)
WINDOWS = st.lists(st.tuples(SENTENCES, st.integers(0, 5), st.sampled_from(["belta", "courier"])), max_size=9)


def window(drawn: list[tuple[list[str], int, str]]) -> list[StoryCandidate]:
    return [
        article(f"a{at}", paragraphs(sentences), minutes, source="belta" if is_agency else "courier", dateline="belta")
        for at, (sentences, minutes, is_agency) in enumerate(drawn)
    ]


@settings(max_examples=60, deadline=None)
@given(WINDOWS, st.randoms(use_true_random=False))
def test_neither_order_nor_a_second_look_changes_anything(drawn: list, random: object) -> None:
    candidates = window(drawn)
    copies = find_copies(candidates, {})
    random.shuffle(candidates)  # type: ignore[attr-defined]
    assert find_copies(candidates, {}) == copies
    known = {
        one.article_id: StoryPlace(article_id=one.article_id, story_id="s", copy_of=copies.get(one.article_id))
        for one in candidates
    }
    assert find_copies(candidates, known) == copies


@settings(max_examples=60, deadline=None)
@given(WINDOWS)
def test_an_original_is_no_copy_and_goes_before_its_copies(drawn: list) -> None:
    by_id = {one.article_id: one for one in window(drawn)}
    copies = find_copies(list(by_id.values()), {})
    assert not set(copies) & set(copies.values())
    for copy, original in copies.items():
        places = [(by_id[name].source != "belta", by_id[name].told_at, name) for name in (original, copy)]
        assert places == sorted(places)


@settings(max_examples=60, deadline=None)
@given(WINDOWS)
def test_names_of_articles_only_settle_draws(drawn: list) -> None:
    candidates = window(drawn)
    renamed = [replace(one, article_id=f"z{one.article_id}") for one in candidates]
    copies = find_copies(candidates, {})
    assert find_copies(renamed, {}) == {f"z{copy}": f"z{original}" for copy, original in copies.items()}


def test_of_what_one_run_brings_in_the_original_was_published_first() -> None:
    later = replace(ORIGINAL, article_id="a-paper", source="paper", published=START)
    earlier = replace(ORIGINAL, article_id="the-source", source="outlet", published=START - timedelta(hours=3))
    assert find_copies([later, earlier], {}) == {"a-paper": "the-source"}
