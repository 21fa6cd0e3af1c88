"""Enter a list of what no other register lists (其他对象), such as pipes; close one and open it again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import Account, CaseSubject, Place
from shuiheng.services.cases.candidates import listed_facts, listed_sorts
from shuiheng.services.cases.case_batches import own_unit
from shuiheng.services.cases.subject_lines import LineFault, SubjectLine, read_lines
from shuiheng.services.errors import ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import city_above, row_for, sight


class ListRefusedError(ServiceError):
    """A list has faults; nothing of it was taken."""

    def __init__(self, faults: Sequence[LineFault]) -> None:
        super().__init__("case_subjects.refused", count=str(len(faults)))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What a list brought: how many are new, how many were changed, how many stood so already."""

    new: int
    changed: int
    same: int


def list_subjects(actor: Actor, sort: str, text: str) -> Listed:
    """Enter things of one sort that were pasted line by line; all of them, or none.

    One that stands already takes the district, number and facts of the list, and is open again.

    Raises:
        ListRefusedError: Lines have faults.
        ServiceError: `case_subjects.no_sort`, cases of no kind are about that; `case_subjects.empty`.
        NotPermittedError: The actor keeps no cases.
    """
    account = require(actor, Action.CASES_KEEP)
    own = own_unit(account).place
    city, on = city_above(own), timezone.localdate()
    if sort not in listed_sorts(city, on):
        raise ServiceError("case_subjects.no_sort", sort=sort[:20])
    rows = sight(account, Action.CASES_KEEP)(Place).filter(to_on__isnull=True)
    within = {place.name: place.pk for place in rows if city_above(place) == city}
    facts = listed_facts(city, sort, on)
    lines, faults = read_lines(text, places=within, facts=facts, city=own.pk)
    if faults:
        raise ListRefusedError(faults)
    if not lines:
        raise ServiceError("case_subjects.empty")
    with transaction.atomic():
        Place.objects.select_for_update(of=("self",)).get(pk=city.pk)
        return _enter(account, city, sort, lines)


def close_subject(actor: Actor, key: int, *, is_closed: bool) -> CaseSubject:
    """Leave something out of later eligibility runs, or take it in again; its cases stay.

    Raises:
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.CASES_KEEP)
    with transaction.atomic():
        row = row_for(account, Action.CASES_KEEP, CaseSubject, lock=True, pk=key)
        if (row.closed_at is not None) == is_closed:
            return row
        row.closed_at = timezone.now() if is_closed else None
        row.closed_by = account if is_closed else None
        row.save(update_fields=["closed_at", "closed_by"])
        record_event(
            account,
            "case_subject.closed" if is_closed else "case_subject.reopened",
            subject=f"case_subject:{row.pk}",
            place=row.place,
            after={"name": row.name},
        )
    return row


def _enter(account: Account, city: Place, sort: str, lines: Sequence[SubjectLine]) -> Listed:
    seen = sight(account, Action.CASES_KEEP)
    standing = {row.name: row for row in CaseSubject.objects.filter(place=city, sort=sort)}
    mine = set(seen(CaseSubject).filter(place=city, sort=sort).values_list("pk", flat=True))
    other = [line.name for line in lines if line.name in standing and standing[line.name].pk not in mine]
    if other:
        raise ServiceError("case_subjects.elsewhere", name=other[0])
    now = timezone.now()
    new = [
        CaseSubject(
            place=city,
            district_id=line.district,
            sort=sort,
            name=line.name,
            number=line.number,
            facts=dict(line.facts),
            listed_by=account,
            listed_at=now,
        )
        for line in lines
        if line.name not in standing
    ]
    CaseSubject.objects.bulk_create(new)
    changed = [row for line in lines if (row := standing.get(line.name)) is not None and _renew(row, line)]
    for row in changed:
        row.listed_by, row.listed_at, row.closed_by, row.closed_at = account, now, None, None
        row.save()
    if new or changed:
        keys = sorted(row.pk for row in (*new, *changed))
        record_event(
            account,
            "case_subjects.listed",
            subject=f"place:{city.pk}",
            place=city,
            after={"sort": sort, "rows": keys},
        )
    return Listed(new=len(new), changed=len(changed), same=len(lines) - len(new) - len(changed))


def _renew(row: CaseSubject, line: SubjectLine) -> bool:
    """Let a row take what a line tells; return whether that is anything else than it had."""
    told = (line.district, line.number, dict(line.facts))
    is_same = (row.district_id, row.number, row.facts) == told and row.closed_at is None
    row.district_id, row.number, row.facts = told
    return not is_same
