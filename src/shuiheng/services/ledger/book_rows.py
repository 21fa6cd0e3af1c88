"""Beliefs of the ledger as rows of its workbook."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from shuiheng.adapters.records.models import (
    ActivityFact,
    ContactFact,
    DatedFact,
    MeterFact,
    PermitFact,
    SiteFact,
    SourceFact,
    UserFact,
)
from shuiheng.adapters.rulebook import column_rules
from shuiheng.adapters.workbooks import Column, ColumnForm, Template, Value
from shuiheng.adapters.workbooks.cells.plain import plain_text, plain_word
from shuiheng.services.ledger import book_forms as forms
from shuiheng.services.ledger.book_forms import NO, YES, words_for
from shuiheng.services.masking import masked

Row = dict[str, Value]
TABLES: Mapping[str, type[DatedFact]] = {
    forms.USERS.id: UserFact,
    forms.SITES.id: SiteFact,
    forms.SOURCES.id: SourceFact,
    forms.PERMITS.id: PermitFact,
    forms.METERS.id: MeterFact,
    forms.ACTIVITIES.id: ActivityFact,
    forms.CONTACTS.id: ContactFact,
}
MASKED: Mapping[str, tuple[str, ...]] = {
    forms.USERS.id: ("legal_person",),
    forms.CONTACTS.id: ("name", "phone", "email"),
}
_FLAGS = frozenset({"is_open", "is_active", "is_above_scale", "is_public_institution"})


def row_of(template: Template, fact: Any) -> Row:
    """Return a belief as a row of its sheet, names and numbers of people under their masks."""
    row = {column.key: _value(fact, column) for column in template.columns} | _LINKS[template.id](fact)
    for name in MASKED.get(template.id, ()):
        row[name] = mask_of(fact, name) or None
    return row


def mask_of(fact: DatedFact, name: str) -> str:
    """Return what a column of a belief shows to those who need not know it."""
    rule = column_rules()[type(fact).__name__, name]
    return masked(str(getattr(fact, name) or ""), rule.mask)


def normal(column: Column, value: Value) -> Value:
    """Return a value for comparison: what reads the same is the same."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return plain_word(value).upper() if column.form is ColumnForm.CODE else plain_text(value)
    return value


def subject_of(template: Template, row: Mapping[str, Value]) -> tuple[Value, ...]:
    """Return by what the subject of a row is known, whatever the day."""
    return tuple(normal(template.column(key), row.get(key)) for key in template.keys if key != "valid_from")


def _value(fact: Any, column: Column) -> Value:
    """Return the value of a column that is no link."""
    name = _NAMES.get(column.key, column.key)
    if column.key in _FLAGS:
        flag = getattr(fact, name)
        return None if flag is None else (YES if flag else NO)
    found = getattr(fact, name, None)
    if column.key in _WORDED:
        return words_for(column.key).get(str(found), str(found)) or None
    return found if isinstance(found, int | str | Decimal | date) else None


_NAMES = {"meter_level": "level", "meter_role": "role"}
_WORDED = frozenset(
    {"use_class", "water_kind", "price_class", "meter_level", "meter_role", "duty", "position_method"}
)


def _name(row: Any) -> str | None:
    return None if row is None else str(row.name)


def _number(row: Any) -> str | None:
    return None if row is None else str(row.number)


def _user_links(fact: UserFact) -> Row:
    return {"number": fact.subject.number, "district": _name(fact.district)}


def _site_links(fact: SiteFact) -> Row:
    return {
        "user": fact.subject.user.number,
        "number": fact.subject.number,
        "district": _name(fact.district),
    }


def _source_links(fact: SourceFact) -> Row:
    return {
        "user": fact.subject.user.number,
        "number": fact.subject.number,
        "source_kind": words_for("source_kind")[fact.subject.kind],
        "site": _number(fact.site),
        "authority": _name(fact.authority),
        "supplier": _name(fact.supplier),
    }


def _permit_links(fact: PermitFact) -> Row:
    source = fact.subject.source
    return {"user": source.user.number, "source": source.number, "number": fact.subject.number}


def _meter_links(fact: MeterFact) -> Row:
    return {
        "keeper": fact.subject.keeper.name,
        "number": fact.subject.number,
        "user": _number(fact.subject.user),
        "site": _number(fact.site),
        "source": _number(fact.source),
        "parent": _number(fact.parent),
    }


def _own_links(fact: ActivityFact | ContactFact) -> Row:
    return {"user": fact.subject.number}


_LINKS: Mapping[str, Callable[[Any], Row]] = {
    forms.USERS.id: _user_links,
    forms.SITES.id: _site_links,
    forms.SOURCES.id: _source_links,
    forms.PERMITS.id: _permit_links,
    forms.METERS.id: _meter_links,
    forms.ACTIVITIES.id: _own_links,
    forms.CONTACTS.id: _own_links,
}
