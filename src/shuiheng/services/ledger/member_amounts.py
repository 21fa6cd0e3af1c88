"""The amounts by which rules of membership decide: one reader for each origin that the rulebook names.

A further amount (staff, beds, irrigated area) joins by a reader here and an entry in
rulebook/ledger/quantities.yaml.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from shuiheng.adapters.records.as_of import AsOf, standing
from shuiheng.adapters.records.models import PermitFact, Place, SourceFact, UserFact
from shuiheng.adapters.rulebook.membership import MemberQuantity, membership_book
from shuiheng.kernel.water_volume import LITRES_OF_M3
from shuiheng.metering.annual_use import AnnualUse
from shuiheng.rules.membership import NOTHING_KNOWN, Bounds, Traits
from shuiheng.services.ledger.year_meters import UserYear, use_of, year_meters

SHARE_PLACES = 4
NO_METERS = UserYear()


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """An amount of one user.

    Args:
        bounds: Between what it lies.
        litres: What is known of it; None when nothing is.
        is_concerned: Whether the user has, or may have, water of the kind at all.
        estimated: How much of it was estimated, litres.
        shares: Shares of the meters' time that were measured, estimated and missing; None for permits.
    """

    bounds: Bounds
    litres: Decimal | None
    is_concerned: bool
    estimated: int = 0
    shares: tuple[float, float, float] | None = None


UNKNOWN = Amount(bounds=NOTHING_KNOWN, litres=None, is_concerned=True)


@dataclass(slots=True)
class Basis:
    """The city, year and day for which amounts are read; what was read is kept for the next rule.

    Args:
        city: The city.
        year: The year of the list; use is that of the year before.
        on: Day as of which users and permits are read.
    """

    city: Place
    year: int
    on: date
    _meters: Mapping[int, UserYear] | None = field(default=None, init=False)
    _traits: Mapping[int, Traits] | None = field(default=None, init=False)
    _amounts: dict[str, Mapping[int, Amount]] = field(default_factory=dict, init=False)

    @property
    def use_year(self) -> int:
        """The year whose use decides."""
        return self.year - 1

    def meters(self) -> Mapping[int, UserYear]:
        """Return what the meters of each user tell of the year before."""
        if self._meters is None:
            self._meters = year_meters(self.city, self.use_year)
        return self._meters

    def amounts(self, quantity: str) -> Mapping[int, Amount]:
        """Return an amount of each user on the ledger; `UNKNOWN` for one of whom nothing is known.

        Raises:
            KeyError: The rulebook has no such amount, or nothing reads it.
        """
        if quantity not in self._amounts:
            known = membership_book().quantities[quantity]
            found = READERS[known.origin](self, known)
            self._amounts[quantity] = {user: found.get(user, UNKNOWN) for user in self.traits()}
        return self._amounts[quantity]

    def traits(self) -> Mapping[int, Traits]:
        """Return what the ledger says of each user that uses water on the day; merged ones are left out."""
        if self._traits is None:
            meters = self.meters()
            rows = standing(UserFact.objects.filter(subject__city=self.city), AsOf(on=self.on))
            rows = rows.filter(subject__merged_into__isnull=True, is_open=True)
            self._traits = {
                user: Traits(
                    use_class=use_class,
                    sources=meters.get(user, NO_METERS).kinds,
                    is_above_scale=is_above_scale,
                    is_public=is_public,
                )
                for user, use_class, is_above_scale, is_public in rows.values_list(
                    "subject", "use_class", "is_above_scale", "is_public_institution"
                )
            }
        return self._traits


Reader = Callable[[Basis, MemberQuantity], Mapping[int, Amount]]


def used_water(basis: Basis, quantity: MemberQuantity) -> Mapping[int, Amount]:
    """Return what each user took in the year before from the sources that the amount counts."""
    found = {}
    for user, year in basis.meters().items():
        use = use_of(year, quantity.sources, basis.use_year)
        most = use.most_litres
        found[user] = Amount(
            bounds=Bounds(least=Decimal(use.least_litres), most=None if most is None else Decimal(most)),
            litres=None if use.known_litres is None else Decimal(use.known_litres),
            is_concerned=not (quantity.sources and year.kinds) or bool(quantity.sources & year.kinds),
            estimated=use.estimated_litres,
            shares=_shares(use),
        )
    return found


def _shares(use: AnnualUse) -> tuple[float, float, float]:
    measured, estimated, missing = (
        round(float(share), SHARE_PLACES)
        for share in (use.measured_share, use.estimated_share, use.missing_share)
    )
    return measured, estimated, missing


def permitted_water(basis: Basis, quantity: MemberQuantity) -> Mapping[int, Amount]:
    """Return what the permits of each user allow on the day; a source without one leaves it open."""
    as_of = AsOf(on=basis.on)
    sources: dict[int, set[int]] = defaultdict(set)
    rows = standing(SourceFact.objects.filter(subject__user__city=basis.city), as_of)
    rows = rows.filter(subject__kind="abstraction", is_active=True)
    for user, source, water in rows.values_list("subject__user", "subject", "water_kind"):
        if not quantity.waters or not water or water in quantity.waters:
            sources[user].add(source)
    volumes: dict[int, list[Decimal | None]] = defaultdict(list)
    permits = standing(PermitFact.objects.filter(subject__source__user__city=basis.city), as_of)
    for source, volume, expires_on in permits.values_list("subject__source", "volume_m3", "expires_on"):
        if expires_on is None or expires_on >= basis.on:
            volumes[source].append(volume)
    found = {
        user: _permitted([volume for key in keys for volume in volumes.get(key) or [None]])
        for user, keys in sources.items()
    }
    none = Amount(bounds=Bounds(least=Decimal(0), most=Decimal(0)), litres=None, is_concerned=False)
    return dict.fromkeys(basis.traits(), none) | found


def _permitted(volumes: list[Decimal | None]) -> Amount:
    known = [volume * LITRES_OF_M3 for volume in volumes if volume is not None]
    total = sum(known, Decimal(0))
    return Amount(
        bounds=Bounds(least=total, most=total if len(known) == len(volumes) else None),
        litres=total if known else None,
        is_concerned=True,
    )


READERS: Mapping[str, Reader] = MappingProxyType({"use": used_water, "permit": permitted_water})
