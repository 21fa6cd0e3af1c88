"""Numbers follow one another without gaps, also when what used one failed."""

from __future__ import annotations

import pytest
from django.db import transaction

from office import the_office
from shuiheng.services.document_numbers import next_number
from shuiheng.services.errors import ServiceError
from shuiheng.services.found_city import found_city

pytestmark = pytest.mark.django_db


def test_a_number_that_was_not_used_is_given_again() -> None:
    place = the_office().place
    assert str(next_number(place, "青节水办", 2026)) == "青节水办〔2026〕1号"
    with pytest.raises(RuntimeError), transaction.atomic():
        next_number(place, "青节水办", 2026)
        raise RuntimeError
    assert next_number(place, "青节水办", 2026).serial == 2


def test_each_year_mark_and_city_counts_for_itself() -> None:
    place, other = the_office().place, found_city("远山市").place
    got = [
        next_number(where, mark, year).serial
        for where, mark, year in (
            (place, "甲", 2026),
            (place, "甲", 2027),
            (place, "乙", 2026),
            (other, "甲", 2026),
        )
    ]
    assert got == [1, 1, 1, 1]


@pytest.mark.parametrize("mark", ["", " ", "青〔2026〕", "青1", "青 水", "青" * 21])
def test_a_mark_is_letters_only(mark: str) -> None:
    with pytest.raises(ServiceError) as refused:
        next_number(the_office().place, mark, 2026)
    assert refused.value.code == "services.mark_form"
