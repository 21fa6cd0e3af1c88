"""Roll the plan of one year (年度实施计划) out of a plan of several years."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Prefetch
from django.utils import timezone

from shuiheng.adapters.records.models import (
    Account,
    AnnualItem,
    AnnualPlan,
    Organisation,
    OrganisationKind,
    PlanDocument,
    RegisterTarget,
    RegisterTask,
    TaskParty,
)
from shuiheng.services.demand_words import Language, demand
from shuiheng.services.errors import ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import row_for

SENTENCE = 4
_CHINESE = re.compile(r"[一-鿿]")
TITLE = "{plan}{year}年度实施计划"


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFields:
    """What one item of the year asks for.

    Args:
        what: What is to be done.
        value: The figure of the year, or None.
        unit: Its unit.
        due_on: By when.
        organisation: Key of the organisation that answers, or None.
    """

    what: str
    value: Decimal | None = None
    unit: str = ""
    due_on: date | None = None
    organisation: int | None = None


def draft_annual_plan(actor: Actor, plan_key: int, year: int) -> AnnualPlan:
    """Make the plan of a year with an item for everything that the register asks for in it.

    Args:
        actor: Who makes it.
        plan_key: Primary key of the plan of several years.
        year: The year.

    Raises:
        ServiceError: `services.annual_year`, it was made, or nothing falls into the year.
        NotThereError, NotPermittedError: The plan is not the actor's.
    """
    account = require(actor, Action.ASSIGN)
    with transaction.atomic():
        plan = row_for(account, Action.ASSIGN, PlanDocument, lock=True, pk=plan_key)
        items = items_of_year(plan, year)
        if not items or AnnualPlan.objects.filter(plan=plan, year=year).exists():
            raise ServiceError("services.annual_year", year=str(year))
        annual = AnnualPlan.objects.create(
            plan=plan,
            year=year,
            title=TITLE.format(plan=plan.title.strip("《》"), year=year)[:200],
            made_by=account,
        )
        for order, item in enumerate(items):
            item.annual_plan, item.order = annual, order
        AnnualItem.objects.bulk_create(items)
        _record(account, annual, "annual_plan.made", after={"year": year, "items": len(items)})
    return annual


def items_of_year(plan: PlanDocument, year: int) -> list[AnnualItem]:
    """Return what the register of a plan asks for in one year, in the plan's order; nothing is saved.

    A target counts in the year of its deadline, a yearly one in every year up to it. A task
    with a due day in the year counts by itself when none of its targets does. The goals of
    the whole city, which stand in no task, come first.
    """
    leads = TaskParty.objects.filter(to_on__isnull=True, role="lead").select_related("organisation")
    targets = RegisterTarget.objects.filter(plan=plan, withdrawn_at__isnull=True).order_by("order", "pk")
    tasks = RegisterTask.objects.filter(plan=plan, withdrawn_at__isnull=True).order_by("order", "pk")
    asked: dict[int | None, list[RegisterTarget]] = {}
    for target in targets:
        if in_year(target, year):
            asked.setdefault(target.task_id, []).append(target)
    seats = _seats(plan)
    found = [_of_target(None, target, seats.get(target.scope), year) for target in asked.get(None, ())]
    for task in tasks.prefetch_related(Prefetch("parties", queryset=leads)):
        own = asked.get(task.pk, ())
        lead = next((part.organisation for part in task.parties.all()), None)
        found += [_of_target(task, target, seats.get(target.scope, lead), year) for target in own]
        if not own and task.due_on is not None and task.due_on.year == year:
            found.append(AnnualItem(task=task, organisation=lead, what=task.text, due_on=task.due_on))
    return found


def _seats(plan: PlanDocument) -> dict[str, Organisation]:
    """Return the governments of the districts by the names of the districts."""
    rows = Organisation.objects.filter(
        place__parent=plan.place_id, kind=OrganisationKind.DISTRICT, to_on__isnull=True
    )
    return {row.place.name: row for row in rows.select_related("place").order_by("-order")}


def in_year(target: RegisterTarget, year: int) -> bool:
    """Return whether a target asks for something in a year."""
    if target.deadline is not None and target.deadline.year == year:
        return True
    return target.is_annual and (target.deadline is None or year < target.deadline.year)


def years_of(plan: PlanDocument) -> list[int]:
    """Return the years for which a plan of the year can be made, in order."""
    targets = list(RegisterTarget.objects.filter(plan=plan, withdrawn_at__isnull=True))
    tasks = RegisterTask.objects.filter(plan=plan, withdrawn_at__isnull=True, due_on__isnull=False)
    due = {day.year for day in tasks.values_list("due_on", flat=True) if day is not None}
    ends = due | {target.deadline.year for target in targets if target.deadline is not None}
    made = set(AnnualPlan.objects.filter(plan=plan).values_list("year", flat=True))
    first = min((*ends, timezone.localdate().year))
    return [
        year
        for year in range(first, max(ends, default=first) + 1)
        if year not in made and (year in due or any(in_year(target, year) for target in targets))
    ]


def edit_items(actor: Actor, key: int, items: Mapping[int, ItemFields | None]) -> int:
    """Change items of a plan of the year that is not issued; None takes an item out.

    Returns:
        How many items changed.

    Raises:
        ServiceError: It is issued, or an item has no words.
        NotThereError, NotPermittedError: It or an organisation is not the actor's.
    """
    account = require(actor, Action.ASSIGN)
    changed = 0
    with transaction.atomic():
        annual = _draft(account, key)
        for item in annual.items.filter(pk__in=list(items)).select_related("organisation"):
            before, fields = _as_json(item), items[item.pk]
            if fields is None:
                _record(account, annual, "annual_item.removed", before=before)
                item.delete()
                changed += 1
                continue
            _fill(account, item, fields)
            if _as_json(item) != before:
                item.save()
                _record(account, annual, "annual_item.edited", before=before, after=_as_json(item))
                changed += 1
    return changed


def add_item(actor: Actor, key: int, task_key: int, fields: ItemFields) -> AnnualItem:
    """Add an item for a task to a plan of the year that is not issued.

    Raises:
        ServiceError: It is issued, or the item has no words.
        NotThereError, NotPermittedError: It, the task or the organisation is not the actor's.
    """
    account = require(actor, Action.ASSIGN)
    with transaction.atomic():
        annual = _draft(account, key)
        task = row_for(account, Action.ASSIGN, RegisterTask, pk=task_key, plan=annual.plan)
        item = AnnualItem(annual_plan=annual, task=task, order=annual.items.count())
        _fill(account, item, fields)
        item.save()
        _record(account, annual, "annual_item.added", after=_as_json(item))
    return item


def issue_annual_plan(actor: Actor, key: int) -> AnnualPlan:
    """Issue a plan of the year; it does not change any more.

    Raises:
        ServiceError: `services.annual_issued`.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.PUBLISH)
    with transaction.atomic():
        annual = _draft(account, key, Action.PUBLISH)
        annual.issued_by, annual.issued_at = account, timezone.now()
        annual.save(update_fields=["issued_by", "issued_at"])
        _record(account, annual, "annual_plan.issued", after={"items": annual.items.count()})
    return annual


def _of_target(
    task: RegisterTask | None, target: RegisterTarget, lead: Organisation | None, year: int
) -> AnnualItem:
    last = date(year, 12, 31)
    due = target.deadline if target.deadline is not None and target.deadline.year == year else last
    return AnnualItem(
        task=task,
        target=target,
        organisation=lead,
        what=_words(target),
        value=target.value,
        unit=target.unit,
        due_on=due,
    )


def _words(target: RegisterTarget) -> str:
    """Return what a target asks for: its own words, with the metric where they are a cell of a table."""
    if len(_CHINESE.findall(target.quote)) >= SENTENCE:
        return target.quote
    asked = demand(target, language=Language.CHINESE) or target.quote
    return f"{target.scope}{target.metric} {asked}".strip()


def _draft(account: Account, key: int, action: Action = Action.ASSIGN) -> AnnualPlan:
    annual = row_for(account, action, AnnualPlan, lock=True, pk=key)
    if annual.issued_at is not None:
        raise ServiceError("services.annual_issued")
    return annual


def _fill(account: Account, item: AnnualItem, fields: ItemFields) -> None:
    if not fields.what.strip():
        raise ServiceError("services.step_title")
    item.what, item.value, item.unit = fields.what.strip(), fields.value, fields.unit.strip()[:20]
    item.due_on = fields.due_on
    item.organisation = (
        row_for(account, Action.ASSIGN, Organisation, pk=fields.organisation)
        if fields.organisation is not None
        else None
    )


def _as_json(item: AnnualItem) -> dict[str, object]:
    return {
        "what": item.what,
        "value": None if item.value is None else f"{item.value.normalize():f}",
        "unit": item.unit,
        "due_on": item.due_on.isoformat() if item.due_on else None,
        "organisation": item.organisation.name if item.organisation else None,
    }


def _record(
    account: Account,
    annual: AnnualPlan,
    action: str,
    *,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    record_event(
        account,
        action,
        subject=f"annual_plan:{annual.pk}",
        place=annual.plan.place,
        before=before,
        after=after,
    )


__all__ = [
    "ItemFields",
    "add_item",
    "draft_annual_plan",
    "edit_items",
    "in_year",
    "issue_annual_plan",
    "items_of_year",
    "years_of",
]
