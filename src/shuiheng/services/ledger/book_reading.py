"""Reading a workbook of the ledger: its sheets as checked, what is wrong, and what it would change."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings

from shuiheng.adapters.records.models import Account, LedgerBatch
from shuiheng.adapters.workbooks import (
    CheckedTable,
    StampRules,
    Template,
    WorkbookForm,
    WorkbookRefusedError,
    check,
    read_workbook,
)
from shuiheng.kernel import Severity
from shuiheng.services.errors import ServiceError
from shuiheng.services.ledger.book_checks import CHANGED, NEW, SAME, Effect, judged
from shuiheng.services.ledger.book_forms import FORMS
from shuiheng.services.ledger.book_ledger import Ledger, read_ledger
from shuiheng.services.ledger.book_rows import MASKED

MOST_EFFECTS = 300
_SALT = "shuiheng.workbooks"
Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class BookCheck:
    """What a workbook of the ledger holds: each sheet as checked, and what its good rows would change."""

    sheets: tuple[tuple[Template, CheckedTable], ...]
    effects: tuple[Effect, ...]
    ledger: Ledger

    @property
    def errors(self) -> int:
        """How many errors bar the workbook."""
        return sum(1 for _, checked in self.sheets for _ in checked.errors)

    @property
    def digest(self) -> str:
        """Digest of what would change, by which one knows whether the ledger moved."""
        told = [[each.sheet, each.row, each.sort, each.changes] for each in self.effects if each.sort != SAME]
        return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def check_book(account: Account, batch: LedgerBatch, content: bytes) -> BookCheck:
    """Return what a workbook holds, by what the account may change of the ledger.

    Raises:
        ServiceError: It cannot be read, or has none of the sheets.
    """
    try:
        table = read_workbook(content, name=batch.original_name)
    except WorkbookRefusedError as error:
        raise ServiceError(error.code, **error.values) from error
    if table.form is not WorkbookForm.XLSX:
        raise ServiceError("workbooks.unknown_form", form=table.form.value)
    there = {sheet.name: sheet for sheet in table.sheets}
    wanted = {template.id: template for template in FORMS if template.title in there}
    if not wanted:
        raise ServiceError("ledger_book.no_sheet", names="、".join(form.title for form in FORMS))
    ledger = read_ledger(account, batch.place, wanted)
    rules = StampRules(is_needed=False, secret=secret_key())
    sheets, effects = [], []
    for template in wanted.values():
        alone = replace(table, sheets=(there[template.title],))
        checked, found = judged(check(alone, template, rules=rules), template, ledger)
        sheets.append((template, checked))
        effects += found
    return BookCheck(sheets=tuple(sheets), effects=tuple(effects), ledger=ledger)


def counts_of(found: BookCheck) -> Json:
    """Return what a batch keeps of a check: counts by sheet, and the first of its effects."""
    sheets = {
        template.title: {
            sort: sum(each.sort == sort and each.sheet == template.id for each in found.effects)
            for sort in (NEW, CHANGED, SAME)
        }
        | {"errors": sum(1 for _ in checked.errors)}
        for template, checked in found.sheets
    }
    writes = [each for each in found.effects if each.sort != SAME]
    return {
        "sheets": sheets,
        "errors": found.errors,
        "writes": len(writes),
        "same": len(found.effects) - len(writes),
        "digest": found.digest,
        "effects": [_effect_json(each) for each in writes[:MOST_EFFECTS]],
    }


def _effect_json(effect: Effect) -> Json:
    template = next(form for form in FORMS if form.id == effect.sheet)
    hidden = {template.column(name).zh for name in MASKED.get(effect.sheet, ())}
    return {
        "sheet": template.title,
        "row": effect.row,
        "sort": effect.sort,
        "since": effect.since.isoformat(),
        "name": effect.name[:120],
        "changes": [
            [heading, before, "***" if heading in hidden and after else after]
            for heading, before, after in effect.changes
        ],
    }


def findings_of(found: BookCheck) -> Iterator[Json]:
    """Yield what a batch keeps of what is wrong; what stands in cells about people is left out."""
    for template, checked in found.sheets:
        hidden = MASKED.get(template.id, ())
        for each in checked.findings:
            if each.severity is Severity.NOTE:
                continue
            blanks = each.blanks | ({"evidence": "***"} if each.column in hidden else {})
            yield {
                "code": each.code,
                "severity": each.severity.value,
                "sheet": template.title,
                "values": {**blanks, "line": "" if each.row is None else str(each.row)},
            }


def finding_of_file(error: ServiceError) -> Json:
    """Return what a batch keeps of a file that cannot be read."""
    return {
        "code": error.code,
        "severity": Severity.DISQUALIFY.value,
        "sheet": "",
        "values": {**error.values, "line": ""},
    }


def secret_key() -> bytes:
    """Return the key with which this installation signs its workbooks."""
    return f"{_SALT}:{settings.SECRET_KEY}".encode()
