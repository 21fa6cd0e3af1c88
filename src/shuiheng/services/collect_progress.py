"""Progress by workbook: a form goes out, is checked when it comes back, and taken in as a whole."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import Account, ImportBatch, Organisation, ReportingPeriod
from shuiheng.adapters.records.queries_chasing import period_name
from shuiheng.adapters.records.queries_progress import FormRow, form_rows
from shuiheng.adapters.workbooks import (
    CellFinding,
    CheckedTable,
    WorkbookRefusedError,
    annotate,
    check,
    read_workbook,
)
from shuiheng.services.errors import EmptyFileError, NotThereError, ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.file_store import keep_file, kept_content, shown_name
from shuiheng.services.finding_sentences import Sentence, sentence_of
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.progress_content import ProgressContent, content_json, content_of
from shuiheng.services.progress_doubts import doubted
from shuiheng.services.progress_errors import PeriodFrozenError
from shuiheng.services.progress_form import (
    PROGRESS_FORM,
    form_workbook,
    in_own_units,
    issued_rows,
    misplaced,
    returned_reports,
    stamp_rules,
)
from shuiheng.services.scope import own_organisations, row_for, sight

CHECKED, BLOCKED, COMMITTED = "checked", "blocked", "committed"
MOST_FINDINGS = 500
Json = dict[str, Any]


def issue_form(actor: Actor, *, period: int, unit: int) -> tuple[str, bytes]:
    """Return the name and the bytes of the workbook in which a unit reports for a period.

    Raises:
        NotThereError, NotPermittedError: Period or unit are not there, or not the actor's.
    """
    account, when, who, rows = _desk(actor, period=period, unit=unit)
    content = form_workbook(when, who, rows)
    with transaction.atomic():
        record_event(account, "form.issued", subject=f"period:{when.pk}", organisation=who, rows=len(rows))
    parts = (
        who.place.name,
        who.name,
        PROGRESS_FORM.title,
        period_name(when),
        f"{timezone.localdate():%Y%m%d}",
    )
    return f"{'_'.join(parts)}.xlsx", content


def check_workbook(actor: Actor, content: bytes, *, period: int, unit: int, name: str) -> ImportBatch:
    """Check a workbook that came back and keep what taking it in would change; nothing else is saved.

    The same file that was taken in already gives the batch of that time.

    Args:
        actor: Who sends it; may import and report for the unit.
        content: The file.
        period: Key of the period.
        unit: Key of the unit.
        name: Name of the file, for display.

    Raises:
        ServiceError: The file cannot be read; the code says why.
        NotThereError, NotPermittedError, PeriodFrozenError: It cannot be checked.
    """
    account, when, who, rows = _desk(actor, period=period, unit=unit)
    if not content:
        raise EmptyFileError
    digest = hashlib.sha256(content).hexdigest()
    twin = ImportBatch.objects.filter(period=when, organisation=who, sha256=digest, state=COMMITTED).first()
    if twin is not None:
        return twin
    checked = _checked(content, when, who, rows, name=name)
    effect = _effect(checked, rows)
    kept = keep_file(content)
    with transaction.atomic():
        batch = ImportBatch.objects.create(
            template=PROGRESS_FORM.id,
            plan=when.plan,
            period=when,
            organisation=who,
            sha256=kept.sha256,
            stored_name=kept.name,
            original_name=shown_name(name),
            state=CHECKED if _may_enter(checked) else BLOCKED,
            counts={**_counts(effect), "effect": effect, **_weight(checked)},
            findings=[_finding_json(each) for each in checked.findings[:MOST_FINDINGS]],
            made_by=account,
        )
        record_event(
            account,
            "import.checked",
            subject=f"batch:{batch.pk}",
            organisation=who,
            errors=batch.counts["errors"],
            rows=len(effect),
        )
    return batch


def marked_workbook(actor: Actor, key: int) -> bytes:
    """Return the sender's own workbook with every bad cell marked.

    Raises:
        NotThereError, NotPermittedError, ServiceError: It is not there, or cannot be read.
    """
    account = require(actor, Action.IMPORTS_MAKE)
    batch = row_for(account, Action.IMPORTS_MAKE, ImportBatch, pk=key)
    if batch.period is None:
        raise NotThereError(f"batch:{key}")
    rows = form_rows(sight(account, Action.PROGRESS_FILE), batch.period, batch.organisation_id)
    content = kept_content(batch.stored_name)
    checked = _checked(content, batch.period, batch.organisation, rows, name=batch.original_name)
    try:
        return annotate(content, checked, say=_say)
    except WorkbookRefusedError as error:
        raise ServiceError(error.code, **error.values) from error


def finding_words(finding: Json, *, language: str) -> Sentence:
    """Return the sentence of a finding that is kept with a batch."""
    return sentence_of(finding["code"], finding["blanks"], language=language)


def _desk(
    actor: Actor, *, period: int, unit: int
) -> tuple[Account, ReportingPeriod, Organisation, list[FormRow]]:
    """Return period, unit and the form when the actor may import for them."""
    account = require(actor, Action.IMPORTS_MAKE)
    if unit not in own_organisations(account, Action.PROGRESS_FILE):
        raise NotThereError(f"organisation:{unit}")
    when = row_for(account, Action.PROGRESS_FILE, ReportingPeriod, pk=period)
    rows = form_rows(sight(account, Action.PROGRESS_FILE), when, unit)
    who = Organisation.objects.filter(pk=unit, parts__task__plan=when.plan_id).first()
    if who is None:
        raise NotThereError(f"organisation:{unit}")
    if when.frozen_at is not None:
        raise PeriodFrozenError
    return account, when, who, rows


def _checked(
    content: bytes, period: ReportingPeriod, unit: Organisation, rows: Sequence[FormRow], *, name: str
) -> CheckedTable:
    try:
        table = read_workbook(content, name=name)
    except WorkbookRefusedError as error:
        raise ServiceError(error.code, **error.values) from error
    rules = stamp_rules(period, unit)
    found = misplaced(check(table, PROGRESS_FORM, rules=rules, issued=issued_rows(rows)))
    return doubted(in_own_units(found, rows), rows)


def _effect(checked: CheckedTable, rows: Sequence[FormRow]) -> list[Json]:
    """Return what each row of the form would change, with the revision on which that rests."""
    known = {row.task.pk: row for row in rows}
    lines = []
    for report in returned_reports(checked.rows, rows):
        row = known[report.task]
        before = content_json(content_of(row.progress) if row.progress else ProgressContent())
        after = content_json(report.content)
        lines.append(
            {
                "task": report.task,
                "row": report.row,
                "rows": list(report.rows),
                "name": row.task.text[:80],
                "revision": row.progress.revision if row.progress else 0,
                "before": before,
                "after": after,
                "sort": "same" if before == after else ("changed" if row.progress else "new"),
            }
        )
    return lines


def _counts(effect: list[Json]) -> Json:
    return {sort: sum(line["sort"] == sort for line in effect) for sort in ("new", "changed", "same")}


def _weight(checked: CheckedTable) -> Json:
    """Return the number of errors, the rows that still want a reason, and the reasons that are written."""
    return {
        "errors": sum(1 for _ in checked.errors),
        "unanswered": [row.number for row in checked.unanswered],
        "reasons": {str(row.number): row.reason for row in checked.rows if row.reason},
    }


def _may_enter(checked: CheckedTable) -> bool:
    """Return whether nothing bars a workbook; one without a row changes nothing and may be taken in."""
    return next(checked.errors, None) is None and next(checked.unanswered, None) is None


def _finding_json(finding: CellFinding) -> Json:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "row": finding.row,
        "heading": finding.heading,
        "blanks": finding.blanks,
    }


def _say(finding: CellFinding) -> Sentence:
    return sentence_of(finding.code, finding.blanks, language="zh")
