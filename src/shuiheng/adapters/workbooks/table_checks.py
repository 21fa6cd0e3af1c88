"""What must hold between the rows of one file, and between the file and the rows that were issued."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from shuiheng.adapters.workbooks.cells.fault import Fault
from shuiheng.adapters.workbooks.checked import CellFinding, IgnoredRow
from shuiheng.adapters.workbooks.headings import Heads
from shuiheng.adapters.workbooks.keys import row_key
from shuiheng.adapters.workbooks.printing import printed_value
from shuiheng.adapters.workbooks.row_checks import RowDraft, finding_of
from shuiheng.adapters.workbooks.template import Row, Template
from shuiheng.kernel import Severity

_NAMED_ROWS = 5


def duplicates(template: Template, heads: Heads, drafts: Sequence[RowDraft]) -> Iterator[CellFinding]:
    """Yield a finding on each row whose key stands in another row too, with the other row's number."""
    if not template.keys:
        return
    rows: dict[str, list[int]] = {}
    for draft in drafts:
        if draft.at_fault.isdisjoint(template.keys):
            rows.setdefault(row_key(template, draft.values), []).append(draft.number)
    for numbers in rows.values():
        for number in numbers:
            others = "、".join(islice((str(other) for other in numbers if other != number), _NAMED_ROWS))
            if others:
                fault = Fault("duplicate", (("rows", others),))
                yield finding_of(template, heads, number=number - 1, fault=fault, key=template.keys[0])


def issued_row_faults(
    template: Template,
    heads: Heads,
    drafts: Sequence[RowDraft],
    issued: Sequence[Row] | None,
    *,
    ignored: Sequence[IgnoredRow],
) -> Iterator[CellFinding]:
    """Yield what differs from the rows that were issued: changed, unknown and missing ones."""
    if issued is None or not template.keys:
        return
    known = {row_key(template, row): row for row in issued}
    seen: set[str] = set()
    nameless = sum(row.why == "untouched" for row in ignored)
    for draft in drafts:
        if not draft.at_fault.isdisjoint(template.keys):
            nameless += 1
            continue
        key = row_key(template, draft.values)
        seen.add(key)
        if key in known:
            yield from _locked_faults(template, heads, draft, known[key])
        elif not template.takes_new_rows:
            first = template.keys[0]
            yield finding_of(template, heads, number=draft.number - 1, fault=Fault("row_unknown"), key=first)
    count = sum(key not in seen for key in known) - nameless
    if count > 0:
        code = "workbooks.rows_missing"
        yield CellFinding(
            code=code, severity=template.severity(code, Severity.NOTE), values=(("count", str(count)),)
        )


def _locked_faults(template: Template, heads: Heads, draft: RowDraft, row: Row) -> Iterator[CellFinding]:
    for column in template.columns:
        if not column.is_locked or column.key in draft.at_fault or column.key in template.keys:
            continue
        wanted = row.get(column.key)
        if draft.values.get(column.key) != wanted:
            fault = Fault("locked_changed", (("expected", printed_value(wanted, column.form) or "（空）"),))
            yield finding_of(template, heads, number=draft.number - 1, fault=fault, key=column.key)
