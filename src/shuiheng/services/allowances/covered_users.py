"""Who has to have an allowance (计划用水管理对象): those of an adopted list, or by the rule of the place."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from decimal import Decimal

from shuiheng.adapters.records.models import MemberList, MemberStanding, Place, SourceKind
from shuiheng.metering.annual_use import AnnualUse
from shuiheng.rules.parameter import DatedValue
from shuiheng.services.ledger.year_meters import UserYear, use_of, year_meters

COVERED, LITRES_OF_M3 = "covered", 1000
RESIDENTIAL, SPECIAL_PRICE = "residential", "special"
NO_METERS = UserYear()


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """Who has to have an allowance.

    Args:
        users: Keys of those who do.
        unknown: Keys of those of whom it is not known, because their use is not.
    """

    users: frozenset[int]
    unknown: frozenset[int] = field(default_factory=frozenset)


def listed_users(listed: MemberList) -> Covered:
    """Return who stands on an adopted list."""
    rows = listed.rows.values_list("user", "standing")
    return Covered(
        users=frozenset(user for user, standing in rows if standing == MemberStanding.IN),
        unknown=frozenset(user for user, standing in rows if standing == MemberStanding.UNKNOWN),
    )


def covered_users(
    city: Place, value: DatedValue, *, use_year: int, classes: Mapping[int, str], special: Set[int]
) -> Covered:
    """Return whom a value of the rule `allowances/covered` covers.

    The record: `permit_holders`, `all_non_household` and `special_trades` (`covered`), and
    `public_supply_year`, the m³ of a year from which users of public supply are covered.

    Args:
        city: The city.
        value: The value of the rule.
        use_year: The year whose use decides.
        classes: Class of use of each open user of the city; empty where it is not known.
        special: Keys of users who pay the price of special trades.
    """
    record = value.value if isinstance(value.value, Mapping) else {}
    scale = record.get("public_supply_year")
    used = year_meters(city, use_year)
    found: set[int] = set()
    unknown: set[int] = set()
    for user, use_class in classes.items():
        own = used.get(user, NO_METERS)
        if (record.get("permit_holders") == COVERED and SourceKind.ABSTRACTION in own.kinds) or (
            record.get("special_trades") == COVERED and user in special
        ):
            found.add(user)
        elif record.get("all_non_household") == COVERED and use_class != RESIDENTIAL:
            (found if use_class else unknown).add(user)
        elif isinstance(scale, Decimal) and use_class != RESIDENTIAL and SourceKind.SUPPLY in own.kinds:
            is_above = _is_above(use_of(own, frozenset({SourceKind.SUPPLY.value}), use_year), scale)
            if is_above is not False:
                (found if is_above else unknown).add(user)
    return Covered(users=frozenset(found), unknown=frozenset(unknown))


def _is_above(use: AnnualUse, scale_m3: Decimal) -> bool | None:
    """Return whether a use reaches a scale; None when what is missing decides."""
    if Decimal(use.least_litres) / LITRES_OF_M3 >= scale_m3:
        return True
    most = use.most_litres
    return False if most is not None and Decimal(most) / LITRES_OF_M3 < scale_m3 else None
