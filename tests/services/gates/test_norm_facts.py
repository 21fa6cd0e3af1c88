"""How planned water, and the last year of a permit's user, stand to use norms."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import timezone

from office import the_office
from services.gates.made import BEGUN, a_permit, a_project, a_user
from services.ledger.used_city import add_used
from services.rules.norm_books import STANDARD, a_book, a_row
from services.rules.proposals import reviewer, the_city
from shuiheng.adapters.records.models import Account
from shuiheng.services.gates.norm_facts import key_of_norm, last_year_grade, norms_on, planned_grade
from shuiheng.services.gates.renewals import begin_renewal
from shuiheng.services.ledger.keep_contact import ActivityFields, set_activity
from shuiheng.services.permission import Action
from shuiheng.services.rules.norm_book import receive_norms, take_norms, undo_norms
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db


def _in_shandong() -> None:
    place = the_office().place
    place.code = "370200"
    place.save(update_fields=["code"])


@pytest.mark.parametrize(
    ("planned", "grade"), [("1000", "advanced"), ("1000.001", "qualified"), ("2500.001", "over")]
)
def test_planned_water_stands_to_the_norm_that_the_project_names(
    officer: Account, planned: str, grade: str
) -> None:
    _in_shandong()
    project = a_project(officer, norm="office", activity=Decimal(100))
    found = planned_grade(project, Decimal(planned), timezone.localdate())
    assert found is not None
    assert (found.value, found.origin) == (grade, "norm:db37-t-4452-2021/office")


def test_a_norm_of_another_province_says_nothing_here(officer: Account) -> None:
    project = a_project(officer, activity=Decimal(100))
    project.norm = "office"
    assert norms_on(project.place, timezone.localdate()) == []
    assert planned_grade(project, Decimal(1), timezone.localdate()) is None


def test_a_norm_that_the_city_imported_counts_until_its_workbook_is_undone(officer: Account) -> None:
    the_city()
    batch = receive_norms(officer, content=a_book(a_row("印染1")), name="定额.xlsx", reason="新标准")
    today = timezone.localdate()
    assert norms_on(the_city(), today) == []  # nobody took it in
    take_norms(reviewer(), batch.pk)
    project = a_project(officer, norm=f"{STANDARD}/印染1", activity=Decimal(100))
    found = planned_grade(project, Decimal(160), today)
    assert found is not None
    assert (found.value, found.origin) == ("advanced", f"norm:{STANDARD}/印染1")
    undo_norms(reviewer(), batch.pk, reason="标准号有误")
    assert planned_grade(project, Decimal(160), today) is None


def test_a_number_of_two_standards_names_no_norm_and_its_key_names_one(officer: Account) -> None:
    the_city()
    rows = (a_row("1"), a_row("1", standard="另一标准（虚构）", product="毛巾", general=Decimal(9)))
    take_norms(reviewer(), receive_norms(officer, content=a_book(*rows), name="定额.xlsx").pk)
    today = timezone.localdate()
    project = a_project(officer, norm="1", activity=Decimal(100))
    assert planned_grade(project, Decimal(160), today) is None
    assert key_of_norm(the_city(), "1", today) == "1"
    project.norm = "另一标准（虚构）/1"
    found = planned_grade(project, Decimal(160), today)
    assert found is not None and found.origin == "norm:另一标准（虚构）/1"


def test_a_last_year_is_held_against_a_norm_that_the_city_imported(officer: Account) -> None:
    the_city()
    batch = receive_norms(officer, content=a_book(a_row("印染1")), name="定额.xlsx", reason="新标准")
    user = add_used(officer, "青禾印染厂", 1000, years=(timezone.localdate().year - 1,))
    set_activity(
        officer, user.pk, ActivityFields(code="印染布", unit="t", amount=Decimal(6000)), valid_from=BEGUN
    )
    project = begin_renewal(officer, a_permit(officer, user=user).pk)
    seen, today = sight(officer, Action.GATES_LOOK), timezone.localdate()
    assert last_year_grade(seen, project, today) is None
    take_norms(reviewer(), batch.pk)
    found = last_year_grade(seen, project, today)
    assert found is not None and found.value == "qualified"  # 2 m³/t


def test_without_an_amount_or_water_there_is_no_grade(officer: Account) -> None:
    _in_shandong()
    today = timezone.localdate()
    assert planned_grade(a_project(officer, norm="office"), Decimal(1), today) is None
    project = a_project(officer, norm="office", activity=Decimal(100))
    assert planned_grade(project, None, today) is None


def test_a_last_year_that_was_not_measured_has_no_grade(officer: Account) -> None:
    _in_shandong()
    user = a_user(officer)
    activity = ActivityFields(code="office", unit="人", amount=Decimal(100))
    set_activity(officer, user.pk, activity, valid_from=BEGUN)
    project = begin_renewal(officer, a_permit(officer, user=user).pk)
    seen = sight(officer, Action.GATES_LOOK)
    assert last_year_grade(seen, project, timezone.localdate()) is None
    assert last_year_grade(seen, a_project(officer), timezone.localdate()) is None
