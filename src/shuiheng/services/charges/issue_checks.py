"""What keeps a reviewed run from being issued: its values, its figures or its order are not those of now."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from shuiheng.adapters.records.models import Account, Charge, ChargeRun, RunState
from shuiheng.charges.model import Period
from shuiheng.services.charges.kinds import ISSUED_KINDS, RunKind
from shuiheng.services.charges.make_run import OPEN_STATES, rules_json
from shuiheng.services.charges.run_figures import gather
from shuiheng.services.charges.run_rules import RunRules, run_rules
from shuiheng.services.errors import ServiceError
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight


def require_binding(run: ChargeRun) -> RunRules:
    """Return the rules of a run that bind, and are those in force and known by now.

    Raises:
        ServiceError: `charges.not_issued_here`; `charges.run_is_trial`; `charges.rules_moved`.
    """
    kind = RunKind(run.kind)
    if kind not in ISSUED_KINDS:
        raise ServiceError("charges.not_issued_here")
    rules = run_rules(run.place, kind, run.last)
    if rules.is_trial or run.is_trial:
        raise ServiceError("charges.run_is_trial")
    if rules_json(rules) != run.rules:
        raise ServiceError("charges.rules_moved")
    return rules


def require_same_figures(account: Account, run: ChargeRun, rules: RunRules, rows: Sequence[Charge]) -> None:
    """Refuse when the water or the allowance of a charge is not that by which it was computed.

    Raises:
        ServiceError: `charges.figures_moved`.
    """
    seen = sight(account, Action.CHARGES_ISSUE)
    kind = RunKind(run.kind)
    payables = gather(seen, run.place, kind, rules.months, measure=rules.measure).payables
    now = {(each.user, each.source): (each.total(rules.months), each.allowed_total) for each in payables}
    moved = [row for row in rows if now.get((row.user_id, row.source_id)) != (row.volume_m3, row.limit_m3)]
    if moved:
        raise ServiceError("charges.figures_moved", n=str(len(moved)), user=moved[0].user.number)


def require_order(run: ChargeRun, rules: RunRules) -> None:
    """Refuse when what counts as charged before, in a year to date, is not what the run was computed with.

    Raises:
        ServiceError: `charges.out_of_order`.
    """
    if rules.period is not Period.YEAR_TO_DATE:
        return
    others = ChargeRun.objects.filter(place=run.place, kind=run.kind, first=run.first).exclude(pk=run.pk)
    waits = Q(last__lt=run.last, state__in=OPEN_STATES) | Q(last__gt=run.last, state=RunState.ISSUED)
    between = others.filter(waits).first()
    if between is not None:
        raise ServiceError("charges.out_of_order", period=f"{between.first:%Y-%m}–{between.last:%Y-%m}")
    since = Charge.objects.filter(run__in=others.filter(last__lt=run.last), issued_at__gt=run.computed_at)
    if since.exists():
        raise ServiceError("charges.figures_moved", n="1", user=since[0].user.number)
