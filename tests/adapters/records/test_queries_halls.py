"""Screens are listed for their own city, the newest first."""

from __future__ import annotations

import pytest

from office import make_account, the_office
from shuiheng.adapters.records.models import Role
from shuiheng.adapters.records.queries_halls import hall_screens
from shuiheng.services.found_city import found_city, join
from shuiheng.services.halls.issue_screen import issue_screen
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db


def test_screens_of_the_own_city_stand_newest_first() -> None:
    leader = make_account("zhao", Role.OFFICE_LEADER)
    first, second = (issue_screen(leader, the_office().place_id, name=name).screen for name in ("甲", "乙"))
    assert list(hall_screens(sight(leader, Action.FIGURES_RELEASE))) == [second, first]
    other = make_account("qian")
    join(other, found_city("远山市", slug="yuanshan", is_synthetic=True), Role.OFFICE_LEADER)
    assert not hall_screens(sight(other, Action.FIGURES_RELEASE))
