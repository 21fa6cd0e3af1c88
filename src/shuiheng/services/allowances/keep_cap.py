"""Enter how much a city or a part of it may use in a year (用水总量控制指标); a later figure supersedes."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import Place, RegionalCap
from shuiheng.services.allowances.open_round import FIRST_YEAR, LAST_YEAR
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import city_above, row_for

BASIS_LENGTH, CODE_LENGTH = 300, 30
MOST_M3 = Decimal("1e15")


@dataclass(frozen=True, slots=True, kw_only=True)
class CapFields:
    """What a cap says; an empty part means all of it.

    Args:
        year: The year.
        volume_m3: The cap.
        basis: The document that sets it.
        district: Key of the district, or None for the whole city.
        use_class: Class of use.
        water_kind: Kind of water.
    """

    year: int
    volume_m3: Decimal
    basis: str
    district: int | None = None
    use_class: str = ""
    water_kind: str = ""


def set_cap(actor: Actor, city: int, what: CapFields) -> RegionalCap:
    """Enter a cap; one of the same parts is superseded and stays to be looked at.

    Raises:
        ServiceError: `allowances.year`, `allowances.volume`, `allowances.basis_needed`.
        NotThereError, NotPermittedError: The city or district is not the actor's.
    """
    account = require(actor, Action.ALLOWANCES_KEEP)
    place = row_for(account, Action.ALLOWANCES_KEEP, Place, pk=city)
    district = None
    if what.district is not None:
        district = row_for(account, Action.ALLOWANCES_KEEP, Place, pk=what.district)
    if city_above(place).pk != place.pk or (district is not None and city_above(district).pk != place.pk):
        raise NotThereError(f"place:{city}")
    _check(what)
    parts = {
        "place": place,
        "district": district,
        "year": what.year,
        "use_class": what.use_class[:CODE_LENGTH],
        "water_kind": what.water_kind[:CODE_LENGTH],
    }
    with transaction.atomic():
        Place.objects.select_for_update(of=("self",)).get(pk=place.pk)
        before = RegionalCap.objects.filter(**parts, superseded_at__isnull=True).first()
        if before is not None:
            _end(before)
        cap = RegionalCap.objects.create(
            **parts,
            volume_m3=what.volume_m3,
            basis=what.basis.strip()[:BASIS_LENGTH],
            entered_by=account,
            entered_at=timezone.now(),
        )
        if before is not None:
            record_event(account, "regional_cap.superseded", subject=f"regional_cap:{before.pk}", place=place)
        record_event(
            account,
            "regional_cap.set",
            subject=f"regional_cap:{cap.pk}",
            place=place,
            before={"volume_m3": str(before.volume_m3)} if before is not None else None,
            after={"year": cap.year, "volume_m3": str(cap.volume_m3), "basis": cap.basis},
        )
    return cap


def withdraw_cap(actor: Actor, key: int, *, reason: str) -> RegionalCap:
    """Withdraw a cap that was entered by mistake; it stays to be looked at.

    Raises:
        ServiceError: `allowances.cap_ended`: it is superseded already; `allowances.reason_needed`.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.ALLOWANCES_KEEP)
    with transaction.atomic():
        cap = row_for(account, Action.ALLOWANCES_KEEP, RegionalCap, lock=True, pk=key)
        if cap.superseded_at is not None:
            raise ServiceError("allowances.cap_ended")
        if not reason.strip():
            raise ServiceError("allowances.reason_needed")
        _end(cap)
        record_event(
            account,
            "regional_cap.withdrawn",
            subject=f"regional_cap:{cap.pk}",
            place=cap.place,
            reason=reason.strip()[:BASIS_LENGTH],
        )
    return cap


def _end(cap: RegionalCap) -> None:
    cap.superseded_at = timezone.now()
    cap.save(update_fields=["superseded_at"])


def _check(what: CapFields) -> None:
    if not FIRST_YEAR <= what.year <= LAST_YEAR:
        raise ServiceError("allowances.year", year=str(what.year))
    if not what.volume_m3.is_finite() or not 0 <= what.volume_m3 < MOST_M3:
        raise ServiceError("allowances.volume", volume=str(what.volume_m3)[:40])
    if not what.basis.strip():
        raise ServiceError("allowances.basis_needed")
