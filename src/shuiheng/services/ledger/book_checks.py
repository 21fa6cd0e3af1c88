"""What must hold for the rows of the ledger's workbook, and what each of them would change."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from shuiheng.adapters.records.models import WaterUser
from shuiheng.adapters.workbooks import CellFinding, CheckedRow, CheckedTable, Template, Value
from shuiheng.adapters.workbooks.printing import printed_value
from shuiheng.kernel import Severity
from shuiheng.services.ledger import book_forms as forms
from shuiheng.services.ledger.book_ledger import Ledger, meter_key, part_key, user_key
from shuiheng.services.ledger.book_rows import MASKED, mask_of, normal, row_of, subject_of

NEW, CHANGED, SAME = "new", "changed", "same"
Row = Mapping[str, Value]
Faults = Iterator[tuple[str, str, str]]
"""Code, column, and what else stands in the way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What one row would change.

    Args:
        sheet: Id of its sheet.
        row: Its number in the sheet.
        sort: `new`, `changed` or `same`.
        since: The day from which it holds.
        name: What it is about, as the sheet calls it.
        changes: Heading, what stands, and what would stand.
        values: The row.
    """

    sheet: str
    row: int
    sort: str
    since: date
    name: str
    changes: tuple[tuple[str, str, str], ...]
    values: Row


def judged(checked: CheckedTable, template: Template, ledger: Ledger) -> tuple[CheckedTable, list[Effect]]:
    """Return a sheet with what is wrong in the ledger, and what its good rows would change.

    Sheets are judged in the order of `FORMS`, since later ones name what earlier ones bring.
    """
    for row in checked.rows:
        ledger.said[template.id].add(subject_of(template, row.values))
    barred: dict[int, set[str]] = {}
    for each in checked.errors:
        if each.row is not None and each.column is not None:
            barred.setdefault(each.row, set()).add(each.column)
    found, effects, at_fault = [], [], set()
    for row in checked.rows:
        bad = barred.get(row.number, set())
        for fault in _faults(template, row.values, ledger):
            if fault[1] not in bad:
                found.append(_finding(fault, row, checked, template))
                at_fault.add(row.number)
        if not row.has_errors and row.number not in at_fault:
            effects.append(_effect(template, row, ledger))
    rows = tuple(replace(row, has_errors=row.has_errors or row.number in at_fault) for row in checked.rows)
    findings = sorted((*checked.findings, *found), key=lambda each: (each.row or 0, each.position or 0))
    return replace(checked, rows=rows, findings=tuple(findings)), effects


def _effect(template: Template, row: CheckedRow, ledger: Ledger) -> Effect:
    key, day = subject_of(template, row.values), cast(date, row.values["valid_from"])
    fact = ledger.belief(template, key, day)
    standing = row_of(template, fact) if fact is not None else {}
    changes = tuple(
        (
            column.zh,
            printed_value(standing.get(column.key), column.form),
            printed_value(row.values.get(column.key), column.form),
        )
        for column in template.columns
        if column.key != "valid_from"
        and normal(column, standing.get(column.key)) != normal(column, row.values.get(column.key))
    )
    is_known = bool(ledger.facts[template.id].get(key))
    sort = NEW if not is_known else CHANGED if fact is None or changes else SAME
    return Effect(
        sheet=template.id,
        row=row.number,
        sort=sort,
        since=day,
        name=" ".join(str(row.values[name]) for name in template.keys if name != "valid_from"),
        changes=changes,
        values=row.values,
    )


def _finding(
    fault: tuple[str, str, str], row: CheckedRow, checked: CheckedTable, template: Template
) -> CellFinding:
    code, column, other = fault
    value = row.values.get(column)
    return CellFinding(
        code=f"ledger_book.{code}",
        severity=Severity.DISQUALIFY,
        row=row.number,
        column=column,
        position=dict(checked.positions).get(column),
        heading=template.column(column).zh,
        evidence="" if value is None else str(value)[:80],
        values=(("other", other),),
    )


def _faults(template: Template, row: Row, ledger: Ledger) -> Faults:
    yield from _about_masks(template, row, ledger)
    yield from _FAULTS[template.id](row, ledger)


def _about_masks(template: Template, row: Row, ledger: Ledger) -> Faults:
    """Yield cells that hold a mask for which nothing stands in the ledger."""
    day = row.get("valid_from")
    if not isinstance(day, date):
        return
    fact = ledger.belief(template, subject_of(template, row), day)
    for name in MASKED.get(template.id, ()):
        said = row.get(name)
        if isinstance(said, str) and "*" in said and (fact is None or mask_of(fact, name) != said):
            yield "masked_value", name, ""


def _about_user(row: Row, ledger: Ledger) -> Faults:
    number = row.get("user")
    if number is None:
        return
    key = user_key(number)
    user = ledger.subjects[forms.USERS.id].get(key)
    if isinstance(user, WaterUser) and user.merged_into_id is not None:
        yield "user_merged", "user", ""
    elif not ledger.knows(forms.USERS, key):
        code = "not_yours" if key in ledger.others[forms.USERS.id] else "user_unknown"
        yield code, "user", ""


def _about_place(row: Row, ledger: Ledger) -> Faults:
    if row.get("district") is not None and ledger.place(row["district"]) is None:
        yield "place_unknown", "district", ""


def _about_unit(row: Row, name: str, ledger: Ledger) -> Faults:
    if row.get(name) is None:
        return
    units = ledger.units_named(row[name])
    if len(units) != 1:
        yield ("unit_ambiguous" if units else "unit_unknown"), name, ""


def _about_part(row: Row, name: str, template: Template, ledger: Ledger) -> Faults:
    """Yield that a site or source of a user is not there."""
    if row.get(name) is not None and not ledger.knows(template, part_key(row.get("user"), row[name])):
        yield f"{name}_unknown", name, ""


def _user_faults(row: Row, ledger: Ledger) -> Faults:
    key = user_key(row.get("number"))
    user = ledger.subjects[forms.USERS.id].get(key)
    if key in ledger.others[forms.USERS.id]:
        yield "not_yours", "number", ""
    if isinstance(user, WaterUser) and user.merged_into_id is not None:
        yield "user_merged", "number", ""
    yield from _about_place(row, ledger)
    code = row.get("credit_code")
    if code is None and row.get("no_code_reason") is None:
        yield "code_or_reason", "no_code_reason", ""
    if isinstance(code, str):
        owner = ledger.codes.setdefault(code, str(row.get("number")))
        if user_key(owner) != key:
            yield "code_of_other", "credit_code", owner
    place = ledger.place(row.get("district"))
    if place is not None and isinstance(row.get("name"), str):
        own = user.organisation_id if isinstance(user, WaterUser) else key
        if ledger.names.setdefault((place.pk, str(row["name"])), own) != own:
            yield "name_taken", "name", ""


def _site_faults(row: Row, ledger: Ledger) -> Faults:
    yield from _about_user(row, ledger)
    yield from _about_place(row, ledger)
    if (row.get("longitude") is None) != (row.get("latitude") is None):
        yield "half_position", "longitude" if row.get("longitude") is None else "latitude", ""


def _source_faults(row: Row, ledger: Ledger) -> Faults:
    yield from _about_user(row, ledger)
    yield from _about_part(row, "site", forms.SITES, ledger)
    yield from _about_unit(row, "authority", ledger)
    yield from _about_unit(row, "supplier", ledger)
    kind = forms.code_for("source_kind", row.get("source_kind"))
    if kind == "supply" and row.get("supplier") is None:
        yield "supplier_needed", "supplier", ""
    known = ledger.subjects[forms.SOURCES.id].get(part_key(row.get("user"), row.get("number")))
    if known is not None and kind and known.kind != kind:
        yield "kind_fixed", "source_kind", forms.words_for("source_kind")[known.kind]


def _permit_faults(row: Row, ledger: Ledger) -> Faults:
    yield from _about_user(row, ledger)
    yield from _about_part(row, "source", forms.SOURCES, ledger)


def _meter_faults(row: Row, ledger: Ledger) -> Faults:
    yield from _about_user(row, ledger)
    yield from _about_unit(row, "keeper", ledger)
    yield from _about_part(row, "site", forms.SITES, ledger)
    yield from _about_part(row, "source", forms.SOURCES, ledger)
    key = meter_key(row.get("keeper"), row.get("number"))
    if key in ledger.others[forms.METERS.id]:
        yield "not_yours", "number", ""
    known = ledger.subjects[forms.METERS.id].get(key)
    if known is not None:
        owner = known.user.number if known.user is not None else None
        if user_key(owner) != user_key(row.get("user")):
            yield "meter_of_other", "user", owner or "—"
    parent = row.get("parent")
    if parent is not None:
        above = meter_key(row.get("keeper"), parent)
        is_there = ledger.knows(forms.METERS, above) or ledger.meter_above(row) is not None
        if above == key or not is_there:
            yield "parent_unknown", "parent", ""


def _activity_faults(row: Row, ledger: Ledger) -> Faults:
    yield from _about_user(row, ledger)
    first, end = row.get("valid_from"), row.get("valid_to")
    if isinstance(first, date) and isinstance(end, date) and end <= first:
        yield "days_run_back", "valid_to", ""


def _contact_faults(row: Row, ledger: Ledger) -> Faults:
    yield from _about_user(row, ledger)
    email = row.get("email")
    if isinstance(email, str) and (email.count("@") != 1 or " " in email):
        yield "email_form", "email", ""


_FAULTS: Mapping[str, Callable[[Row, Ledger], Faults]] = {
    forms.USERS.id: _user_faults,
    forms.SITES.id: _site_faults,
    forms.SOURCES.id: _source_faults,
    forms.PERMITS.id: _permit_faults,
    forms.METERS.id: _meter_faults,
    forms.ACTIVITIES.id: _activity_faults,
    forms.CONTACTS.id: _contact_faults,
}
