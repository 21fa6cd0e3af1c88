"""What is known of a project: its form, the ledger, and what was entered, which counts first."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from services.gates.made import ENDS, a_permit, a_project
from shuiheng.adapters.records.models import Account, EliminationList
from shuiheng.adapters.records.queries_gates import entered_facts
from shuiheng.adapters.rulebook.gates import gate_words
from shuiheng.rules.conditions import FactValue
from shuiheng.services.gates.keep_fact import EnteredFact, enter_fact
from shuiheng.services.gates.permit_book import PermitNote, note_permit
from shuiheng.services.gates.project_facts import fact_value, project_facts, uses_listed
from shuiheng.services.gates.renewals import begin_renewal
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db


def _facts(officer: Account, project: object) -> dict[str, FactValue]:
    seen = sight(officer, Action.GATES_LOOK)
    rows = entered_facts(seen, project)  # type: ignore[arg-type]  # a project
    found = project_facts(seen, project, rows, timezone.localdate())  # type: ignore[arg-type]
    return {name: known.value for name, known in found.items()}


def test_planned_water_gives_what_gates_ask(officer: Account) -> None:
    planned = {"surface": Decimal(100), "groundwater": Decimal(200), "reclaimed": Decimal(430)}
    facts = _facts(officer, a_project(officer, planned=planned))
    assert (facts["needs_permit"], facts["takes_groundwater"]) == (True, True)
    assert (facts["planned_abstraction_m3"], facts["planned_use_year_m3"]) == (300, 730)
    assert facts["planned_use_day_m3"] == 2


def test_water_per_mu_follows_from_planned_water_and_the_site(officer: Account) -> None:
    planned = {"surface": Decimal(6000)}
    assert _facts(officer, a_project(officer, planned=planned, site_area_m2=Decimal(20_000)))[
        "planned_m3_mu"
    ] == Decimal(200)
    assert "planned_m3_mu" not in _facts(officer, a_project(officer, planned=planned))
    assert "planned_m3_mu" not in _facts(
        officer, a_project(officer, planned=planned, site_area_m2=Decimal(0))
    )


def test_without_planned_water_nothing_is_said_of_it(officer: Account) -> None:
    facts = _facts(officer, a_project(officer, planned={}))
    assert not {"needs_permit", "takes_groundwater", "planned_use_year_m3", "region_after_m3"} & set(facts)


def test_public_supply_alone_needs_no_permit(officer: Account) -> None:
    facts = _facts(officer, a_project(officer, planned={"tap": Decimal(5)}))
    assert (facts["needs_permit"], facts["takes_groundwater"]) == (False, False)


def test_what_was_entered_counts_before_what_was_found(officer: Account) -> None:
    project = a_project(officer, planned={"surface": Decimal(1)})
    assert _facts(officer, project)["region_after_m3"] == 1
    enter_fact(officer, project.pk, EnteredFact(name="region_after_m3", value="77", evidence="台账汇总"))
    assert _facts(officer, project)["region_after_m3"] == 77


def test_a_renewal_knows_its_permit_and_what_came_in(officer: Account) -> None:
    permit = a_permit(officer, water="groundwater", volume_m3=5000)
    today = timezone.localdate()
    note_permit(officer, permit.pk, PermitNote(kind="renewal_asked", on=today, note="延续申请"))
    note_permit(
        officer, permit.pk, PermitNote(kind="annual_report", on=today, note="年报", year=today.year - 1)
    )
    facts = _facts(officer, begin_renewal(officer, permit.pk))
    assert facts["takes_groundwater"] is True
    assert facts["planned_abstraction_m3"] == 5000
    assert facts["annual_report_filed"] is True
    assert facts["renewal_asked_days"] == (ENDS - today).days


def test_a_renewal_asked_for_in_an_earlier_term_does_not_count_in_this_one(officer: Account) -> None:
    permit = a_permit(officer)
    note_permit(officer, permit.pk, PermitNote(kind="renewal_asked", on=date(2021, 6, 1), note="旧申请"))
    assert "renewal_asked_days" not in _facts(officer, begin_renewal(officer, permit.pk))


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("argument_approved", "yes", True),
        ("argument_approved", "no", False),
        ("argument_approved", "true", None),
        ("groundwater_zone", "limited", "limited"),
        ("groundwater_zone", "blue", None),
        ("persons", "0", Decimal(0)),
        ("persons", "Infinity", None),
    ],
)
def test_a_typed_fact_has_the_form_of_the_fact(name: str, text: str, value: FactValue | None) -> None:
    assert fact_value(gate_words().facts[name], text) == value


def _list(*names: str) -> EliminationList:
    return EliminationList(pk=1, valid_from=date(2026, 1, 1), rows=[{"name": name} for name in names])


@pytest.mark.parametrize(
    ("uses", "listed", "value"),
    [
        (["M751型 水泵（旧）"], ["m751型水泵"], True),
        (["水泵"], ["M751型水泵"], True),
        (["离心机"], ["M751型水泵"], False),
        ([], ["M751型水泵"], None),
        (["泵"], ["M751型水泵"], None),
    ],
)
def test_a_use_stands_in_a_list_when_one_name_contains_the_other(
    uses: list[str], listed: list[str], value: bool | None
) -> None:
    found = uses_listed(uses, [_list(*listed)])
    assert (None if found is None else found.value) is value


def test_without_a_list_nothing_is_said_of_what_is_used() -> None:
    assert uses_listed(["水泵"], []) is None
