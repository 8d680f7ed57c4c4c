"""Who said what: source, cue and content, and the chain of those who relay it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from newsledger.extract.cast import Cast, can_speak, is_document
from newsledger.extract.grammar.cue_lexicon import cue_frames
from newsledger.extract.grammar.inflection import word_set
from newsledger.extract.grammar.phrases import Phrase, has_finite_verb
from newsledger.extract.statements.chains import Draft, link, merely_cites
from newsledger.extract.statements.floor import Floor
from newsledger.extract.statements.noun_cues import find_heading, find_verbless
from newsledger.extract.statements.relays import find_relayed
from newsledger.extract.statements.told import Teller
from newsledger.extract.statements.verb_cues import find_attributions
from newsledger.records.extraction import Statement
from newsledger.records.spans import Span, span_of

if TYPE_CHECKING:
    from newsledger.extract.grammar.quotes import Quote
    from newsledger.extract.grammar.reading import Reading
    from newsledger.extract.mentions import Mentions
    from newsledger.extract.model.reading import Reading as ModelReading
    from newsledger.extract.statements.attribution import Attribution
    from newsledger.records.extraction import Citation, StatementKind

_FIRST_PERSON = word_set("first_person")
# "Putin mentioned it" tells nothing of what was said.
_POINTERS = word_set("pointers")
_BESIDE = frozenset({"beside", "with", "in", "on", "during", "after", "before", "again", "too"})
# A paragraph of dialogue begins with one.
_DASHES = frozenset({"—", "–", "―"})  # noqa: RUF001 - dashes are meant
_MIN_FLOATING = 3
_STRAY_WORDS = 2
_CARRY_REACH = 20


def find_statements(
    reading: Reading, mentions: Mentions, citations: tuple[Citation, ...], model: ModelReading
) -> tuple[Statement, ...]:
    """Find direct, indirect and mixed speech and reported attitudes, in the order of the text.

    What a cited outlet carries as a fact is no statement; the outlet stands in `via` of the words that it relays.
    """
    return _Scribe(reading, Cast(mentions, citations), Teller(model)).statements()


@dataclass
class _Scribe:
    """Writes the statements of one reading down, unit by unit."""

    reading: Reading
    cast: Cast
    teller: Teller
    found: list[Statement] = field(default_factory=list)
    last: list[int] = field(default_factory=list)
    pending: Draft | None = None
    groups: int = 0
    # Quotes that run on into the next paragraph, where their speaker may be named; `runs_on` tells of the one before.
    held: list[Span] = field(default_factory=list)
    runs_on: bool = False
    floor: Floor = field(init=False)

    def __post_init__(self) -> None:
        self.floor = Floor(self.cast)

    def statements(self) -> tuple[Statement, ...]:
        for low, high in self.reading.units:
            first = len(self.found)
            drafts = self._drafts(low, high)
            link(drafts, [], self.cast)
            inner = [draft for number in self.reading.quotes_begun(low, high) for draft in self._inside(number, drafts)]
            for draft in (*drafts, *inner):
                if not merely_cites(draft, self.cast) and not _is_told_of(draft):
                    self._write(draft)
            self._release(first)
            self._float(low, high, [draft.hull for draft in drafts if not merely_cites(draft, self.cast)])
            self._carry(first)
            numbers = self.reading.quotes_between(low, high)
            self.runs_on = bool(numbers) and self.reading.quotes[numbers[-1]].runs_on
            self.last = list(range(first, len(self.found))) or (self.last if self.held else [])
        self._release(len(self.found))
        ordered = sorted(self.found, key=lambda s: (s.content.start, s.content.end, s.start))
        return tuple(replace(statement, id=f"s{n}") for n, statement in enumerate(ordered, 1))

    def _drafts(self, low: int, high: int) -> list[Draft]:
        """Find the attributions of a stretch, those inside its quotes aside; one that leads up to the next waits."""
        waiting, self.pending = self.pending, None
        found = [*self._heading(low, high), *self._attributions(self.reading, low, high)]
        drafts = [draft for match in found if (draft := self._draft(match, self.reading)) is not None]
        for draft in drafts:
            if not draft.attribution.contents:
                self.pending = draft
        if waiting is not None and not drafts:
            self.pending = waiting
        return [draft for draft in drafts if draft.attribution.contents]

    def _attributions(self, reading: Reading, low: int, high: int) -> list[Attribution]:
        words = reading.words
        found = [
            *find_attributions(words, low, high),
            *find_verbless(words, low, high),
            *find_relayed(words, low, high),
        ]
        found = [match for match in found if match.source is not None]
        found += self.teller.attributions(words, low, high, found)
        return sorted(found, key=lambda match: match.cue.first)

    def _heading(self, low: int, high: int) -> list[Attribution]:
        """Find the speaker whom a headline or a transcript puts before a colon; only who is known can be one."""
        words = self.reading.words
        if self.reading.document.paragraph_at(words[low].start)[0] != words[low].start:
            return []
        heading = find_heading(words, low, high)
        if heading is None or heading.source is None:
            return []
        quoted = words[heading.contents[0].first].quote >= 0
        known = [self.cast.mentions.by_id[speaker].type for speaker in self.cast.who(words, heading.source)]
        return [heading] if known and (quoted or "GPE" not in known) else []

    def _inside(self, number: int, around: list[Draft]) -> list[Draft]:
        """Find the attributions inside a quote: what its speaker tells of others' words."""
        inner = self.reading.inside(number)
        found: list[Draft] = []
        for low, high in inner.units:
            matches = self._attributions(inner, low, high)
            told = [m for m in matches if m.contents and m.source and not m.weak and not _is_own(inner, m.source)]
            drafts = [draft for match in told if (draft := self._draft(match, inner)) is not None]
            link(drafts, around, self.cast)
            found += [draft for draft in drafts if _is_speech(draft)]
        return found

    def _draft(self, match: Attribution, reading: Reading) -> Draft | None:
        if match.source is None:
            # "is expected to": nobody is named who says so.
            return Draft(match, reading, (), None)
        if match.weak and _is_own(reading, match.source):
            return None
        return Draft(match, reading, self.floor.speakers(reading.words, match.source), match.source)

    def _write(self, draft: Draft) -> None:
        """Write one statement a part of the content and a speaker."""
        match = draft.attribution
        named = draft.speakers or draft.source is None or can_speak(draft.reading.words, draft.source)
        if match.weak and not named:
            return
        split = len(match.contents) > 1
        group = self._new_group() if split or len(draft.speakers) > 1 else None
        cut = [_content(draft.reading, part, weak=match.weak) for part in match.contents]
        whole = split and any(kind == "direct" for _, kind in cut)
        for content, kind in cut:
            if not (match.weak and _only_points(content.text)):
                self._append(draft, content, "direct" if whole and kind == "mixed" else kind, group)

    def _append(self, draft: Draft, content: Span, kind: StatementKind, group: str | None) -> None:
        source = draft.reading.span(draft.source) if draft.source else None
        cue = draft.reading.span(draft.attribution.cue)
        parts = [part for part in (source, cue, content) if part is not None]
        start, end = min(part.start for part in parts), max(part.end for part in parts)
        for speaker in draft.speakers or (None,):
            self.found.append(
                Statement(
                    start=start,
                    end=end,
                    text=self.reading.document.text[start:end],
                    id="",
                    kind=kind,
                    content=content,
                    speaker=speaker,
                    speaker_span=source,
                    cue=cue,
                    verb=draft.attribution.lemma,
                    via=draft.via,
                    group=group,
                ),
            )

    def _new_group(self) -> str:
        self.groups += 1
        return f"q{self.groups}"

    def _float(self, low: int, high: int, taken: list[tuple[int, int]]) -> None:
        """Give a quote that no cue of its own introduces to whoever spoke last, or to whom a colon announced."""
        words = self.reading.words
        if sum(word.quote < 0 and word.text[0].isalnum() for word in words[low:high]) > _STRAY_WORDS:
            return
        for number in self.reading.quotes_between(low, high):
            quote = self.reading.quotes[number]
            if quote.inner_end <= quote.inner_start or any(
                start < quote.end and quote.start < end for start, end in taken
            ):
                continue
            content = _said(self.reading.document.text, quote)
            if len(content.text.split()) < _MIN_FLOATING:
                continue
            begins = self.reading.document.paragraph_at(quote.start)[0] == quote.start
            if self.pending is not None:
                self._append(self.pending, content, "direct", None)
                self.pending = None
                self.last = [len(self.found) - 1]
            elif quote.runs_on and not self.runs_on and (begins or not self.last):
                self.held.append(content)
            elif self.last:
                self._continue(content)

    def _release(self, first: int) -> None:
        """Give the quotes that were held to whom the next paragraph names, else to whoever spoke last."""
        if not self.held:
            return
        held, self.held = self.held, []
        ahead = next((k for k in range(first, len(self.found)) if self.found[k].kind == "direct"), None)
        if ahead is not None:
            self.last = [ahead]
        for content in held if self.last else ():
            self._continue(content)

    def _continue(self, content: Span) -> None:
        """Go on with the statement made last; if that was a quote, the two are parts of one."""
        recent = [self.found[k] for k in reversed(self.last)]
        quoted = [s for s in recent if s.kind == "direct" and not any(_holds(other, s) for other in recent)]
        last = (quoted or recent)[0]
        group = last.group
        if group is None and last.kind == "direct":
            group = self._new_group()
            for index in self.last:
                if self.found[index].content == last.content:
                    self.found[index] = replace(self.found[index], group=group)
        spans = [span for span in (last.speaker_span, last.cue, content) if span is not None]
        start, end = min(span.start for span in spans), max(span.end for span in spans)
        text = self.reading.document.text[start:end]
        self.found.append(
            replace(last, start=start, end=end, text=text, kind="direct", content=content, group=group),
        )

    def _carry(self, first: int) -> None:
        """Keep the relay of a speaker through the paragraph in which it is named."""
        for index in range(first, len(self.found)):
            statement = self.found[index]
            paragraph = self.reading.document.paragraph_at(statement.start)
            recent = (s for s in reversed(self.found[max(0, first - _CARRY_REACH) : first]) if s.start >= paragraph[0])
            earlier = next((s for s in recent if s.speaker == statement.speaker and s.via), None)
            if earlier is not None and not statement.via and statement.speaker is not None:
                self.found[index] = replace(statement, via=earlier.via)


def _holds(outer: Statement, inner: Statement) -> bool:
    """Tell whether a statement is told in another one."""
    return outer.content.covers(inner.content) and outer.content != inner.content


def _is_speech(draft: Draft) -> bool:
    """Tell whether a draft inside a quote tells of somebody's words: quoted again, or said by who is known."""
    match, words = draft.attribution, draft.reading.words
    if any(words[k].quote >= 0 for part in match.contents for k in range(part.first, part.end)):
        return True
    return bool(draft.speakers) and "q" in cue_frames().get(match.lemma.replace(" ", "_"), ())


def _is_told_of(draft: Draft) -> bool:
    """Tell whether a draft is but part of what its outer one says: no clause, a supposition, the same speaker's."""
    outer, match = draft.outer, draft.attribution
    if outer is None:
        return False
    supposed = any(word.tag == "modal" for word in draft.reading.words[match.cue.first : match.cue.end])
    same = bool(draft.speakers) and draft.speakers == outer.speakers
    written = outer.source is not None and is_document(outer.reading.words, outer.source)
    unknown = not draft.speakers and draft.source is not None and not can_speak(draft.reading.words, draft.source)
    return (match.weak and not written) or supposed or same or unknown


def _is_own(reading: Reading, source: Phrase) -> bool:
    """Tell whether a quote's speaker speaks of himself or herself: "I think"."""
    word = reading.words[source.first]
    return word.low in _FIRST_PERSON and word.tag in {"pron", "obj"}


def _content(reading: Reading, part: Phrase, *, weak: bool) -> tuple[Span, StatementKind]:
    """Cut the content out without its outer quote marks, and tell how much of it is quoted."""
    span = reading.span(part)
    numbers = reading.quotes_between(part.first, part.end)
    if not numbers:
        lead = reading.document.text[reading.document.paragraph_at(span.start)[0] : span.start].strip()
        return span, "direct" if lead in _DASHES else "indirect"
    quote = reading.quotes[numbers[0]]
    whole = quote.start <= span.start and not any(c.isalnum() for c in reading.document.text[quote.end : span.end])
    if not whole or quote.inner_start >= quote.inner_end:
        return span, "mixed"
    inner = _said(reading.document.text, quote)
    return inner, "mixed" if weak or not _is_clause(reading, part) else "direct"


def _said(text: str, quote: Quote) -> Span:
    """Give what stands in a quote, without the comma that parts it from its speaker."""
    inner = text[quote.inner_start : quote.inner_end]
    kept = inner.rstrip(",").rstrip() or inner
    return span_of(text, quote.inner_start, quote.inner_start + len(kept))


def _only_points(content: str) -> bool:
    """Tell whether a content tells nothing of what was said: "mentioned | it", "spoke of | this beside X"."""
    first, *rest = content.lower().split()
    return first in _POINTERS and (not rest or rest[0] in _BESIDE)


def _is_clause(reading: Reading, part: Phrase) -> bool:
    """Tell whether a quote is a clause of its own, not a few words out of one."""
    first = next((w for w in reading.words[part.first : part.end] if w.text[0].isalnum()), None)
    return first is not None and (first.text[0].isupper() or has_finite_verb(reading.words, part.first, part.end))
