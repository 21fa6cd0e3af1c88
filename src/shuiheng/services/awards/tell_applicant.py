"""Write to an applicant what the office decided of its application, in the transaction of the decision."""

from __future__ import annotations

from django.urls import reverse

from shuiheng.adapters.records.models import Account, Award, AwardState, Channel
from shuiheng.services.write_message import Cause, write_message

KINDS = {
    AwardState.APPROVED: "award_approved",
    AwardState.REJECTED: "award_rejected",
    AwardState.WITHDRAWN: "award_withdrawn",
    AwardState.PAID: "award_paid",
}


def tell_applicant(account: Account, award: Award) -> None:
    """Write to the unit of an applicant how its application stands.

    Args:
        account: Who decided.
        award: The award in its new state.
    """
    amount = award.amount_yuan
    cause = Cause(
        kind=KINDS[AwardState(award.state)],
        key=f"award/{award.pk}/{award.state}",
        blanks={
            "organisation": award.user.organisation.name,
            "subject": award.subject,
            "scheme": award.scheme.title,
            "amount": "—" if amount is None else f"{amount:,.2f}",
            "reason": award.decision or "—",
            "day": "—" if award.paid_on is None else award.paid_on.isoformat(),
        },
        by=account,
        page=reverse("award", args=[award.pk]),
    )
    write_message(cause, Channel.SITE, organisation=award.user.organisation)
