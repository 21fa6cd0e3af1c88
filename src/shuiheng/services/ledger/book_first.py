"""Writing many rows at once that bring something of which nothing is believed yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Any

from shuiheng.adapters.records.models import (
    Meter,
    Organisation,
    OrganisationKind,
    Permit,
    Site,
    SourceKind,
    WaterSource,
    WaterUser,
)
from shuiheng.adapters.workbooks import Template
from shuiheng.kernel.credit_code import plain_code
from shuiheng.services.errors import ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.found_city import new_slug
from shuiheng.services.ledger import book_forms as forms
from shuiheng.services.ledger.book_checks import NEW, Effect
from shuiheng.services.ledger.book_forms import code_for
from shuiheng.services.ledger.book_ledger import Ledger, part_key
from shuiheng.services.ledger.book_rows import TABLES, subject_of
from shuiheng.services.ledger.book_writing import (
    FIELDS,
    Row,
    keeper_of,
    place_of,
    there,
    user_fields,
    user_of,
)
from shuiheng.services.ledger.keep_facts import Telling, tell_first
from shuiheng.services.ledger.keep_water_user import user_columns
from shuiheng.services.name_initials import name_initials


def are_first(template: Template, effects: Sequence[Effect], ledger: Ledger) -> list[Effect]:
    """Return those rows of a sheet that bring something new and are written together.

    A meter below another is written by itself, since its place in the tree is looked at.
    """
    keys = Counter(subject_of(template, each.values) for each in effects)
    known = ledger.subjects[template.id]
    return [
        each
        for each in effects
        if each.sort == NEW
        and keys[subject_of(template, each.values)] == 1
        and subject_of(template, each.values) not in known
        and each.values.get("parent") is None
    ]


def write_first(template: Template, effects: Sequence[Effect], ledger: Ledger, telling: Telling) -> None:
    """Write rows that bring something new, with one event; call it inside a transaction.

    Args:
        template: Their sheet.
        effects: The rows, each of another subject.
        ledger: Knows afterwards what they bring.
        telling: Who says it and why; each row has its own days.

    Raises:
        ServiceError: `ledger_book.moved`, the ledger moved since the check.
    """
    rows = [each.values for each in effects]
    subjects = _MAKERS[template.id](rows, ledger)
    table = TABLES[template.id]
    sayings = [
        (subject, _columns(template, row, ledger), _days(telling, each))
        for subject, row, each in zip(subjects, rows, effects, strict=True)
    ]
    try:
        tell_first(table, sayings)
    except ValueError as error:
        raise ServiceError("ledger_book.moved", name=effects[0].name) from error
    record_event(
        telling.by,
        "ledger.written",
        subject=f"ledger_batch:{telling.batch.pk if telling.batch is not None else ''}",
        place=ledger.city,
        reason=telling.reason,
        after={
            "table": table._meta.model_name,
            "subjects": [subject.pk for subject in subjects],
            "units": [each.organisation_id for each in subjects if template is forms.USERS],
        },
    )


def _days(telling: Telling, effect: Effect) -> Telling:
    end = effect.values.get("valid_to")
    return replace(telling, valid_from=effect.since, valid_to=end if isinstance(end, date) else None)


def _columns(template: Template, row: Row, ledger: Ledger) -> Mapping[str, Any]:
    """Return what a row says as the columns of its table of facts."""
    if template is forms.USERS:
        return user_columns(user_fields(row, ledger), place_of(row, ledger))
    said = FIELDS[template.id](row, ledger)
    return {each.name: getattr(said, each.name) for each in fields(said)}


def _make_users(rows: Sequence[Row], ledger: Ledger) -> list[WaterUser]:
    """Make users with their organisations, in the order of the rows."""
    orders: Counter[int] = Counter()
    organisations = []
    for row in rows:
        place, said = place_of(row, ledger), user_fields(row, ledger)
        if place.pk not in orders:
            orders[place.pk] = Organisation.objects.filter(place=place).count()
        orders[place.pk] += 1
        organisations.append(
            Organisation(
                slug=new_slug("unit"),
                place=place,
                name=said.name.strip(),
                kind=OrganisationKind.WATER_USER,
                credit_code=plain_code(said.credit_code) if said.credit_code else "",
                initials=name_initials(said.name.strip()),
                order=orders[place.pk],
            )
        )
    Organisation.objects.bulk_create(organisations)
    users = [
        WaterUser(organisation=organisation, city=ledger.city, number=str(row["number"]))
        for organisation, row in zip(organisations, rows, strict=True)
    ]
    return _made(forms.USERS, WaterUser.objects.bulk_create(users), rows, ledger)


def _make_sites(rows: Sequence[Row], ledger: Ledger) -> list[Site]:
    sites = [Site(user=user_of(row, ledger), number=str(row["number"])) for row in rows]
    return _made(forms.SITES, Site.objects.bulk_create(sites), rows, ledger)


def _make_sources(rows: Sequence[Row], ledger: Ledger) -> list[WaterSource]:
    sources = [
        WaterSource(
            user=user_of(row, ledger),
            number=str(row["number"]),
            kind=SourceKind(code_for("source_kind", row.get("source_kind"))),
        )
        for row in rows
    ]
    return _made(forms.SOURCES, WaterSource.objects.bulk_create(sources), rows, ledger)


def _make_permits(rows: Sequence[Row], ledger: Ledger) -> list[Permit]:
    permits = [
        Permit(
            source=there(forms.SOURCES, part_key(row.get("user"), row.get("source")), ledger),
            number=str(row["number"]),
        )
        for row in rows
    ]
    return _made(forms.PERMITS, Permit.objects.bulk_create(permits), rows, ledger)


def _make_meters(rows: Sequence[Row], ledger: Ledger) -> list[Meter]:
    meters = [
        Meter(
            city=ledger.city,
            keeper=keeper_of(row, ledger),
            user=user_of(row, ledger) if row.get("user") is not None else None,
            number=str(row["number"]),
        )
        for row in rows
    ]
    Meter.objects.bulk_create(meters)
    for meter in meters:
        ledger.add_meter(meter)
    return meters


def _users_of(rows: Sequence[Row], ledger: Ledger) -> list[WaterUser]:
    """Return the users of rows, their rows of the table locked."""
    users = [user_of(row, ledger) for row in rows]
    keys = sorted({user.pk for user in users})
    list(WaterUser.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))
    return users


def _made(template: Template, subjects: list[Any], rows: Sequence[Row], ledger: Ledger) -> list[Any]:
    """Let the ledger know what was made."""
    for subject, row in zip(subjects, rows, strict=True):
        ledger.subjects[template.id][subject_of(template, row)] = subject
    return subjects


_MAKERS: Mapping[str, Callable[[Sequence[Row], Ledger], Sequence[Any]]] = {
    forms.USERS.id: _make_users,
    forms.SITES.id: _make_sites,
    forms.SOURCES.id: _make_sources,
    forms.PERMITS.id: _make_permits,
    forms.METERS.id: _make_meters,
    forms.ACTIVITIES.id: _users_of,
    forms.CONTACTS.id: _users_of,
}
