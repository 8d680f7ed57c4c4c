"""Codes in plain words. A label names an act and never says that it was done: the status does that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsledger.digest.escape import clip

if TYPE_CHECKING:
    from decimal import Decimal

    from newsledger.digest.model import CorrectionNote
    from newsledger.records.article import PublishedFrom, TextFrom
    from newsledger.records.extraction import Bound, EventType, Status
    from newsledger.records.feeds import Disposition, Outcome

_NAME_CHARS = 80
GROUPS: tuple[tuple[str, tuple[EventType, ...]], ...] = (
    ("Meetings and visits", ("CONSULT",)),
    ("Agreement, support and concession", ("AGREE", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT")),
    ("Request, accusation, refusal and threat", ("REQUEST", "ACCUSE", "REJECT", "THREATEN")),
    ("Protest, sanction, troops and force", ("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT")),
)
_EVENTS = {
    "AGREE": "agreement",
    "CONSULT": "talks",
    "CONSULT visit": "visit",
    "CONSULT phone": "telephone call",
    "CONSULT multilateral": "multilateral meeting",
    "CONSULT third-party": "talks hosted by a third party",
    "SUPPORT": "support",
    "COOPERATE": "cooperation",
    "AID": "aid",
    "CONCEDE": "concession",
    "RETREAT": "retreat",
    "RETREAT withdraw": "withdrawal",
    "RETREAT release": "release of captives",
    "RETREAT disarm": "disarmament",
    "RETREAT ceasefire": "ceasefire",
    "RETREAT access": "granting of access",
    "RETREAT resign": "resignation",
    "REQUEST": "request",
    "REQUEST assist": "request for assistance",
    "REQUEST change": "demand for change",
    "REQUEST yield": "demand to yield",
    "REQUEST meet": "request for a meeting",
    "ACCUSE": "accusation",
    "ACCUSE disapprove": "disapproval",
    "ACCUSE investigate": "investigation",
    "ACCUSE allege": "allegation",
    "REJECT": "refusal or denial",
    "REJECT assist": "refusal of assistance",
    "REJECT change": "refusal of change",
    "REJECT yield": "refusal to yield",
    "REJECT meet": "refusal to meet",
    "THREATEN": "threat",
    "THREATEN restrict": "threat of restrictions",
    "THREATEN arrest": "threat of arrest",
    "THREATEN relations": "threat to break off relations or talks",
    "THREATEN expel": "threat of expulsion",
    "THREATEN territory": "threat to take territory",
    "THREATEN violence": "threat of violence",
    "PROTEST": "protest",
    "PROTEST demo": "demonstration",
    "PROTEST riot": "riot",
    "PROTEST strike": "strike",
    "PROTEST hunger": "hunger strike",
    "PROTEST boycott": "boycott",
    "PROTEST obstruct": "obstruction",
    "SANCTION": "sanction",
    "SANCTION convict": "conviction",
    "SANCTION expel": "expulsion",
    "SANCTION withdraw": "withdrawal in protest",
    "SANCTION discontinue": "sanctions or break in relations",
    "MOBILIZE": "mobilisation",
    "MOBILIZE troops": "movement or readiness of troops",
    "MOBILIZE weapons": "movement or readiness of weapons",
    "MOBILIZE police": "movement or readiness of police",
    "MOBILIZE militia": "movement or readiness of militia",
    "COERCE": "coercion",
    "COERCE seize": "seizure or search",
    "COERCE restrict": "restriction",
    "COERCE censor": "censorship",
    "COERCE curfew": "curfew",
    "COERCE martial-law": "state of emergency or martial law",
    "COERCE arrest": "arrest",
    "COERCE deport": "deportation",
    "COERCE withhold": "withholding of supplies or services",
    "COERCE misinformation": "disinformation",
    "COERCE cyber": "cyber attack",
    "ASSAULT": "attack",
    "ASSAULT abduct": "abduction",
    "ASSAULT beat": "beating",
    "ASSAULT torture": "torture",
    "ASSAULT sexual": "sexual violence",
    "ASSAULT targeted": "targeted killing",
    "ASSAULT destroy": "destruction of property",
    "ASSAULT primitive": "attack with primitive weapons",
    "ASSAULT firearms": "attack with firearms",
    "ASSAULT explosives": "attack with explosives",
    "ASSAULT suicide-attack": "suicide attack",
    "ASSAULT aerial": "air attack",
    "ASSAULT drone": "drone attack",
    "ASSAULT heavy-weapons": "attack with heavy weapons",
    "ASSAULT crowd-control": "use of crowd-control weapons",
    "ASSAULT unconventional": "attack with unconventional weapons",
}
_ADJECTIVES = {"planned": "planned ", "possible": "possible ", "conditional": "conditional ", "denied": "denied "}
_STATUSES: dict[Status, str] = {
    "occurred": "occurred",
    "ongoing": "under way",
    "planned": "not yet done",
    "possible": "not certain",
    "conditional": "only on a condition",
    "denied": "said not to be so",
}
_OUTCOMES: dict[Outcome, str] = {
    "ok": "answered",
    "not_modified": "answered: nothing new",
    "not_due": "not asked: its time has not come",
    "not_found": "address not found (404)",
    "gone": "gone for good (410)",
    "blocked": "refused us (401, 403 or a bot wall)",
    "paywalled": "behind a paywall",
    "consent": "behind a consent wall",
    "robots": "not allowed by robots.txt",
    "rate_limited": "told us to wait (429)",
    "server_error": "server error",
    "http_error": "unexpected HTTP status",
    "timeout": "timed out",
    "dns_error": "host name not found",
    "connection_error": "no connection",
    "tls_error": "TLS error",
    "refused_address": "address refused by our own rules",
    "too_many_redirects": "too many redirects",
    "too_large": "answer too large",
    "not_html": "answer is no HTML",
    "not_a_feed": "answer is no feed",
    "empty": "empty answer",
    "no_text": "answer without text",
}
DISPOSITIONS: dict[Disposition, str] = {
    "stored": "stored",
    "revised": "revised",
    "known": "known",
    "duplicate": "duplicate",
    "filtered": "filtered",
    "deferred": "deferred",
    "blocked": "blocked",
    "paywalled": "paywalled",
    "consent": "consent wall",
    "robots": "robots.txt",
    "gone": "gone",
    "not_html": "not HTML",
    "too_large": "too large",
    "no_link": "no link",
    "no_text": "no text",
    "failed": "failed",
    "forgotten": "taken down",
}
_KINDS = {
    "state": "state media",
    "independent": "independent",
    "international": "international",
    "institution": "institution",
    "wire": "news agency",
}
_DATED: dict[PublishedFrom, str] = {
    "given": "as given",
    "feed": "says the feed",
    "html": "says the page",
    "dateline": "says the dateline",
    "text": "says the text",
    "fetched": "when it was fetched",
    "unknown": "origin not known",
}
_TEXTS: dict[TextFrom, str] = {
    "file": "text from a file",
    "page": "text from the page",
    "feed": "text from the feed only",
}
_UNITS = {
    "percent": "%",
    "count": "",
    "fraction": "(fraction)",
    "1000m3": "1,000 m³",
    "m3": "m³",
    "m2": "m²",
    "a": "year",
}
_BOUNDS: dict[Bound, str] = {
    "exact": "",
    "about": "about ",
    "at least": "at least ",
    "at most": "at most ",
    "between": "",
}
_MOST_DIGITS = 21


def event_words(event_type: EventType, mode: str | None, status: Status) -> str:
    """Name an act, with its status in front where it is no deed: `planned visit`, `denied attack`."""
    noun = _EVENTS.get(f"{event_type} {mode}", _EVENTS[event_type])
    return sentence_case(_ADJECTIVES.get(status, "") + noun)


def status_words(status: Status) -> str:
    """Say how real an event is."""
    return _STATUSES[status]


def outcome_words(outcome: Outcome | None) -> str:
    """Say how a poll ended."""
    return _OUTCOMES[outcome] if outcome else "outcome not known"


def dated_words(published_from: PublishedFrom) -> str:
    """Say where a publication date comes from."""
    return _DATED[published_from]


def text_words(text_from: TextFrom) -> str:
    """Say where an article's text comes from."""
    return _TEXTS[text_from]


def kind_words(kind: str | None) -> str:
    """Say what kind of source it is."""
    return _KINDS.get(kind or "", "unclassified")


def number_words(value: Decimal, value_max: Decimal | None, unit: str, bound: Bound) -> str:
    """Write a normalised figure: `about 500,000,000 USD`."""
    number = _number(value) if value_max is None else f"{_number(value)} to {_number(value_max)}"
    return f"{_BOUNDS[bound]}{number} {_unit(unit)}".strip()


def count_words(count: int, noun: str) -> str:
    """Write a count with its noun in the right number."""
    plural = noun if count == 1 else f"{noun[:-1]}ies" if noun.endswith(("ry", "py")) else f"{noun}s"
    return f"{count:,} {plural}"


def correction_words(note: CorrectionNote) -> str:
    """Say what the words of a correction are, and are not; names are cut to a readable length."""
    was, to = (clip(name or "nobody who is known", _NAME_CHARS) for name in (note.was, note.to))
    if note.kind == "speaker":
        return f"is said by {to}, not by {was}"
    if note.kind == "identity":
        return f"stands for {to}, not for {was}"
    return "tells of no event" + (f" between {clip(list_words(note.sides), 2 * _NAME_CHARS)}" if note.sides else "")


def list_words(names: tuple[str, ...]) -> str:
    """Write names as a sentence would."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""


def sentence_case(words: str) -> str:
    """Begin with a capital."""
    return words[:1].upper() + words[1:]


def _number(value: Decimal) -> str:
    """Write all digits, grouped by thousands, unless they are too many to read."""
    if not value.is_finite() or abs(value.adjusted()) > _MOST_DIGITS or len(value.as_tuple().digits) > _MOST_DIGITS:
        return f"{value:.6g}"
    written = f"{value:,f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def _unit(unit: str) -> str:
    """Write a UCUM-like or currency unit: `USD/1000m3` is USD per 1,000 m³."""
    return " per ".join(_UNITS.get(part, part) for part in unit.split("/"))
