"""A project held against its gates: what counts, where it is asked, and that nothing is written."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from office import the_office
from services.gates.made import a_project
from services.rules.proposals import accepted
from shuiheng.adapters.records.models import Account, Event, GateRecord
from shuiheng.services.gates.keep_fact import EnteredFact, enter_fact
from shuiheng.services.gates.look_at_gates import Looked, look_at_gates
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db


def _look(officer: Account, on: date | None = None, **changed: object) -> Looked:
    project = a_project(officer, **changed)
    return look_at_gates(sight(officer, Action.GATES_LOOK), project, on or timezone.localdate())


def test_looking_writes_nothing(officer: Account) -> None:
    project = a_project(officer)
    events = Event.objects.count()
    look_at_gates(sight(officer, Action.GATES_LOOK), project, timezone.localdate())
    assert (Event.objects.count(), GateRecord.objects.count()) == (events, 0)


def test_a_city_without_a_code_is_held_against_the_gates_of_the_nation(officer: Account) -> None:
    looked = _look(officer)
    assert looked.line("water_resources_argument") is not None
    assert looked.line("carwash_circulation") is None


def test_the_gates_of_a_city_are_asked_where_its_code_is_known(officer: Account) -> None:
    place = the_office().place
    place.code = "410100"
    place.save(update_fields=["code"])
    looked = _look(officer, category="carwash", planned={"tap": Decimal(5)})
    line = looked.line("carwash_circulation")
    assert line is not None
    assert line.result.missing == ("wash_bays",)
    enter_fact(officer, looked.project.pk, EnteredFact(name="wash_bays", value="1", evidence="现场照片"))
    again = look_at_gates(sight(officer, Action.GATES_LOOK), looked.project, timezone.localdate())
    line = again.line("carwash_circulation")
    assert line is not None
    assert line.standing == "not_asked"


def test_every_gate_counts_once(officer: Account) -> None:
    looked = _look(officer)
    assert sum(looked.counts().values()) == len(looked.lines)


def test_public_supply_asks_for_no_permit_gates(officer: Account) -> None:
    looked = _look(officer, planned={"tap": Decimal(5)})
    line = looked.line("water_resources_argument")
    assert line is not None
    assert line.standing == "not_asked"


@pytest.mark.parametrize(("planned", "standing"), [("6000", "passed"), ("6000.001", "failed")])
def test_the_admission_standard_of_a_city_is_held_against_water_per_mu(
    officer: Account, planned: str, standing: str
) -> None:
    """200 m³ per mu on 20 000 m², which are 30 mu; the city says nothing of output."""
    water = {"surface": Decimal(planned)}
    looked = _look(officer, planned=water, site_area_m2=Decimal(20_000))
    line = looked.line("unit_use")
    assert line is not None and line.standing == "unknown"
    assert "rule:gates/unit_use_limit" in line.result.missing
    accepted(officer, rule="gates/unit_use_limit", value={"per_mu": "200"})
    looked.project.refresh_from_db()
    again = look_at_gates(sight(officer, Action.GATES_LOOK), looked.project, timezone.localdate())
    line = again.line("unit_use")
    assert line is not None and line.standing == standing
    assert "gates/unit_use_limit" in {each.rule for each in line.result.citations}
