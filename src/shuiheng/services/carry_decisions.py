"""Lay the decisions on an earlier version of a plan over a newer one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import Account, PlanDecision, PlanVersion
from shuiheng.adapters.records.working_plan import WorkingPlan
from shuiheng.plans.decide import (
    DecidedPlan,
    Decision,
    InvalidChangeError,
    ItemKind,
    anchor_of,
    apply_decisions,
    decision_from_json,
    decision_json,
)
from shuiheng.services.decide_item import (
    editable_version,
    find_item,
    next_order,
    refuse_without_effect,
    take_back,
)
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.plan_at_work import plan_at_work
from shuiheng.services.renew_findings import renew_findings


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedDecisions:
    """How many decisions found their words, how many did not, how many make no sense any more."""

    applied: int
    lost: int
    refused: int


def carry_decisions(actor: Actor, version_key: int, *, sequence: int) -> CarriedDecisions:
    """Take over the decisions in force on an earlier version of the same plan, each once.

    Each becomes a decision of this version that names its origin. One that finds no item is
    kept as an orphan, to be dropped or attached by hand. One that the new text makes
    impossible, such as a share that would hold itself, is left out and counted.

    Args:
        actor: Who takes them over; needs the right to decide.
        version_key: Primary key of the newer version.
        sequence: Number of the earlier version.

    Raises:
        ServiceError: `services.nothing_to_carry`, the earlier version has none that is not here.
        NotThereError, WrongStateError, NotPermittedError: It cannot be done.
    """
    account = require(actor, Action.DECIDE)
    with transaction.atomic():
        version = editable_version(account, Action.DECIDE, version_key)
        origins = _origins(version, sequence)
        work, order = plan_at_work(version), next_order(version)
        pairs = [
            (row, replace(decision_from_json(row.content), order=order + place))
            for place, row in enumerate(origins)
        ]
        kept = _sensible(work, [decision for _, decision in pairs])
        decided = apply_decisions(work.compiled, work.document, (*work.decisions, *kept))
        orders = {decision.order for decision in kept}
        for row, decision in pairs:
            if decision.order in orders:
                _store(version, account, row, decision)
        renew_findings(version)
        result = _counted(decided, kept, of=len(pairs))
        record_event(
            account,
            "decisions.carried",
            subject=f"version:{version.pk}",
            sequence=sequence,
            applied=result.applied,
            lost=result.lost,
            refused=result.refused,
        )
    return result


def attach_decision(
    actor: Actor, version_key: int, decision: int, *, item_kind: ItemKind, item: str
) -> PlanDecision:
    """Attach a decision that lost its item to another item; the lost one is taken back.

    Raises:
        ChangeRefusedError: The change makes no sense for that item.
        NotThereError, WrongStateError, NotPermittedError: It cannot be done.
    """
    account = require(actor, Action.DECIDE)
    with transaction.atomic():
        version = editable_version(account, Action.DECIDE, version_key)
        row = version.decisions.filter(pk=decision, content__isnull=False, taken_back_by__isnull=True).first()
        if row is None:
            raise NotThereError(f"decision:{decision}")
        take_back(account, version, row.pk)
        work = plan_at_work(version)
        lost = decision_from_json(row.content)
        anchor = anchor_of(work.decided.plan, find_item(work, item_kind, item))
        made = replace(
            lost,
            anchor=anchor,
            order=next_order(version),
            decided_by=account.username,
            decided_at=timezone.now(),
        )
        refuse_without_effect(work, made)
        attached = _store(version, account, row, made)
        renew_findings(version)
        record_event(account, "item.attached", subject=f"version:{version.pk}", decision=row.pk)
    return attached


def _origins(version: PlanVersion, sequence: int) -> list[PlanDecision]:
    here = version.decisions.filter(origin__isnull=False).values("origin")
    rows = PlanDecision.objects.filter(
        version__plan=version.plan_id,
        version__sequence=sequence,
        content__isnull=False,
        taken_back_by__isnull=True,
    )
    found = list(rows.exclude(pk__in=here).order_by("pk")) if sequence < version.sequence else []
    if not found:
        raise ServiceError("services.nothing_to_carry", sequence=str(sequence))
    return found


def _sensible(work: WorkingPlan, decisions: Sequence[Decision]) -> list[Decision]:
    """Return the decisions that can be laid over the plan together, in order."""
    if _can_be_laid(work, decisions):
        return list(decisions)
    kept: list[Decision] = []
    for decision in decisions:
        if _can_be_laid(work, [*kept, decision]):
            kept.append(decision)
    return kept


def _can_be_laid(work: WorkingPlan, decisions: Sequence[Decision]) -> bool:
    try:
        apply_decisions(work.compiled, work.document, (*work.decisions, *decisions))
    except InvalidChangeError:
        return False
    return True


def _counted(decided: DecidedPlan, kept: Sequence[Decision], *, of: int) -> CarriedDecisions:
    applied = len({decision.order for decision in kept} & set(decided.applied))
    return CarriedDecisions(applied=applied, lost=len(kept) - applied, refused=of - len(kept))


def _store(version: PlanVersion, account: Account, origin: PlanDecision, decision: Decision) -> PlanDecision:
    return PlanDecision.objects.create(
        version=version,
        origin=origin,
        content=decision_json(decision),
        decided_by=account,
        decided_at=timezone.now(),
    )
