"""Issue the allowances of a round: publish them, and write a numbered notice to each user."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db import transaction

from shuiheng.adapters.records.models import (
    Account,
    AllowanceRound,
    Channel,
    Job,
    Letter,
    PlannedAllowance,
)
from shuiheng.adapters.rulebook import load_knowledge
from shuiheng.adapters.rulebook.ledger_words import ledger_words
from shuiheng.reports import DocumentNumber, freeze, report_json
from shuiheng.reports.allowance_notice import AllowanceNotice, NoticedAllowance, allowance_notice
from shuiheng.reports.signing import Signing
from shuiheng.services.allowances.publish_round import ISSUE, publish
from shuiheng.services.allowances.year_rules import YearRules, year_rules
from shuiheng.services.document_numbers import next_numbers
from shuiheng.services.errors import ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.file_store import keep_file
from shuiheng.services.job_steps import step
from shuiheng.services.permission import Action, remember_memberships
from shuiheng.services.scope import row_for
from shuiheng.services.write_letters import letter_file
from shuiheng.services.write_message import Cause, write_message

KIND, MESSAGE = "allowance_notice", "allowance_notice"
AT_ONCE = 50
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)


def issue_notices(job: Job) -> Mapping[str, Any]:
    """Publish and write the notices of a job; one that was cut short goes on where it stood."""
    account = job.asked_by
    if account is None:
        raise ServiceError("services.not_permitted", action=Action.ALLOWANCES_PUBLISH.value)
    round_ = row_for(account, Action.ALLOWANCES_PUBLISH, AllowanceRound, pk=job.arguments["round"])
    remember_memberships(account)
    publish(account, round_.pk)
    rows = round_.allowances.filter(published_at__isnull=False, number="").order_by("user__number", "pk")
    rows = rows.select_related("user__organisation__place", "source", "round__place", "round__authority")
    users = [list(group) for _, group in groupby(rows, key=lambda row: row.user_id)]
    rules, before = year_rules(round_.place, round_.year), Letter.objects.filter(job=job).count()
    for first in range(0, len(users), AT_ONCE):
        with transaction.atomic():
            _write(job, account, round_, rules, users[first : first + AT_ONCE])
        step(job, before + min(first + AT_ONCE, len(users)), before + len(users))
    return _packed(job)


def notice_of(row: PlannedAllowance) -> Letter | None:
    """Return the notice of an allowance, or None while it has none."""
    rows = Letter.objects.filter(organisation=row.user.organisation)
    return next((letter for letter in rows if row.number and letter.document_number == row.number), None)


def _write(
    job: Job,
    account: Account,
    round_: AllowanceRound,
    rules: YearRules,
    users: Sequence[Sequence[PlannedAllowance]],
) -> None:
    """Number and keep the notices of some users, in one transaction."""
    changed = []
    year = date.fromisoformat(job.arguments["day"]).year
    numbers = next_numbers(round_.place, job.arguments["mark"], year, count=len(users))
    for rows, number in zip(users, numbers, strict=True):
        letter = _letter(job, account, _notice(round_, rules, rows), number, rows)
        for row in rows:
            row.number = letter.document_number
            changed.append(row)
        _tell_user(account, round_, rows, letter)
    PlannedAllowance.objects.bulk_update(changed, ["number"], batch_size=AT_ONCE)
    record_event(
        account,
        "allowance_round.noticed",
        subject=f"allowance_round:{round_.pk}",
        place=round_.place,
        after={"notices": len(users), "first": changed[0].number, "last": changed[-1].number},
    )


def _letter(
    job: Job,
    account: Account,
    notice: AllowanceNotice,
    number: DocumentNumber,
    rows: Sequence[PlannedAllowance],
) -> Letter:
    day, unit, round_ = date.fromisoformat(job.arguments["day"]), rows[0].user.organisation, rows[0].round
    signing = Signing(place=round_.place.name, signer=_signer(round_), issued_on=day, document_number=number)
    content = freeze(allowance_notice(notice, signing), audit_root=None)
    letter = Letter.objects.create(
        place=round_.place,
        job=job,
        kind=KIND,
        organisation=unit,
        mark=number.word,
        year=number.year,
        number=number.serial,
        title=content.title[:300],
        content=report_json(content),
        snapshot_id=content.snapshot_id or "",
        made_by=account,
    )
    record_event(
        account,
        "letter.written",
        subject=f"letter:{letter.pk}",
        place=round_.place,
        after={"number": str(number), "organisation": unit.pk, "snapshot": letter.snapshot_id},
    )
    return letter


def _notice(round_: AllowanceRound, rules: YearRules, rows: Sequence[PlannedAllowance]) -> AllowanceNotice:
    return AllowanceNotice(
        unit=rows[0].user.organisation.name,
        year=round_.year,
        allowances=[_noticed(row) for row in rows],
        bases=_bases(round_),
        answer_workdays=rules.adjustment.answer_workdays if rules.adjustment is not None else None,
    )


def _tell_user(
    account: Account, round_: AllowanceRound, rows: Sequence[PlannedAllowance], letter: Letter
) -> None:
    unit = rows[0].user.organisation
    total = sum((row.volume_m3 or Decimal(0) for row in rows), Decimal(0))
    blanks = {
        "organisation": unit.name,
        "year": str(round_.year),
        "volume": format(total.normalize(), ",f"),
        "number": letter.document_number,
    }
    cause = Cause(
        kind=MESSAGE, key=f"allowance_notice:{letter.pk}", blanks=blanks, by=account, page="/allowances/"
    )
    write_message(cause, Channel.SITE, organisation=unit)


def _noticed(row: PlannedAllowance) -> NoticedAllowance:
    named = ledger_words()["water_kind"].get(row.water_kind)
    kind = named.names["zh"] if named is not None else row.water_kind
    source = f"水源{row.source.number}" if row.source is not None else ""
    name = f"{kind}（{source}）" if kind and source else kind or source or "全部水源"
    return NoticedAllowance(
        key=f"allowance:{row.pk}",
        source=name,
        year_m3=row.volume_m3 or Decimal(0),
        months_m3=[Decimal(each) for each in row.months],
    )


def _bases(round_: AllowanceRound) -> list[str]:
    """Return the titles of the laws that the round rests on; settings of the program are none."""
    titles = {source.id: source.title for source in load_knowledge().sources}
    held = (titles.get(each["source"]) for each in round_.rules if each["is_binding"])
    return [f"《{title}》" for title in dict.fromkeys(filter(None, held))]


def _signer(round_: AllowanceRound) -> str:
    name, place = round_.authority.name, round_.place.name
    return name if name.startswith(place) else f"{place}{name}"


def _packed(job: Job) -> dict[str, Any]:
    """Put the notices of a run into one archive, in the order of their numbers."""
    out, count = io.BytesIO(), 0
    rows = Letter.objects.filter(job=job).select_related("organisation").order_by("number")
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for row in rows.iterator(chunk_size=AT_ONCE):
            entry = zipfile.ZipInfo(f"{row.number:05d}_{row.organisation.name[:60]}.docx", _ZIP_DAY)
            archive.writestr(entry, letter_file(row))
            count += 1
    kept = keep_file(out.getvalue())
    name = f"用水计划下达通知_{count}.zip"
    Job.objects.filter(pk=job.pk).update(result_name=name, result_stored_name=kept.name)
    return {"notices": count}


__all__ = ["ISSUE", "KIND", "issue_notices"]
