"""The code of a city is six digits, and who enters it is told."""

from __future__ import annotations

import pytest

from office import the_office
from shuiheng.adapters.records.models import Account, Event
from shuiheng.services.errors import NotPermittedError, ServiceError
from shuiheng.services.rules.place_code import set_place_code

pytestmark = pytest.mark.django_db


def test_a_code_is_entered_once_and_told(officer: Account) -> None:
    city = the_office().place
    for _ in range(2):
        assert set_place_code(officer, city.pk, " 371000 ").code == "371000"
    assert Event.objects.filter(action="place.coded", subject=f"place:{city.pk}").count() == 1


@pytest.mark.parametrize("code", ["", "3710", "37100x", "001000", "3710000"])
def test_what_is_no_code_is_refused(officer: Account, code: str) -> None:
    with pytest.raises(ServiceError, match=r"rules\.bad_place_code"):
        set_place_code(officer, the_office().place.pk, code)


def test_a_reader_enters_none(reader: Account) -> None:
    with pytest.raises(NotPermittedError):
        set_place_code(reader, the_office().place.pk, "371000")
