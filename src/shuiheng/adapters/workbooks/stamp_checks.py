"""Whether a file is the form that was asked for, from whom it was asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from shuiheng.adapters.containers.stamp import (
    STAMP_SHEET,
    FoundStamp,
    digest_of,
    stamp_from_line,
    stamp_from_rows,
)
from shuiheng.adapters.workbooks.cells.fault import Fault
from shuiheng.adapters.workbooks.headings import candidate_sheets
from shuiheng.adapters.workbooks.table import RawTable
from shuiheng.adapters.workbooks.template import Template
from shuiheng.kernel import Severity

_LINE_ROWS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class StampRules:
    """What the stamp of a returned file must say; None is not asked for.

    Args:
        unit: Organisation to whom the form was issued.
        period: Period that it reports on.
        batch: Id of the issue.
        is_needed: Whether a file without any stamp is refused.
        secret: Key of this installation, as it was given to `write_template`.
    """

    unit: str | None = None
    period: str | None = None
    batch: str | None = None
    is_needed: bool = True
    secret: bytes = b""


def found_stamp(table: RawTable) -> FoundStamp | None:
    """Return the stamp of the hidden sheet, or of the visible line where the sheet was lost."""
    for sheet in table.sheets:
        if sheet.name == STAMP_SHEET and (found := stamp_from_rows(sheet.rows)) is not None:
            return found
    for sheet in candidate_sheets(table):
        for row in sheet.rows[:_LINE_ROWS]:
            for cell in row:
                if isinstance(cell, str) and (found := stamp_from_line(cell)) is not None:
                    return found
    return None


def stamp_faults(stamp: FoundStamp | None, template: Template, rules: StampRules) -> Iterator[Fault]:
    """Yield what is wrong with a stamp; any of it bars the file."""
    if stamp is None:
        if rules.is_needed:
            yield Fault("no_stamp", (("title", template.title),))
        else:
            yield Fault("stamp_absent", severity=Severity.NOTE)
        return
    if stamp.template != template.id:
        yield Fault("foreign_template", (("title", template.title), ("found", stamp.template)))
        return
    known = {str(version) for version in (template.version, *template.accepts_versions)}
    if stamp.version not in known:
        is_newer = stamp.version.isdecimal() and int(stamp.version) > template.version
        cause = "newer_template" if is_newer else "old_template"
        yield Fault(cause, (("found", stamp.version), ("current", str(template.version))))
        return
    is_current = stamp.version == str(template.version)
    if is_current and stamp.digest != digest_of(stamp, shape=template.shape, secret=rules.secret):
        yield Fault("stamp_damaged")
        return
    for name, wanted, found in (
        ("unit", rules.unit, stamp.unit),
        ("period", rules.period, stamp.period),
        ("batch", rules.batch, stamp.batch),
    ):
        if wanted is not None and wanted != found:
            yield Fault(f"other_{name}", (("found", found), ("expected", wanted)))
