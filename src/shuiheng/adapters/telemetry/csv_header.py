"""Which column of an interval file is what, found by its header words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Protocol

from shuiheng.adapters.telemetry.csv_cells import plain, word
from shuiheng.adapters.telemetry.csv_rows import CsvRow

_BRACKETED = re.compile(r"([^()\[\]]{1,40})[(\[](?:单位[::]?)?([^()\[\]]{1,20})[)\]]")
_SLASHED = re.compile(r"([^/]{1,40})/(.{1,20})")
_STATED = re.compile(r"(?:水量|读数|流量)?单位[::]([^\s,;。)]{1,12})")


NEEDED = ("meter_number", "read_at", "read_on", "register")


class CsvWords(Protocol):
    """Words by which columns, units and marks are known; the rulebook's `csv_columns` has them."""

    @property
    def words(self) -> Mapping[str, frozenset[str]]: ...

    @property
    def instead(self) -> Mapping[str, frozenset[str]]: ...

    @property
    def volume_units(self) -> Mapping[str, Decimal]: ...

    @property
    def flow_units(self) -> Mapping[str, Decimal]: ...

    @property
    def missing(self) -> frozenset[str]: ...

    @property
    def totals(self) -> frozenset[str]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What the header says.

    Args:
        places: Role to column, from 0.
        names: The header words as printed.
        litres: Litres of one unit of the register, None when no unit is stated.
        flow: Litres per hour of one unit of the flow, None when no unit is stated.
        row_count: How many rows the header takes.
        passed_over: Columns that might be read too and are not: a second one of a sort that is not
            needed, a flow in a unit that is not known.
    """

    places: Mapping[str, int]
    names: Sequence[str]
    litres: Decimal | None
    flow: Decimal | None
    row_count: int
    passed_over: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HeaderFault:
    """Why no header was found: `csv_no_header`, `csv_two_columns` or `csv_unknown_unit`."""

    cause: str
    found: str = ""


@dataclass(slots=True)
class _Names:
    """Header cells as word and unit."""

    words: list[str] = field(default_factory=list)
    units: list[str] = field(default_factory=list)


def find_header(
    rows: Sequence[CsvRow], *, words: CsvWords, has_meter: bool
) -> tuple[int, Header] | HeaderFault:
    """Return where the header stands among the first rows and what it says.

    The header may take two rows, with the upper one merged over several columns. A unit may stand
    in brackets or behind a slash in the header, or in a line before it (`单位：立方米`).

    Args:
        rows: The first rows of the file.
        words: Words of columns and units.
        has_meter: Whether the caller names the meter, so that no column has to.
    """
    fault = HeaderFault("csv_no_header")
    for at, row in enumerate(rows):
        cells = [plain(cell) for cell in row.cells]
        below = [plain(cell) for cell in rows[at + 1].cells] if at + 1 < len(rows) else []
        forms = [(1, cells), (2, _two_rows(cells, below))]
        if _goes_on(cells, below):
            forms.reverse()
        for row_count, names in forms:
            found = _header(names, row_count, words, has_meter)
            if isinstance(found, Header):
                return at, _with_stated_unit(found, rows[:at], words)
            if found.cause != "csv_no_header":
                fault = found
    return fault


def _goes_on(upper: list[str], lower: list[str]) -> bool:
    """Return whether the lower row names more of the header: cells under words are
    empty and none begins with a digit."""
    under = [below for above, below in zip(upper, lower, strict=False) if above]
    named = [below for below in lower if below]
    return bool(named) and "" in under and not any(below[0].isdigit() for below in named)


def _two_rows(upper: list[str], lower: list[str]) -> list[str]:
    """Return two header rows as one: the upper word holds for the empty cells behind it."""
    joined, carried = [], ""
    for at, below in enumerate(lower):
        above = upper[at] if at < len(upper) else ""
        carried = above or (carried if below else "")
        joined.append(carried + below)
    return joined


def _header(names: list[str], row_count: int, words: CsvWords, has_meter: bool) -> Header | HeaderFault:
    split = _split(names, words)
    found = {role: _places(split.words, role, words) for role in words.words}
    doubled = next((found[role] for role in NEEDED if len(found[role]) > 1), None)
    if doubled is not None:
        return HeaderFault("csv_two_columns", "、".join(names[at] for at in doubled))
    places = {role: each[0] for role, each in found.items() if each}
    has_time = "read_at" in places or "read_on" in places
    if not (has_time and "register" in places and (has_meter or "meter_number" in places)):
        return HeaderFault("csv_no_header")
    unit = split.units[places["register"]]
    if unit and unit not in words.volume_units:
        return HeaderFault("csv_unknown_unit", names[places["register"]])
    passed_over = [names[at] for each in found.values() for at in each[1:]]
    flow_unit = split.units[places["flow"]] if "flow" in places else ""
    if flow_unit and flow_unit not in words.flow_units:
        passed_over.append(names[places.pop("flow")])
    return Header(
        places=places,
        names=names,
        litres=words.volume_units.get(unit),
        flow=words.flow_units.get(flow_unit),
        row_count=row_count,
        passed_over=tuple(passed_over),
    )


def _places(names: list[str], role: str, words: CsvWords) -> list[int]:
    """Return the columns that are named for a role."""
    found = [at for at, name in enumerate(names) if name in words.words[role]]
    return found or [at for at, name in enumerate(names) if name in words.instead[role]]


def _split(names: list[str], words: CsvWords) -> _Names:
    known = {
        each for group in (words.words, words.instead) for each_set in group.values() for each in each_set
    }
    split = _Names()
    for name in names:
        bare, unit = word(name), ""
        for pattern in (_BRACKETED, _SLASHED):
            found = pattern.fullmatch(bare)
            if bare not in known and found is not None and found[1] in known:
                bare, unit = found[1], found[2]
        split.words.append(bare)
        split.units.append(unit)
    return split


def _with_stated_unit(header: Header, before: Sequence[CsvRow], words: CsvWords) -> Header:
    """Return the header with the unit that a line before it states, where it has none itself."""
    if header.litres is not None:
        return header
    text = " ".join(plain(cell) for row in before for cell in row.cells)
    stated = _STATED.search(text)
    return replace(header, litres=words.volume_units.get(word(stated[1])) if stated else None)
