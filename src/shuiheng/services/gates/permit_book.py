"""How permits stand on a day, and what comes in for them: renewals asked for, yearly reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import Permit, PermitFact, PermitRecord, Place, Project
from shuiheng.adapters.records.queries_gates import PermitLine, open_renewals, permit_lines, permit_records
from shuiheng.adapters.records.queries_source_use import use_of_sources
from shuiheng.adapters.records.sight import Sight
from shuiheng.adapters.rulebook.gate_policy import gate_policy
from shuiheng.allowances.permit_terms import (
    Idle,
    PermitLife,
    PermitStanding,
    PermitTerms,
    idle_run,
    permit_standing,
    permit_terms,
)
from shuiheng.metering.civil_time import months_before
from shuiheng.rules.parameter import Asked
from shuiheng.services.allowances.taken_water import past_year
from shuiheng.services.errors import ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.rules.rulebook_now import area_of_city, rulebook_now
from shuiheng.services.scope import row_for

ASKED, REPORT, KEPT = "renewal_asked", "annual_report", "idle_kept"
KINDS = (ASKED, REPORT, KEPT)
NOTE_LENGTH, MONTHS_OF_A_YEAR = 300, 12


@dataclass(frozen=True, slots=True, kw_only=True)
class PermitState:
    """A permit with how it stands on a day.

    Args:
        line: The permit with its user and source.
        life: What is known of it.
        standing: What the rules say of it.
        records: What came in for it and stands, the newest first.
        renewal: The renewal that is open for it, or None.
    """

    line: PermitLine
    life: PermitLife
    standing: PermitStanding
    records: Sequence[PermitRecord]
    renewal: Project | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PermitNote:
    """What came in for a permit, or was agreed.

    Args:
        kind: `renewal_asked`, `annual_report` or `idle_kept`.
        on: The day.
        note: The document: its number, who brought it.
        year: The year of a yearly report.
    """

    kind: str
    on: date
    note: str
    year: int | None = None


def permit_states(
    seen: Sight, facts: Sequence[PermitFact], on: date, *, is_idle_asked: bool = True
) -> Sequence[PermitState]:
    """Return how permits stand on a day, in the order in which they are given.

    Args:
        seen: What the reader may see.
        facts: What is believed of the permits.
        on: The day.
        is_idle_asked: Whether months without abstraction are looked for, which reads the settled months.
    """
    lines = permit_lines(seen, facts, on)
    keys = [fact.subject_id for fact in facts]
    records, renewals = permit_records(seen, keys), open_renewals(seen, keys)
    terms: dict[int, PermitTerms] = {}
    idle = _idle(seen, facts, on) if is_idle_asked else {}
    lead = gate_policy().remind_days_before_end
    states = []
    for line in lines:
        city = line.fact.subject.source.user.city
        if city.pk not in terms:
            terms[city.pk] = terms_of(city, on)
        came = records.get(line.fact.subject_id, ())
        life = _life(line, came, idle.get(line.fact.subject.source_id))
        states.append(
            PermitState(
                line=line,
                life=life,
                standing=permit_standing(life, terms[city.pk], on=on, lead_days=lead),
                records=came,
                renewal=renewals.get(line.fact.subject_id),
            )
        )
    return states


def terms_of(city: Place, on: date) -> PermitTerms:
    """Return what the rules of a city say of permits on a day."""
    return permit_terms(rulebook_now(city), Asked(area=area_of_city(city), on=on))


def note_permit(actor: Actor, key: int, what: PermitNote) -> PermitRecord:
    """Write down what came in for a permit.

    Raises:
        ServiceError: `gates.field`: the kind, the day, the year or the document is missing or cannot be.
        NotThereError, NotPermittedError: The permit is not the actor's.
    """
    account = require(actor, Action.GATES_KEEP)
    with transaction.atomic():
        permit = row_for(account, Action.GATES_KEEP, Permit, lock=True, pk=key)
        wrong = {
            "kind": what.kind not in KINDS,
            "on": what.on > timezone.localdate(),
            "note": not what.note.strip(),
            "year": (what.kind == REPORT) is not (what.year is not None)
            or (what.year is not None and not 2000 <= what.year <= what.on.year),
        }
        for field, is_wrong in wrong.items():
            if is_wrong:
                raise ServiceError("gates.field", field=field)
        row = PermitRecord.objects.create(
            permit=permit,
            kind=what.kind,
            year=what.year,
            on=what.on,
            note=what.note.strip()[:NOTE_LENGTH],
            recorded_by=account,
            recorded_at=timezone.now(),
        )
        record_event(
            account,
            "permit.noted",
            subject=f"permit:{permit.pk}",
            place=permit.source.user.city,
            after={"kind": row.kind, "day": row.on.isoformat(), "year": row.year, "note": row.note},
        )
    return row


def withdraw_note(actor: Actor, key: int, *, reason: str) -> PermitRecord:
    """Withdraw what was written down of a permit by mistake; it stays to be looked at.

    Raises:
        ServiceError: `gates.reason_needed`.
        NotThereError, NotPermittedError: It is not the actor's, or it stands no longer.
    """
    account = require(actor, Action.GATES_KEEP)
    with transaction.atomic():
        row = row_for(account, Action.GATES_KEEP, PermitRecord, lock=True, pk=key, superseded_at__isnull=True)
        if not reason.strip():
            raise ServiceError("gates.reason_needed")
        row.superseded_at = timezone.now()
        row.save(update_fields=["superseded_at"])
        record_event(
            account,
            "permit.note_withdrawn",
            subject=f"permit:{row.permit_id}",
            place=row.permit.source.user.city,
            reason=reason.strip()[:NOTE_LENGTH],
            before={"kind": row.kind, "day": row.on.isoformat(), "year": row.year},
        )
    return row


def _life(line: PermitLine, came: Sequence[PermitRecord], idle: Idle | None) -> PermitLife:
    in_term = [row for row in came if row.on >= line.begins_on]
    return PermitLife(
        subject=f"permit:{line.fact.subject_id}",
        begins_on=line.begins_on,
        expires_on=line.fact.expires_on,
        renewal_asked_on=next((row.on for row in reversed(in_term) if row.kind == ASKED), None),
        idle=idle,
        is_idle_kept=any(row.kind == KEPT for row in in_term),
        reported=frozenset(row.year for row in came if row.kind == REPORT and row.year is not None),
    )


def _idle(seen: Sight, facts: Sequence[PermitFact], on: date) -> Mapping[int, Idle]:
    """Return the run of months without abstraction of each metered source, up to the last whole month.

    Whoever took water in the last month ends its run there, so that only the others are read back in full.
    """
    cities = {fact.subject.source.user.city for fact in facts}
    rules = [rule for city in cities if (rule := terms_of(city, on).idle_years_cancelled) is not None]
    longest = max((int(str(rule.value)) for rule in rules), default=0)
    months = [months_before(on, ago) for ago in range(longest * MONTHS_OF_A_YEAR + 1, 0, -1)]
    users = {fact.subject.source_id: fact.subject.source.user_id for fact in facts}
    running = {
        source: run
        for source, run in _idle_runs(seen, users, months[-1:]).items()
        if source in users and run.since is None
    }
    others = {source: user for source, user in users.items() if source not in running}
    return running | _idle_runs(seen, others, months)


def _idle_runs(seen: Sight, users: Mapping[int, int], months: Sequence[date]) -> dict[int, Idle]:
    """Return the run of each source that is metered in the months, of sources with their users."""
    found: dict[int, Idle] = {}
    water = use_of_sources(seen, months, users=sorted(set(users.values()))) if users else {}
    for (_, source), held in water.items():
        if source is not None and source in users:
            past = {year: past_year(held, year).months for year in {month.year for month in months}}
            run = idle_run([(month, past[month.year][month.month - 1]) for month in months])
            if run is not None:
                found[source] = run
    return found
