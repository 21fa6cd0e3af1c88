"""Organisations of the made-up city and a plan whose units are confirmed."""

from __future__ import annotations

from office import the_office
from shuiheng.adapters.records.models import Account, Organisation, PlanVersion, RegisterTask, TaskParty
from shuiheng.services.match_units import accept_sure, make_proposed

DAY_BASIS = "市委编办〔2026〕3号"


def settle_units(officer: Account) -> None:
    """Make an organisation for every unit of the published plans of the made-up city."""
    make_proposed(officer, the_office().place_id)
    accept_sure(officer, the_office().place_id)


def unit_named(name: str) -> Organisation:
    """Return the open organisation of this name."""
    return Organisation.objects.get(name=name, to_on__isnull=True)


def parts_now(task: RegisterTask) -> list[tuple[str, str]]:
    """Return role and name of the units of a task now, in order."""
    rows = TaskParty.objects.filter(task=task, to_on__isnull=True).select_related("organisation")
    return [(row.role, row.organisation.name) for row in rows.order_by("order", "pk")]


def tasks_of(version: PlanVersion) -> list[RegisterTask]:
    """Return the tasks of a plan in order."""
    return list(RegisterTask.objects.filter(plan=version.plan).order_by("order"))
