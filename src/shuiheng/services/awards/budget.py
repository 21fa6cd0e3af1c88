"""What of the budget of a scheme is bound: approved and paid awards."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import Sum

from shuiheng.adapters.records.models import AwardScheme
from shuiheng.adapters.records.queries_awards import GRANTED
from shuiheng.services.errors import ServiceError


def committed_yuan(scheme: AwardScheme) -> Decimal:
    """Return what the approved and paid awards of a scheme come to (已承诺金额)."""
    found = scheme.awards.filter(state__in=GRANTED).aggregate(sum=Sum("amount_yuan"))
    return Decimal(found["sum"] or 0)


def refuse_over_budget(scheme: AwardScheme, amount: Decimal) -> None:
    """Refuse an amount that the rest of a budget does not bear; a scheme without a budget pays no money.

    Raises:
        ServiceError: `awards.over_budget`.
    """
    if scheme.budget_yuan is None:
        return
    rest = scheme.budget_yuan - committed_yuan(scheme)
    if amount > rest:
        raise ServiceError("awards.over_budget", amount=f"{amount:.2f}", rest=f"{rest:.2f}")
