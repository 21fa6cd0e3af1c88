"""Open cases for many candidates at once, in the background (批量立项), and take the whole batch back."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import CaseBatch, Job, JobKind, Place, ProgrammeCase
from shuiheng.adapters.records.models.cases import RUNNING
from shuiheng.services.cases.case_batches import OPEN_WORK, QUEUED, TAKEN, own_unit, tell_batch
from shuiheng.services.cases.eligibility import MAY_OPEN, run_eligibility
from shuiheng.services.cases.keep_case import Desk, Opening, desk_for, keep_new, new_case
from shuiheng.services.cases.subjects import Subject
from shuiheng.services.errors import NotPermittedError, ServiceError
from shuiheng.services.job_steps import ask_job, step
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import city_above, row_for, sight

ORIGIN, AT_ONCE, MOST_PASSED, SHOWN_TITLE = "eligibility", 200, 200, 120


@dataclass(frozen=True, slots=True, kw_only=True)
class ManyOpenings:
    """Cases that are to be opened together.

    Args:
        kind: Id of the kind.
        subjects: Keys of the candidates; None for all that may have a case.
        on: The day.
        level: The level that is aimed at; empty for the lowest.
        note: What is to be known of them.
    """

    kind: str
    subjects: Collection[str] | None
    on: date
    level: str = ""
    note: str = ""


def ask_openings(actor: Actor, city: int, wanted: ManyOpenings) -> tuple[CaseBatch, Job]:
    """Queue the opening of a case for each candidate that may have one; the others are left out.

    Raises:
        ServiceError: `cases.no_kind`, `cases.future_day`; `case_batches.nobody`: none of them may have one.
        NotThereError, NotPermittedError: The city is not the actor's.
    """
    account = require(actor, Action.CASES_KEEP)
    seen = sight(account, Action.CASES_KEEP)
    unit = own_unit(account)
    place = city_above(unit.place)
    if place.pk != city:
        place = city_above(row_for(account, Action.CASES_KEEP, Place, pk=city))
    if wanted.on > timezone.localdate():
        raise ServiceError("cases.future_day", day=wanted.on.isoformat())
    kind = desk_for(place, wanted.kind, wanted.on).course.kind
    districts = set(seen(Place).values_list("pk", flat=True))
    asked = None if wanted.subjects is None else set(wanted.subjects)
    rows = [
        asdict(each.subject)
        for each in run_eligibility(sight(account, Action.CASES_KEEP), place, kind, wanted.on)
        if each.standing in MAY_OPEN
        and (asked is None or each.subject.key in asked)
        and each.subject.district in districts
    ]
    if not rows:
        raise ServiceError("case_batches.nobody")
    content = {"on": wanted.on.isoformat(), "level": wanted.level, "note": wanted.note, "rows": rows}
    with transaction.atomic():
        batch = CaseBatch.objects.create(
            place=place,
            organisation=unit,
            kind=kind.id,
            origin=ORIGIN,
            content=content,
            state=QUEUED,
            made_by=account,
            made_at=timezone.now(),
        )
        tell_batch(account, batch, "case_batch.asked")
        title = f"{kind.names['zh']} {len(rows)}"[:SHOWN_TITLE]
        job = ask_job(
            account, JobKind.CASES, title=title, place=place, arguments={"work": OPEN_WORK, "batch": batch.pk}
        )
    return batch, job


def open_cases(job: Job) -> Mapping[str, Any]:
    """Open the cases of a batch, many at once; after a crash it goes on where it was."""
    if job.asked_by is None:
        raise NotPermittedError(Action.CASES_KEEP.value)
    batch = CaseBatch.objects.select_related("place").get(pk=job.arguments["batch"])
    if batch.state != QUEUED:
        return {"batch": batch.pk, "opened": batch.cases.count()}
    account = require(job.asked_by, Action.CASES_KEEP)
    on = date.fromisoformat(batch.content["on"])
    desk = desk_for(batch.place, batch.kind, on)
    rows = [Subject(**row) for row in batch.content["rows"]]
    done = set(batch.cases.values_list("subject_key", flat=True))
    waiting = [each for each in rows if each.key not in done]
    passed = list(batch.content.get("passed", []))
    for start in range(0, len(waiting), AT_ONCE):
        step(job, len(rows) - len(waiting) + start, len(rows))
        part = waiting[start : start + AT_ONCE]
        passed += _open_part(account, batch, desk, part)
    with transaction.atomic():
        batch.state, batch.taken_at = TAKEN, timezone.now()
        batch.content = batch.content | {"passed": passed[:MOST_PASSED], "passed_count": len(passed)}
        batch.save(update_fields=["state", "taken_at", "content"])
        tell_batch(account, batch, "case_batch.taken")
    step(job, len(rows), len(rows))
    return {"batch": batch.pk, "opened": len(rows) - len(passed), "passed": len(passed)}


def _open_part(account: Any, batch: CaseBatch, desk: Desk, part: Sequence[Subject]) -> list[dict[str, Any]]:
    """Open the cases of some subjects in one transaction; return those that can have none, with the code."""
    content, passed, made = batch.content, [], []
    with transaction.atomic():
        Place.objects.select_for_update(of=("self",)).get(pk=batch.place_id)
        running = set(
            ProgrammeCase.objects.filter(
                place=batch.place, kind=batch.kind, phase__in=RUNNING, subject_key__in=[s.key for s in part]
            ).values_list("subject_key", flat=True)
        )
        for each in part:
            if each.key in running:
                passed.append({"name": each.name, "code": "cases.running", "values": {"name": each.name}})
                continue
            opening = Opening(
                kind=batch.kind,
                subject=each,
                district=each.district or batch.place_id,
                on=date.fromisoformat(content["on"]),
                level=content["level"],
                note=content["note"],
            )
            try:
                made.append(new_case(account, desk, opening, batch=batch))
            except ServiceError as error:
                passed.append({"name": each.name, "code": error.code, "values": dict(error.values)})
        if made:
            keep_new(account, made)
            tell_batch(account, batch, "case_batch.opened", cases=[row.pk for row, _ in made])
    return passed
