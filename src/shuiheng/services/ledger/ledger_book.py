"""The ledger by workbook: exported, checked when it comes back, taken in, undone as a whole."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.as_of import AsOf
from shuiheng.adapters.records.models import Account, Job, JobKind, LedgerBatch, MeterFact, Organisation
from shuiheng.adapters.records.queries_ledger import LedgerFilter
from shuiheng.adapters.records.queries_ledger_book import BOOK_KIND, book_of_list, meters_of_network
from shuiheng.adapters.workbooks import (
    BookPart,
    CellFinding,
    Stamp,
    WorkbookRefusedError,
    annotate,
    write_book,
)
from shuiheng.services.background import register_work
from shuiheng.services.errors import EmptyFileError, NotThereError, ServiceError, WrongStateError
from shuiheng.services.events import record_event
from shuiheng.services.file_store import keep_file, kept_content, shown_name
from shuiheng.services.finding_sentences import Sentence, sentence_of
from shuiheng.services.job_steps import CancelledError, ask_job, carry_out, step
from shuiheng.services.ledger.book_checks import SAME, Effect
from shuiheng.services.ledger.book_cities import keeper_of_book
from shuiheng.services.ledger.book_first import are_first, write_first
from shuiheng.services.ledger.book_forms import FORMS, code_for
from shuiheng.services.ledger.book_ledger import Ledger
from shuiheng.services.ledger.book_reading import (
    check_book,
    counts_of,
    finding_of_file,
    findings_of,
    secret_key,
)
from shuiheng.services.ledger.book_rows import TABLES, row_of
from shuiheng.services.ledger.book_undo import take_all_back
from shuiheng.services.ledger.book_writing import write_row
from shuiheng.services.ledger.keep_facts import Telling
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.record_export import record_export
from shuiheng.services.scope import row_for, sight

LEDGER_WORKBOOK = BOOK_KIND
RECEIVED, CHECKED, TAKING = "received", "checked", "taking"
TAKEN, UNDOING, UNDONE = "taken", "undoing", "undone"
MOST_FINDINGS, ROWS_AT_ONCE, NEW_AT_ONCE = 500, 50, 500


def export_book(
    actor: Actor, wanted: LedgerFilter, as_of: AsOf, *, city: int | None = None
) -> tuple[str, bytes]:
    """Return name and bytes of a workbook with the users that a filter leaves and all that is theirs.

    Names and numbers of people stand in it under their masks.

    Args:
        actor: Who exports it.
        wanted: Which users.
        as_of: On which day.
        city: Key of their city; whoever works for one city only need not say it.

    Raises:
        NotPermittedError, NotThereError: The actor may not export the ledger, or not of this city.
        ServiceError: `ledger_book.city_needed`.
    """
    account = require(actor, Action.LEDGER_EXPORT)
    place, unit = keeper_of_book(account, Action.LEDGER_EXPORT, city)
    seen = sight(account, Action.LEDGER_EXPORT)
    parts = []
    for template in FORMS:
        table = TABLES[template.id]
        facts = list(book_of_list(seen, table, wanted, as_of, city=place))
        if table is MeterFact and wanted == LedgerFilter(has_closed=wanted.has_closed):
            facts = [*meters_of_network(seen, as_of, city=place), *facts]
        parts.append(BookPart(template=template, rows=[row_of(template, fact) for fact in facts]))
    now = timezone.localtime()
    stamp = Stamp(unit=unit.name, period=as_of.on.isoformat(), issued_at=now.isoformat(timespec="seconds"))
    content = write_book(parts, stamp=stamp, blank_rows=50, secret=secret_key())
    count = sum(len(part.rows) for part in parts)
    record_export(account, "ledger.workbook", rows=count, action=Action.LEDGER_EXPORT)
    return f"{place.name}_用水户台账_{as_of.on:%Y%m%d}.xlsx", content


def receive_book(
    actor: Actor, *, content: bytes, name: str, reason: str = "", city: int | None = None
) -> LedgerBatch:
    """Keep a workbook of the ledger and have it checked; nothing of it counts before it is taken in.

    The same file again gives the batch that stands, so that a retry doubles nothing.

    Args:
        actor: Who sends it.
        content: The bytes of the file.
        name: Its name.
        reason: On what its changes rest.
        city: Key of the city of which it is; whoever works for one city only need not say it.

    Raises:
        EmptyFileError: It holds nothing.
        NotPermittedError, NotThereError: The actor may not change the ledger, or not of this city.
        ServiceError: `ledger_book.city_needed`.
    """
    account = require(actor, Action.LEDGER_EDIT)
    place, keeper = keeper_of_book(account, Action.LEDGER_EDIT, city)
    if not content:
        raise EmptyFileError
    digest = hashlib.sha256(content).hexdigest()
    with transaction.atomic():
        unit = Organisation.objects.select_for_update(of=("self",)).get(pk=keeper.pk)
        standing = LedgerBatch.objects.filter(organisation=unit, sha256=digest, kind=LEDGER_WORKBOOK)
        known = standing.filter(state__in=(RECEIVED, TAKING, UNDOING)).first()
        if known is not None:
            return known
        kept = keep_file(content)
        batch = LedgerBatch.objects.create(
            kind=LEDGER_WORKBOOK,
            place=place,
            organisation=unit,
            sha256=kept.sha256,
            stored_name=kept.name,
            original_name=shown_name(name),
            state=RECEIVED,
            reason=reason.strip()[:300],
            made_by=account,
        )
        _tell(account, batch, RECEIVED, reason=batch.reason)
        _queue(account, batch)
    return batch


def take_book(actor: Actor, key: int) -> LedgerBatch:
    """Take a checked workbook in, all its rows or none.

    Raises:
        WrongStateError: It is not checked, or was undone.
        ServiceError: `ledger_book.barred`, it has errors; `ledger_book.nothing`, it changes nothing.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.LEDGER_EDIT)
    with transaction.atomic():
        batch = _book(account, Action.LEDGER_EDIT, key, lock=True)
        if batch.state in (TAKING, TAKEN):
            return batch
        if batch.state != CHECKED:
            raise WrongStateError(batch.state)
        if batch.counts.get("errors"):
            raise ServiceError("ledger_book.barred", count=str(batch.counts["errors"]))
        if not batch.counts.get("writes"):
            raise ServiceError("ledger_book.nothing")
        _step(account, batch, TAKING)
    return batch


def undo_book(actor: Actor, key: int, *, reason: str) -> LedgerBatch:
    """Undo a workbook: of all that it said something about, what was believed before is believed again.

    Raises:
        WrongStateError: It is not taken in.
        ServiceError: `ledger.reason_needed`; `ledger_book.used`, something was said of it since.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.LEDGER_EDIT)
    with transaction.atomic():
        batch = _book(account, Action.LEDGER_EDIT, key, lock=True)
        if not reason.strip():
            raise ServiceError("ledger.reason_needed")
        if batch.state != TAKEN:
            raise WrongStateError(batch.state)
        take_all_back(batch, by=account, reason=reason, is_trial=True)
        batch.undone_by, batch.undone_at, batch.undo_reason = account, timezone.now(), reason.strip()[:300]
        batch.save(update_fields=["undone_by", "undone_at", "undo_reason"])
        _step(account, batch, UNDOING, reason=batch.undo_reason)
    return batch


def marked_book(actor: Actor, key: int) -> tuple[str, bytes]:
    """Return name and bytes of the sender's own workbook with every bad cell of every sheet marked.

    Raises:
        NotThereError, NotPermittedError: It is not there.
        ServiceError: It cannot be read or written into.
    """
    account = require(actor, Action.LEDGER_EDIT)
    batch = _book(account, Action.LEDGER_EDIT, key)
    content = kept_content(batch.stored_name)
    found = check_book(account, batch, content)
    try:
        for template, checked in found.sheets:
            if next(checked.errors, None) is not None:
                name = f"校验汇总_{template.title}"
                content = annotate(content, checked, say=_say, summary_sheet=name)
    except WorkbookRefusedError as error:
        raise ServiceError(error.code, **error.values) from error
    return f"{batch.original_name.rpartition('.')[0]}_校验结果.xlsx", content


def work_on_book(job_key: int) -> None:
    """Do the job with this key: check, take in or undo a workbook, whatever its state asks for."""
    carry_out(job_key, _work)


def _work(job: Job) -> Mapping[str, Any]:
    batch = LedgerBatch.objects.select_related("organisation", "place__parent").get(pk=job.arguments["batch"])
    steps: dict[str, Callable[[Job, LedgerBatch], None]] = {
        RECEIVED: _check,
        TAKING: _take,
        UNDOING: _undo,
    }
    if batch.state in steps and job.asked_by is not None:
        steps[batch.state](job, batch)
    told = ("errors", "writes", "same")
    return {"batch": batch.pk, "state": batch.state} | {name: batch.counts.get(name, 0) for name in told}


def _check(job: Job, batch: LedgerBatch) -> None:
    account = _asker(job)
    try:
        found = check_book(account, batch, kept_content(batch.stored_name))
        batch.counts = counts_of(found)
        batch.findings = list(islice(findings_of(found), MOST_FINDINGS))
    except ServiceError as error:
        batch.counts = {"errors": 1, "writes": 0, "same": 0}
        batch.findings = [finding_of_file(error)]
    with transaction.atomic():
        batch.state = CHECKED
        batch.save(update_fields=["counts", "findings", "state"])
        _tell(account, batch, CHECKED)


def _take(job: Job, batch: LedgerBatch) -> None:
    """Write what changes, some rows at a time, so that others can write between; a crash goes on."""
    account = _asker(job)
    found = check_book(account, batch, kept_content(batch.stored_name))
    if not batch.counts.get("begun"):
        if found.errors or found.digest != batch.counts.get("digest"):
            _stop(account, batch)
            raise ServiceError("ledger_book.moved", name=batch.original_name)
        batch.counts = {**batch.counts, "begun": True}
        with transaction.atomic():
            batch.save(update_fields=["counts"])
            _tell(account, batch, TAKING)
    writes = _in_order([each for each in found.effects if each.sort != SAME])
    try:
        for done, part, is_new in _parts(writes, found.ledger):
            step(job, done, len(writes))
            with transaction.atomic():
                _write(_telling(account, batch, part), part, found.ledger, is_new=is_new)
    except (ServiceError, CancelledError):
        _give_up(account, batch)
        raise
    _end(account, batch, TAKEN)


def _give_up(account: Account, batch: LedgerBatch) -> None:
    """Take back what was written of a workbook before it was stopped, and have it checked anew.

    If somebody changed some of it meanwhile, it is taken in as far as it came and says so: sent again it
    brings the rest, and it can be undone once that change is.

    Raises:
        ServiceError: `ledger_book.half_taken`, something was said meanwhile.
    """
    try:
        take_all_back(batch, by=account, reason=batch.original_name)
    except ServiceError as error:
        half = ServiceError("ledger_book.half_taken", **error.values)
        batch.findings = [finding_of_file(half)]
        _end(account, batch, TAKEN)
        raise half from error
    _stop(account, batch)


def _undo(job: Job, batch: LedgerBatch) -> None:
    """Believe again what was believed before; what was said since the asking keeps the workbook taken in."""
    account = _asker(job)
    try:
        take_all_back(batch, by=account, reason=batch.undo_reason)
    except ServiceError:
        _end(account, batch, TAKEN)
        raise
    _end(account, batch, UNDONE)


def _parts(writes: Sequence[Effect], ledger: Ledger) -> Iterator[tuple[int, Sequence[Effect], bool]]:
    """Yield what one transaction writes: how many rows came before it, its rows, whether all are new.

    Sheet by sheet; of each sheet first what is new, in large parts, then the rest in small ones.
    """
    done = 0
    for form in FORMS:
        rows = [each for each in writes if each.sheet == form.id]
        new = are_first(form, rows, ledger)
        together = {each.row for each in new}
        rest = [each for each in rows if each.row not in together]
        for some, count, is_new in ((new, NEW_AT_ONCE, True), (rest, ROWS_AT_ONCE, False)):
            for first in range(0, len(some), count):
                part = some[first : first + count]
                yield done, part, is_new
                done += len(part)


def _telling(account: Account, batch: LedgerBatch, part: Sequence[Effect]) -> Telling:
    reason = batch.reason or batch.original_name
    return Telling(by=account, valid_from=part[0].since, reason=reason, batch=batch)


def _write(telling: Telling, part: Sequence[Effect], ledger: Ledger, *, is_new: bool) -> None:
    """Write rows of one sheet: what is new together, the rest one by one."""
    template = next(form for form in FORMS if form.id == part[0].sheet)
    if is_new:
        write_first(template, part, ledger, telling)
        return
    for each in part:
        write_row(template, each.values, ledger, replace(telling, valid_from=each.since))


def _in_order(effects: Sequence[Effect]) -> list[Effect]:
    """Return what is to be written, each behind what it names: by sheet, meters by level, then by row."""
    places = {form.id: at for at, form in enumerate(FORMS)}
    return sorted(
        effects,
        key=lambda each: (
            places[each.sheet],
            code_for("meter_level", each.values.get("meter_level")),
            each.row,
        ),
    )


def _asker(job: Job) -> Account:
    if job.asked_by is None:
        raise NotThereError(f"job:{job.pk}")
    return job.asked_by


def _book(account: Account, action: Action, key: int, *, lock: bool = False) -> LedgerBatch:
    return row_for(account, action, LedgerBatch, lock=lock, pk=key, kind=LEDGER_WORKBOOK)


def _stop(account: Account, batch: LedgerBatch) -> None:
    """Give a workbook that could not be taken in back to be checked anew."""
    with transaction.atomic():
        batch.state, batch.counts = RECEIVED, {}
        batch.save(update_fields=["state", "counts"])
        _tell(account, batch, RECEIVED)
        _queue(account, batch)


def _end(account: Account, batch: LedgerBatch, state: str) -> None:
    with transaction.atomic():
        batch.state = state
        batch.committed_at = batch.committed_at or timezone.now()
        batch.save(update_fields=["state", "committed_at", "findings"])
        _tell(account, batch, state)


def _step(account: Account, batch: LedgerBatch, state: str, *, reason: str = "") -> None:
    batch.state = state
    batch.save(update_fields=["state"])
    _tell(account, batch, state, reason=reason)
    _queue(account, batch)


def _tell(account: Account | None, batch: LedgerBatch, state: str, *, reason: str = "") -> None:
    told = {name: batch.counts[name] for name in ("errors", "writes", "same") if name in batch.counts}
    record_event(
        account,
        f"ledger.{state}",
        subject=f"ledger_batch:{batch.pk}",
        place=batch.place,
        reason=reason,
        after={"file": batch.original_name, "sha256": batch.sha256, "state": state, "counts": told},
    )


def _queue(account: Account, batch: LedgerBatch) -> None:
    ask_job(
        account,
        JobKind.LEDGER,
        title=batch.original_name,
        place=batch.place,
        arguments={"batch": batch.pk, "state": batch.state},
    )


def _say(finding: CellFinding) -> Sentence:
    return sentence_of(finding.code, finding.blanks, language="zh")


register_work(JobKind.LEDGER, work_on_book)
