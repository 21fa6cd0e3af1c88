"""What the ledger says of the users of a city and their sources, read at once for a whole year's plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Q

from shuiheng.adapters.records.as_of import AsOf, standing
from shuiheng.adapters.records.models import (
    ActivityFact,
    Organisation,
    PermitFact,
    Place,
    SourceFact,
    SourceKind,
    UserFact,
)
from shuiheng.allowances.errors import AllowanceError
from shuiheng.allowances.model import Activity
from shuiheng.allowances.norm_lookup import find_norm, named_norms
from shuiheng.allowances.norm_unit import norm_unit_of
from shuiheng.allowances.use_norm import UseNorm
from shuiheng.services.allowances.covered_users import SPECIAL_PRICE
from shuiheng.services.rules.norms_now import norms_now
from shuiheng.services.rules.rulebook_now import area_of_city


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerSource:
    """A source of a user as the ledger describes it.

    Args:
        key: Its key.
        number: Its number with the user.
        kind: An abstraction of its own or a connection to public supply.
        water: Kind of water.
        permit_m3: Volume of its permits, or None when they state none.
    """

    key: int
    number: str
    kind: str
    water: str
    permit_m3: Decimal | None = None

    @property
    def has_permit(self) -> bool:
        """Return whether it needs a permit."""
        return self.kind == SourceKind.ABSTRACTION


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerUser:
    """A water user as the ledger describes it, with its sources."""

    key: int
    name: str
    use_class: str
    district: str
    industry: str
    sources: Sequence[LedgerSource] = ()
    activities: Sequence[Activity] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class YearLedger:
    """The users of a city on a day, by key.

    Args:
        users: Those that are open, merged ones left out.
        special: Keys of those who pay the price of special trades.
    """

    users: Mapping[int, LedgerUser]
    special: frozenset[int] = field(default_factory=frozenset)


def read_ledger(city: Place, on: date, *, authority: Organisation | None = None) -> YearLedger:
    """Return the users of a city with their sources, permits and activities, as they stood on a day.

    Args:
        city: The city.
        on: The day.
        authority: Whose plans are made; sources of another authority are left out. None for all.
    """
    sources, special = _sources(city, on, authority)
    facts = standing(UserFact.objects.filter(subject__city=city, is_open=True), AsOf(on=on))
    facts = facts.filter(subject__merged_into__isnull=True).order_by("subject__number")
    columns = ("subject_id", "name", "use_class", "district__name", "industry_code")
    people = list(facts.values_list(*columns))
    activities = _activities(city, on, {key: industry for key, *_, industry in people})
    users = {
        key: LedgerUser(
            key=key,
            name=name,
            use_class=use_class,
            district=district or "",
            industry=industry,
            sources=sources.get(key, ()),
            activities=activities.get(key, ()),
        )
        for key, name, use_class, district, industry in people
    }
    return YearLedger(users=users, special=special)


def _sources(
    city: Place, on: date, authority: Organisation | None
) -> tuple[Mapping[int, Sequence[LedgerSource]], frozenset[int]]:
    rows = standing(SourceFact.objects.filter(subject__user__city=city, is_active=True), AsOf(on=on))
    special = frozenset(rows.filter(price_class=SPECIAL_PRICE).values_list("subject__user", flat=True))
    if authority is not None:
        rows = rows.filter(Q(authority__isnull=True) | Q(authority=authority))
    permits = _permits(city, on)
    found: dict[int, list[LedgerSource]] = defaultdict(list)
    columns = ("subject__user_id", "subject_id", "subject__number", "subject__kind", "water_kind")
    for user, key, number, kind, water in rows.order_by("subject__number").values_list(*columns):
        found[user].append(
            LedgerSource(key=key, number=number, kind=kind, water=water, permit_m3=permits.get(key))
        )
    return found, special


def _permits(city: Place, on: date) -> Mapping[int, Decimal | None]:
    """Return the volume that permits allow by source; None where one of them states none."""
    rows = standing(PermitFact.objects.filter(subject__source__user__city=city), AsOf(on=on))
    found: dict[int, Decimal | None] = {}
    for source, volume in rows.exclude(expires_on__lt=on).values_list("subject__source_id", "volume_m3"):
        known = found.get(source, Decimal(0))
        found[source] = None if known is None or volume is None else known + volume
    return found


def _activities(city: Place, on: date, industries: Mapping[int, str]) -> Mapping[int, Sequence[Activity]]:
    """Return what users make or serve, for as far as a norm is known for it."""
    norms, area = named_norms(norms_now(city)), area_of_city(city)
    rows = standing(ActivityFact.objects.filter(subject__city=city), AsOf(on=on))
    found: dict[int, list[Activity]] = defaultdict(list)
    columns = ("pk", "subject_id", "code", "unit", "amount")
    for key, user, code, unit, amount in rows.values_list(*columns):
        held = find_norm(norms, code, area=area, on=on, industry=industries.get(user, ""))
        if held is not None:
            found[user].append(
                Activity(
                    norm=held,
                    amount=amount,
                    unit=counted_unit(held, unit),
                    origin=f"activity:{key}",
                    label=code,
                )
            )
    return found


def counted_unit(norm: UseNorm, unit: str) -> str:
    """Return the unit of an amount, or nothing where the norm counts the same under another word."""
    try:
        return "" if norm_unit_of(norm.unit).activity == unit else unit
    except AllowanceError:
        return unit
