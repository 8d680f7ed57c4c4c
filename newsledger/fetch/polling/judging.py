"""What an answer makes of a feed: the poll, and the state to remember. Pure."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from newsledger.fetch.dates import is_believable
from newsledger.fetch.feeds.document import NotAFeed
from newsledger.fetch.feeds.parsing import read_feed
from newsledger.fetch.http.answers import Failure, Response
from newsledger.fetch.polling import health, lasting
from newsledger.fetch.polling.rhythm import usual_gap
from newsledger.fetch.polling.schedule import back_off, due_after, due_later, next_interval, share_of_new
from newsledger.fetch.polling.trouble import more_trouble
from newsledger.records.feeds import FeedPoll, FeedState

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from newsledger.fetch.feeds.document import FeedDocument
    from newsledger.records.config import Feed, FetchPolicy
    from newsledger.records.feeds import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A feed that was asked at `now`: what was remembered of it, by which policy, and whose the addresses are.

    `document_url` is the sitemap that was asked for where an index led to it.
    """

    feed: Feed
    state: FeedState
    now: datetime
    policy: FetchPolicy
    claims: Mapping[str, str]
    document_url: str | None = None


def postponed(feed: Feed, state: FeedState, now: datetime, *, only_due: bool, policy: FetchPolicy) -> FeedPoll | None:
    """Leave a feed alone, and its state as it is, before the time that its server named or that it is due at."""
    if retry_at := lasting.asked_after(state, now):
        reason = "its server says it is gone (410)" if lasting.is_gone(state) else "its server named that time"
        detail = f"not asked before {retry_at:%Y-%m-%d %H:%M} UTC: {reason}"
    elif only_due and (due_at := due_later(state, now, policy)):
        reason = "it failed" if state.failures else "nothing new is expected earlier"
        detail = f"due at {due_at:%Y-%m-%d %H:%M} UTC: {reason}"
    else:
        return None
    return not_asked(feed, state, now, detail)


def not_asked(feed: Feed, state: FeedState, now: datetime, detail: str) -> FeedPoll:
    """Leave a feed for another run, and its state as it is."""
    return FeedPoll(feed=feed, state=state, outcome="not_due", polled_at=now, detail=detail)


def judge(case: Case, answer: Response | Failure) -> FeedPoll:
    """Turn an answer into a poll. What is no feed leaves the validators as they were: they belong to the feed."""
    if isinstance(answer, Failure):
        return _failed(case, answer)
    known = replace(case, state=_of_document(case.state, case.document_url))
    if answer.is_not_modified:
        return _answered(known, answer, None)
    sha256 = hashlib.sha256(answer.body).hexdigest()
    document = None
    if sha256 != known.state.body_sha256:
        document = read_feed(answer.body, feed=case.feed, url=answer.url, content_type=answer.content_type)
    if isinstance(document, NotAFeed):
        failure = Failure(
            url=answer.url,
            outcome=document.outcome,
            detail=document.detail,
            status=answer.status,
            duration_ms=answer.duration_ms,
        )
        poll = _failed(case, failure, size_bytes=len(answer.body))
    else:
        poll = _answered(known, answer, document)
    return replace(poll, body_sha256=sha256)


def _of_document(state: FeedState, document_url: str | None) -> FeedState:
    """Forget what tells whether a document has changed, where it was told of another one."""
    if state.document_url == document_url:
        return state
    return replace(state, document_url=document_url, etag=None, last_modified=None, body_sha256=None, size_bytes=0)


def _answered(case: Case, answer: Response, document: FeedDocument | None) -> FeedPoll:
    """Conclude a poll that brought a document, or the word that the one we know is still the same."""
    former, now = case.state, case.now
    entries = document.entries if document else ()
    times = [entry.published for entry in entries if entry.published and is_believable(entry.published, now)]
    state = lasting.moved(_listed(former, answer, document, times), answer, case.claims, now)
    outcome: Outcome = "ok" if document else "not_modified"
    state = replace(
        state,
        polled_at=now,
        succeeded_at=now,
        retry_at=None,
        failures=0,
        trouble=0.0,
        gones=0,
        outcome=outcome,
        detail=None,
    )
    new = share_of_new(times, former.newest_item_at) if document else 0
    said_s = max((document.update_s if document else None) or 0, answer.fresh_s or 0)
    interval_s = next_interval(former, state, new=new, said_s=said_s, policy=case.policy)
    of_document = health.kept_warnings(former)
    if document:
        of_document = health.warnings_of_document(former, state, entries, len(times))
    warnings = (
        *of_document,
        *health.warnings_of_success(case.feed, former, state, now),
        *lasting.redirect_warnings(state, answer, case.claims),
    )
    due_at = due_after(state, now, interval_s, case.policy)
    return FeedPoll(
        feed=case.feed,
        state=replace(state, interval_s=interval_s, due_at=due_at, warnings=warnings),
        outcome=outcome,
        polled_at=now,
        http_status=answer.status,
        size_bytes=len(answer.body),
        duration_ms=answer.duration_ms,
        charset=document.charset if document else None,
        charset_from=document.charset_from if document else None,
        entries=entries,
    )


def _listed(state: FeedState, answer: Response, document: FeedDocument | None, times: list[datetime]) -> FeedState:
    """Remember what was listed, and the validators to ask with the next time."""
    if document is None:
        return replace(
            state,
            etag=answer.etag or state.etag,
            last_modified=answer.last_modified or state.last_modified,
            empties=0 if state.items else state.empties + 1,
        )
    return replace(
        state,
        etag=answer.etag,
        last_modified=answer.last_modified,
        body_sha256=hashlib.sha256(answer.body).hexdigest(),
        items=len(document.entries),
        size_bytes=len(answer.body),
        empties=0 if document.entries else state.empties + 1,
        newest_item_at=max((*times, state.newest_item_at) if state.newest_item_at else times, default=None),
        usual_gap_s=usual_gap(times, state.usual_gap_s),
    )


def _failed(case: Case, failure: Failure, size_bytes: int = 0) -> FeedPoll:
    """Conclude a poll that brought no feed, but maybe `size_bytes` of something else."""
    former, now = case.state, case.now
    state = replace(
        lasting.retreated(former, failure),
        polled_at=now,
        failures=former.failures + 1,
        trouble=more_trouble(former.trouble, failure.outcome),
        gones=lasting.gone_days(former, now) if failure.outcome == "gone" else former.gones,
        empties=former.empties + (failure.outcome in ("empty", "not_a_feed")),
        outcome=failure.outcome,
        detail=failure.detail,
    )
    waits = [timedelta(seconds=failure.retry_after_s)] if failure.retry_after_s is not None else []
    waits += [lasting.PROBE] if lasting.is_gone(state) else []
    warnings = (
        *health.kept_warnings(former),
        *health.warnings_of_failure(case.feed, former, state, size_bytes, now),
        *lasting.gone_warning(state),
        *lasting.redirect_warnings(state, None, case.claims),
    )
    state = replace(
        state,
        retry_at=now + max(waits) if waits else None,
        due_at=due_after(state, now, back_off(state, case.policy), case.policy),
        warnings=warnings,
    )
    return FeedPoll(
        feed=case.feed,
        state=state,
        outcome=failure.outcome,
        polled_at=now,
        http_status=failure.status,
        detail=failure.detail,
        size_bytes=size_bytes,
        duration_ms=failure.duration_ms,
    )
