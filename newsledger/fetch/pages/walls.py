"""What stands in an article's place: a bot challenge, a consent page, a paywall, a page that says there is none.

A mark alone proves nothing, for many a page carries the marks of a wall and the whole article. So each verdict needs a
page on which little can be read, too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsledger.fetch.pages.lines import key_of
from newsledger.fetch.pages.phrases import phrases
from newsledger.fetch.urls import host_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from newsledger.fetch.pages.jsonld import Linked
    from newsledger.records.feeds import Outcome

# A page of at most so many visible characters is a shell; a body of at most so many may be a teaser or a notice.
_SHELL = 2_500
_TEASER = 1_500
_NOTICE = 600
_STUB = 400
_BARE = 200
_HEADING = 200
# A body that holds less than this share of the words that the page says its article has is a teaser of any length.
_SHARE = 0.6
_MARKED = ("script", "div", "section", "form", "iframe", "input", "link", "img", "title", "a", "p", "h1")
_UNSEEN = frozenset({"script", "style", "template", "noscript", "head", "svg", "iframe"})

# What the named program writes into its challenges alone, and what may stand in every page that it lets through.
_CHALLENGES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("Cloudflare", r"_cf_chl_opt|cf-error-details|<title>just a moment\.{0,3}</title>"),
        ("DataDome", r"var dd=\{\W?rt\b|enable js and disable any ad blocker"),
        ("HUMAN", r"px-captcha|_pxappid\b.{0,4000}access to this page has been denied"),
        ("Akamai", r"sec-if-cpt-container|bm-verify"),
        ("Imperva", r"incapsula incident id|<title>pardon our interruption"),
        ("AWS WAF", r"gokuprops"),
        ("Anubis", r"anubis_challenge|/\.within\.website/x/cmd/anubis|making sure you(?:&#39;|['\u2019])re not a bot"),
        ("Sucuri", r"sucuri_cloudproxy_js|sucuri website firewall"),
        ("DDoS-Guard", r"ddos-guard</title>"),
        ("Qrator", r"qauth_handle_validate"),
    )
)
_PROTECTIONS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("Cloudflare", r"cf-chl-|cf_chl_"),
        ("DataDome", r"captcha-delivery\.com"),
        ("HUMAN", r"px-cloud\.net"),
        ("Akamai", r"errors\.edgesuite\.net|akamai.{0,40}bot manager"),
        ("Imperva", r"_incapsula_resource|pardon our interruption"),
        ("AWS WAF", r"awswaf\.com|awswafintegration|challenge-container"),
        ("DDoS-Guard", r"/\.well-known/ddos-guard/"),
        ("Qrator", r"__qrator"),
    )
)
_CHECKS = re.compile(phrases("checks"), re.IGNORECASE)
_DENIED = re.compile(phrases("denials"), re.IGNORECASE)

_CONSENT_HOSTS = re.compile(
    r"(?:consent|guce|cookiewall|myprivacy|privacy-?gate|cmp)\..+|(?:.+\.)?consent\.(?:google|youtube|yahoo)\..+"
)
_CONSENT_PROGRAMS = re.compile(
    r"sp_message_container|didomi-(?:host|popup)|onetrust-(?:consent|banner)|qc-cmp2|usercentrics|fc-consent-root|cookiewall"
    r"|privacy-?wall|contentpass|cmpbox|iubenda-cs|cookiebot|truste-consent|collectconsent|tcf-?api",
    re.IGNORECASE,
)
_CONSENT_REQUESTS = re.compile(phrases("consent_requests"), re.IGNORECASE)
_CONSENT_WORDS = re.compile(phrases("consents"), re.IGNORECASE)
_LEAST_CONSENT = 3

_ASIDE = r"(?:\s*[|:\u2013\u2014»·-]\s.{0,40})?"
_GONE = re.compile(rf"{phrases('absences')}\W*{_ASIDE}", re.IGNORECASE)
_GONE_WORDS = re.compile(phrases("absence_words"), re.IGNORECASE)

# What a wall puts above itself, and how its sentences begin.
_WALL_TITLES = re.compile(
    rf"(?:{'|'.join(map(phrases, ('checks', 'denials', 'absences', 'consent_requests', 'sign_ins')))})\W*{_ASIDE}",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"(?:please |to continue,? (?:please )?|our systems (?:have )?detected )?"
    rf"(?:{phrases('checks')}|{phrases('consent_requests')}|(?:sign|log) ?in\b)",
    re.IGNORECASE,
)
# The least of an article that is told from a label.
_SENTENCE = 25
_PARAGRAPH = 80

_LOCKED_TIERS = frozenset({"locked", "metered", "premium", "paid", "subscriber"})
_PAYWALL_MARKS = re.compile(
    r"pay-?wall|reg(?:istration)?-?wall|access-wall|subscri(?:ber|ption)[-_]?(?:only|wall|required|gate)|premium[-_](?:content|wall)"
    r"|content-gate|leaky-paywall|piano-(?:offer|template|inline)|tp-modal|zephr|poool|article-locked|locked-(?:content|article)",
    re.IGNORECASE,
)
_PAYWALL_WORDS = re.compile(phrases("paywalls"), re.IGNORECASE)


def wall_of(tree: HtmlElement, linked: Linked, text: str, url: str | None) -> tuple[Outcome, str] | None:
    """Name what stands in the way of an article, and by what it was told; None where nothing does.

    `text` is the body that was read, maybe nothing. Pure: it goes by the address, the markup and what can be read.
    """
    if _CONSENT_HOSTS.fullmatch(host := host_of(url or "")):
        return "consent", f"led to {host}"
    seen: str | None = None
    if len(text) <= _TEASER:
        seen = _visible(tree)
        if verdict := _in_place(tree, linked, text, seen):
            return verdict
    mark = _mark(tree, linked)
    return ("paywalled", mark) if mark and _is_teaser(tree, linked, text, mark) else None


def _in_place(tree: HtmlElement, linked: Linked, text: str, seen: str) -> tuple[Outcome, str] | None:
    """Judge a page on which a teaser's length at most was read."""
    article = _article(tree, linked, text)
    if len(seen) <= _SHELL and (challenger := _challenger(tree, text, seen, is_article=bool(article))):
        return "blocked", f"a bot challenge ({challenger})"
    if all(map(_CONSENT_WORDS.search, article)) and _is_consent(tree, text, seen):
        return "consent", "a request for consent in the article's place"
    if article or len(text) > _NOTICE:
        return None
    if len(text) <= _STUB and any(one.get("type", "").lower() == "password" for one in tree.iter("input")):
        return "blocked", "asks to sign in"
    heading = next((title for title in _titles(tree) if _GONE.fullmatch(title)), None)
    is_told = any(len(line) >= _PARAGRAPH and not _GONE_WORDS.search(line) for line in text.split("\n"))
    return ("gone", f"says {heading!r}") if heading and not is_told else None


def _article(tree: HtmlElement, linked: Linked, text: str) -> list[str]:
    """Give the sentences of the body that are an article's, whatever marks stand around them.

    They don't speak as a wall does, and the page says that it is an article or has them below a headline that is no
    wall's, outside of forms.
    """
    lines = [line for line in text.split("\n") if len(line) >= _SENTENCE and not _ASKS.match(line)]
    is_declared = linked.headline or tree.xpath('boolean(//meta[@property="article:published_time"])')
    if not lines or is_declared:
        return lines
    heading = _heading(tree)
    if heading is None or any(map(_WALL_TITLES.fullmatch, _titles(tree))):
        return []
    below = key_of(_visible(tree, after=heading, with_forms=False))
    return [line for line in lines if key_of(line[:_HEADING]) in below]


def _challenger(tree: HtmlElement, text: str, seen: str, *, is_article: bool) -> str | None:
    """Name the program by its marks, where next to nothing stands beside them or a challenge is put in words."""
    is_said = _CHECKS.search(_visible(tree, with_forms=False)) is not None
    if is_said or len(text) <= _BARE:
        markup = " ".join(_marks(tree))
        telling = _CHALLENGES if is_article else (*_CHALLENGES, *_PROTECTIONS)
        name = next((name for name, pattern in telling if pattern.search(markup)), None)
        if name or (is_said and not is_article and len(text) <= _STUB):
            return name or "of its own kind"
    is_denied = len(seen) <= _NOTICE and any(_DENIED.fullmatch(title) for title in _titles(tree))
    return "access denied" if is_denied and not is_article else None


def _is_consent(tree: HtmlElement, text: str, seen: str) -> bool:
    """Tell a page that only asks for consent: what was read does, or nothing was and such a program is there."""
    said = text or seen
    words = len(_CONSENT_WORDS.findall(said))
    if len(seen) > 2 * _SHELL or not words:
        return False
    if words >= _LEAST_CONSENT and _CONSENT_REQUESTS.search(said):
        return True
    return not text and any(map(_CONSENT_PROGRAMS.search, _marks(tree)))


def _mark(tree: HtmlElement, linked: Linked) -> str | None:
    """Say by what a page declares that its article is not for all."""
    if linked.is_free is False:
        return "JSON-LD: not accessible for free"
    for meta in tree.iter("meta"):
        name, value = (meta.get("property") or meta.get("name") or ""), (meta.get("content") or "").strip().lower()
        if name == "article:content_tier" and value in _LOCKED_TIERS:
            return f"content tier {value}"
    if linked.is_free:
        return None
    marked = (
        f"{one.get('class') or ''} {one.get('id') or ''}" for one in tree.iter("div", "section", "aside", "article")
    )
    return "a paywall's markup" if any(map(_PAYWALL_MARKS.search, marked)) else None


def _is_teaser(tree: HtmlElement, linked: Linked, text: str, mark: str) -> bool:
    """Tell whether the body is a mere beginning, as another sign beside the mark says."""
    if linked.words and len(text.split()) < _SHARE * linked.words:
        return True
    if len(text) > _TEASER:
        return False
    is_declared = not mark.startswith("a paywall")
    is_cut = text.endswith(("…", "...")) or len(text) <= _STUB
    # Above the headline, menus offer subscriptions to everyone.
    return (is_declared and is_cut) or _PAYWALL_WORDS.search(_visible(tree, after=_heading(tree))) is not None


def _heading(tree: HtmlElement) -> HtmlElement | None:
    return next((one for tag in ("h1", "h2") for one in tree.iter(tag)), None)


def _titles(tree: HtmlElement) -> list[str]:
    return [" ".join(element.text_content().split())[:_HEADING] for element in tree.iter("title", "h1")][:3]


def _marks(tree: HtmlElement) -> list[str]:
    """Give what a wall's program leaves in a page: scripts and their addresses, classes, ids, titles."""
    marks = []
    for element in tree.iter(*_MARKED):
        marks += [value for name in ("id", "class", "src", "href", "action", "name") if (value := element.get(name))]
        if element.tag in ("script", "p", "h1"):
            marks.append((element.text or "")[:4_000])
        elif element.tag == "title":
            marks.append(f"<title>{(element.text or '').strip()[:_HEADING]}</title>")
    return marks


def _visible(tree: HtmlElement, *, after: HtmlElement | None = None, with_forms: bool = True) -> str:
    """Give what a reader may see, notices included, from an element on, up to a length that no shell has.

    A form that holds the headline is the page's own frame.
    """
    forms = [] if with_forms else [form for form in tree.iter("form") if form.find(".//h1") is None]
    inside = {element for form in forms for element in form.iter()}
    parts: list[str] = []
    size = 0
    is_begun = after is None
    for element in tree.iter():
        is_begun = is_begun or element is after
        is_own = isinstance(element.tag, str) and element.tag not in _UNSEEN and element not in inside
        follows = element not in inside or element in forms
        for part in (element.text if is_own else None, element.tail if follows else None):
            if part and is_begun and (words := " ".join(part.split())):
                parts.append(words)
                size += len(words)
        if size > 3 * _SHELL:
            break
    return " ".join(parts)
