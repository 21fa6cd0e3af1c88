"""How many households and persons stand behind a user of the ledger, as two of its activities say by day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from shuiheng.adapters.records.as_of import AsOf, standing
from shuiheng.adapters.records.models import ActivityFact, Place
from shuiheng.adapters.records.sight import Sight

HOUSEHOLDS, PERSONS = "居民户数", "居住人口"
"""What the two activities are called in the ledger."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """Who lives behind a meter.

    Args:
        households: How many households; None when the ledger does not say.
        persons: How many persons; None when it does not say.
    """

    households: int | None = None
    persons: int | None = None

    @property
    def is_single(self) -> bool:
        """Return whether one household has the meter for itself; where nobody says so, it is shared."""
        return self.households == 1


def homes_on(seen: Sight, city: Place, on: date) -> Mapping[int, Home]:
    """Return who lives behind the users of a city on a day; users of whom nothing is said are left out."""
    rows = standing(seen(ActivityFact), AsOf(on=on)).filter(
        subject__city=city, code__in=(HOUSEHOLDS, PERSONS)
    )
    found: dict[int, dict[str, Decimal]] = {}
    for user, code, amount in rows.order_by("pk").values_list("subject_id", "code", "amount"):
        found.setdefault(user, {})[code] = amount
    return {
        user: Home(households=_whole(said.get(HOUSEHOLDS)), persons=_whole(said.get(PERSONS)))
        for user, said in found.items()
    }


def _whole(amount: Decimal | None) -> int | None:
    """Return a whole number; a broken one says nothing."""
    return int(amount) if amount is not None and amount == int(amount) else None
