"""Put sites, sources and permits of a water user into the ledger, and say what holds of them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Model

from shuiheng.adapters.records.as_of import AsOf, standing
from shuiheng.adapters.records.models import (
    Account,
    DatedFact,
    Organisation,
    Permit,
    PermitFact,
    Place,
    Site,
    SiteFact,
    SourceFact,
    SourceKind,
    WaterSource,
    WaterUser,
)
from shuiheng.services.errors import ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.ledger.keep_facts import Telling, changed_columns, facts_of, tell
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import city_above, row_for

_LONGEST: dict[type[Model], int] = {Site: 40, Permit: 60}


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFields:
    """What is said of a site; longitude and latitude are CGCS2000 degrees, both or neither."""

    name: str
    district: int | None = None
    address: str = ""
    longitude: Decimal | None = None
    latitude: Decimal | None = None
    position_method: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFields:
    """What is said of a source; the authority is that of the source, not that of the user."""

    water_kind: str
    site: int | None = None
    authority: int | None = None
    supplier: int | None = None
    account_number: str = ""
    price_class: str = ""
    basin_code: str = ""
    is_active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PermitFields:
    """What a permit allows; the volume is in m³ a year."""

    expires_on: date | None = None
    volume_m3: Decimal | None = None
    purpose: str = ""
    method: str = ""
    outlet: str = ""


def add_site(actor: Actor, user: int, number: str, what: SiteFields, *, valid_from: date) -> Site:
    """Put a site of a water user into the ledger.

    Raises:
        ServiceError: `ledger.field`, `ledger.number_taken`.
        NotThereError, NotPermittedError: The user is not the actor's.
    """
    account = require(actor, Action.LEDGER_EDIT)
    with transaction.atomic():
        owner = row_for(account, Action.LEDGER_EDIT, WaterUser, lock=True, pk=user)
        site = Site(user=owner, number=_free(Site, number, user=owner))
        site.save()
        write_site(site, what, Telling(by=account, valid_from=valid_from))
    return site


def change_site(actor: Actor, key: int, what: SiteFields, *, valid_from: date, reason: str) -> Site:
    """Say what holds of a site from a day.

    Raises:
        ServiceError: `ledger.reason_needed`, `ledger.field`.
        NotThereError, NotPermittedError: The site is not the actor's.
    """
    account = require(actor, Action.LEDGER_EDIT)
    with transaction.atomic():
        site = row_for(account, Action.LEDGER_EDIT, Site, lock=True, pk=key)
        write_site(site, what, _change(account, valid_from, reason))
    return site


def write_site(site: Site, what: SiteFields, telling: Telling) -> bool:
    """Write what holds of a site from a day and its event; return whether anything changed.

    Raises:
        ServiceError: `ledger.field`.
    """
    if not what.name.strip():
        raise ServiceError("ledger.field", field="name")
    if (what.longitude is None) != (what.latitude is None):
        raise ServiceError("ledger.field", field="longitude")
    if what.district is not None:
        _in_city(site.user.city, "district", Place.objects.filter(pk=what.district).first())
    return _write(SiteFact, site, what, telling)


def add_source(
    actor: Actor, user: int, kind: SourceKind, what: SourceFields, *, valid_from: date
) -> WaterSource:
    """Put a source of a water user into the ledger, under the next number of the user.

    Raises:
        ServiceError: `ledger.field`, `ledger.supplier_needed`.
        NotThereError, NotPermittedError: The user is not the actor's.
    """
    account = require(actor, Action.LEDGER_EDIT)
    with transaction.atomic():
        owner = row_for(account, Action.LEDGER_EDIT, WaterUser, lock=True, pk=user)
        number = next_source_number(owner)
        source = WaterSource.objects.create(user=owner, number=number, kind=kind)
        write_source(source, what, Telling(by=account, valid_from=valid_from))
    return source


def change_source(
    actor: Actor, key: int, what: SourceFields, *, valid_from: date, reason: str
) -> WaterSource:
    """Say what holds of a source from a day; its kind does not change.

    Raises:
        ServiceError: `ledger.reason_needed`, `ledger.field`, `ledger.supplier_needed`.
        NotThereError, NotPermittedError: The source is not the actor's.
    """
    account = require(actor, Action.LEDGER_EDIT)
    with transaction.atomic():
        source = row_for(account, Action.LEDGER_EDIT, WaterSource, lock=True, pk=key)
        write_source(source, what, _change(account, valid_from, reason))
    return source


def write_source(source: WaterSource, what: SourceFields, telling: Telling) -> bool:
    """Write what holds of a source from a day and its event; return whether anything changed.

    Raises:
        ServiceError: `ledger.field`, `ledger.supplier_needed`.
    """
    if not what.water_kind:
        raise ServiceError("ledger.field", field="water_kind")
    if source.kind == SourceKind.SUPPLY and what.supplier is None:
        raise ServiceError("ledger.supplier_needed")
    if what.site is not None and not source.user.sites.filter(pk=what.site).exists():
        raise ServiceError("ledger.field", field="site")
    _unit_in_city(source.user.city, "authority", what.authority)
    _unit_in_city(source.user.city, "supplier", what.supplier)
    return _write(SourceFact, source, what, telling)


def add_permit(actor: Actor, source: int, number: str, what: PermitFields, *, valid_from: date) -> Permit:
    """Put an abstraction permit into the ledger.

    Raises:
        ServiceError: `ledger.field`, `ledger.number_taken`.
        NotThereError, NotPermittedError: The source is not the actor's.
    """
    account = require(actor, Action.LEDGER_EDIT)
    with transaction.atomic():
        whose = row_for(account, Action.LEDGER_EDIT, WaterSource, lock=True, pk=source)
        permit = Permit.objects.create(source=whose, number=_free(Permit, number, source=whose))
        write_permit(permit, what, Telling(by=account, valid_from=valid_from))
    return permit


def change_permit(actor: Actor, key: int, what: PermitFields, *, valid_from: date, reason: str) -> Permit:
    """Say what a permit allows from a day, for example after it was renewed.

    Raises:
        ServiceError: `ledger.reason_needed`, `ledger.field`.
        NotThereError, NotPermittedError: The permit is not the actor's.
    """
    account = require(actor, Action.LEDGER_EDIT)
    with transaction.atomic():
        permit = row_for(account, Action.LEDGER_EDIT, Permit, lock=True, pk=key)
        write_permit(permit, what, _change(account, valid_from, reason))
    return permit


def write_permit(permit: Permit, what: PermitFields, telling: Telling) -> bool:
    """Write what a permit allows from a day and its event; return whether anything changed.

    Raises:
        ServiceError: `ledger.field`.
    """
    if what.volume_m3 is not None and what.volume_m3 < 0:
        raise ServiceError("ledger.field", field="volume_m3")
    return _write(PermitFact, permit, what, telling)


def _change(account: Account, valid_from: date, reason: str) -> Telling:
    if not reason.strip():
        raise ServiceError("ledger.reason_needed")
    return Telling(by=account, valid_from=valid_from, reason=reason.strip())


def _write(table: type[DatedFact], subject: Site | WaterSource | Permit, what: Any, telling: Telling) -> bool:
    columns = {field.name: getattr(what, field.name) for field in fields(what)}
    rows = facts_of(table, subject)
    before = standing(rows, AsOf(on=telling.valid_from)).first()
    if not tell(table, subject, columns, telling):
        return False
    after = standing(rows, AsOf(on=telling.valid_from)).get()
    old, new = changed_columns(table, before, after)
    thing, city = _thing(subject)
    record_event(
        telling.by,
        f"{thing}.{'changed' if before is not None else 'added'}",
        subject=f"{thing}:{subject.pk}",
        place=city,
        reason=telling.reason,
        before=old if before is not None else None,
        after=new,
    )
    return True


def _thing(subject: Site | WaterSource | Permit) -> tuple[str, Place]:
    if isinstance(subject, Permit):
        return "permit", subject.source.user.city
    return ("site" if isinstance(subject, Site) else "source"), subject.user.city


def next_source_number(user: WaterUser) -> str:
    """Return the number after the greatest plain one of a user's sources; the user's row is locked."""
    taken = [int(each) for each in user.sources.values_list("number", flat=True) if each.isdecimal()]
    return str(max(taken, default=0) + 1)


def _free(table: type[Model], number: str, **owner: Model) -> str:
    plain = number.strip()
    if not plain or len(plain) > _LONGEST[table]:
        raise ServiceError("ledger.field", field="number")
    if table._default_manager.filter(number=plain, **owner).exists():
        raise ServiceError("ledger.number_taken", number=plain)
    return plain


def _in_city(city: Place, field: str, place: Place | None) -> None:
    """Refuse a link to what lies in another city; it looks like one that does not exist."""
    if place is None or city_above(place).pk != city.pk:
        raise ServiceError("ledger.field", field=field)


def _unit_in_city(city: Place, field: str, key: int | None) -> None:
    if key is not None:
        unit = Organisation.objects.filter(pk=key).select_related("place__parent").first()
        _in_city(city, field, unit.place if unit is not None else None)
