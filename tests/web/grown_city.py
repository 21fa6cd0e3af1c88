"""A city that has worked for years: as many units, tasks, periods and reports as a test asks for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any, TypeVar

from django.db.models import Max, Min, Model

from access.world import OFFICE, City
from shuiheng.adapters.records import models as tables
from web.addresses import UNIT

M = TypeVar("M", bound=Model)
LAST_YEAR = 2025
PARTS_OF_A_TASK = 10
BATCH = 2000
MOMENT = datetime(2026, 1, 2, 4, 0, tzinfo=UTC)
_numbers = count(1)


def grow(city: City, *, units: int, years: int) -> None:
    """Add units with people, their parts in tasks, half-years with reports, and what else an office writes.

    The rows are copies of those that the city has in every table, so that each page shows them.

    Args:
        city: What stands already.
        units: How many units are added; there is a task for every ten of them.
        years: How many years of two periods each.
    """
    organisations = _units(city, units)
    tasks = _tasks(city, organisations)
    for period in _periods(city, years):
        _reports(city, period, tasks)
        _messages(city, period, organisations)
    _coordination(city, organisations, tasks, years)
    _log(city, units * years)


def _copies(row: M, how_many: int, /, **changing: Callable[[int], Any]) -> list[M]:
    """Return stored copies of a row; `changing` gives the fields in which they differ, by place."""
    table = type(row)
    names = [field.attname for field in table._meta.concrete_fields if not field.primary_key]
    plain = {name: getattr(row, name) for name in names}
    made = [
        table(**(plain | {name: make(place) for name, make in changing.items()})) for place in range(how_many)
    ]
    before = table._default_manager.aggregate(last=Max("pk"))["last"] or 0
    table._default_manager.bulk_create(made, batch_size=BATCH)
    return list(table._default_manager.filter(pk__gt=before).order_by("pk"))


def _word(_place: int) -> str:
    return f"n{next(_numbers)}"


def _units(city: City, number: int) -> list[tables.Organisation]:
    unit = city.row(tables.Organisation, UNIT)
    organisations = _copies(unit, number, slug=_word, name=lambda place: f"青禾市第{next(_numbers)}单位")
    accounts = _copies(city.row(tables.Account, UNIT), number, username=_word)
    _copies(
        city.row(tables.Membership, UNIT),
        number,
        account_id=lambda place: accounts[place].pk,
        organisation_id=lambda place: organisations[place].pk,
    )
    _copies(
        city.row(tables.OrganisationName, UNIT),
        number,
        organisation_id=lambda place: organisations[place].pk,
        name=_word,
    )
    _copies(city.row(tables.UnitMatch, UNIT), number // 4, label=_word)
    _copies(
        city.row(tables.PersonProposal, UNIT), number // 10, organisation_id=lambda p: organisations[p].pk
    )
    return organisations


def _tasks(
    city: City, organisations: list[tables.Organisation]
) -> list[tuple[tables.RegisterTask, tables.Organisation]]:
    """Return each task with each unit that has a part in it."""
    number = max(1, len(organisations) // PARTS_OF_A_TASK)
    published = _copies(city.row(tables.PublishedTask), number, item=_word, place=lambda p: next(_numbers))
    named = len(organisations)
    _copies(
        city.row(tables.TaskUnit),
        named,
        task_id=lambda place: published[place // PARTS_OF_A_TASK % number].pk,
        label=lambda place: organisations[place].name,
        name=lambda place: organisations[place].name,
    )
    for table in (tables.PublishedTarget, tables.PublishedDuty, tables.PublishedThreshold):
        _copies(
            city.row(table),
            number,
            item=_word,
            place=lambda p: next(_numbers),
            task_id=lambda place: published[place].pk,
        )
    tasks = _copies(
        city.row(tables.RegisterTask), number, item=_word, published_id=lambda place: published[place].pk
    )
    targets = _copies(
        city.row(tables.RegisterTarget),
        number,
        item=_word,
        task_id=lambda place: tasks[place].pk,
        published_id=lambda place: None,
    )
    shares = city.row(tables.TargetShare)
    _copies(shares, number, target_id=lambda place: targets[place].pk)
    _copies(city.row(tables.TaskStep), number, task_id=lambda place: tasks[place].pk)
    for table in (tables.Comment, tables.Judgement):  # a busy task and all the others
        own = city.row(tables.RegisterTask).pk
        _copies(city.row(table), number, task_id=lambda place, own=own: own if place % 2 else tasks[place].pk)
    pairs = [(tasks[place // PARTS_OF_A_TASK % number], unit) for place, unit in enumerate(organisations)]
    _copies(
        city.row(tables.TaskParty),
        len(pairs),
        task_id=lambda place: pairs[place][0].pk,
        organisation_id=lambda place: pairs[place][1].pk,
        role=lambda place: "lead" if place % PARTS_OF_A_TASK == 0 else "joint",
    )
    return pairs


def _periods(city: City, years: int) -> list[tables.ReportingPeriod]:
    first = _first_year(
        tables.ReportingPeriod.objects.aggregate(first=Min("starts_on__year"))["first"], years
    )
    days = [date(first + year, month, 1) for year in range(years) for month in (1, 7)]
    return _copies(
        city.row(tables.ReportingPeriod),
        len(days),
        kind=lambda place: "half_year",
        starts_on=lambda place: days[place],
        ends_on=lambda place: days[place] + timedelta(days=180),
        due_on=lambda place: days[place] + timedelta(days=195),
    )


def _first_year(known: int | None, years: int) -> int:
    """Return the first of so many years that lie before all that stand already."""
    return min(known or LAST_YEAR + 1, LAST_YEAR + 1) - years


def _reports(
    city: City, period: tables.ReportingPeriod, pairs: list[tuple[tables.RegisterTask, tables.Organisation]]
) -> None:
    """File most reports of a period and take some further; every tenth is missing."""
    told = [pair for place, pair in enumerate(pairs) if place % 10]
    reports = _copies(
        city.row(tables.Progress, UNIT),
        len(told),
        period_id=lambda place: period.pk,
        task_id=lambda place: told[place][0].pk,
        organisation_id=lambda place: told[place][1].pk,
        state=lambda place: "draft",
        filed_by_id=lambda place: None,
    )
    targets = {
        task: key
        for key, task in tables.RegisterTarget.objects.exclude(task=None).values_list("pk", "task_id")
    }
    tables.ProgressValue.objects.bulk_create(
        [
            tables.ProgressValue(progress=each, target_id=targets[each.task_id], value=Decimal(3))
            for each in reports
            if each.task_id in targets
        ],
        batch_size=BATCH,
    )
    _copies(city.row(tables.Evidence, UNIT), len(reports) // 3, progress_id=lambda p: reports[p * 3].pk)
    for revision in (1, 2):
        _copies(
            city.row(tables.ProgressStep, UNIT),
            len(reports),
            progress_id=lambda place: reports[place].pk,
            revision=lambda place, revision=revision: revision,
        )
    filer, reviewer = city.row(tables.Account, UNIT), city.row(tables.Account, OFFICE)
    keys = [each.pk for each in reports]
    rows = tables.Progress.objects.filter(pk__gte=keys[0], pk__lte=keys[-1])
    rows.update(state="filed", filed_by=filer, filed_at=MOMENT)
    reviewed = rows.filter(pk__lte=keys[len(keys) * 2 // 3])
    reviewed.update(state="reviewed", reviewed_by=reviewer, reviewed_at=MOMENT)
    rows.filter(pk__lte=keys[len(keys) // 3]).update(
        state="accepted", accepted_by=reviewer, accepted_at=MOMENT
    )


def _messages(city: City, period: tables.ReportingPeriod, organisations: list[tables.Organisation]) -> None:
    _copies(
        city.row(tables.Message, UNIT),
        len(organisations),
        key=_word,
        organisation_id=lambda place: organisations[place if place % 2 else 0].pk,
        period_id=lambda place: period.pk,
    )
    _copies(
        city.row(tables.Letter, UNIT),
        len(organisations) // 4,
        number=lambda place: next(_numbers),
        organisation_id=lambda place: organisations[place].pk,
        period_id=lambda place: period.pk,
    )
    _copies(city.row(tables.ReportRecord), 1, period_id=lambda place: period.pk)


def _coordination(
    city: City,
    organisations: list[tables.Organisation],
    pairs: list[tuple[tables.RegisterTask, tables.Organisation]],
    years: int,
) -> None:
    number = max(4, len(organisations) // 10)
    meetings = _copies(city.row(tables.Meeting), 12 * years)
    for place, meeting in enumerate(meetings):
        meeting.present.set(organisations[place % len(organisations) :][:5])
    _copies(
        city.row(tables.MeetingDecision),
        len(meetings) * 3,
        meeting_id=lambda place: meetings[place // 3].pk,
        task_id=lambda place: None,
    )
    for table in (tables.Rectification, tables.AccountabilityEntry, tables.SignedLink, tables.ImportBatch):
        more = {"digest": _word} if table is tables.SignedLink else {}
        _copies(
            city.row(table, UNIT),
            number,
            organisation_id=lambda place: organisations[place % len(organisations)].pk,
            **more,
        )
    first = _first_year(tables.AnnualPlan.objects.aggregate(first=Min("year"))["first"], years)
    _copies(city.row(tables.AnnualPlan), years, year=lambda place: first + place)
    _copies(
        city.row(tables.AnnualItem), number, task_id=lambda p: pairs[p * PARTS_OF_A_TASK % len(pairs)][0].pk
    )
    _copies(city.row(tables.OrganisationChange, UNIT), number)
    _copies(city.row(tables.Job, UNIT), number)
    _copies(city.row(tables.SavedFilter, UNIT), 10, name=_word)
    _copies(city.row(tables.AccountSession, UNIT), number, **_session_words())


def _session_words() -> dict[str, Callable[[int], Any]]:
    unique = [field.attname for field in tables.AccountSession._meta.concrete_fields if field.unique]
    return {name: _word for name in unique if name != "id"}


def _log(city: City, number: int) -> None:
    _copies(city.row(tables.Event), number, key=lambda place: f"{next(_numbers):036d}")
