"""Projects are registered, changed with what changed, and closed with a reason."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from office import make_account
from services.gates.made import a_project, some_fields
from shuiheng.adapters.records.models import Account, Event, Project, Role
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.found_city import found_city
from shuiheng.services.gates.keep_project import add_project, change_project, close_project

pytestmark = pytest.mark.django_db


def test_a_project_keeps_the_day_on_which_it_reached_each_stage(officer: Account) -> None:
    project = a_project(officer, stage="proposal")
    today = timezone.localdate().isoformat()
    assert project.days == {"proposal": today}
    change_project(officer, project.pk, some_fields(stage="permit"))
    project.refresh_from_db()
    assert project.days == {"proposal": today, "permit": today}


def test_a_change_tells_only_what_changed(officer: Account) -> None:
    project = a_project(officer)
    change_project(officer, project.pk, some_fields(planned={"surface": Decimal("130000.5")}))
    change_project(officer, project.pk, some_fields(planned={"surface": Decimal("130000.5")}))
    told = Event.objects.get(action="project.changed")
    assert (told.before, told.after) == (
        {"planned": {"surface": "120000"}},
        {"planned": {"surface": "130000.5"}},
    )


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"name": " "}, "gates.field", "name"),
        ({"kind": "renewal"}, "gates.field", "kind"),
        ({"kind": "old"}, "gates.field", "kind"),
        ({"stage": "lunch"}, "gates.field", "stage"),
        ({"category": "bakery"}, "gates.field", "category"),
        ({"planned": {"wine": Decimal(1)}}, "gates.field", "planned"),
        ({"planned": {"surface": Decimal(-1)}}, "gates.field", "planned_surface"),
        ({"planned": {"surface": Decimal("NaN")}}, "gates.field", "planned_surface"),
        ({"site_area_m2": Decimal("1e15")}, "gates.field", "site_area_m2"),
        ({"approved_on": date(2026, 2, 2), "begun_on": date(2026, 2, 1)}, "gates.field", "begun_on"),
        ({"norm": "no-such-norm"}, "gates.field", "norm"),
        ({"owner_name": " "}, "gates.owner_needed", None),
    ],
)
def test_what_cannot_be_is_refused_by_its_field(
    officer: Account, changed: dict[str, Any], code: str, field: str | None
) -> None:
    with pytest.raises(ServiceError) as caught:
        add_project(officer, some_fields(**changed))
    assert (caught.value.code, caught.value.values.get("field")) == (code, field)
    assert not Project.objects.exists()


def test_a_district_of_another_city_does_not_exist(officer: Account) -> None:
    other = found_city("乙市", slug="other").place
    with pytest.raises(NotThereError):
        add_project(officer, some_fields(area=other.pk))


def test_a_reader_registers_nothing(reader: Account) -> None:
    with pytest.raises(NotPermittedError):
        add_project(reader, some_fields())


def test_a_project_is_closed_once_and_with_a_reason(officer: Account) -> None:
    project = a_project(officer)
    with pytest.raises(ServiceError) as caught:
        close_project(officer, project.pk, reason=" ")
    assert caught.value.code == "gates.reason_needed"
    close_project(officer, project.pk, reason="撤项")
    for again in (
        lambda: close_project(officer, project.pk, reason="撤项"),
        lambda: change_project(officer, project.pk, some_fields(name="x")),
    ):
        with pytest.raises(ServiceError) as caught:
            again()
        assert caught.value.code == "gates.closed"


def test_a_reviewer_who_only_decides_does_not_register(officer: Account) -> None:
    with pytest.raises(NotPermittedError):
        add_project(make_account("fu", Role.OFFICE_REVIEWER), some_fields())
