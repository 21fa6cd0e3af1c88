"""Record what a person decided about an item: confirm, correct, split, merge, reject, add."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import Account, PlanDecision, PlanVersion, VersionState
from shuiheng.kernel import Span
from shuiheng.plans.decide import (
    Anchor,
    Decision,
    DecisionKind,
    InvalidChangeError,
    Item,
    ItemKind,
    anchor_of,
    apply_decisions,
    decision_json,
)
from shuiheng.services.errors import ChangeRefusedError, NotThereError, WrongStateError
from shuiheng.services.events import record_event
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.plan_at_work import WorkingPlan, plan_at_work
from shuiheng.services.renew_findings import renew_findings
from shuiheng.services.scope import row_for

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemChoice:
    """What a person chose on the reading page.

    Args:
        kind: Confirm, correct, split, merge, reject or add.
        item_kind: Sort of the item.
        item: Id of the item; for `add` empty.
        changes: Field to value, in the form of the compiled-plan format.
        parts: For `split`, the changes that make each part.
        others: For `merge`, ids of the items that are drawn in.
        span: For `add`, where the words stand.
        reason: Why; may be empty.
        replaces: Key of an earlier decision that is taken back with this one, or None.
    """

    kind: DecisionKind
    item_kind: ItemKind
    item: str = ""
    changes: Json = field(default_factory=dict)
    parts: Sequence[Json] = ()
    others: Sequence[str] = ()
    span: Span | None = None
    reason: str = ""
    replaces: int | None = None


def decide_item(actor: Actor, version_key: int, choice: ItemChoice) -> PlanDecision:
    """Store one decision after trying it on the plan.

    Args:
        actor: Who decides; needs the right to decide.
        version_key: Primary key of the version.
        choice: What was chosen.

    Raises:
        ChangeRefusedError: The change makes no sense; it names the field and the remedy.
        NotThereError: The version or the item does not exist.
        WrongStateError: The version cannot be worked on.
    """
    account = require(actor, Action.DECIDE)
    with transaction.atomic():
        version = editable_version(account, Action.DECIDE, version_key)
        work = plan_at_work(version)
        row = PlanDecision(version=version, decided_by=account, decided_at=timezone.now())
        decision = _decision(account, work, choice, at=row.decided_at, order=next_order(version))
        refuse_without_effect(work, decision)
        row.content = decision_json(decision)
        row.save()
        if choice.replaces is not None:
            take_back(account, version, choice.replaces)
        renew_findings(version)
        record_event(
            account,
            f"item.{choice.kind.value}",
            subject=f"version:{version.pk}",
            item=choice.item,
            sort=choice.item_kind.value,
        )
    return row


def editable_version(actor: Actor, action: Action, version_key: int) -> PlanVersion:
    """Return the version, locked, when the actor may do `action` on it and it may be worked on.

    Raises:
        NotThereError, WrongStateError: It does not exist, or is not ready to be worked on.
    """
    version = row_for(actor, action, PlanVersion, lock=True, pk=version_key)
    if version.state != VersionState.READY:
        raise WrongStateError(version.state)
    return version


def find_item(work: WorkingPlan, kind: ItemKind, item: str) -> Item:
    """Return an item of the plan as it now holds, or of those that were taken out.

    Raises:
        NotThereError: There is none with this id.
    """
    plan = work.decided.plan
    rows: dict[ItemKind, Sequence[Item]] = {
        ItemKind.TASK: plan.tasks,
        ItemKind.TARGET: plan.targets,
        ItemKind.DUTY: plan.duties,
        ItemKind.THRESHOLD: plan.thresholds,
    }
    for found in (*rows.get(kind, ()), *work.decided.removed):
        if getattr(found, "id", None) == item:
            return found
    raise NotThereError(item)


def take_back(account: Account, version: PlanVersion, decision: int | None) -> PlanDecision:
    """Take back one decision on a locked version by a new row, or the last when none is named.

    Raises:
        NotThereError: There is no such decision, or it was taken back before.
    """
    holding = version.decisions.filter(content__isnull=False, taken_back_by__isnull=True)
    wanted = holding.filter(pk=decision) if decision is not None else holding.order_by("-pk")
    row = wanted.first()
    if row is None:
        raise NotThereError(f"decision:{decision or 'last'}")
    back = PlanDecision.objects.create(
        version=version, takes_back=row, decided_by=account, decided_at=timezone.now()
    )
    record_event(account, "item.undone", subject=f"version:{version.pk}", decision=row.pk)
    return back


def next_order(version: PlanVersion) -> int:
    """Return the number of the next decision on a version."""
    return version.decisions.count() + 1


def _decision(account: Account, work: WorkingPlan, choice: ItemChoice, *, at: Any, order: int) -> Decision:
    return Decision(
        kind=choice.kind,
        anchor=_anchor(work, choice),
        changes=choice.changes,
        parts=tuple(choice.parts),
        others=tuple(
            anchor_of(work.decided.plan, find_item(work, choice.item_kind, other)) for other in choice.others
        ),
        reason=choice.reason,
        decided_by=account.username,
        decided_at=at,
        order=order,
    )


def _anchor(work: WorkingPlan, choice: ItemChoice) -> Anchor:
    if choice.kind is not DecisionKind.ADD:
        return anchor_of(work.decided.plan, find_item(work, choice.item_kind, choice.item))
    if choice.span is None or not work.document.words(choice.span).strip():
        raise ChangeRefusedError(
            code="services.no_words_chosen",
            field="span",
            reason="no words are chosen",
            remedy="Select words in the text.",
        )
    return Anchor(
        kind=choice.item_kind,
        quote="".join(work.document.words(choice.span).split()),
        span=choice.span,
        page=None,
    )


def refuse_without_effect(work: WorkingPlan, decision: Decision) -> None:
    """Apply all decisions with the new one; refuse it when it fails or finds nothing."""
    try:
        decided = apply_decisions(work.compiled, work.document, (*work.decisions, decision))
    except InvalidChangeError as error:
        raise ChangeRefusedError(
            code=error.code, field=error.field, reason=error.reason, remedy=error.remedy
        ) from error
    if decision.order not in decided.applied:
        raise ChangeRefusedError(
            code="services.item_gone",
            field="anchor",
            reason="the item is no longer there",
            remedy="Load the page again.",
        )
