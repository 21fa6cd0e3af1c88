"""What the ledger knows of a water user that conditions of schemes may ask."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.utils import timezone

from shuiheng.adapters.records.as_of import AsOf, standing
from shuiheng.adapters.records.models import LedgerDocument, UserFact, WaterUser
from shuiheng.adapters.records.queries_allowances import effective_months
from shuiheng.adapters.records.queries_charges import issued_charges
from shuiheng.adapters.records.queries_use import Grouping, UseFilter, use_by_month
from shuiheng.adapters.records.sight import Sight
from shuiheng.adapters.records.use_figures import months_between
from shuiheng.services.allowances.taken_water import PastYear, past_year
from shuiheng.services.awards.conditions import Fact, Known
from shuiheng.services.charges.arrears import owed_of

YES, NO = frozenset({"yes"}), frozenset({"no"})


def known_facts(seen: Sight, user: WaterUser, year: int) -> Mapping[Fact, Known]:
    """Return what is known of a user in a year; None for what is not known.

    Args:
        seen: What the reader may see.
        user: The user.
        year: The year of its use and of its allowance.
    """
    before, used = use_of_year(seen, user, year - 1).m3, use_of_year(seen, user, year).m3
    allowed = _allowance_m3(seen, user, year)
    return {
        **_of_ledger(seen, user),
        Fact.YEAR_USE_M3: used,
        Fact.SAVED_SHARE: None if used is None or not before else (before - used) / before,
        Fact.USE_OF_ALLOWANCE: None if used is None or not allowed else used / allowed,
        Fact.OVERDUE_YUAN: _overdue(seen, user),
        Fact.DOCUMENT: frozenset(seen(LedgerDocument).filter(user=user).values_list("kind", flat=True)),
    }


def use_of_year(seen: Sight, user: WaterUser, year: int) -> PastYear:
    """Return the water of a user in a year; its m³ are None when a month, or too much of it, is not known."""
    months = months_between(date(year, 1, 1), date(year, 12, 1))
    use = use_by_month(seen, Grouping.USER, months, UseFilter(users=(user.pk,)))
    return past_year({month: each for (_key, month), each in use.items()}, year)


def _of_ledger(seen: Sight, user: WaterUser) -> Mapping[Fact, Known]:
    today = AsOf(on=timezone.localdate())
    fact = standing(seen(UserFact), today).filter(subject=user).first()
    if fact is None:
        return {}
    return {
        Fact.USE_CLASS: frozenset({fact.use_class}) if fact.use_class else None,
        Fact.ABOVE_SCALE: _yes_no(fact.is_above_scale),
        Fact.PUBLIC_INSTITUTION: _yes_no(fact.is_public_institution),
    }


def _allowance_m3(seen: Sight, user: WaterUser, year: int) -> Decimal | None:
    """Return the allowance at the end of a year: that of the user as a whole, else those of its sources."""
    found = effective_months(seen, year=year, on=date(year, 12, 31), users=[user.pk]).values()
    whole = [each for each in found if each.source is None] or list(found)
    return sum((each.year_m3 for each in whole), Decimal(0)) if whole else None


def _overdue(seen: Sight, user: WaterUser) -> Decimal | None:
    """Return what is overdue of the charges that were issued; not known of a user that was never charged."""
    rows, today = list(issued_charges(seen).filter(user=user)), timezone.localdate()
    late = [row for row in rows if row.due_on is not None and row.due_on < today]
    return sum((owed_of(row) for row in late), Decimal(0)) if rows else None


def _yes_no(known: bool | None) -> Known:
    return None if known is None else YES if known else NO
