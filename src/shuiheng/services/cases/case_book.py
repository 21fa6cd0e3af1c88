"""Cases by workbook: the form of a kind given out, checked when it comes back, taken in as a batch."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import (
    Account,
    CaseBatch,
    Job,
    JobKind,
    Organisation,
    Place,
    ProgrammeCase,
)
from shuiheng.adapters.workbooks import (
    CheckedTable,
    Stamp,
    WorkbookRefusedError,
    annotate,
    read_workbook,
    write_template,
)
from shuiheng.kernel import Severity
from shuiheng.programmes.kind import ProgrammeKind
from shuiheng.services.cases.book_cases import write_cases
from shuiheng.services.cases.book_check import BookCheck, check_cases
from shuiheng.services.cases.case_batches import (
    CHECKED,
    MADE,
    QUEUED,
    TAKE_WORK,
    TAKEN,
    own_unit,
    tell_batch,
)
from shuiheng.services.cases.case_form import form_of, sheet_title
from shuiheng.services.cases.case_rows import Persons, rows_of_cases
from shuiheng.services.cases.keep_case import Desk, desk_for
from shuiheng.services.errors import EmptyFileError, NotPermittedError, ServiceError, WrongStateError
from shuiheng.services.file_store import keep_file, kept_content, shown_name
from shuiheng.services.finding_sentences import Sentence, sentence_of
from shuiheng.services.job_steps import ask_job, step
from shuiheng.services.kinds.kinds_now import kinds_of
from shuiheng.services.ledger.book_reading import secret_key
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import city_above, row_for, sight

ORIGIN, MOST_FINDINGS, IN_BACKGROUND, SHOWN_SHEETS = "workbook", 500, 200, 80


def case_workbook(actor: Actor, kind: str, rows: Sequence[ProgrammeCase] = ()) -> tuple[str, bytes]:
    """Return name and bytes of the form of a kind, with cases that stand already as its rows.

    Raises:
        ServiceError: `cases.no_kind`.
        NotPermittedError: The actor may not keep cases.
    """
    account = require(actor, Action.CASES_KEEP)
    unit = own_unit(account)
    now = timezone.localtime()
    desk = desk_for(city_above(unit.place), kind, now.date())
    found = desk.course.kind
    stamp = Stamp(unit=unit.name, period=f"{now.year}", issued_at=now.isoformat(timespec="seconds"))
    template = form_of(found, [place.name for place in districts_of(account)])
    keys = {column.key for column in template.columns}
    filled = [
        {name: value for name, value in values.items() if name in keys}
        for _, values in rows_of_cases([row for row in rows if row.kind == kind])
    ]
    content = write_template(template, stamp=stamp, rows=filled, secret=secret_key())
    return f"{desk.place.name}_{found.names['zh']}_{now:%Y%m%d}.xlsx", content


def receive_cases(actor: Actor, *, content: bytes, name: str) -> CaseBatch:
    """Keep a workbook of cases and check it; nothing of it counts before it is taken in.

    Of which kind it is says the name of its sheet. The same file again gives the batch that waits, so that a
    retry doubles nothing.

    Raises:
        EmptyFileError: It holds nothing.
        ServiceError: It cannot be read; `case_batches.no_sheet`, it has the sheet of no kind.
        NotPermittedError: The actor may not keep cases.
    """
    account = require(actor, Action.CASES_KEEP)
    if not content:
        raise EmptyFileError
    unit = own_unit(account)
    place, today = city_above(unit.place), timezone.localdate()
    kind = _kind_of_book(kinds_of(place, today), content, shown_name(name))
    desk = desk_for(place, kind, today)
    found = _checked(account, desk, content, name)
    digest = hashlib.sha256(content).hexdigest()
    with transaction.atomic():
        Organisation.objects.select_for_update(of=("self",)).get(pk=unit.pk)
        known = CaseBatch.objects.filter(organisation=unit, kind=kind, sha256=digest, state=CHECKED).first()
        if known is not None:
            return known
        kept = keep_file(content)
        batch = CaseBatch.objects.create(
            place=desk.place,
            organisation=unit,
            kind=kind,
            origin=ORIGIN,
            stored_name=kept.name,
            sha256=kept.sha256,
            original_name=shown_name(name),
            content=_counts(found),
            state=CHECKED,
            made_by=account,
            made_at=timezone.now(),
        )
        tell_batch(account, batch, "case_batch.checked")
    return batch


def take_cases(actor: Actor, key: int) -> CaseBatch:
    """Take a checked workbook in, all of its new cases or none; many of them in the background.

    One that tells of steps that have ended is taken in by a second person, who answers for the papers.

    Raises:
        WrongStateError: It was taken in or undone.
        ServiceError: `case_batches.own_workbook`, `ledger_book.barred`, `ledger_book.nothing`.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.CASES_REVIEW)
    with transaction.atomic():
        batch = row_for(account, Action.CASES_REVIEW, CaseBatch, lock=True, pk=key, origin=ORIGIN)
        if batch.state != CHECKED:
            raise WrongStateError(batch.state)
        if batch.content["steps"] and batch.made_by_id == account.pk:
            raise ServiceError("case_batches.own_workbook")
        if batch.content["new"] > IN_BACKGROUND:
            batch.state = QUEUED
            batch.save(update_fields=["state"])
            tell_batch(account, batch, "case_batch.asked")
            arguments = {"work": TAKE_WORK, "batch": batch.pk}
            title = f"{batch.original_name} {batch.content['new']}"
            ask_job(account, JobKind.CASES, title=title, place=batch.place, arguments=arguments)
            return batch
        return _take(account, batch)


def take_job(job: Job) -> Mapping[str, Any]:
    """Take in a large workbook in one transaction; one that is through already stays as it is."""
    if job.asked_by is None:
        raise NotPermittedError(Action.CASES_REVIEW.value)
    step(job, 0, 1)
    try:
        with transaction.atomic():
            account = require(job.asked_by, Action.CASES_REVIEW)
            batch = row_for(
                account, Action.CASES_REVIEW, CaseBatch, lock=True, pk=job.arguments["batch"], origin=ORIGIN
            )
            if batch.state == QUEUED:
                batch = _take(account, batch)
    except ServiceError:
        _put_back(job)
        raise
    step(job, 1, 1)
    return {"batch": batch.pk, "opened": batch.content["new"]}


def marked_cases(actor: Actor, key: int) -> tuple[str, bytes]:
    """Return name and bytes of the sender's own workbook with every bad cell marked.

    Raises:
        NotThereError, NotPermittedError: It is not there.
        ServiceError: It cannot be written into.
    """
    account = require(actor, Action.CASES_KEEP)
    batch = row_for(account, Action.CASES_KEEP, CaseBatch, pk=key, origin=ORIGIN)
    desk = desk_for(batch.place, batch.kind, timezone.localdate())
    content = kept_content(batch.stored_name)
    found = _checked(account, desk, content, batch.original_name)
    try:
        content = annotate(content, found.table, say=_say)
    except WorkbookRefusedError as error:
        raise ServiceError(error.code, **error.values) from error
    return f"{batch.original_name.rpartition('.')[0]}_校验结果.xlsx", content


def districts_of(account: Account) -> list[Place]:
    """Return the places in which an account may keep cases."""
    return list(sight(account, Action.CASES_KEEP)(Place).order_by("order", "pk"))


def _take(account: Account, batch: CaseBatch) -> CaseBatch:
    """Write the cases of a workbook, as it stands against the cases of today."""
    Place.objects.select_for_update(of=("self",)).get(pk=batch.place_id)
    desk = desk_for(batch.place, batch.kind, timezone.localdate())
    content = kept_content(batch.stored_name)
    persons = Persons(first=str(batch.made_by_id), second=str(account.pk))
    found = _checked(batch.made_by, desk, content, batch.original_name, persons)
    if found.errors:
        raise ServiceError("ledger_book.barred", count=str(found.errors))
    if not found.new:
        raise ServiceError("ledger_book.nothing")
    made = write_cases(batch, desk, found.new, persons)
    batch.content = _counts(found) | {MADE: {str(row.pk): row.event_count for row in made}}
    batch.state, batch.taken_at = TAKEN, timezone.now()
    batch.save(update_fields=["content", "state", "taken_at"])
    tell_batch(account, batch, "case_batch.taken", cases=[row.pk for row in made])
    return batch


def _kind_of_book(kinds: Mapping[str, ProgrammeKind], content: bytes, name: str) -> str:
    """Return the id of the kind whose sheet a workbook has.

    Raises:
        ServiceError: It cannot be read, or has the sheet of no kind.
    """
    try:
        sheets = {sheet.name for sheet in read_workbook(content, name=name).sheets}
    except WorkbookRefusedError as error:
        raise ServiceError(error.code, **error.values) from error
    for kind in kinds.values():
        if sheet_title(kind) in sheets:
            return kind.id
    raise ServiceError("case_batches.no_sheet", sheets="、".join(sorted(sheets))[:SHOWN_SHEETS])


def _put_back(job: Job) -> None:
    with transaction.atomic():
        batch = CaseBatch.objects.select_for_update(of=("self",)).get(pk=job.arguments["batch"])
        if batch.state == QUEUED and job.asked_by is not None:
            batch.state = CHECKED
            batch.save(update_fields=["state"])
            tell_batch(job.asked_by, batch, "case_batch.checked")


def _checked(
    account: Account, desk: Desk, content: bytes, name: str, persons: Persons | None = None
) -> BookCheck:
    given = persons or Persons(first=str(account.pk), second="second")
    return check_cases(account, desk, content, shown_name(name), given)


def _counts(found: BookCheck) -> dict[str, Any]:
    return {
        "errors": found.errors,
        "new": len(found.new),
        "same": found.same,
        "steps": any(each.has_steps for each in found.new),
        "findings": _kept_findings(found.table, found.kind),
    }


def _kept_findings(table: CheckedTable, kind: ProgrammeKind) -> list[dict[str, Any]]:
    found = [each for each in table.findings if each.severity is not Severity.NOTE][:MOST_FINDINGS]
    return [
        {
            "code": each.code,
            "severity": each.severity.value,
            "heading": each.heading,
            "values": {**each.blanks, "line": "" if each.row is None else str(each.row)},
        }
        for each in found
    ]


def _say(finding: Any) -> Sentence:
    return sentence_of(finding.code, finding.blanks, language="zh")
