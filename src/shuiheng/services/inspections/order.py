"""Order something after a check: the officer decides within the legal range and says why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from shuiheng.adapters.records.models import (
    Account,
    Check,
    CheckFile,
    CheckOrder,
    CheckState,
    OrderKind,
)
from shuiheng.programmes.evidence import support_of
from shuiheng.programmes.kind import EvidenceNeed
from shuiheng.services.errors import ServiceError
from shuiheng.services.inspections.check_steps import locked_check, settle_state, tell_check, tell_order
from shuiheng.services.inspections.check_terms import procedure_due
from shuiheng.services.inspections.legal_ranges import LegalMeasure, measures_of_act
from shuiheng.services.inspections.review_check_file import BASIS, evidence_of
from shuiheng.services.permission import Action, Actor, require

LONGEST = {"fault": 1000, "reason": 1000, "lesser_reason": 300, "number": 80, "measure": 500}
NAMES = {
    "fault": gettext_noop("查明的问题"),
    "reason": gettext_noop("理由"),
    "act": gettext_noop("情形"),
    "measure": gettext_noop("条款和法定幅度"),
    "due_on": gettext_noop("整改期限"),
    "fine_yuan": gettext_noop("罚款金额"),
}
TO_ORDER = (CheckState.RECORDED, CheckState.FINDING_OPEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderFields:
    """What an officer orders (责令改正、处罚等).

    Args:
        kind: What is ordered.
        act: The act of the rulebook's penalties.
        measure: Key of the measure that the officer applies.
        fault: What was found.
        reason: Why this is ordered.
        files: Keys of the files of the check on which it rests.
        due_on: By when it is to be mended; needed for an order to mend.
        fine_yuan: The fine that the officer sets; needed for a fine.
        lesser_reason: Why it lies below the legal range, where it does.
        number: Number of the document, or nothing.
    """

    kind: OrderKind
    act: str
    measure: str
    fault: str
    reason: str
    files: Sequence[int]
    due_on: date | None = None
    fine_yuan: Decimal | None = None
    lesser_reason: str = ""
    number: str = ""


def order(actor: Actor, check: int, fields: OrderFields) -> CheckOrder:
    """Write down what an officer orders after a recorded check.

    Raises:
        ServiceError: `checks.wrong_state`, `checks.own_check`, `checks.no_subject`, `checks.field_missing`,
            `checks.unknown_act`, `checks.unknown_measure`, `checks.due_early`, `checks.above_range`,
            `checks.below_range`, `checks.no_range`; `checks.unsupported`, no file on which it rests counts;
            `checks.no_rule`.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.CHECKS_DECIDE)
    today = timezone.localdate()
    with transaction.atomic():
        row = locked_check(account, Action.CHECKS_DECIDE, check, *TO_ORDER)
        if row.team.filter(signed_by=account).exists():
            raise ServiceError("checks.own_check")
        if row.organisation is None:
            raise ServiceError("checks.no_subject")
        _refuse_gaps(fields, today)
        measure = _measure(row, fields)
        _refuse_amount(fields, measure)
        files = _supporting(row, fields.files)
        deliver = procedure_due(row.place, "deliver", today)
        made = CheckOrder(
            of=row,
            organisation=row.organisation,
            kind=fields.kind,
            act=fields.act,
            source=measure.source,
            clause=measure.clause,
            measure=measure.words[: LONGEST["measure"]],
            fine_yuan=fields.fine_yuan if fields.kind == OrderKind.FINE else None,
            due_on=fields.due_on if fields.kind == OrderKind.MEND else None,
            deliver_by=deliver.on,
            rules=[deliver.kept],
            decided_by=account,
            decided_at=timezone.now(),
        )
        for name in ("fault", "reason", "lesser_reason", "number"):
            setattr(made, name, getattr(fields, name).strip()[: LONGEST[name]])
        made.save()
        made.files.set(files)
        tell_order(account, made, "check_order.decided", kind=made.kind, clause=made.clause)
        _settle(account, row)
    return made


def leave_without_order(actor: Actor, key: int, *, reason: str) -> Check:
    """Say why nothing is ordered though something was found, such as a fault mended on the spot.

    Raises:
        ServiceError: `checks.wrong_state`, `checks.own_check`, `checks.reason_needed`, `checks.orders_open`.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.CHECKS_DECIDE)
    with transaction.atomic():
        row = locked_check(account, Action.CHECKS_DECIDE, key, CheckState.FINDING_OPEN)
        if not reason.strip():
            raise ServiceError("checks.reason_needed")
        if row.team.filter(signed_by=account).exists():
            raise ServiceError("checks.own_check")
        if row.orders.exclude(state="void").exists():
            raise ServiceError("checks.orders_open")
        row.end_reason = reason.strip()[: LONGEST["lesser_reason"]]
        _settle(account, row, reason=row.end_reason)
    return row


def _settle(account: Account, row: Check, *, reason: str = "") -> None:
    before, was_left = row.state, bool(reason)
    settle_state(row)
    if row.state == before and not was_left:
        return
    if row.state == CheckState.CLOSED:
        row.closed_at = timezone.now()
    row.save(update_fields=["state", "end_reason", "closed_at"])
    tell_check(account, row, "check.decided", reason=reason)


def _refuse_gaps(fields: OrderFields, today: date) -> None:
    needed = ["fault", "reason", "act", "measure"]
    needed += ["due_on"] if fields.kind == OrderKind.MEND else []
    needed += ["fine_yuan"] if fields.kind == OrderKind.FINE else []
    for name in needed:
        value = getattr(fields, name)
        if value is None or not str(value).strip():
            raise ServiceError("checks.field_missing", field=_(NAMES[name]))
    if fields.due_on is not None and fields.due_on < today:
        raise ServiceError("checks.due_early", day=fields.due_on.isoformat())


def _measure(row: Check, fields: OrderFields) -> LegalMeasure:
    day = timezone.localdate(row.ended_at) if row.ended_at else timezone.localdate()
    for each in measures_of_act(row.place, fields.act, day):
        if each.key == fields.measure:
            return each
    raise ServiceError("checks.unknown_measure")


def _refuse_amount(fields: OrderFields, measure: LegalMeasure) -> None:
    """Refuse what the law does not allow; what it leaves open is the officer's."""
    if fields.kind != OrderKind.FINE or fields.fine_yuan is None:
        return
    if fields.fine_yuan <= 0:
        raise ServiceError("checks.field_missing", field=_(NAMES["fine_yuan"]))
    if measure.is_per:
        return
    if measure.least is None and measure.most is None:
        raise ServiceError("checks.no_range", clause=measure.clause)
    if measure.most is not None and fields.fine_yuan > measure.most:
        raise ServiceError("checks.above_range", most=f"{measure.most:,f}", clause=measure.clause)
    is_below = measure.least is not None and fields.fine_yuan < measure.least
    if is_below and not fields.lesser_reason.strip():
        raise ServiceError("checks.below_range", least=f"{measure.least:,f}", clause=measure.clause)


def _supporting(row: Check, keys: Sequence[int]) -> list[CheckFile]:
    """Return the files on which an order rests; unreviewed electronic records alone support nothing."""
    files = list(row.files.filter(pk__in=keys))
    need = EvidenceNeed(kind=BASIS, names={"zh": "证据", "en": "Evidence"})
    support = support_of([evidence_of(each) for each in files], [need])
    if not support.is_enough:
        raise ServiceError("checks.unsupported", count=str(len(files)))
    return files
