"""Begin a run of charges for a period, and take a draft back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import ChargeRun, Job, JobKind, JobState, Place, RunState
from shuiheng.kernel.derivation_json import citation_json
from shuiheng.services.charges.kinds import RunKind, last_day
from shuiheng.services.charges.run_rules import RunRules, run_rules
from shuiheng.services.errors import ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import row_for

FIRST_YEAR = 2000
COMPUTE, NOTICES = "compute", "notices"
OPEN_STATES = (RunState.DRAFT, RunState.REVIEWED)
LOCKING = (COMPUTE, NOTICES)


def make_run(actor: Actor, city: int, kind: RunKind, *, last: date, title: str = "") -> ChargeRun:
    """Begin a run over the period of its rule that ends with the month of a day.

    Args:
        actor: Who begins it; needs the right to keep charges.
        city: Key of the city.
        kind: What it computes.
        last: A day of the last month of the period.
        title: Words of its own; the kind and the period when empty.

    Raises:
        ServiceError: `charges.no_rule`, `charges.bad_rule`, `charges.period_not_ended` as `run_rules`;
            `charges.period_not_over`, the period still runs; `charges.run_stands`, there is one already.
        NotThereError, NotPermittedError: The city is not the actor's.
    """
    account = require(actor, Action.CHARGES_KEEP)
    with transaction.atomic():
        place = row_for(account, Action.CHARGES_KEEP, Place, lock=True, pk=city)
        rules = run_rules(place, kind, last)
        first, end = rules.months[0], last_day(rules.months[-1])
        if end >= timezone.localdate() or end.year < FIRST_YEAR:
            raise ServiceError("charges.period_not_over", day=end.isoformat())
        standing = ChargeRun.objects.filter(place=place, kind=kind.value, last=end)
        if standing.exclude(state=RunState.WITHDRAWN).exists():
            raise ServiceError("charges.run_stands", period=f"{first:%Y-%m}–{end:%Y-%m}")
        run = ChargeRun.objects.create(
            place=place,
            kind=kind.value,
            first=first,
            last=end,
            title=title.strip()[:200],
            terms=_terms(rules),
            rules=rules_json(rules),
            is_trial=rules.is_trial,
            made_by=account,
            made_at=timezone.now(),
        )
        record_event(
            account,
            "charge_run.created",
            subject=f"charge_run:{run.pk}",
            place=place,
            after={"kind": run.kind, "starts_on": first.isoformat(), "ends_on": end.isoformat()},
        )
    return run


def withdraw_run(actor: Actor, key: int, *, reason: str) -> ChargeRun:
    """Take a run back that was not issued; its drafts stay to be read, and another run can begin.

    Raises:
        ServiceError: `ledger.reason_needed`; `charges.wrong_run_state`, it was issued or withdrawn.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.CHARGES_KEEP)
    if not reason.strip():
        raise ServiceError("ledger.reason_needed")
    with transaction.atomic():
        run = row_for(account, Action.CHARGES_KEEP, ChargeRun, lock=True, pk=key)
        require_state(run, OPEN_STATES)
        before, run.state = run.state, RunState.WITHDRAWN
        run.save(update_fields=["state"])
        record_event(
            account,
            "charge_run.withdrawn",
            subject=f"charge_run:{run.pk}",
            place=run.place,
            reason=reason.strip()[:300],
            before={"state": before},
            after={"state": run.state},
        )
    return run


def require_state(run: ChargeRun, states: Sequence[str]) -> None:
    """Refuse a run that is in another state.

    Raises:
        ServiceError: `charges.wrong_run_state`.
    """
    if run.state not in states:
        raise ServiceError("charges.wrong_run_state", state=RunState(run.state).value)


def require_idle(run: ChargeRun) -> None:
    """Refuse when a run is being computed, or its notices are being written; payers may be told meanwhile.

    Raises:
        ServiceError: `charges.run_under_way`.
    """
    jobs = Job.objects.filter(kind=JobKind.CHARGES, state__in=(JobState.WAITING, JobState.RUNNING))
    if any(job.arguments.get("run") == run.pk and job.arguments["work"] in LOCKING for job in jobs):
        raise ServiceError("charges.run_under_way")


def months_of(run: ChargeRun) -> range:
    """Return the months of the year that a run covers, 1 to 12."""
    return range(run.first.month, run.last.month + 1)


def rules_json(rules: RunRules) -> list[dict[str, object]]:
    """Return the citations of the rules of a run as it keeps them."""
    return [citation_json(each) for each in rules.citations]


def _terms(rules: RunRules) -> dict[str, object]:
    return {
        "period": rules.period.value,
        "months": [f"{month:%Y-%m}" for month in rules.months],
    }
