"""Use norms of the rulebook: `norms/<standard>.yaml`, the rows of one standard each.

The form of a file; what stands above the rows holds for all of them::

    standard: some-standard    # a file in sources/
    area: "37"                 # code of the place; empty for the nation
    from: 2022-01-01           # first day; `to` where it has ended
    mark: found                # found, known or default
    recorded: 2026-11-22       # day from which the rulebook knew it
    scope: 含食堂              # what the values take in; a row may say its own
    rows:
      - {id: office, table: 表3, industry: "92", product: 机关, condition: 有食堂, unit: m³/(人·a),
         general: "25", advanced: "10", leader: null, factors: ["0.8", "1.2"], page: "12", scope: null}
    checked: {day: null, by: null}
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources.abc import Traversable

from shuiheng.adapters.rulebook.files import read_files, rulebook_folder
from shuiheng.adapters.rulebook.parameters import ID, one_of
from shuiheng.adapters.rulebook.places import read_places
from shuiheng.adapters.rulebook.sources import check_checked, read_sources
from shuiheng.adapters.rulebook.strict_yaml import Entry
from shuiheng.allowances.errors import UnknownUnitError
from shuiheng.allowances.norm_unit import norm_unit_of
from shuiheng.allowances.use_norm import UseNorm
from shuiheng.rules.parameter import Check, Mark

FIELDS = ("standard", "area", "from", "to", "mark", "recorded", "scope", "rows", "checked")
OF_A_ROW = (
    *("id", "table", "industry", "product", "condition", "unit", "general", "advanced", "leader"),
    *("factors", "page", "scope"),
)
INDUSTRY = re.compile(r"\d{2,4}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    """What holds for all rows of a file."""

    standard: str
    area: str
    begins: date
    ends: date | None
    mark: Mark
    recorded: date
    check: Check | None
    scope: str


@cache
def shipped_use_norms() -> tuple[UseNorm, ...]:
    """Return the use norms that the program ships.

    Raises:
        RulebookError: A file breaks a rule.
    """
    return read_use_norms(rulebook_folder())


def read_use_norms(folder: Traversable) -> tuple[UseNorm, ...]:
    """Return the use norms below a folder, in the order of file and row.

    Raises:
        RulebookError: A file breaks a rule, or names a standard or place that the rulebook does not have.
    """
    standards = {source.id: source.effective_on for source in read_sources(folder)}
    norms: list[UseNorm] = []
    for name, entry in read_files(folder, "norms"):
        entry.only(*FIELDS)
        head = _head(entry)
        if head.standard != name or name not in standards:
            raise entry.at("standard").refuse(
                f"`{head.standard}` is not the source that names the file",
                "Name the file after its standard.",
            )
        if head.area and head.area not in read_places(folder):
            raise entry.at("area").refuse(f"unknown place `{head.area}`", "Add it to places.yaml.")
        effective = standards[name]
        if effective is not None and head.begins < effective:
            raise entry.at("from").refuse(f"it begins before its standard, {effective}", "Mend the day.")
        norms.extend(_rows(entry, head))
    return tuple(norms)


def _head(entry: Entry) -> _Head:
    check_checked(entry)
    checked = entry.at("checked")
    by, on = checked.get("by", str), checked.day("day")
    begins, ends = entry.take("from", date), entry.day("to")
    if ends is not None and ends <= begins:
        raise entry.at("to").refuse("it ends before it begins", "Mend the days.")
    recorded = entry.take("recorded", date)
    return _Head(
        standard=entry.take("standard", str),
        area=entry.take("area", str),
        begins=begins,
        ends=ends,
        mark=Mark(one_of(entry, "mark", Mark)),
        recorded=recorded,
        check=Check(by=by, on=on) if by is not None and on is not None and recorded <= on else None,
        scope=entry.get("scope", str) or "",
    )


def _rows(entry: Entry, head: _Head) -> Iterator[UseNorm]:
    entry.take("rows", list)
    seen: set[str] = set()
    for each in entry.each("rows"):
        each.only(*OF_A_ROW)
        norm = _norm(each, head)
        if norm.id in seen or not ID.fullmatch(norm.id):
            raise each.at("id").refuse(f"`{norm.id}` stands twice or is no id", "Use another small word.")
        seen.add(norm.id)
        yield norm


def _norm(row: Entry, head: _Head) -> UseNorm:
    industry = row.get("industry", str) or ""
    if industry and not INDUSTRY.fullmatch(industry):
        raise row.at("industry").refuse(f"`{industry}` is no code of GB/T 4754", "Write two to four digits.")
    general, advanced, leader = _amount(row, "general"), _optional(row, "advanced"), _optional(row, "leader")
    strict_first = [each for each in (leader, advanced, general) if each is not None]
    if strict_first != sorted(strict_first):
        raise row.refuse("a stricter value is above a looser one", "Mend leader, advanced or general.")
    return UseNorm(
        id=row.take("id", str),
        standard=head.standard,
        area=head.area,
        valid_from=head.begins,
        valid_to=head.ends,
        table=row.get("table", str) or "",
        industry=industry,
        product=row.take("product", str),
        condition=row.get("condition", str) or "",
        unit=_unit(row),
        general=general,
        advanced=advanced,
        leader=leader,
        factors=_factors(row),
        scope=row.get("scope", str) or head.scope,
        page=row.get("page", str) or "",
        mark=head.mark,
        check=head.check,
        recorded_on=head.recorded,
    )


def _unit(row: Entry) -> str:
    unit = row.take("unit", str)
    try:
        norm_unit_of(unit)
    except UnknownUnitError as error:
        raise row.at("unit").refuse(
            f"`{unit}` is not water per unit of activity", "Write it as m³/t or L/(床·d)."
        ) from error
    return unit


def _optional(row: Entry, name: str) -> Decimal | None:
    return None if row.at(name).value is None else _amount(row, name)


def _amount(row: Entry, name: str) -> Decimal:
    amount = row.number(name)
    if not amount.is_finite() or amount <= 0:
        raise row.at(name).refuse(f"`{name}` must be above 0", "Write the value of the standard.")
    return amount


def _factors(row: Entry) -> tuple[Decimal, Decimal] | None:
    words = row.words("factors")
    if not words:
        return None
    try:
        least, most = (Decimal(word) for word in words)
    except (ArithmeticError, ValueError) as error:
        raise row.at("factors").refuse("two numbers are needed", 'Write ["0.8", "1.2"].') from error
    if not 0 < least <= most:
        raise row.at("factors").refuse("the factors do not rise", 'Write ["0.8", "1.2"].')
    return least, most
