"""What stands in an article's place: a bot challenge, a consent page, a paywall, a page that says there is none.

A mark alone proves nothing, for many a page carries the marks of a wall and the whole article. So each verdict needs a
page on which little can be read, too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

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

# What the named program writes into its challenges; some of it stands in pages that it lets through, too.
_CHALLENGES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("Cloudflare", r"_cf_chl_opt|cf-chl-|cf_chl_|cf-error-details|<title>just a moment\.{0,3}</title>"),
        ("DataDome", r"captcha-delivery\.com|var dd=\{|enable js and disable any ad blocker"),
        ("HUMAN", r"px-captcha|px-cloud\.net|_pxappid\b.{0,4000}access to this page has been denied"),
        ("Akamai", r"errors\.edgesuite\.net|sec-if-cpt-container|bm-verify|akamai.{0,40}bot manager"),
        ("Imperva", r"_incapsula_resource|incapsula incident id|pardon our interruption"),
        ("AWS WAF", r"awswaf\.com|awswafintegration|gokuprops|challenge-container"),
        ("Anubis", r"anubis_challenge|/\.within\.website/x/cmd/anubis|making sure you(?:&#39;|['\u2019])re not a bot"),
        ("Sucuri", r"sucuri_cloudproxy_js|sucuri website firewall"),
        ("DDoS-Guard", r"/\.well-known/ddos-guard/|ddos-guard</title>"),
        ("Qrator", r"__qrator|qauth_handle_validate"),
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

_GONE = re.compile(phrases("absences"), re.IGNORECASE)

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
        if verdict := _in_place(tree, text, seen):
            return verdict
    mark = _mark(tree, linked)
    return ("paywalled", mark) if mark and _is_teaser(linked, text, mark, seen) else None


def _in_place(tree: HtmlElement, text: str, seen: str) -> tuple[Outcome, str] | None:
    """Judge a page on which a teaser's length at most was read."""
    if len(seen) <= _SHELL and (challenger := _challenger(tree, text, seen)):
        return "blocked", f"a bot challenge ({challenger})"
    if _is_consent(tree, text, seen):
        return "consent", "a request for consent in the article's place"
    if len(text) <= _STUB and any(one.get("type", "").lower() == "password" for one in tree.iter("input")):
        return "blocked", "asks to sign in"
    heading = next((title for title in _titles(tree) if _GONE.fullmatch(title)), None)
    return ("gone", f"says {heading!r}") if heading and len(text) <= _NOTICE else None


def _challenger(tree: HtmlElement, text: str, seen: str) -> str | None:
    """Name the program by its marks, where next to nothing stands beside them or a challenge is put in words."""
    is_said = _CHECKS.search(seen) is not None
    if is_said or len(text) <= _BARE:
        markup = " ".join(_marks(tree))
        name = next((name for name, pattern in _CHALLENGES if pattern.search(markup)), None)
        if name or (is_said and len(text) <= _STUB):
            return name or "of its own kind"
    is_denied = len(seen) <= _NOTICE and any(_DENIED.fullmatch(title) for title in _titles(tree))
    return "access denied" if is_denied else None


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
    marked = (
        f"{one.get('class') or ''} {one.get('id') or ''}" for one in tree.iter("div", "section", "aside", "article")
    )
    return "a paywall's markup" if any(map(_PAYWALL_MARKS.search, marked)) else None


def _is_teaser(linked: Linked, text: str, mark: str, seen: str | None) -> bool:
    """Tell whether the body is a mere beginning, as another sign beside the mark says."""
    if linked.words and len(text.split()) < _SHARE * linked.words:
        return True
    if seen is None:
        return False
    is_declared = not mark.startswith("a paywall")
    is_cut = text.endswith(("…", "...")) or len(text) <= _STUB
    return bool(_PAYWALL_WORDS.search(seen)) or (is_declared and is_cut)


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


def _visible(tree: HtmlElement) -> str:
    """Give what a reader may see, forms and notices included, up to a length that no shell has."""
    parts: list[str] = []
    size = 0
    for element in tree.iter():
        own = element.text if isinstance(element.tag, str) and element.tag not in _UNSEEN else None
        for part in (own, element.tail):
            if part and (words := " ".join(part.split())):
                parts.append(words)
                size += len(words)
        if size > 3 * _SHELL:
            break
    return " ".join(parts)
