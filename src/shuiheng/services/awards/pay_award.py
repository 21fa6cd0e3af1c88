"""Payments of approved awards."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import Award, AwardState
from shuiheng.services.awards.ask_award import tell_award
from shuiheng.services.awards.tell_applicant import tell_applicant
from shuiheng.services.errors import ServiceError
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import row_for

LONGEST = 80


def pay_award(actor: Actor, key: int, *, on: date, receipt: str) -> Award:
    """Write down that an approved award was paid, by which receipt.

    Raises:
        ServiceError: `awards.wrong_state`; `awards.bad_pay_day`, it lies ahead or before the approval;
            `awards.receipt_needed`.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.AWARDS_KEEP)
    with transaction.atomic():
        award = row_for(account, Action.AWARDS_KEEP, Award, lock=True, pk=key)
        if not receipt.strip():
            raise ServiceError("awards.receipt_needed")
        if award.state != AwardState.APPROVED or award.approved_at is None:
            raise ServiceError("awards.wrong_state")
        if not timezone.localdate(award.approved_at) <= on <= timezone.localdate():
            raise ServiceError("awards.bad_pay_day", day=on.isoformat())
        award.state, award.paid_by, award.paid_at = AwardState.PAID, account, timezone.now()
        award.paid_on, award.receipt = on, receipt.strip()[:LONGEST]
        award.save(update_fields=["state", "paid_by", "paid_at", "paid_on", "receipt"])
        tell_award(account, award, "award.paid")
        tell_applicant(account, award)
    return award
