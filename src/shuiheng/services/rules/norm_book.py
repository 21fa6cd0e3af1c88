"""Use norms by workbook: the form given out, checked when it comes back, taken in, undone as a whole."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import Account, LedgerBatch, Organisation, Place, UseNorm
from shuiheng.adapters.records.queries_norms import NORM_KIND
from shuiheng.adapters.workbooks import (
    CellFinding,
    CheckedRow,
    CheckedTable,
    Stamp,
    StampRules,
    Value,
    WorkbookRefusedError,
    annotate,
    check,
    read_workbook,
    write_template,
)
from shuiheng.allowances.norm_checks import check_new_norms
from shuiheng.allowances.use_norm import UseNorm as Norm
from shuiheng.kernel import Severity
from shuiheng.services.errors import EmptyFileError, ServiceError, WrongStateError
from shuiheng.services.events import record_event
from shuiheng.services.file_store import keep_file, kept_content, shown_name
from shuiheng.services.finding_sentences import Sentence, sentence_of
from shuiheng.services.ledger.book_reading import secret_key
from shuiheng.services.permission import Action, Actor, reaches, require
from shuiheng.services.rules.norm_form import NORMS, row_faults
from shuiheng.services.rules.norms_now import by_level, norm_of_row, norms_now, standard_name
from shuiheng.services.rules.rulebook_now import area_of_city
from shuiheng.services.scope import city_above, row_for

BESIDE = {
    "allowances.norm_looser": "norms.looser_than_upper",
    "allowances.norm_incomparable": "norms.other_unit_above",
}
CHECKED, TAKEN, UNDONE = "checked", "taken", "undone"
MOST_FINDINGS, AT_ONCE, REASON = 500, 500, 300
NUMBERS = ("general", "advanced", "leader", "factor_least", "factor_most")
TEXTS = ("table", "industry", "product", "condition", "unit", "scope", "page")
Row = Mapping[str, Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class NormCheck:
    """A workbook of norms as checked: the sheet, its new rows, and how many stand already."""

    table: CheckedTable
    new: Sequence[Row]
    same: int

    @property
    def errors(self) -> int:
        """How many errors bar the workbook."""
        return sum(1 for _ in self.table.errors)

    @property
    def looser(self) -> int:
        """How many rows are looser than a norm above, or make one looser."""
        return sum(1 for each in self.table.findings if each.code == BESIDE["allowances.norm_looser"])


def norm_workbook(actor: Actor) -> tuple[str, bytes]:
    """Return name and bytes of the form to fill in.

    Raises:
        NotPermittedError: The actor may not propose values.
    """
    account = require(actor, Action.RULES_PROPOSE)
    unit = reaches(account, Action.RULES_PROPOSE)[0][0].organisation
    now = timezone.localtime()
    stamp = Stamp(unit=unit.name, period=f"{now.year}", issued_at=now.isoformat(timespec="seconds"))
    return f"{city_above(unit.place).name}_用水定额.xlsx", write_template(
        NORMS, stamp=stamp, secret=secret_key()
    )


def receive_norms(actor: Actor, *, content: bytes, name: str, reason: str = "") -> LedgerBatch:
    """Keep a workbook of norms and check it; nothing of it counts before it is taken in.

    The same file again gives the batch that waits, so that a retry doubles nothing.

    Raises:
        EmptyFileError: It holds nothing.
        ServiceError: It cannot be read, or has no such sheet.
        NotPermittedError: The actor may not propose values.
    """
    account = require(actor, Action.RULES_PROPOSE)
    if not content:
        raise EmptyFileError
    unit = reaches(account, Action.RULES_PROPOSE)[0][0].organisation
    city = city_above(unit.place)
    digest = hashlib.sha256(content).hexdigest()
    shell = LedgerBatch(kind=NORM_KIND, place=city, organisation=unit, original_name=shown_name(name))
    found = _checked(shell, content)
    with transaction.atomic():
        Organisation.objects.select_for_update(of=("self",)).get(pk=unit.pk)
        waiting = LedgerBatch.objects.filter(organisation=unit, sha256=digest, kind=NORM_KIND, state=CHECKED)
        known = waiting.first()
        if known is not None:
            return known
        kept = keep_file(content)
        shell.sha256, shell.stored_name, shell.state = kept.sha256, kept.name, CHECKED
        shell.counts = {
            "errors": found.errors,
            "writes": len(found.new),
            "same": found.same,
            "looser": found.looser,
        }
        shell.findings = _kept_findings(found.table)
        shell.reason, shell.made_by = reason.strip()[:REASON], account
        shell.save()
        _tell(account, shell, "ledger.checked", reason=shell.reason)
    return shell


def take_norms(actor: Actor, key: int) -> LedgerBatch:
    """Take a checked workbook in by a second person, all its new rows or none.

    Raises:
        WrongStateError: It was taken in or undone.
        ServiceError: `norms.own_workbook`: the actor sent it; `ledger_book.barred`, it has errors;
            `ledger_book.nothing`, it brings nothing new.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.RULES_REVIEW)
    with transaction.atomic():
        batch = row_for(account, Action.RULES_REVIEW, LedgerBatch, lock=True, pk=key, kind=NORM_KIND)
        if batch.state != CHECKED:
            raise WrongStateError(batch.state)
        if batch.made_by_id == account.pk:
            raise ServiceError("norms.own_workbook")
        Place.objects.select_for_update(of=("self",)).get(pk=batch.place_id)
        found = _bringing(batch)
        rows = [_norm(batch, row) for row in found.new]
        UseNorm.objects.bulk_create(rows, batch_size=AT_ONCE)
        batch.state, batch.committed_at = TAKEN, timezone.now()
        batch.counts = {"errors": 0, "writes": len(rows), "same": found.same, "looser": found.looser}
        batch.findings = _kept_findings(found.table)
        batch.save(update_fields=["state", "committed_at", "counts", "findings"])
        _tell(account, batch, "ledger.taken")
    return batch


def undo_norms(actor: Actor, key: int, *, reason: str) -> LedgerBatch:
    """Withdraw every row of a workbook; the rows stay to be looked at.

    Raises:
        WrongStateError: It is not taken in.
        ServiceError: `rules.reason_needed`.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.RULES_REVIEW)
    with transaction.atomic():
        batch = row_for(account, Action.RULES_REVIEW, LedgerBatch, lock=True, pk=key, kind=NORM_KIND)
        if batch.state != TAKEN:
            raise WrongStateError(batch.state)
        if not reason.strip():
            raise ServiceError("rules.reason_needed")
        now = timezone.now()
        UseNorm.objects.filter(batch=batch, withdrawn_at__isnull=True).update(withdrawn_at=now)
        batch.state, batch.undone_by, batch.undone_at = UNDONE, account, now
        batch.undo_reason = reason.strip()[:REASON]
        batch.save(update_fields=["state", "undone_by", "undone_at", "undo_reason"])
        _tell(account, batch, "ledger.undone", reason=batch.undo_reason)
    return batch


def marked_norms(actor: Actor, key: int) -> tuple[str, bytes]:
    """Return name and bytes of the sender's own workbook with every bad cell marked.

    Raises:
        NotThereError, NotPermittedError: It is not there.
        ServiceError: It cannot be written into.
    """
    account = require(actor, Action.RULES_PROPOSE)
    batch = row_for(account, Action.RULES_PROPOSE, LedgerBatch, pk=key, kind=NORM_KIND)
    content = kept_content(batch.stored_name)
    found = _checked(batch, content)
    try:
        content = annotate(content, found.table, say=_say)
    except WorkbookRefusedError as error:
        raise ServiceError(error.code, **error.values) from error
    return f"{batch.original_name.rpartition('.')[0]}_校验结果.xlsx", content


def waiting_norms(batch: LedgerBatch) -> list[Norm]:
    """Return the norms that a checked workbook would bring; nothing of it is written.

    Raises:
        WrongStateError: It was taken in or undone.
        ServiceError: `ledger_book.barred`, it has errors; `ledger_book.nothing`, it brings nothing new.
    """
    if batch.state != CHECKED:
        raise WrongStateError(batch.state)
    return [norm_of_row(_norm(batch, row)) for row in _bringing(batch).new]


def _bringing(batch: LedgerBatch) -> NormCheck:
    """Return what a workbook brings, as it stands against the norms of today."""
    found = _checked(batch, kept_content(batch.stored_name))
    if found.errors:
        raise ServiceError("ledger_book.barred", count=str(found.errors))
    if not found.new:
        raise ServiceError("ledger_book.nothing")
    return found


def _checked(batch: LedgerBatch, content: bytes) -> NormCheck:
    try:
        table = read_workbook(content, name=batch.original_name)
    except WorkbookRefusedError as error:
        raise ServiceError(error.code, **error.values) from error
    checked = check(table, NORMS, rules=StampRules(is_needed=False, secret=secret_key()))
    standing = _standing(batch)
    found: list[CellFinding] = []
    new: list[CheckedRow] = []
    same = 0
    for row in checked.rows:
        faults = [] if row.has_errors else list(row_faults(row.values))
        known = standing.get(_key(row.values)) if not row.has_errors else None
        if known is not None and known != _plain(row.values):
            faults.append(("norms.stands_already", "number"))
        found += [_finding(checked, row.number, code, column, row.values) for code, column in faults]
        if not row.has_errors and not faults:
            same += known is not None
            new += [row] if known is None else []
    found += _beside(checked, batch, new)
    findings = sorted((*checked.findings, *found), key=lambda each: (each.row or 0, each.position or 0))
    told = replace(checked, findings=tuple(findings))
    return NormCheck(table=told, new=[row.values for row in new], same=same)


def _beside(checked: CheckedTable, batch: LedgerBatch, rows: Sequence[CheckedRow]) -> list[CellFinding]:
    """Return which new rows are looser than norms above, or count something else than those."""
    numbers = {norm_of_row(_norm(batch, row.values)): row for row in rows}
    found = check_new_norms(
        list(numbers),
        norms_now(batch.place),
        area=area_of_city(batch.place),
        today=timezone.localdate(),
    )
    return [
        replace(
            _finding(checked, numbers[norm].number, BESIDE[finding.code], "general", numbers[norm].values),
            severity=finding.severity,
            values=tuple((name, standard_name(str(said))) for name, said in finding.values),
        )
        for norm, finding in found
    ]


def _standing(batch: LedgerBatch) -> Mapping[tuple[str, ...], tuple[object, ...]]:
    """Return the imported rows that stand, by standard, number and first day."""
    rows = UseNorm.objects.filter(place=batch.place, withdrawn_at__isnull=True)
    found = {}
    for row in rows:
        values: dict[str, Any] = {
            name: getattr(row, name) for name in (*NUMBERS, *TEXTS, "standard", "number")
        }
        values |= {"valid_from": row.valid_from, "valid_to": row.valid_to}
        found[_key(values)] = _plain(values)
    return found


def _key(row: Row) -> tuple[str, ...]:
    return tuple(str(row[name]).strip() for name in NORMS.keys)


def _plain(row: Row) -> tuple[object, ...]:
    numbers = tuple(_number(row.get(name)) for name in NUMBERS)
    return (*numbers, *(str(row.get(name) or "").strip() for name in TEXTS), row.get("valid_to"))


def _number(value: Value) -> Decimal | None:
    return value.normalize() if isinstance(value, Decimal) else None


def _norm(batch: LedgerBatch, row: Row) -> UseNorm:
    days: dict[str, Any] = {name: row.get(name) for name in ("valid_from", "valid_to")}
    return UseNorm(
        place=batch.place,
        batch=batch,
        number=str(row["number"]).strip(),
        standard=str(row["standard"]).strip(),
        area=by_level(batch.place)[str(row["level"])],
        recorded_at=timezone.now(),
        **days,
        **{name: row.get(name) for name in NUMBERS},
        **{name: str(row.get(name) or "").strip() for name in TEXTS},
    )


def _finding(checked: CheckedTable, number: int, code: str, column: str, row: Row) -> CellFinding:
    value = row.get(column)
    return CellFinding(
        code=code,
        severity=Severity.DISQUALIFY,
        row=number,
        column=column,
        position=dict(checked.positions).get(column),
        heading=NORMS.column(column).zh,
        evidence="" if value is None else str(value),
    )


def _kept_findings(table: CheckedTable) -> list[dict[str, Any]]:
    found = [each for each in table.findings if each.severity is not Severity.NOTE][:MOST_FINDINGS]
    return [
        {
            "code": each.code,
            "severity": each.severity.value,
            "sheet": NORMS.title,
            "values": {**each.blanks, "line": "" if each.row is None else str(each.row)},
        }
        for each in found
    ]


def _tell(account: Account, batch: LedgerBatch, action: str, *, reason: str = "") -> None:
    record_event(
        account,
        action,
        subject=f"ledger_batch:{batch.pk}",
        place=batch.place,
        reason=reason,
        after={
            "file": batch.original_name,
            "sha256": batch.sha256,
            "state": batch.state,
            "counts": batch.counts,
        },
    )


def _say(finding: CellFinding) -> Sentence:
    return sentence_of(finding.code, finding.blanks, language="zh")
