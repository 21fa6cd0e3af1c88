"""Set an allowance by hand, or put in what the ledger does not know, before a round is reviewed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import transaction

from shuiheng.adapters.records.models import Account, AllowanceRound, PlannedAllowance, RoundState
from shuiheng.allowances.months import split_year
from shuiheng.services.allowances.compute_round import CAN_BE_COMPUTED, is_under_way
from shuiheng.services.allowances.keep_cap import MOST_M3
from shuiheng.services.allowances.year_rules import year_rules
from shuiheng.services.errors import ServiceError, WrongStateError
from shuiheng.services.events import record_event
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import row_for

REASON_LENGTH, EVIDENCE_LENGTH = 300, 200
CAN_BE_SET = (*CAN_BE_COMPUTED, RoundState.PUBLISHED)


@dataclass(frozen=True, slots=True, kw_only=True)
class CutFields:
    """A cut that the office proposes: its reason, what shows it, and how much where the rule says nothing."""

    reason: str
    evidence: str
    share: Decimal | None = None
    amount_m3: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenFields:
    """What the office puts in beside the ledger.

    Args:
        is_new: Whether it is a new, rebuilt or enlarged project.
        has_saved: Whether documents show that it saved water.
        design_m3: Design figure of a year.
        supply_m3: What the supplier can deliver.
        cuts: Cuts with their evidence.
    """

    is_new: bool = False
    has_saved: bool = False
    design_m3: Decimal | None = None
    supply_m3: Decimal | None = None
    cuts: Sequence[CutFields] = field(default_factory=tuple)


def set_volume(actor: Actor, key: int, *, volume_m3: Decimal | None, reason: str) -> PlannedAllowance:
    """Set what an allowance shall be, whatever the method gives; None takes that back.

    The round is computed again before it can be reviewed: what is set by hand counts under the caps. In a
    published round only those can be set that have no allowance yet; it is then published again for them.

    Raises:
        ServiceError: `allowances.volume`, `allowances.reason_needed`, `allowances.under_way`.
        WrongStateError: Its round was reviewed or published already.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.ALLOWANCES_KEEP)
    with transaction.atomic():
        row = _open_row(account, key)
        if volume_m3 is not None and not (volume_m3.is_finite() and 0 <= volume_m3 < MOST_M3):
            raise ServiceError("allowances.volume", volume=str(volume_m3)[:40])
        if volume_m3 is not None and not reason.strip():
            raise ServiceError("allowances.reason_needed")
        before = row.volume_m3
        row.volume_m3 = volume_m3
        row.reason = reason.strip()[:REASON_LENGTH] if volume_m3 is not None else ""
        if row.round.state == RoundState.PUBLISHED:
            row.months, row.split = _months(row)
        row.save(update_fields=["volume_m3", "reason", "months", "split"])
        _open_again(account, row)
        record_event(
            account,
            "allowance.set",
            subject=f"allowance:{row.pk}",
            place=row.round.place,
            reason=row.reason,
            before={"volume_m3": _text(before)},
            after={"volume_m3": _text(row.volume_m3)},
        )
    return row


def give_inputs(actor: Actor, key: int, given: GivenFields) -> PlannedAllowance:
    """Keep what the office knows beside the ledger; it counts when the round is computed again.

    Raises:
        ServiceError: `allowances.cut_unknown`: the place does not cut for the reason, or forbids it;
            `allowances.cut_evidence`: nothing is named that shows it; `allowances.volume`;
            `allowances.under_way`.
        WrongStateError: Its round was reviewed or published already.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.ALLOWANCES_KEEP)
    with transaction.atomic():
        row = _open_row(account, key)
        rule = year_rules(row.round.place, row.round.year).cuts
        known = {each.reason for each in rule.reasons} if rule is not None else set()
        for cut in given.cuts:
            if cut.reason not in known:
                raise ServiceError("allowances.cut_unknown", reason=cut.reason[:60])
            if not cut.evidence.strip():
                raise ServiceError("allowances.cut_evidence", reason=cut.reason[:60])
        row.given = _given_json(given)
        row.save(update_fields=["given"])
        _open_again(account, row)
        record_event(
            account,
            "allowance.inputs_given",
            subject=f"allowance:{row.pk}",
            place=row.round.place,
            after={"given": row.given},
        )
    return row


def _open_row(account: Account, key: int) -> PlannedAllowance:
    """Return an allowance that may still be set; its plan is locked first: no step overtakes it.

    Raises:
        ServiceError: `allowances.under_way`: a job reads or writes the plan right now.
        WrongStateError: Its plan was reviewed, or the allowance published already.
    """
    plan = row_for(account, Action.ALLOWANCES_KEEP, PlannedAllowance, pk=key).round_id
    round_ = AllowanceRound.objects.select_for_update(of=("self",)).get(pk=plan)
    row = row_for(account, Action.ALLOWANCES_KEEP, PlannedAllowance, lock=True, pk=key)
    if round_.state not in CAN_BE_SET or row.published_at is not None:
        raise WrongStateError(round_.state)
    if is_under_way(round_):
        raise ServiceError("allowances.under_way")
    row.round = round_
    return row


def _months(row: PlannedAllowance) -> tuple[list[str], str]:
    """Return the months of an allowance that is set when the others hold already: an even division."""
    if row.volume_m3 is None:
        return [], ""
    step = year_rules(row.round.place, row.round.year).split_step_m3
    split = split_year(row.volume_m3, step=step)
    return [str(each) for each in split.months], split.basis.value


def _open_again(account: Account, row: PlannedAllowance) -> None:
    """Say that a round has to be computed again."""
    if row.round.state != RoundState.COMPUTED:
        return
    row.round.state = RoundState.OPEN
    row.round.save(update_fields=["state"])
    record_event(
        account,
        "allowance_round.opened_again",
        subject=f"allowance_round:{row.round_id}",
        place=row.round.place,
    )


def _given_json(given: GivenFields) -> dict[str, Any]:
    for volume in (given.design_m3, given.supply_m3):
        if volume is not None and not (volume.is_finite() and 0 <= volume < MOST_M3):
            raise ServiceError("allowances.volume", volume=str(volume)[:40])
    held: Mapping[str, Any] = {
        "is_new": given.is_new or None,
        "has_saved": given.has_saved or None,
        "design_m3": _text(given.design_m3),
        "supply_m3": _text(given.supply_m3),
        "cuts": [
            {
                "reason": cut.reason,
                "evidence": cut.evidence.strip()[:EVIDENCE_LENGTH],
                "share": _text(cut.share),
                "amount_m3": _text(cut.amount_m3),
            }
            for cut in given.cuts
        ]
        or None,
    }
    return {name: value for name, value in held.items() if value is not None}


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)
