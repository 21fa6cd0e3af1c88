"""Keep the register of inspectors (检查人员名录库): enter a person, and close an entry by a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from shuiheng.adapters.records.models import Account, InspectorEntry, Membership, Organisation
from shuiheng.services.errors import ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import city_above, row_for

LONGEST = {"name": 60, "certificate": 60}


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectorFields:
    """What is entered of an inspector.

    Args:
        organisation: Key of the unit that sends the person.
        name: Name.
        certificate: Number of the certificate of enforcement (执法证号).
        from_on: First day.
        account: Name of the account by which the person fills checks in, or nothing.
    """

    organisation: int
    name: str
    certificate: str
    from_on: date
    account: str = ""


def enter_inspector(actor: Actor, fields: InspectorFields) -> InspectorEntry:
    """Enter a person into the register.

    Raises:
        ServiceError: `inspections.field_missing`; `inspections.certificate_taken`, somebody stands there with
            it; `inspections.unknown_account`, there is no such account in the city.
        NotThereError, NotPermittedError: The unit is not the actor's.
    """
    account = require(actor, Action.INSPECTIONS_KEEP)
    name, certificate = fields.name.strip(), fields.certificate.strip()
    for field, text in (("name", name), ("certificate", certificate)):
        if not text:
            raise ServiceError("inspections.field_missing", field=field)
    try:
        with transaction.atomic():
            unit = row_for(account, Action.INSPECTIONS_KEEP, Organisation, pk=fields.organisation)
            city = city_above(unit.place)
            row = InspectorEntry.objects.create(
                place=city,
                organisation=unit,
                account=_account(fields.account.strip(), unit),
                name=name[: LONGEST["name"]],
                certificate=certificate[: LONGEST["certificate"]],
                from_on=fields.from_on,
                made_by=account,
                made_at=timezone.now(),
            )
            after = {"organisation": unit.pk, "from_on": fields.from_on.isoformat()}
            record_event(account, "inspector.entered", subject=f"inspector:{row.pk}", place=city, after=after)
    except IntegrityError as error:
        raise ServiceError("inspections.certificate_taken", certificate=certificate) from error
    return row


def close_inspector(actor: Actor, key: int, *, to_on: date) -> InspectorEntry:
    """Close an entry: from a day on the person is drawn no more; what was drawn stays.

    Raises:
        ServiceError: `inspections.bad_day`, the day lies before the first one, or the entry is closed.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.INSPECTIONS_KEEP)
    with transaction.atomic():
        row = row_for(account, Action.INSPECTIONS_KEEP, InspectorEntry, lock=True, pk=key)
        if row.to_on is not None or to_on < row.from_on:
            raise ServiceError("inspections.bad_day", day=to_on.isoformat())
        row.to_on = to_on
        row.save(update_fields=["to_on"])
        after = {"to_on": to_on.isoformat()}
        record_event(account, "inspector.closed", subject=f"inspector:{row.pk}", place=row.place, after=after)
    return row


def _account(username: str, unit: Organisation) -> Account | None:
    """Return the account of a name that is of the city of a unit."""
    if not username:
        return None
    city = city_above(unit.place)
    held = Membership.objects.filter(account__username=username, account__is_active=True)
    for membership in held.select_related("account", "organisation__place__parent"):
        if city_above(membership.organisation.place) == city:
            return membership.account
    raise ServiceError("inspections.unknown_account", account=username[:60])
