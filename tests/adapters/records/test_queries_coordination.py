"""Lists of meetings, items to mend and the accountability log are those of the city."""

from __future__ import annotations

from datetime import date

import pytest

from shuiheng.adapters.records.models import Account, Rectification, Role
from shuiheng.adapters.records.queries_coordination import (
    accountability,
    meeting_at,
    meetings,
    plans_in_sight,
    rectifications,
    units_in_sight,
)
from shuiheng.services.found_city import found_city, join
from shuiheng.services.keep_meeting import Decided, Minutes, add_decision, record_meeting
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight
from working_office import make_plan, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def stranger() -> Account:
    account = Account.objects.create(username="stranger")
    join(account, found_city("远山市"), Role.OFFICE_CLERK)
    return account


def test_meetings_carry_the_number_of_their_decisions(officer: Account, stranger: Account) -> None:
    make_plan(officer)
    made = record_meeting(officer, "plan", Minutes(title="会", held_on=date(2026, 3, 2)))
    add_decision(officer, made.pk, Decided(words="存档"))
    (shown,) = meetings(sight(officer, Action.MEETINGS_LOOK))
    assert shown.decision_count == 1
    found = meeting_at(sight(officer, Action.MEETINGS_LOOK), made.pk)
    assert found is not None and [each.words for each in found.decisions.all()] == ["存档"]
    assert not meetings(sight(stranger, Action.MEETINGS_LOOK))
    assert meeting_at(sight(stranger, Action.MEETINGS_LOOK), made.pk) is None


def test_an_item_is_late_from_the_day_after_its_deadline(officer: Account) -> None:
    Rectification.objects.create(
        plan=make_plan(officer),
        organisation=make_unit("水利局"),
        fault="x",
        found_on=date(2026, 5, 1),
        due_on=date(2026, 6, 1),
        opened_by=officer,
    )
    seen = sight(officer, Action.RECTIFICATION_LOOK)
    assert not rectifications(seen, late_on=date(2026, 6, 1))
    assert rectifications(seen, late_on=date(2026, 6, 2)).count() == 1
    assert rectifications(seen, state="closed").count() == 0


def test_choices_hold_the_own_city_only(officer: Account, stranger: Account) -> None:
    make_plan(officer)
    make_unit("水利局")
    assert plans_in_sight(sight(officer, Action.MEETINGS_KEEP)) == [("plan", "青禾市节水工作实施方案")]
    assert "青禾市水利局" in [name for _, name in units_in_sight(sight(officer, Action.ORGANISATIONS_LOOK))]
    assert plans_in_sight(sight(stranger, Action.MEETINGS_KEEP)) == []
    assert not accountability(sight(stranger, Action.ACCOUNTABILITY_LOOK))
