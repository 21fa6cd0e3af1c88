"""Organisations are renamed, merged, split and closed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from office import the_office
from services.making import DAY_BASIS, parts_now, settle_units, tasks_of, unit_named
from shuiheng.adapters.records.models import (
    Account,
    Event,
    OrganisationChange,
    PlanVersion,
    TaskParty,
    UnitMatch,
)
from shuiheng.services.change_organisation import (
    close_organisation,
    merge_organisations,
    rename_organisation,
    split_organisation,
)
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.keep_organisation import OrganisationFields, make_organisation
from shuiheng.services.match_units import proposals
from shuiheng.services.sync_register import sync_register

ON = date(2026, 3, 1)


@pytest.fixture
def settled(officer: Account, published: PlanVersion) -> PlanVersion:
    """A published plan whose units are confirmed."""
    settle_units(officer)
    return published


def test_a_renamed_organisation_keeps_its_tasks_and_is_found_by_both_names(
    officer: Account, settled: PlanVersion
) -> None:
    unit = unit_named("青禾市水利局")
    before = TaskParty.objects.filter(organisation=unit).count()
    change = rename_organisation(officer, unit.pk, name="青禾市水务局", on=ON, basis=DAY_BASIS)
    unit.refresh_from_db()
    assert (unit.name, unit.initials[:6], change.former_name) == ("青禾市水务局", "qhsswj", "青禾市水利局")
    assert unit.names.get(name="青禾市水利局").to_on == ON
    assert TaskParty.objects.filter(organisation=unit, to_on=None).count() == before


def test_the_next_version_finds_the_renamed_unit_by_its_former_name(
    officer: Account, settled: PlanVersion
) -> None:
    unit = unit_named("青禾市水利局")
    rename_organisation(officer, unit.pk, name="青禾市水务局", on=ON, basis=DAY_BASIS)
    UnitMatch.objects.filter(label="青禾市水利局").update(is_confirmed=False)
    found = {match.label: proposal for match, proposal in proposals(officer, settled.plan.place_id)}
    assert found["青禾市水利局"].organisation == unit


def test_the_tasks_of_merged_units_go_to_the_one_that_goes_on(officer: Account, settled: PlanVersion) -> None:
    water, farm = unit_named("青禾市水利局"), unit_named("青禾市农业农村局")
    merge_organisations(officer, [farm.pk, water.pk], water.pk, on=ON, basis=DAY_BASIS)
    farm.refresh_from_db()
    assert farm.to_on == ON
    task = tasks_of(settled)[0]
    assert parts_now(task) == [("lead", "青禾市水利局"), ("joint", "青禾市财政局")]
    assert TaskParty.objects.get(organisation=farm, task=task).to_on == ON
    assert UnitMatch.objects.get(label="青禾市农业农村局").organisation == water
    assert water.names.filter(name="青禾市农业农村局", is_former=True).exists()


def test_the_stronger_role_of_merged_units_counts(officer: Account, settled: PlanVersion) -> None:
    water, farm = unit_named("青禾市水利局"), unit_named("青禾市农业农村局")
    merge_organisations(officer, [water.pk], farm.pk, on=ON, basis=DAY_BASIS)
    assert ("lead", "青禾市农业农村局") in parts_now(tasks_of(settled)[0])
    before = [parts_now(task) for task in tasks_of(settled)]
    sync_register(settled.plan, by=officer)
    assert [parts_now(task) for task in tasks_of(settled)] == before


def test_the_first_of_a_split_takes_the_tasks_over(officer: Account, settled: PlanVersion) -> None:
    water = unit_named("青禾市水利局")
    heirs = [
        make_organisation(officer, the_office().place_id, OrganisationFields(name=name))
        for name in ("青禾市水务一局", "青禾市水务二局")
    ]
    change = split_organisation(officer, water.pk, [each.pk for each in heirs], on=ON, basis=DAY_BASIS)
    assert ("lead", "青禾市水务一局") in parts_now(tasks_of(settled)[0])
    assert set(change.after.all()) == set(heirs) and list(change.before.all()) == [water]
    with pytest.raises(NotThereError):
        rename_organisation(officer, water.pk, name="别名", on=ON, basis=DAY_BASIS)


def test_a_unit_that_alone_leads_a_task_is_not_closed(officer: Account, settled: PlanVersion) -> None:
    with pytest.raises(ServiceError, match="count=2"):
        close_organisation(officer, unit_named("青禾市水利局").pk, on=ON, basis=DAY_BASIS)
    finance = unit_named("青禾市财政局")
    close_organisation(officer, finance.pk, on=ON, basis=DAY_BASIS)
    assert not TaskParty.objects.filter(organisation=finance, to_on=None).exists()
    sync_register(settled.plan, by=officer)
    assert not TaskParty.objects.filter(organisation=finance, to_on=None).exists()


@pytest.mark.parametrize("fault", ["day", "basis", "choice"])
def test_a_change_without_day_basis_or_partner_is_refused(
    officer: Account, settled: PlanVersion, fault: str
) -> None:
    on = timezone.localdate() + timedelta(days=1) if fault == "day" else ON
    basis = " " if fault == "basis" else DAY_BASIS
    unit = unit_named("青禾市水利局").pk
    with pytest.raises(ServiceError):
        merge_organisations(
            officer, [unit if fault == "choice" else unit_named("青禾市财政局").pk], unit, on=on, basis=basis
        )
    assert not OrganisationChange.objects.exists()


def test_a_change_is_one_event_with_its_basis(officer: Account, settled: PlanVersion) -> None:
    rename_organisation(officer, unit_named("青禾市水利局").pk, name="青禾市水务局", on=ON, basis=DAY_BASIS)
    event = Event.objects.get(action="organisation.renamed")
    assert event.reason == DAY_BASIS and event.before == {"organisations": ["青禾市水利局"]}
