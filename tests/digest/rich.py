"""A busy day made by hand: every section full, ten stories told and sixty in brief, as a dossier's worst day may be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import combinations
from typing import Any

from newsledger.digest.build import ARTICLES, BRIEF, QUIET
from newsledger.digest.lines import (
    ArticleLine,
    BriefLine,
    CastLine,
    ChangeLine,
    EventLine,
    FigureLine,
    GlanceLine,
    Line,
    Passage,
    Speaker,
    StatementLine,
    StoryLine,
)
from newsledger.digest.model import (
    Books,
    CalendarLine,
    CorrectionNote,
    Coverage,
    CoverageCell,
    CoverageLine,
    DenialLine,
    Digest,
    DisputeLine,
    EditLine,
    Evidence,
    HealthLine,
    IssueLine,
    RiseLine,
    Section,
    Trend,
    Verification,
    WatchLine,
)
from newsledger.digest.sections import calendar as dates
from newsledger.digest.sections import changes as named
from newsledger.digest.sections import coverage as covering
from newsledger.digest.sections import denials as denying
from newsledger.digest.sections import disputes as disputing
from newsledger.digest.sections import edits as editing
from newsledger.digest.sections import trend as trending
from newsledger.digest.stories import LIMITS
from newsledger.digest.story_parts import TIMELINE
from newsledger.records.article import Issue
from newsledger.records.config import Feed
from newsledger.records.day import ActRow, SourceName, TrendRow
from newsledger.records.feeds import Balance, FeedState
from newsledger.records.run import Counts

DAY = date(2031, 3, 12)
START = datetime(2031, 3, 12, tzinfo=UTC)
NOON = START + timedelta(hours=12)
AGENCY = SourceName(id="nna", name="Norland News Agency", kind="wire", country="NOR")
STATE = SourceName(id="state-one", name="State One", kind="state", country="SUD")
GAZETTE = SourceName(id="gazette", name="The Free Gazette", kind="independent", country="SUD")
OBSERVER = SourceName(id="observer", name="Union Observer", kind="international", country="BEL")
MINISTRY = SourceName(id="ministry", name="Ministry of Transport of Sudland", kind="institution", country="SUD")
SOURCES = (AGENCY, STATE, GAZETTE, OBSERVER, MINISTRY)
KINDS = ("state", "independent", "international", "institution", "wire")
STORIES = 10
PAIRS = tuple(combinations(("BEL", "NOR", "SUD", "WES"), 2))
NAMED = named.RISING + named.FALLING + named.NEW


@dataclass(frozen=True)
class Plot:
    """What a story tells: a headline, and sentences of which the first is its lead."""

    headline: str
    lead: str
    second: str
    claim: str
    denial: str
    plan: str
    figure: str
    value: str
    unit: str
    quantity: str


PLOTS = (
    Plot(
        "Kovar and Riel agree to run the rail ferry again",
        "President Anna Kovar of Norland and Prime Minister Tomas Riel of Sudland agreed in Sudhaven on Wednesday to "
        "reopen the rail ferry that was stopped in 2028.",
        "The first ship is to leave on 2 April, three weeks before the season begins.",
        "“We will not close the strait, whatever others claim,” Kovar said after the talks.",
        "Riel denied that his side had asked for money in return.",
        "The two sides plan to sign a customs treaty on 2 April.",
        "14 per cent",
        "14",
        "percent",
        "trade between Norland and Sudland",
    ),
    Plot(
        "Sudland denies that its coast guard fired on a trawler",
        "Sudland denied on Wednesday that its coast guard had fired on a Norland trawler off Cape Sorrow.",
        "The skipper told reporters that two shots had hit the wheelhouse.",
        "“Nobody fired, and nobody was told to fire,” Defence Minister Ilse Brandt said.",
        "The union of fishermen called the minister's words untrue.",
        "An inquiry is to report by the end of May.",
        "1,200 marines",
        "1200",
        "count",
        "marines moved to Cape Sorrow",
    ),
    Plot(
        "Grain embargo: parliament votes on 20 March",
        "Norland's parliament will vote on the grain embargo on 20 March, its speaker told reporters.",
        "The embargo has cost farmers some 45 million crowns since January, according to their association.",
        "“Whoever votes for it will explain it to the villages,” said Pavel Orlik of the farmers' association.",
        "The government denied that it plans to extend the embargo until autumn.",
        "Farmers plan to block the roads to the capital on the day of the vote.",
        "45 million crowns",
        "45000000",
        "NOK",
        "cost of the embargo to farmers",
    ),
    Plot(
        "Eleven detained after the march in Westmark",
        "Police in Westmark detained eleven people after a march against the price of heating on Tuesday night.",
        "Six were let go in the morning; the lawyers of the others were not told where they are held.",
        "“They were taken from the pavement, one by one,” said Mira Dahl, who was there.",
        "The police denied that anybody was beaten.",
        "A court is to hear the first cases on Friday.",
        "11 people",
        "11",
        "count",
        "people detained in Westmark",
    ),
    Plot(
        "Union lists nine shipping companies for sanctions",
        "The Union put nine shipping companies of Sudland on its list of sanctions, its council said on Wednesday.",
        "The companies carried oil past the price cap in at least forty cases last year, the council said.",
        "“The list will grow until the ships stay in port,” said Commissioner Léa Fontaine.",
        "Sudland's ministry of transport denied that any of the ships broke the law.",
        "The council will look at a further package on 9 April.",
        "nine shipping companies",
        "9",
        "count",
        "companies put on the list",
    ),
)
STATES = ("new", "updated", "updated", "continuing", "new", "updated", "new", "continuing", "new", "updated")


@dataclass
class Desk:
    """Writes articles and cuts passages out of them."""

    texts: dict[str, str]
    titles: dict[str, str]

    def article(self, id_: str, plot: Plot, number: int) -> str:
        place = f"In district {number}: " if number >= len(PLOTS) else ""
        parts = (plot.lead, plot.second, plot.claim, plot.denial, plot.plan)
        figure = f"In all it was {plot.figure}, and not {number + 3}0 as was told before."
        self.texts[id_] = " ".join(f"{place}{part}" for part in (*parts, figure))
        self.titles[id_] = f"{place}{plot.headline}"
        return id_

    def cut(self, id_: str, words: str) -> Passage:
        start = self.texts[id_].index(words)
        return Passage(article_id=id_, start=start, end=start + len(words), text=words)

    def headline(self, id_: str) -> Passage:
        title = self.titles[id_]
        return Passage(article_id=id_, start=0, end=len(title), text=title, is_title=True)


def id_of(number: int, part: int) -> str:
    """Give an article an id as long as those of the store."""
    return f"{number:04x}{part:012x}"


def url_of(article_id: str) -> str:
    """Give an article an address as long as most are."""
    return f"https://www.news.example/politics/2031/03/12/what-was-said-and-done-in-{article_id}?from=feed&n=1"


def rich_day() -> Digest:
    """Give the day, each list as long as the builders let it be, numbered as a real one is."""
    desk = Desk(texts={}, titles={})
    stories = tuple(story(desk, number) for number in range(STORIES))
    digest = Digest(
        dossier="Norland, Sudland and the strait",
        day=DAY,
        timezone="UTC",
        start=START,
        end=START + timedelta(days=1),
        cut_off=NOON,
        counts=Counts(articles=212, statements=640, events=388, figures=417, entities=900, times=300),
        sources=SOURCES,
        light="yellow",
        glance=Section(lines=tuple(glance(stories)), total=7),
        articles=Section(
            lines=tuple(member(desk, id_of(20 + n, 0), n, SOURCES[n % 5]) for n in range(ARTICLES)), total=130
        ),
        health=health(),
        books=books(),
        issues=(
            IssueLine(code="page_timeout", count=5, articles=(("lone-1", "A page that never came", "20 s"),)),
            IssueLine(code="no_date", count=1, articles=(("lone-2", None, ""),)),
        ),
        watch=Section(lines=tuple(watch(stories)), total=2),
        stories=Section(lines=stories, total=STORIES),
        brief=Section(lines=tuple(brief(desk, n, "new") for n in range(BRIEF)), total=BRIEF + 31),
        quiet=Section(lines=tuple(brief(desk, 80 + n, ("quiet", "ended")[n % 2]) for n in range(QUIET)), total=33),
        rises=Section(lines=tuple(rises(desk)), total=40),
        acts=acts(),
        trends=tuple(trend(one, other) for one, other in PAIRS[: trending.DYADS]),
        disputes=Section(lines=tuple(disputes(stories)), total=16),
        denials=Section(lines=tuple(denials(desk)), total=15),
        calendar=Section(lines=tuple(calendar(desk)), total=22),
        outcomes=Section(lines=tuple(outcomes(desk)), total=16),
        coverage=coverage(stories),
        edits=Section(lines=tuple(edits(desk)), total=29),
        queries=queries(),
        corrections=(
            CorrectionNote(
                article_id=id_of(0, 0),
                kind="speaker",
                words="“We will not close the strait”",
                decided=DAY,
                was="Tomas Riel",
                to="Anna Kovar",
                by="A. Reader",
                why="the sentence before names her",
            ),
        ),
        verification=Verification(lines=412, refused=(f"{id_of(3, 1)}:20-44",)),
    )
    return numbered(digest, desk)


def story(desk: Desk, number: int) -> StoryLine:
    plot, state = PLOTS[number % len(PLOTS)], STATES[number]
    ids = [desk.article(id_of(number, part), plot, number) for part in range(12)]
    first = ids[0]
    kinds = ("state",) if number == 3 else ("state", "independent", "wire")[: 1 + number % 3]
    title, lead = desk.headline(first), desk.cut(first, plot.lead)
    told = state != "new"
    return StoryLine(
        anchor=f"s-{number:012x}",
        passages=(title, lead),
        sources=SOURCES[:3],
        weight=1 - number / 20,
        story_id=f"s-{number:012x}",
        state=state,
        headline=title,
        lead=first,
        url=url_of(first),
        first_at=START - timedelta(days=3 * told),
        last_at=NOON,
        articles=6 + number,
        articles_before=4 if told else 0,
        articles_total=21 + number if told else 6 + number,
        copies=3,
        independent=5,
        independent_before=2 if told else 0,
        kinds=kinds,
        languages=("en", "be"),
        is_state_only=kinds == ("state",),
        days=tuple((DAY - timedelta(days=back), (back * 3 + number) % 8 + 1) for back in (3, 2, 1, 0)) if told else (),
        told_on=DAY - timedelta(days=1) if told else None,
        told_before=7 if told else 0,
        left_out=(("statements", 5), ("articles", number)) if number else (),
        rank=(("sources", 0.3), ("growth", 0.1)),
        summary=(lead, desk.cut(first, plot.second)),
        changes=tuple(changes(desk, ids, plot, number)) if state == "updated" else (),
        statements=tuple(statement(desk, id_, plot, part) for part, id_ in enumerate(ids[: LIMITS["statements"]])),
        figures=tuple(figure(desk, id_, plot, part) for part, id_ in enumerate(ids[: LIMITS["figures"]])),
        events=tuple(event(desk, id_, plot, part) for part, id_ in enumerate(ids[: LIMITS["events"]])),
        cast=tuple(cast(desk, first, plot, part) for part in range(LIMITS["cast"])),
        timeline=tuple(
            replace(event(desk, id_, plot, part), anchor=f"t-{id_}") for part, id_ in enumerate(ids[:TIMELINE])
        ),
        members=tuple(
            member(desk, id_, number, SOURCES[part % 5]) for part, id_ in enumerate(ids[: LIMITS["members"]])
        ),
    )


def changes(desk: Desk, ids: list[str], plot: Plot, number: int) -> Iterator[ChangeLine]:
    for part, id_ in enumerate(ids[: LIMITS["changes"]]):
        plan, denial = desk.cut(id_, plot.plan), desk.cut(id_, plot.denial)
        figure = desk.cut(id_, plot.figure)
        kind = ("denied", "figure", "status", "confirmed", "edited")[part % 5]
        words = {"figure": (f"{number + 3}0", plot.figure), "status": ("Planned agreement", "Agreement")}
        before, after = (plan, figure if kind == "figure" else denial) if kind in words else (None, denial)
        yield ChangeLine(
            anchor=f"w-{id_}",
            passages=(before, after) if before else (after,),
            sources=(AGENCY, STATE)[: 1 + part % 2],
            kind=kind,
            before=before,
            after=after,
            before_words=words.get(kind, (None, None))[0],
            after_words=words.get(kind, (None, None))[1],
        )


def statement(desk: Desk, id_: str, plot: Plot, part: int) -> StatementLine:
    whole = (plot.claim, plot.denial, plot.second, plot.plan)[part % 4]
    passage = desk.cut(id_, whole)
    speaker = (
        Speaker(key="anna-kovar", name="Anna Kovar", role="President", country="NOR"),
        Speaker(key="ilse-brandt", name="Ilse Brandt", role="Defence Minister", country="SUD"),
        Speaker(key="council", name="Council of the Union", country=None),
        Speaker(key="", name="somebody not named"),
    )[part % 4]
    return StatementLine(
        anchor=f"q-{id_}",
        passages=(passage,),
        sources=SOURCES[part % 4 :][:2],
        speaker=speaker,
        kind=("direct", "indirect", "mixed", "indirect")[part % 4],
        cue=desk.cut(id_, "said") if "said" in desk.texts[id_] else None,
        verb="say",
        contents=(passage,),
        via=("Norland News Agency",) if part == 2 else (),
        more=part,
    )


def figure(desk: Desk, id_: str, plot: Plot, part: int) -> FigureLine:
    printed = desk.cut(id_, plot.figure)
    return FigureLine(
        anchor=f"f-{id_}",
        passages=(printed,),
        sources=(SOURCES[part % 5],),
        printed=printed,
        value=Decimal(plot.value) + part,
        value_max=None,
        unit=plot.unit,
        bound=("exact", "about", "at least")[part % 3],
        change="increase" if plot.unit == "percent" else None,
        quantity_of=plot.quantity,
        about=("Norland", "Sudland"),
        period=(date(2030, 1, 1), date(2030, 12, 31)) if part else (None, None),
        attributed_to=(None, "Customs Office of Sudland", "Anna Kovar")[part % 3],
        dispute=f"x-{int(id_[:4], 16)}" if part < 2 else None,
    )


def event(desk: Desk, id_: str, plot: Plot, part: int) -> EventLine:
    words = (plot.lead, plot.plan, plot.denial, plot.second, plot.claim)[part % 5]
    passage = desk.cut(id_, words)
    return EventLine(
        anchor=f"e-{id_}",
        passages=(passage,),
        sources=SOURCES[part % 4 :][:3],
        type=("CONSULT", "AGREE", "ASSAULT", "MOBILIZE", "SANCTION")[part % 5],
        mode=("visit", None, "firearms", "troops", "discontinue")[part % 5],
        status=("occurred", "planned", "denied", "possible", "ongoing")[part % 5],
        actors=("Anna Kovar", "Tomas Riel")[: 1 + part % 2],
        recipients=("Sudland",) if part != 3 else (),
        location="Sudhaven" if part == 0 else None,
        when=(DAY - timedelta(days=part), DAY - timedelta(days=part)),
        attributed_to="Ilse Brandt" if part == 2 else None,
        quotes=(passage,),
        sentence=passage,
    )


def cast(desk: Desk, id_: str, plot: Plot, part: int) -> CastLine:
    known = (
        ("Anna Kovar", "PER", "President", "NOR"),
        ("Tomas Riel", "PER", "Prime Minister", "SUD"),
        ("Council of the Union", "ORG", None, None),
        ("Sudland", "GPE", None, "SUD"),
        ("Cape Sorrow", "LOC", None, "SUD"),
        ("Port of Sudhaven", "FAC", None, "SUD"),
        ("Union", "BLOC", None, None),
        ("Norlanders", "NORP", None, "NOR"),
    )[part]
    return CastLine(
        anchor=f"p-{id_}-{part}",
        passages=(desk.cut(id_, plot.lead.split()[part]),),
        entity_id=known[0].lower(),
        name=known[0],
        type=known[1],
        role=known[2],
        country=known[3],
        articles=8 - part,
    )


def member(desk: Desk, id_: str, number: int, source: SourceName) -> ArticleLine:
    desk.titles.setdefault(id_, f"A short notice on matter {number}, of no story that is told here")
    return ArticleLine(
        anchor=f"a-{id_}",
        passages=(),
        sources=(source,),
        article_id=id_,
        title=desk.titles[id_],
        opening=None,
        url=url_of(id_),
        published=NOON - timedelta(minutes=number),
        published_from="feed",
        language="be" if number % 4 == 3 else "en",
        text_from="page",
        revision=1 + number % 2,
    )


def glance(stories: tuple[StoryLine, ...]) -> Iterator[GlanceLine]:
    for number, line in enumerate(stories[:7]):
        subject = (line.events[0], line.events[1], line.statements[0], None)[number % 4]
        quotes = line.summary[:1] if subject is None else subject.passages
        yield GlanceLine(
            anchor=f"g-{line.anchor}",
            passages=quotes,
            sources=line.sources,
            more=number % 3,
            subject=subject,
            quotes=quotes,
            story=line.anchor,
            independent=line.independent,
            is_state_only=line.is_state_only,
        )


def watch(stories: tuple[StoryLine, ...]) -> Iterator[WatchLine]:
    for name, count, line in (("Sanctions of the Union", 5, stories[4]), ("Anna Kovar", 12, stories[0])):
        yield WatchLine(
            anchor=f"h-{count}",
            passages=line.events[0].passages,
            sources=line.sources,
            name=name,
            counted="events" if count == 5 else "articles",
            count=count,
            more_than=3,
            spots=line.events[0].quotes,
            stories=(line.anchor,),
        )


def brief(desk: Desk, number: int, state: str) -> BriefLine:
    id_ = id_of(1000 + number, 0)
    desk.texts[id_] = "It was told in one sentence."
    desk.titles[id_] = f"{PLOTS[number % 5].headline.split(':')[0]}, says paper no. {number}"
    gone = state in ("quiet", "ended")
    return BriefLine(
        anchor=f"s-b{number:011x}",
        passages=(desk.headline(id_),),
        sources=(SOURCES[number % 5],),
        story_id=f"s-b{number:011x}",
        state=("new", "continuing", "updated")[number % 3] if state == "new" else state,
        headline=desk.headline(id_),
        url=url_of(id_),
        last_at=NOON - timedelta(days=2 * gone),
        articles=0 if gone else 1 + number % 3,
        articles_total=3,
        independent=1 + number % 4,
        is_state_only=number % 9 == 4,
        told_on=DAY - timedelta(days=1) if number % 3 == 1 else None,
    )


def rises(desk: Desk) -> Iterator[RiseLine]:
    known = (
        ("Ilse Brandt", "PER", "SUD", 14, 3, 2.1, 2.4, False),
        ("Cape Sorrow", "LOC", "SUD", 9, 1, 0.7, 1.9, False),
        ("Grain association of the eastern districts of Norland and of the islands", "ORG", None, 4, 0, 0.0, 2.2, True),
        ("Tomas Riel", "PER", "SUD", 1, 8, 7.3, -2.1, False),
    )
    for number in range(NAMED):
        name, kind, country, today, before, mean, change, is_new = known[number % 4]
        yield RiseLine(
            anchor=f"r-{number}",
            passages=(desk.cut(id_of(number % 10, number % 7), PLOTS[number % 5].lead),),
            entity_id=name.lower(),
            name=f"{name} {number}" if number > 3 else name,
            type=kind,
            country=country,
            articles=today,
            articles_before=before,
            mean=mean,
            change=change,
            is_new=is_new,
        )


def acts() -> tuple[ActRow, ...]:
    return (
        ActRow(type="SANCTION", events=9, events_before=2, mean=1.4),
        ActRow(type="CONSULT", events=31, events_before=40, mean=35.0),
        ActRow(type="ASSAULT", events=6, events_before=6, mean=5.9),
    )


def trend(one: str, other: str) -> Trend:
    rows = []
    for back in range(29, -1, -1):
        cooperation, conflict = (back * 7 + len(one)) % 6, (back * 5 + ord(other[0])) % 5
        quiet = back % 6 == 0
        rows.append(
            TrendRow(
                one=one,
                other=other,
                day=DAY - timedelta(days=back),
                cooperation=0 if quiet else cooperation,
                conflict=0 if quiet else conflict,
                intensity=None if quiet or not cooperation + conflict else round((cooperation - conflict) * 1.3, 2),
                low=None if quiet or not cooperation + conflict else -4.5,
                high=None if quiet or not cooperation + conflict else 5.0,
            )
        )
    return Trend(anchor=f"d-{one}-{other}", one=one, other=other, days=tuple(rows))


def disputes(stories: tuple[StoryLine, ...]) -> Iterator[DisputeLine]:
    for number in range(disputing.LIMIT):
        one, other = stories[number % 10].figures[:2] if number < 10 else stories[number % 10].figures[2:4]
        yield DisputeLine(
            anchor=f"x-{number}",
            passages=(*one.passages, *other.passages),
            title=PLOTS[number % 5].quantity,
            one=one,
            other=other,
        )


def denials(desk: Desk) -> Iterator[DenialLine]:
    for number in range(denying.LIMIT):
        plot, id_ = PLOTS[number % 5], id_of(number % 10, number // 10 + 1)
        denial, claim = desk.cut(id_, plot.denial), desk.cut(id_, plot.second)
        told = number % 2 == 1
        yield DenialLine(
            anchor=f"n-{number}",
            passages=(denial, claim) if told else (denial,),
            sources=SOURCES[number % 3 : number % 3 + 2],
            kind="contradiction" if told else "denial",
            type="ASSAULT",
            mode="firearms",
            actors=("Coast Guard of Sudland",),
            recipients=("Norland",),
            denied_by=("Ilse Brandt", None)[number % 5 == 4],
            denial=denial,
            claim=claim if told else None,
            claimed_by="the skipper" if told else None,
        )


def calendar(desk: Desk) -> Iterator[CalendarLine]:
    for number in range(dates.AHEAD):
        plot, id_ = PLOTS[number % 5], id_of(number % 10, number // 10 + 1)
        plan = desk.cut(id_, plot.plan)
        when = DAY if number == 0 else DAY + timedelta(days=number * 6)
        yield CalendarLine(
            anchor=f"k-{number}",
            passages=(plan,),
            sources=(SOURCES[number % 5],),
            outcome="due" if number == 0 else "ahead",
            when=(when, when),
            type="AGREE" if number % 2 == 0 else None,
            sides=("Norland", "Sudland") if number % 2 == 0 else (),
            printed=plan,
            sentence=plan,
        )


def outcomes(desk: Desk) -> Iterator[CalendarLine]:
    for number in range(dates.OUTCOMES):
        outcome = ("came_true", "denied", "not_seen")[number % 3]
        id_ = id_of(number % 10, number // 10 + 2)
        plan, deed = desk.cut(id_, PLOTS[number % 5].plan), desk.cut(id_, PLOTS[number % 5].lead)
        seen = outcome != "not_seen"
        yield CalendarLine(
            anchor=f"o-{number}",
            passages=(plan, deed) if seen else (plan,),
            sources=(SOURCES[number % 5],),
            outcome=outcome,
            when=(DAY, DAY),
            type="CONSULT",
            sides=("Norland", "Sudland"),
            printed=plan,
            sentence=plan,
            deed=deed if seen else None,
            deed_date=DAY if seen else None,
        )


def coverage(stories: tuple[StoryLine, ...]) -> Coverage:
    lines = []
    for number, line in enumerate(stories[: covering.LIMIT]):
        told = [kind for part, kind in enumerate(KINDS) if (part + number) % 3]
        cells = (
            CoverageCell(
                articles=number + 1,
                sources=(SOURCES[KINDS.index(kind)].name,),
                lag=timedelta(minutes=95 * KINDS.index(kind) * (number + 1)),
            )
            if kind in told
            else CoverageCell()
            for kind in KINDS
        )
        lines.append(
            CoverageLine(
                anchor=f"v-{number}",
                passages=(line.passages[0],),
                story_id=line.story_id,
                headline=line.headline,
                cells=tuple(cells),
                only="state" if number == 3 else None,
            )
        )
    return Coverage(kinds=KINDS, section=Section(lines=tuple(lines), total=14))


def edits(desk: Desk) -> Iterator[EditLine]:
    for number in range(editing.LIMIT):
        kind = ("headline_changed", "passage_removed", "figure_changed", "attribution_weakened")[number % 4]
        id_ = id_of(number % 10, number // 10 + 3)
        before = replace(desk.cut(id_, PLOTS[number % 5].second), revision=1)
        after = desk.headline(id_) if number % 4 == 0 else desk.cut(id_, PLOTS[number % 5].plan)
        gone = kind == "passage_removed"
        yield EditLine(
            anchor=f"i-{number}",
            passages=(before,) if gone else (before, after),
            sources=(SOURCES[number % 5],),
            kind=kind,
            title=desk.titles[id_],
            url=url_of(id_),
            revised_at=NOON,
            former_at=NOON - timedelta(hours=5),
            before=before,
            after=None if gone else after,
        )


def health() -> tuple[HealthLine, ...]:
    def line(id_: str, group: str, outcome: str | None, articles: int = 0, **more: object) -> HealthLine:
        feed = Feed(id=id_, name=id_.title(), url=f"https://{id_}.example/rss", kind="independent", country="SUD")
        state = FeedState(feed_id=id_, polled_at=NOON, outcome=outcome, **more) if outcome else None
        return HealthLine(
            group=group,
            feed=replace(feed, enabled=group != "disabled", note="answers 404 since January"),
            state=state,
            articles_day=articles,
            articles_total=articles,
        )

    earlier = NOON - timedelta(days=3)
    answered = (line(f"paper-{n}", "answered", "ok", 4 + n, succeeded_at=NOON) for n in range(28))
    warned = (Issue(code="shrunk", detail="half as many items as usual"),)
    return (
        line("herald", "failed", "timeout", failures=3, succeeded_at=earlier, detail="no byte for 20 s"),
        line("tribune", "failed", "blocked", failures=1),
        line("ministry", "silent", "not_modified", newest_item_at=earlier, warnings=warned),
        *answered,
        line("newcomer", "never polled", None),
        line("courier", "disabled", None),
    )


def books() -> Books:
    rows = tuple(
        Balance(feed_id=f"paper-{n}", seen=30 + n, items=(("stored", 7), ("revised", 1), ("known", 22 + n)))
        for n in range(28)
    )
    total = Balance(feed_id="all feeds", seen=1218, items=(("stored", 196), ("revised", 28), ("known", 994)))
    return Books(rows=rows, unbalanced=(), total=total)


def queries() -> tuple[tuple[Any, str], ...]:
    names = ("counts", "watch", "stories", "told", "entities", "acts", "trend", "disputes", "denials", "calendar")
    sql = (
        "-- What the section reads, with the day filled in.\nSELECT\n    s.story_id,\n    s.headline,\n"
        "    count(*) FILTER (WHERE a.digest_at >= TIMESTAMP '2031-03-12 00:00:00') AS articles\n"
        "FROM v_stories AS s\nJOIN v_story_articles AS a USING (story_id)\n"
        "WHERE a.digest_at < TIMESTAMP '2031-03-13 00:00:00' AND s.headline <> '  two  spaces'\n"
        "GROUP BY ALL\nORDER BY articles DESC, s.story_id;\n"
    )
    return tuple((name, sql * 7) for name in (*names, "coverage", "edits", "health"))


def numbered(digest: Digest, desk: Desk) -> Digest:
    """Give each passage that a line cites its number, and an anchor to lead back to."""
    told: dict[Passage, str] = {}
    for line in lines_of(digest):
        for passage in line.passages:
            told.setdefault(passage, line.anchor)
    evidence = []
    for n, passage in enumerate(sorted(told, key=lambda one: (one.article_id, one.start, one.end, one.is_title)), 1):
        text = desk.texts.get(passage.article_id, "")
        around = ("", "") if passage.is_title else sentence_around(text, passage)
        evidence.append(
            Evidence(
                n=n,
                passage=passage,
                before=around[0],
                after=around[1],
                title=desk.titles.get(passage.article_id),
                url=url_of(passage.article_id),
                source=SOURCES[n % 5],
                line=told[passage],
            )
        )
    return replace(digest, evidence=tuple(evidence))


def sentence_around(text: str, passage: Passage) -> tuple[str, str]:
    """Give what of its sentence stands before a passage and after it."""
    start = text.rfind(". ", 0, passage.start) + 2 if ". " in text[: passage.start] else 0
    end = text.find(". ", passage.end - 1)
    return text[start : passage.start], text[passage.end : end + 1 if end >= 0 else len(text)]


def lines_of(record: object) -> Iterator[Line]:
    """Yield every line that a digest holds, in the order of its fields, lines within lines included."""
    if isinstance(record, Line):
        yield record
    if isinstance(record, tuple):
        for item in record:
            yield from lines_of(item)
    elif is_dataclass(record):
        for one in fields(record):
            yield from lines_of(getattr(record, one.name))


def shortened(digest: Digest) -> Digest:
    """Keep two lines of each section, and the evidence that they cite, so that a page is quick to print."""
    found = ((one.name, getattr(digest, one.name)) for one in fields(digest))
    short = replace(
        digest, **{name: replace(one, lines=one.lines[:2]) for name, one in found if isinstance(one, Section)}
    )
    cited = {passage for line in lines_of(short) for passage in line.passages}
    return replace(short, evidence=tuple(one for one in digest.evidence if one.passage in cited))
