"""Make a draw as a job when chance is known, and publish its record as a second person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import (
    Account,
    DrawState,
    InspectionDraw,
    Job,
    JobKind,
    JobState,
    SeedKind,
)
from shuiheng.programmes.draw import (
    Draw,
    DrawError,
    OpenedNumber,
    PublicNumber,
    SeedDiffersError,
    draw,
    draw_json,
)
from shuiheng.programmes.draw.model import Seed
from shuiheng.programmes.draw.seed import seed_value
from shuiheng.programmes.draw.verify import check_record
from shuiheng.services.background import register_work
from shuiheng.services.errors import ServiceError
from shuiheng.services.inspections.keep_draw import locked_draw
from shuiheng.services.inspections.make_register import kept_register
from shuiheng.services.inspections.open_checks import open_checks
from shuiheng.services.inspections.tell_draw import tell_draw
from shuiheng.services.job_steps import ask_job, carry_out
from shuiheng.services.permission import Action, Actor, require

LONGEST_SOURCE = 300


def enter_public_number(actor: Actor, key: int, *, digits: str, source: str, read_on: date) -> InspectionDraw:
    """Enter the public number that was announced, with where it was read; the draw is then made.

    Raises:
        ServiceError: `inspections.wrong_state`; `inspections.field_missing`, no source;
            `inspections.seed_differs`, it is not what was announced, or not known on that day yet.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.INSPECTIONS_KEEP)
    with transaction.atomic():
        row = locked_draw(account, Action.INSPECTIONS_KEEP, key, DrawState.COMMITTED)
        if row.seed_kind != SeedKind.PUBLIC_NUMBER or row.seed:
            raise ServiceError("inspections.wrong_state")
        if not source.strip():
            raise ServiceError("inspections.field_missing", field="source")
        if read_on > timezone.localdate():
            raise ServiceError("inspections.bad_day", day=read_on.isoformat(), field="read_on")
        seed = PublicNumber(digits=digits.strip(), source=source.strip()[:LONGEST_SOURCE], read_on=read_on)
        _check_seed(row, seed)
        row.seed = {"digits": seed.digits, "source": seed.source, "read_on": read_on.isoformat()}
        row.save(update_fields=["seed"])
        tell_draw(account, row, "number_entered", digits=seed.digits, source=seed.source)
        ask_draw(account, row)
    return row


def ask_draw(account: Account, row: InspectionDraw) -> Job:
    """Queue the draw of a register whose chance is known."""
    title = f"双随机抽取 {row.number}"
    return ask_job(account, JobKind.DRAW, title=title, place=row.place, arguments={"draw": row.pk})


def draw_job(draw: InspectionDraw) -> Job | None:
    """Return the latest job that makes a draw; whoever sees the draw may see how far it is."""
    jobs = Job.objects.filter(kind=JobKind.DRAW, place=draw.place, arguments__draw=draw.pk)
    return jobs.order_by("-pk").first()


def draw_again(actor: Actor, key: int) -> Job:
    """Queue a draw again whose job failed; the same register and number give the same draw.

    Raises:
        ServiceError: `inspections.wrong_state`, chance is not known yet, or a job of it is under way.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.INSPECTIONS_KEEP)
    with transaction.atomic():
        row = locked_draw(account, Action.INSPECTIONS_KEEP, key, DrawState.COMMITTED)
        job = draw_job(row)
        if not row.seed or job is None or job.state in (JobState.WAITING, JobState.RUNNING):
            raise ServiceError("inspections.wrong_state")
        return ask_draw(account, row)


def do_draw(job_key: int) -> None:
    """Do the job of a draw with this key."""
    carry_out(job_key, _do)


def publish_draw(actor: Actor, key: int) -> InspectionDraw:
    """Publish the record of a draw, as another person than who planned it.

    Raises:
        ServiceError: `inspections.wrong_state`; `inspections.own_draw`.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.INSPECTIONS_RELEASE)
    with transaction.atomic():
        row = locked_draw(account, Action.INSPECTIONS_RELEASE, key, DrawState.DRAWN)
        if row.published_at is not None:
            raise ServiceError("inspections.wrong_state")
        if row.made_by_id == account.pk:
            raise ServiceError("inspections.own_draw")
        row.published_by, row.published_at = account, timezone.now()
        row.save(update_fields=["published_by", "published_at"])
        tell_draw(account, row, "published", result_hash=row.record["result_hash"])
    return row


def _do(job: Job) -> Mapping[str, Any]:
    """Draw from the register that was committed to, check it by the other program, open the checks."""
    with transaction.atomic():
        row = InspectionDraw.objects.select_for_update(of=("self",)).get(pk=job.arguments["draw"])
        if row.state != DrawState.COMMITTED or not row.seed or row.committed_at is None:
            return {"drawn": len(row.record.get("result", {}).get("drawn", ()))}
        now = timezone.now()
        made = _drawn(row)
        days = {"committed_on": timezone.localdate(row.committed_at), "drawn_on": timezone.localdate(now)}
        record = draw_json(made, **days)
        count = check_record(dict(record), row.commitment)
        row.record, row.state = record, DrawState.DRAWN
        row.drawn_at, row.drawn_by = now, job.asked_by
        row.save(update_fields=["record", "state", "drawn_at", "drawn_by"])
        tell_draw(job.asked_by, row, "drawn", result_hash=record["result_hash"], drawn=count)
        if job.asked_by is not None:
            open_checks(job.asked_by, row)
    return {"drawn": count}


def _drawn(row: InspectionDraw) -> Draw:
    try:
        return draw(kept_register(row), _seed_of(row))
    except DrawError as error:
        raise ServiceError("inspections.seed_differs", fault=str(error)) from error


def _seed_of(row: InspectionDraw) -> Seed:
    kept: Mapping[str, Any] = row.seed
    if row.seed_kind == SeedKind.PUBLIC_NUMBER:
        read_on = date.fromisoformat(kept["read_on"])
        return PublicNumber(digits=kept["digits"], source=kept["source"], read_on=read_on)
    return tuple(
        OpenedNumber(person=each["person"], number=each["number"], salt=each["salt"])
        for each in kept["opened"]
    )


def _check_seed(row: InspectionDraw, seed: Seed) -> None:
    try:
        seed_value(row.commitment, kept_register(row).seed_plan, seed, draw=row.number)
    except SeedDiffersError as error:
        raise ServiceError("inspections.seed_differs", fault=error.fault) from error


register_work(JobKind.DRAW, do_draw)
