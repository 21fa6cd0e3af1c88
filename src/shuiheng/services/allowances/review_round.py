"""Review a computed plan of a year by a second person, or send it back to be computed again."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import AllowanceRound, RoundState
from shuiheng.services.errors import ServiceError, WrongStateError
from shuiheng.services.events import record_event
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import row_for

REASON_LENGTH = 300


def review_round(actor: Actor, key: int) -> AllowanceRound:
    """Agree to a computed round; whoever computed it may not.

    Raises:
        WrongStateError: It is not computed, or reviewed already.
        ServiceError: `allowances.own_work`: the actor computed it.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.ALLOWANCES_REVIEW)
    with transaction.atomic():
        round_ = row_for(account, Action.ALLOWANCES_REVIEW, AllowanceRound, lock=True, pk=key)
        if round_.state != RoundState.COMPUTED:
            raise WrongStateError(round_.state)
        if round_.terms.get("computed_by") == account.pk:
            raise ServiceError("allowances.own_work")
        round_.state = RoundState.REVIEWED
        round_.reviewed_by, round_.reviewed_at = account, timezone.now()
        round_.save(update_fields=["state", "reviewed_by", "reviewed_at"])
        record_event(
            account,
            "allowance_round.reviewed",
            subject=f"allowance_round:{round_.pk}",
            place=round_.place,
            after={"year": round_.year},
        )
    return round_


def return_round(actor: Actor, key: int, *, reason: str) -> AllowanceRound:
    """Send a computed or reviewed round back, so that it can be changed and computed again.

    Raises:
        WrongStateError: It is not computed, or published already.
        ServiceError: `allowances.reason_needed`.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.ALLOWANCES_REVIEW)
    with transaction.atomic():
        round_ = row_for(account, Action.ALLOWANCES_REVIEW, AllowanceRound, lock=True, pk=key)
        if round_.state not in (RoundState.COMPUTED, RoundState.REVIEWED):
            raise WrongStateError(round_.state)
        if not reason.strip():
            raise ServiceError("allowances.reason_needed")
        round_.state, round_.reviewed_by, round_.reviewed_at = RoundState.COMPUTED, None, None
        said = {"by": account.pk, "on": timezone.localdate().isoformat(), "reason": reason.strip()}
        round_.terms = round_.terms | {"returned": said | {"reason": reason.strip()[:REASON_LENGTH]}}
        round_.save(update_fields=["state", "reviewed_by", "reviewed_at", "terms"])
        record_event(
            account,
            "allowance_round.returned",
            subject=f"allowance_round:{round_.pk}",
            place=round_.place,
            reason=reason.strip()[:REASON_LENGTH],
        )
    return round_
