"""Take the publication of a plan back (撤销下达): asked for with a reason, agreed to by a second person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from shuiheng.adapters.records.models import (
    Account,
    AllowanceEntry,
    AllowanceRound,
    Channel,
    Charge,
    ChargeState,
    EntryKind,
    EntryState,
    Job,
    JobKind,
    PlannedAllowance,
    RoundState,
    RunState,
)
from shuiheng.services.allowances.compute_round import is_under_way
from shuiheng.services.errors import ServiceError, WrongStateError
from shuiheng.services.events import record_event
from shuiheng.services.job_steps import ask_job
from shuiheng.services.permission import Action, Actor, remember_memberships, require
from shuiheng.services.scope import row_for
from shuiheng.services.write_message import Cause, write_message

UNDO, MESSAGE, REASON_LENGTH = "undo", "allowance_unpublished", 300
ASKED, DONE = "undo", "undone"
"""Where a plan keeps in `terms` what is asked for and what was done."""


def undo_bars(round_: AllowanceRound) -> Sequence[ServiceError]:
    """Return what stands against taking a publication back; nothing when it may be.

    Months that were billed no longer change, charges that are being worked out rest on the plan, and water
    that passed into the plan of another year or authority cannot be called back.
    """
    rows = round_.allowances.filter(published_at__isnull=False)
    open_runs = (RunState.DRAFT, RunState.REVIEWED)
    drafts = Charge.objects.filter(allowance__in=rows, state=ChargeState.DRAFT, run__state__in=open_runs)
    others = AllowanceEntry.objects.filter(state=EntryState.APPROVED).exclude(allowance__round=round_)
    passed = Q(partner__allowance__round=round_) | Q(partners__allowance__round=round_)
    carried = Q(
        kind=EntryKind.CARRY_OVER,
        allowance__round__year=round_.year + 1,
        allowance__round__place=round_.place,
        allowance__round__authority=round_.authority,
    )
    found = {
        "allowances.undo_frozen": rows.exclude(frozen=[]).count(),
        "allowances.undo_charged": drafts.values("run").distinct().count(),
        "allowances.undo_bound": others.filter(passed | carried).distinct().count(),
    }
    return [ServiceError(code, count=str(count)) for code, count in found.items() if count]


def ask_undo(actor: Actor, key: int, *, reason: str) -> AllowanceRound:
    """Ask that the publication of a plan is taken back; another person agrees.

    Raises:
        WrongStateError: The plan is not published.
        ServiceError: `allowances.reason_needed`; `allowances.undo_asked`; `allowances.under_way`, its
            notices are being written; or what `undo_bars` finds.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.ALLOWANCES_KEEP)
    with transaction.atomic():
        round_ = row_for(account, Action.ALLOWANCES_KEEP, AllowanceRound, lock=True, pk=key)
        _check_may_be_undone(round_)
        if ASKED in round_.terms:
            raise ServiceError("allowances.undo_asked")
        if not reason.strip():
            raise ServiceError("allowances.reason_needed")
        said = reason.strip()[:REASON_LENGTH]
        asked = {"by": account.pk, "on": timezone.localdate().isoformat(), "reason": said}
        _keep_terms(round_, round_.terms | {ASKED: asked})
        _tell(account, round_, "undo_asked", said)
    return round_


def refuse_undo(actor: Actor, key: int) -> AllowanceRound:
    """Leave a plan published of which somebody asked that it is taken back.

    Raises:
        WrongStateError: Nobody asked for it.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.ALLOWANCES_PUBLISH)
    with transaction.atomic():
        round_ = row_for(account, Action.ALLOWANCES_PUBLISH, AllowanceRound, lock=True, pk=key)
        if ASKED not in round_.terms or is_under_way(round_):
            raise WrongStateError(round_.state)
        _keep_terms(round_, {name: held for name, held in round_.terms.items() if name != ASKED})
        _tell(account, round_, "undo_refused", "")
    return round_


def agree_undo(actor: Actor, key: int) -> Job:
    """Agree that a publication is taken back, and queue it; whoever asked for it may not.

    Raises:
        WrongStateError: Nobody asked for it, or the plan is not published.
        ServiceError: `allowances.own_work`; `allowances.under_way`; or what `undo_bars` finds.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.ALLOWANCES_PUBLISH)
    with transaction.atomic():
        round_ = row_for(account, Action.ALLOWANCES_PUBLISH, AllowanceRound, lock=True, pk=key)
        _check_asked(account, round_)
        _check_may_be_undone(round_)
        return ask_job(
            account,
            JobKind.ALLOWANCES,
            title=f"撤销下达 {round_.year} {round_.title}".strip(),
            place=round_.place,
            arguments={"round": round_.pk, "work": UNDO},
        )


@transaction.atomic
def undo_publication(job: Job) -> Mapping[str, Any]:
    """Take a publication back: nothing of it counts any more, and each user that had a notice is told.

    Entries, numbers and notices stay to be looked at. The plan can be changed and computed again.
    """
    account = job.asked_by
    if account is None:
        raise ServiceError("services.not_permitted", action=Action.ALLOWANCES_PUBLISH.value)
    remember_memberships(account)
    key = job.arguments["round"]
    round_ = row_for(account, Action.ALLOWANCES_PUBLISH, AllowanceRound, lock=True, pk=key)
    asked = _check_asked(account, round_)
    rows = list(
        round_.allowances.select_for_update(of=("self",))
        .filter(published_at__isnull=False)
        .select_related("user__organisation__place")
        .order_by("user__number", "pk")
    )
    _check_bars(round_)
    _revoke_entries(account, round_, asked["reason"])
    told = _tell_users(account, round_, rows, asked["reason"])
    keys = [row.pk for row in rows]
    nothing = {"published_at": None, "number": "", "received_by": None, "received_at": None}
    round_.allowances.filter(pk__in=keys).update(**nothing)
    done = {**asked, "agreed_by": account.pk, "agreed_on": timezone.localdate().isoformat()}
    terms = {name: held for name, held in round_.terms.items() if name != ASKED}
    round_.state, round_.published_by, round_.published_at = RoundState.COMPUTED, None, None
    round_.reviewed_by, round_.reviewed_at = None, None
    round_.terms = terms | {DONE: [*round_.terms.get(DONE, ()), done]}
    round_.save()
    _tell(account, round_, "unpublished", asked["reason"], accounts=len(rows), notices=told)
    return {"accounts": len(rows), "notices": told}


def _check_asked(account: Account, round_: AllowanceRound) -> Mapping[str, Any]:
    asked: Mapping[str, Any] | None = round_.terms.get(ASKED)
    if asked is None:
        raise WrongStateError(round_.state)
    if asked["by"] == account.pk:
        raise ServiceError("allowances.own_work")
    return asked


def _check_may_be_undone(round_: AllowanceRound) -> None:
    if is_under_way(round_):
        raise ServiceError("allowances.under_way")
    _check_bars(round_)


def _check_bars(round_: AllowanceRound) -> None:
    if round_.state != RoundState.PUBLISHED:
        raise WrongStateError(round_.state)
    for bar in undo_bars(round_):
        raise bar


def _revoke_entries(account: Account, round_: AllowanceRound, reason: str) -> None:
    """Let nothing that was approved count, and close what still waits for an answer on either side."""
    entries = AllowanceEntry.objects.filter(allowance__round=round_)
    waiting = entries.filter(state=EntryState.ASKED)
    sides = Q(partner__in=waiting) | Q(partners__in=waiting) | Q(pk__in=waiting)
    open_ones = AllowanceEntry.objects.filter(sides, state=EntryState.ASKED).distinct()
    for entry in list(open_ones.select_related("allowance__round__place")):
        entry.state, entry.decision = EntryState.WITHDRAWN, reason
        entry.decided_by, entry.decided_at = account, timezone.now()
        entry.save(update_fields=["state", "decision", "decided_by", "decided_at"])
        record_event(
            account,
            "allowance.change_withdrawn",
            subject=f"allowance:{entry.allowance_id}",
            place=entry.allowance.round.place,
            reason=reason,
            after={"entries": [entry.pk]},
        )
    entries.filter(state=EntryState.APPROVED).update(state=EntryState.REVOKED)


def _tell_users(
    account: Account, round_: AllowanceRound, rows: Sequence[PlannedAllowance], reason: str
) -> int:
    """Tell each user that its notice holds no longer; return how many notices that were."""
    noticed = sorted((row for row in rows if row.number), key=lambda row: (row.user_id, row.number))
    count = 0
    for number, held in groupby(noticed, key=lambda row: row.number):
        unit = next(held).user.organisation
        blanks = {
            "organisation": unit.name,
            "year": str(round_.year),
            "number": number,
            "reason": reason,
        }
        cause = Cause(kind=MESSAGE, key=f"{MESSAGE}:{round_.pk}:{number}", blanks=blanks, by=account)
        count += write_message(cause, Channel.SITE, organisation=unit) is not None
    return count


def _keep_terms(round_: AllowanceRound, terms: dict[str, Any]) -> None:
    round_.terms = terms
    round_.save(update_fields=["terms"])


def _tell(account: Account, round_: AllowanceRound, done: str, reason: str, **counts: int) -> None:
    record_event(
        account,
        f"allowance_round.{done}",
        subject=f"allowance_round:{round_.pk}",
        place=round_.place,
        reason=reason,
        after={"year": round_.year, **counts},
    )
