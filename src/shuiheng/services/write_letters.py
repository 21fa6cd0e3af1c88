"""Letters to many units in one run: numbered without gaps, resumable, each written once."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.exports.official_document import write_official_document
from shuiheng.adapters.records.models import Account, Job, JobKind, JobState, Letter, Message, ReportingPeriod
from shuiheng.adapters.records.queries_chasing import MissingUnit
from shuiheng.adapters.rulebook.official_form import load_official_form
from shuiheng.kernel.period import Period
from shuiheng.reports import Report, freeze, report_from_json, report_json
from shuiheng.reports.letters import OpenMatter, Reminder, reminder_letter
from shuiheng.reports.signing import Signing
from shuiheng.services.background import register_work
from shuiheng.services.document_numbers import next_number
from shuiheng.services.errors import ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.file_store import keep_file
from shuiheng.services.job_steps import ask_job, carry_out, step
from shuiheng.services.missing_units import missing_units
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import row_for, sight
from shuiheng.services.signing_unit import signing_unit

KIND, SUBJECT = "reminder", "进展情况"
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)


def ask_reminder_letters(
    actor: Actor, period: int, organisations: Collection[int], *, mark: str, answer_by: date
) -> Job:
    """Queue a letter of reminder (催办函) to each of these units that has not reported.

    Args:
        actor: Who writes; needs the right to write letters.
        period: Key of the period.
        organisations: Keys of the units.
        mark: Mark of the issuer (机关代字) under which the letters are numbered.
        answer_by: Day until which the units are asked to report.

    Raises:
        ServiceError: `services.letters_under_way`, `services.no_letters`,
            `services.answer_day_passed`, `services.mark_form`.
        NotThereError, NotPermittedError: It cannot be done.
    """
    account = require(actor, Action.LETTERS_WRITE)
    today = timezone.localdate()
    if answer_by < today:
        raise ServiceError("services.answer_day_passed", day=answer_by.isoformat())
    if not mark.strip().isalpha():
        raise ServiceError("services.mark_form", mark=mark[:40])
    with transaction.atomic():
        when = row_for(account, Action.LETTERS_WRITE, ReportingPeriod, lock=True, pk=period)
        if _is_under_way(when):
            raise ServiceError("services.letters_under_way")
        units = missing_units(sight(account, Action.LETTERS_WRITE), when)
        wanted = [unit.organisation.pk for unit in units if unit.organisation.pk in set(organisations)]
        if not wanted:
            raise ServiceError("services.no_letters")
        return ask_job(
            account,
            JobKind.LETTERS,
            title=f"催办函 {len(wanted)}",
            place=when.plan.place,
            arguments={
                "period": when.pk,
                "organisations": wanted,
                "mark": mark.strip(),
                "answer_by": answer_by.isoformat(),
                "day": today.isoformat(),
            },
        )


def _is_under_way(period: ReportingPeriod) -> bool:
    """Return whether a run for this period waits or runs, so that asking twice makes one run."""
    running = Job.objects.filter(kind=JobKind.LETTERS, state__in=(JobState.WAITING, JobState.RUNNING))
    return any(job.arguments.get("period") == period.pk for job in running)


def write_letters(job_key: int) -> None:
    """Do the job with this key; a run that was cut short goes on where it stood."""
    carry_out(job_key, _write_all)


def letter_file(letter: Letter) -> bytes:
    """Return a letter as a Word document; the same letter gives the same bytes."""
    return write_official_document(report_from_json(letter.content), load_official_form())


def _write_all(job: Job) -> Mapping[str, Any]:
    asked = job.arguments
    account = job.asked_by
    if account is None:
        raise ServiceError("services.not_permitted", action=Action.LETTERS_WRITE.value)
    period = row_for(account, Action.LETTERS_WRITE, ReportingPeriod, pk=asked["period"])
    units = {
        unit.organisation.pk: unit for unit in missing_units(sight(account, Action.LETTERS_WRITE), period)
    }
    total = len(asked["organisations"])
    skipped = 0
    for done, key in enumerate(asked["organisations"], 1):
        if not Letter.objects.filter(job=job, organisation=key).exists():
            if key in units:
                _write_one(job, account, units[key])
            else:
                skipped += 1  # it has reported since the run was asked for
        step(job, done, total)
    return _packed(job) | {"skipped": skipped}


def _write_one(job: Job, account: Account, unit: MissingUnit) -> None:
    """Give one letter its number and keep it, in one transaction."""
    asked, period = job.arguments, unit.period
    day = date.fromisoformat(asked["day"])
    place = period.plan.place
    with transaction.atomic():
        number = next_number(place, asked["mark"], day.year)
        times = Message.objects.filter(
            organisation=unit.organisation, period=period, kind__startswith="reminder"
        ).values("created_at__date")
        reminder = Reminder(
            unit=unit.organisation.name,
            subject=SUBJECT,
            period=Period(period.starts_on, period.ends_on),
            due_on=period.due_on,
            as_of=day,
            answer_by=date.fromisoformat(asked["answer_by"]),
            matters=tuple(
                OpenMatter(subject=f"task:{task.pk}", name=task.text[:120], due_on=task.due_on)
                for task in unit.tasks
            ),
            times=times.distinct().count(),
        )
        signing = Signing(
            place=place.name,
            signer=signing_unit(account, place.name),
            issued_on=day,
            document_number=number,
        )
        letter = freeze(reminder_letter(reminder, signing), audit_root=None)
        row = _kept(job, account, unit, letter)
        record_event(
            account,
            "letter.written",
            subject=f"letter:{row.pk}",
            place=place,
            after={"number": str(number), "organisation": unit.organisation.pk, "snapshot": row.snapshot_id},
        )


def _kept(job: Job, account: Account, unit: MissingUnit, letter: Report) -> Letter:
    number = letter.document_number
    if number is None:
        raise ServiceError("services.mark_form", mark="")
    return Letter.objects.create(
        place=unit.period.plan.place,
        job=job,
        kind=KIND,
        organisation=unit.organisation,
        period=unit.period,
        mark=number.word,
        year=number.year,
        number=number.serial,
        title=letter.title[:300],
        content=report_json(letter),
        snapshot_id=letter.snapshot_id or "",
        made_by=account,
    )


def _packed(job: Job) -> dict[str, Any]:
    """Put the letters of a run into one archive, in the order of their numbers."""
    out = io.BytesIO()
    rows = list(Letter.objects.filter(job=job).select_related("organisation").order_by("number"))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for row in rows:
            entry = zipfile.ZipInfo(f"{row.number:04d}_{row.organisation.name[:60]}.docx", _ZIP_DAY)
            archive.writestr(entry, letter_file(row))
    kept = keep_file(out.getvalue())
    Job.objects.filter(pk=job.pk).update(result_name=f"催办函_{len(rows)}.zip", result_stored_name=kept.name)
    return {"letters": len(rows)}


register_work(JobKind.LETTERS, write_letters)
