"""Once a day: remind users and their authority of permits near their end, and of the yearly report."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.core.cache import cache
from django.utils import timezone

from shuiheng.adapters.records.models import Channel, PermitFact
from shuiheng.adapters.records.queries_gates import PermitFilter, permit_facts
from shuiheng.adapters.rulebook.gate_policy import GatePolicy, gate_policy
from shuiheng.allowances.permit_terms import PermitStatus
from shuiheng.services.background import every_minute
from shuiheng.services.gates.permit_book import PermitState, permit_states
from shuiheng.services.warnings.worker_sight import WorkerSight
from shuiheng.services.write_message import Cause, write_message

AT_ONCE = 500
DAY_DONE, A_DAY = "gates.watched_on", 2 * 86400
KINDS = {PermitStatus.NEAR: "permit_near", PermitStatus.LATE: "permit_late"}


def watch_permits() -> None:
    """Remind once a day; doing it again the same day changes nothing."""
    today = timezone.localdate()
    if cache.get(DAY_DONE) != today.isoformat():
        remind_permits(today)
        cache.set(DAY_DONE, today.isoformat(), A_DAY)


def remind_permits(today: date) -> int:
    """Remind of permits that come near their end or passed the last day of asking, and of yearly reports.

    Each user and authority is told once of each step of a permit; a user whose renewal came in is not told.

    Returns:
        How many messages were written.
    """
    policy, seen = gate_policy(), WorkerSight()
    is_report_time = _is_report_time(today, policy)
    last = None if is_report_time else today + timedelta(days=policy.remind_days_before_end)
    facts = permit_facts(seen, PermitFilter(ends_from=today, ends_to=last), today)
    written = 0
    for part in _parts(list(facts)):
        for state in permit_states(seen, part, today, is_idle_asked=False):
            written += _remind_of_end(state)
            written += _remind_of_report(state, today, policy)
    return written


def _is_report_time(today: date, policy: GatePolicy) -> bool:
    """Return whether the report of some place can be near: in the last part of the year."""
    return (date(today.year, 12, 31) - today).days <= policy.remind_days_before_report + 31


def _parts(facts: list[PermitFact]) -> Iterator[list[PermitFact]]:
    return (facts[first : first + AT_ONCE] for first in range(0, len(facts), AT_ONCE))


def _remind_of_end(state: PermitState) -> int:
    kind, expires = KINDS.get(state.standing.status), state.life.expires_on
    if kind is None or expires is None:
        return 0
    due = state.standing.renewal_due_on
    blanks = {"expires": expires.isoformat(), "due": "—" if due is None else due.isoformat()}
    return _write(state, kind, f"{kind}/{state.line.fact.subject_id}/{expires}", blanks, with_authority=True)


def _remind_of_report(state: PermitState, today: date, policy: GatePolicy) -> int:
    due = state.standing.report_due_on
    if due is None or today.year in state.life.reported:
        return 0
    if not 0 <= (due - today).days <= policy.remind_days_before_report:
        return 0
    blanks = {"year": str(today.year), "due": due.isoformat()}
    return _write(state, "permit_report", f"permit_report/{state.line.fact.subject_id}/{today.year}", blanks)


def _write(
    state: PermitState, kind: str, key: str, blanks: dict[str, str], *, with_authority: bool = False
) -> int:
    user = state.line.fact.subject.source.user.organisation
    authority = state.line.source.authority if with_authority and state.line.source is not None else None
    cause = Cause(
        kind=kind,
        key=key,
        page=f"/permits/{state.line.fact.subject_id}/",
        blanks={**blanks, "organisation": user.name, "number": state.line.fact.subject.number},
    )
    receivers = [each for each in (user, authority) if each is not None]
    return sum(write_message(cause, Channel.SITE, organisation=each) is not None for each in receivers)


every_minute(watch_permits)
