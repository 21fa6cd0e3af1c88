"""The kinds of programmes of a city as they stand."""

from __future__ import annotations

from datetime import date

import pytest

from services.rules.proposals import the_city
from shuiheng.adapters.rulebook.programmes import shipped_programmes
from shuiheng.services.errors import NotThereError
from shuiheng.services.kinds.kinds_now import kind_version, kinds_of

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)
SCHOOL = "saving_school"


def test_a_city_without_kinds_of_its_own_has_the_shipped_ones() -> None:
    assert dict(kinds_of(the_city(), DAY)) == dict(shipped_programmes())


def test_a_case_is_read_by_the_version_under_which_it_was_opened() -> None:
    shipped = shipped_programmes()[SCHOOL]
    assert kind_version(the_city(), SCHOOL, shipped.version) == shipped


@pytest.mark.parametrize(("kind", "version"), [(SCHOOL, 999), ("poetry", 1)])
def test_a_version_that_never_was_is_not_there(kind: str, version: int) -> None:
    with pytest.raises(NotThereError):
        kind_version(the_city(), kind, version)
