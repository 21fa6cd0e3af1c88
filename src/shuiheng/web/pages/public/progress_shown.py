"""An edition as its page shows it and as its open files hold it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shuiheng.adapters.exports import Column, Sheet, write_csv, write_workbook
from shuiheng.adapters.exports.sheet import Value
from shuiheng.adapters.records.models import PublicEdition
from shuiheng.web import words
from shuiheng.web.words_ledger import USE_CLASSES
from shuiheng.web.words_publication import COLUMNS, FUNCTIONS, TABLES
from shuiheng.web.words_standings import STANDINGS

Json = Mapping[str, Any]
ALL = "*"
SHOWN, SHOWN_BELOW_ONE = Decimal("0.01"), Decimal("0.0001")
ENDINGS = ("csv", "xlsx", "json")
FIELDS: Mapping[str, Sequence[str]] = {
    "targets": (
        *("target", "plan", "place", "metric", "scope", "demand", "wanted", "wanted_most", "unit"),
        *("baseline_year", "deadline", "standing", "value", "up_to", "source", "cases", "figure"),
        *("released_on", "definition"),
    ),
    "figures": ("figure", "place", "definition", "year", "value", "unit", "up_to", "released_on"),
    "use": ("district", "use_class", "m3", "users", "users_unknown", "missing_share", "withheld"),
}
_NAMES = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDefinition:
    """An indicator as a reader is told of it: formula in words, what it takes in, clauses."""

    id: str
    name: str
    formula: str
    unit: str
    scope: str
    since: str
    clauses: Sequence[Json]


def shown_edition(row: PublicEdition) -> dict[str, Any]:
    """Return what the page of an edition writes out, in the language of the page."""
    content = row.content
    summary = content["summary"]
    names = {each.id: each.name for each in _definitions(content)}
    return {
        "edition": row,
        "licence": content["licence"][_language()],
        "on": content["on"],
        "total": len(content["targets"]),
        "summary": [(code, summary[code]) for code in STANDINGS if summary.get(code)],
        "plans": _by_plan(content["targets"]),
        "figures": [
            {
                **each,
                "name": names.get(each["definition"], each["definition"]),
                "unit": _unit(each),
                "value": _number(each["value"]),
            }
            for each in content["figures"]
        ],
        "definitions": _definitions(content),
        "use": _use(content["use"]),
        "files": [(table, TABLES[table], ENDINGS) for table in FIELDS],
    }


def edition_file(row: PublicEdition, table: str, ending: str) -> bytes | None:
    """Return a table of an edition as a file, or None where there is no such table."""
    if ending not in ENDINGS or table not in TABLES:
        return None
    if table == "columns":
        names = sorted({name for fields in FIELDS.values() for name in fields})
        lines: list[list[Value]] = [[name, str(COLUMNS[name])] for name in names]
        return _file(row, table, ["column", "meaning"], lines, ending)
    source = row.content["use"]["rows"] if table == "use" else row.content[table]
    fields = FIELDS[table]
    return _file(row, table, fields, [[_cell(each, name) for name in fields] for each in source], ending)


def _file(
    row: PublicEdition, table: str, fields: Sequence[str], lines: Sequence[Sequence[Value]], ending: str
) -> bytes:
    notes = [_("数据使用条款：%(terms)s") % {"terms": row.licence}, *_origin(row)]
    if ending == "json":
        told = {
            "title": str(TABLES[table]),
            "notes": notes,
            "licence": row.licence,
            "edition": row.number,
            "on": row.content["on"],
            "digest": row.digest,
            "columns": {name: str(COLUMNS.get(name, name)) for name in fields},
            "rows": [dict(zip(fields, line, strict=True)) for line in lines],
        }
        return json.dumps(told, ensure_ascii=False, indent=1).encode()
    sheet = Sheet(
        title=str(TABLES[table]), columns=[Column(title=name) for name in fields], rows=lines, notes=notes
    )
    return write_csv(sheet) if ending == "csv" else write_workbook(sheet)


def _origin(row: PublicEdition) -> list[str]:
    told = {"city": row.place.name, "n": row.number, "on": row.content["on"]}
    return [_("来源：%(city)s节水行动方案进展第%(n)d期，数据截至%(on)s") % told]


def _cell(each: Json, name: str) -> Value:
    value = each.get(name)
    if isinstance(value, Mapping):
        return str(value.get(_language(), ""))
    return str(value).lower() if isinstance(value, bool) else value


def _by_plan(targets: Sequence[Json]) -> Sequence[tuple[str, Sequence[Json]]]:
    found: dict[str, list[Json]] = {}
    for each in targets:
        told = {**each, "demand": each["demand"].get(_language(), ""), "value": _number(each["value"])}
        found.setdefault(each["plan"], []).append(told)
    return list(found.items())


def _definitions(content: Json) -> Sequence[ShownDefinition]:
    return [_definition(each, content["on"]) for each in content["definitions"].values()]


def _definition(told: Json, on: str) -> ShownDefinition:
    language = _language()
    versions = [each for each in told["versions"] if each["valid_from"] <= on]
    version = (versions or told["versions"])[-1]
    return ShownDefinition(
        id=told["id"],
        name=told["names"][language],
        formula=_formula(version),
        unit=version["unit"]["names"].get(language, ""),
        scope=version["scope"].get(language, ""),
        since=version["valid_from"],
        clauses=version["clauses"],
    )


def _formula(version: Json) -> str:
    """Return a formula with the names of its facts in place of their ids, parts as they are usually meant."""
    language = _language()
    names = {code: str(name) for code, name in FUNCTIONS.items()}
    names |= {each["id"]: each["names"][language] for each in version["facts"]}
    parts = {each["id"]: f"({_named(each['formulas'][each['usual']], names)})" for each in version["parts"]}
    text = _named(version["formula"], names | parts)
    return text.replace(" * ", " × ").replace(" / ", " ÷ ").replace(" - ", " − ")


def _named(formula: str, names: Mapping[str, str]) -> str:
    return _NAMES.sub(lambda found: names.get(found[0], found[0]), formula)


def _use(use: Json) -> dict[str, Any]:
    """Return the table of use with districts as rows and classes as columns."""
    rows = {(each["district"], each["use_class"]): each for each in use["rows"]}
    districts = list(dict.fromkeys(district for district, _ in rows))
    classes = sorted({use_class for _, use_class in rows}, key=lambda each: (each == ALL, each))
    return {
        "first": use["first"],
        "last": use["last"],
        "again": use.get("again"),
        "is_left_out": use.get("is_left_out", False),
        "rule": {**use["rule"], "percent": f"{float(use['rule']['dominance']):.0%}"},
        "classes": [_class(each) for each in classes],
        "rows": [
            (
                _("全市") if each == ALL else each or _("未填区县"),
                each == ALL,
                [_shown_cell(rows.get((each, other))) for other in classes],
            )
            for each in districts
        ],
    }


def _shown_cell(cell: Json | None) -> Json:
    """Return a cell of the table; a pair of district and class without users has nothing in it."""
    return {"is_empty": True} if cell is None else {**cell, "m3": _number(cell["m3"])}


def _class(code: str) -> str:
    return _("合计") if code == ALL else words.word(USE_CLASSES, code) if code else _("未分类")


def _unit(figure: Json) -> str:
    return str(figure["unit_names"].get(_language(), figure["unit"]))


def _number(text: str | None) -> Decimal | None:
    """Return a number as a page shows it: two decimals, four below 1; the files have all digits."""
    if text is None:
        return None
    value = Decimal(text)
    digits = SHOWN if abs(value) >= 1 else SHOWN_BELOW_ONE
    return min(value, value.quantize(digits), key=lambda each: len(str(each)))


def _language() -> str:
    return "en" if (get_language() or "zh").startswith("en") else "zh"
