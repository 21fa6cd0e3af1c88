"""Writing the rows of the ledger's workbook into the ledger, each by the use case of its kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from shuiheng.adapters.records.models import (
    Meter,
    Organisation,
    Permit,
    Place,
    Site,
    SourceKind,
    WaterSource,
    WaterUser,
)
from shuiheng.adapters.workbooks import Template, Value
from shuiheng.services.errors import ServiceError
from shuiheng.services.ledger import book_forms as forms
from shuiheng.services.ledger.book_forms import YES, code_for
from shuiheng.services.ledger.book_ledger import Ledger, meter_key, part_key, user_key
from shuiheng.services.ledger.book_rows import MASKED, mask_of, subject_of
from shuiheng.services.ledger.keep_contact import ActivityFields, ContactFields, write_activity, write_contact
from shuiheng.services.ledger.keep_facts import Telling
from shuiheng.services.ledger.keep_meter import MeterFields, write_meter
from shuiheng.services.ledger.keep_source import (
    PermitFields,
    SiteFields,
    SourceFields,
    write_permit,
    write_site,
    write_source,
)
from shuiheng.services.ledger.keep_water_user import WaterUserFields, write_change, write_water_user

Row = Mapping[str, Value]


def write_row(template: Template, row: Row, ledger: Ledger, telling: Telling) -> None:
    """Write one row that was checked; call it inside a transaction.

    What it makes anew is known to `ledger` from then on, so that later rows can name it.

    Raises:
        ServiceError: The ledger has moved since the check; the code says how.
    """
    _WRITERS[template.id](_unmasked(template, row, ledger, telling.valid_from), ledger, telling)


def _unmasked(template: Template, row: Row, ledger: Ledger, day: date) -> Row:
    """Return a row with what stands behind the masks that came back as they were sent."""
    names = MASKED.get(template.id, ())
    fact = ledger.belief(template, subject_of(template, row), day) if names else None
    if fact is None:
        return row
    kept = {name: getattr(fact, name) for name in names if row.get(name) == mask_of(fact, name)}
    return {**row, **kept}


def _text(row: Row, name: str) -> str:
    return str(row.get(name) or "")


def _flag(row: Row, name: str) -> bool | None:
    return None if row.get(name) is None else row[name] == YES


def _whole(row: Row, name: str) -> int | None:
    found = row.get(name)
    return int(found) if isinstance(found, int | Decimal) else None


def _exact(row: Row, name: str) -> Decimal | None:
    found = row.get(name)
    return Decimal(found) if isinstance(found, int | Decimal) else None


def _day(row: Row, name: str) -> date | None:
    found = row.get(name)
    return found if isinstance(found, date) else None


def there(template: Template, key: tuple[Value, ...], ledger: Ledger) -> Any:
    """Return who or what a key names.

    Raises:
        ServiceError: `ledger_book.moved`, it is not there any more.
    """
    found = ledger.subjects[template.id].get(key)
    if found is None:
        raise ServiceError("ledger_book.moved", name=" ".join(str(each) for each in key))
    return found


def user_of(row: Row, ledger: Ledger) -> WaterUser:
    """Return the user that a row belongs to.

    Raises:
        ServiceError: `ledger_book.moved`, it is not there any more.
    """
    user: WaterUser = there(forms.USERS, user_key(row.get("user")), ledger)
    return user


def unit_of(row: Row, name: str, ledger: Ledger) -> Organisation | None:
    """Return the organisation that a row names.

    Raises:
        ServiceError: `ledger_book.moved`, it is not there any more, or there are two.
    """
    if row.get(name) is None:
        return None
    units = ledger.units_named(row[name])
    if len(units) != 1:
        raise ServiceError("ledger_book.moved", name=_text(row, name))
    return units[0]


def _unit_key(row: Row, name: str, ledger: Ledger) -> int | None:
    unit = unit_of(row, name, ledger)
    return unit.pk if unit is not None else None


def keeper_of(row: Row, ledger: Ledger) -> Organisation:
    """Return the organisation that keeps the meter of a row.

    Raises:
        ServiceError: `ledger_book.moved`, it is not there any more.
    """
    keeper = unit_of(row, "keeper", ledger)
    if keeper is None:
        raise ServiceError("ledger_book.moved", name=_text(row, "number"))
    return keeper


def _part(row: Row, name: str, template: Template, ledger: Ledger) -> int | None:
    if row.get(name) is None:
        return None
    key: int = there(template, part_key(row.get("user"), row[name]), ledger).pk
    return key


def place_of(row: Row, ledger: Ledger) -> Place:
    """Return the district that a row of a user names.

    Raises:
        ServiceError: `ledger_book.moved`, it is not there any more.
    """
    place = ledger.place(row.get("district"))
    if place is None:
        raise ServiceError("ledger_book.moved", name=_text(row, "district"))
    return place


def user_fields(row: Row, ledger: Ledger) -> WaterUserFields:
    """Return what a row says of a user."""
    return WaterUserFields(
        name=_text(row, "name"),
        district=place_of(row, ledger).pk,
        number=_text(row, "number"),
        credit_code=_text(row, "credit_code"),
        no_code_reason=_text(row, "no_code_reason"),
        legal_person=_text(row, "legal_person"),
        address=_text(row, "address"),
        industry_code=_text(row, "industry_code"),
        use_class=code_for("use_class", row.get("use_class")),
        is_above_scale=_flag(row, "is_above_scale"),
        is_public_institution=_flag(row, "is_public_institution"),
        is_open=row.get("is_open") == YES,
    )


def _write_user(row: Row, ledger: Ledger, telling: Telling) -> None:
    place, fields = place_of(row, ledger), user_fields(row, ledger)
    key = user_key(row.get("number"))
    user = ledger.subjects[forms.USERS.id].get(key)
    if user is None:
        ledger.subjects[forms.USERS.id][key] = write_water_user(place, fields, telling)
        return
    write_change(user, place, fields, telling)
    if user.organisation.to_on is not None:
        user.organisation.to_on = None
        user.organisation.save(update_fields=["to_on"])


def site_fields(row: Row, ledger: Ledger) -> SiteFields:
    """Return what a row says of a site."""
    place = ledger.place(row.get("district"))
    return SiteFields(
        name=_text(row, "name"),
        district=place.pk if place is not None else None,
        address=_text(row, "address"),
        longitude=_exact(row, "longitude"),
        latitude=_exact(row, "latitude"),
        position_method=code_for("position_method", row.get("position_method")),
    )


def _write_site(row: Row, ledger: Ledger, telling: Telling) -> None:
    fields = site_fields(row, ledger)
    key = part_key(row.get("user"), row.get("number"))
    site = ledger.subjects[forms.SITES.id].get(key)
    if site is None:
        site = Site.objects.create(user=user_of(row, ledger), number=_text(row, "number"))
        ledger.subjects[forms.SITES.id][key] = site
    write_site(site, fields, telling)


def source_fields(row: Row, ledger: Ledger) -> SourceFields:
    """Return what a row says of a source."""
    return SourceFields(
        water_kind=code_for("water_kind", row.get("water_kind")),
        site=_part(row, "site", forms.SITES, ledger),
        authority=_unit_key(row, "authority", ledger),
        supplier=_unit_key(row, "supplier", ledger),
        account_number=_text(row, "account_number"),
        price_class=code_for("price_class", row.get("price_class")),
        basin_code=_text(row, "basin_code"),
        is_active=row.get("is_active") == YES,
    )


def _write_source(row: Row, ledger: Ledger, telling: Telling) -> None:
    fields = source_fields(row, ledger)
    key = part_key(row.get("user"), row.get("number"))
    source = ledger.subjects[forms.SOURCES.id].get(key)
    if source is None:
        kind = SourceKind(code_for("source_kind", row.get("source_kind")))
        source = WaterSource.objects.create(user=user_of(row, ledger), number=_text(row, "number"), kind=kind)
        ledger.subjects[forms.SOURCES.id][key] = source
    write_source(source, fields, telling)


def permit_fields(row: Row, _ledger: Ledger) -> PermitFields:
    """Return what a row says of a permit."""
    return PermitFields(
        expires_on=_day(row, "expires_on"),
        volume_m3=_exact(row, "volume_m3"),
        purpose=_text(row, "purpose"),
        method=_text(row, "method"),
        outlet=_text(row, "outlet"),
    )


def _write_permit(row: Row, ledger: Ledger, telling: Telling) -> None:
    fields = permit_fields(row, ledger)
    key = part_key(row.get("user"), row.get("source"), row.get("number"))
    permit = ledger.subjects[forms.PERMITS.id].get(key)
    if permit is None:
        source = there(forms.SOURCES, part_key(row.get("user"), row.get("source")), ledger)
        permit = Permit.objects.create(source=source, number=_text(row, "number"))
        ledger.subjects[forms.PERMITS.id][key] = permit
    write_permit(permit, fields, telling)


def _write_meter(row: Row, ledger: Ledger, telling: Telling) -> None:
    key = meter_key(row.get("keeper"), row.get("number"))
    meter = ledger.subjects[forms.METERS.id].get(key)
    if meter is None:
        meter = Meter.objects.create(
            city=ledger.city,
            keeper=keeper_of(row, ledger),
            user=user_of(row, ledger) if row.get("user") is not None else None,
            number=_text(row, "number"),
        )
        ledger.add_meter(meter)
    write_meter(meter, meter_fields(row, ledger), telling)


def _above(row: Row, ledger: Ledger) -> int | None:
    if row.get("parent") is None:
        return None
    above = ledger.meter_above(row)
    if above is None:
        raise ServiceError("ledger_book.moved", name=_text(row, "parent"))
    return above.pk


def meter_fields(row: Row, ledger: Ledger) -> MeterFields:
    """Return what a row says of a meter.

    Raises:
        ServiceError: `ledger_book.moved`, the meter above it or another thing that it names is not there.
    """
    return MeterFields(
        site=_part(row, "site", forms.SITES, ledger),
        source=_part(row, "source", forms.SOURCES, ledger),
        parent=_above(row, ledger),
        level=int(code_for("meter_level", row.get("meter_level"))),
        role=code_for("meter_role", row.get("meter_role")),
        zone=_text(row, "zone"),
        nominal_mm=_whole(row, "nominal_mm"),
        q3_m3_h=_exact(row, "q3_m3_h"),
        flow_ratio=_whole(row, "flow_ratio"),
        register_digits=_whole(row, "register_digits"),
        step_litres=_whole(row, "step_litres") or 1,
        multiplier=_whole(row, "multiplier") or 1,
        grid_minutes=_whole(row, "grid_minutes"),
        telemetry_id=_text(row, "telemetry_id"),
        is_active=row.get("is_active") == YES,
    )


def activity_fields(row: Row, _ledger: Ledger) -> ActivityFields:
    """Return what a row says of what a user makes or serves."""
    amount = _exact(row, "amount")
    return ActivityFields(
        code=_text(row, "code"), unit=_text(row, "unit"), amount=Decimal(0) if amount is None else amount
    )


def _write_activity(row: Row, ledger: Ledger, telling: Telling) -> None:
    fields = activity_fields(row, ledger)
    until = replace(telling, valid_to=_day(row, "valid_to"))
    write_activity(user_of(row, ledger), fields, until)


def contact_fields(row: Row, _ledger: Ledger) -> ContactFields:
    """Return what a row says of who has a duty at a user."""
    return ContactFields(
        duty=code_for("duty", row.get("duty")),
        name=_text(row, "name"),
        phone=_text(row, "phone"),
        email=_text(row, "email"),
        certificate=_text(row, "certificate"),
    )


def _write_contact(row: Row, ledger: Ledger, telling: Telling) -> None:
    write_contact(user_of(row, ledger), contact_fields(row, ledger), telling)


_WRITERS: Mapping[str, Callable[[Row, Ledger, Telling], None]] = {
    forms.USERS.id: _write_user,
    forms.SITES.id: _write_site,
    forms.SOURCES.id: _write_source,
    forms.PERMITS.id: _write_permit,
    forms.METERS.id: _write_meter,
    forms.ACTIVITIES.id: _write_activity,
    forms.CONTACTS.id: _write_contact,
}
FIELDS: Mapping[str, Callable[[Row, Ledger], Any]] = {
    forms.SITES.id: site_fields,
    forms.SOURCES.id: source_fields,
    forms.PERMITS.id: permit_fields,
    forms.METERS.id: meter_fields,
    forms.ACTIVITIES.id: activity_fields,
    forms.CONTACTS.id: contact_fields,
}
