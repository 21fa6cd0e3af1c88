"""The newest year with statistics is shown, unless another that is known is asked for."""

from __future__ import annotations

import pytest

from pictured_city import YEAR, PicturedCity
from shuiheng.adapters.records.models import Account
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight
from shuiheng.web.pages.pictures.chosen import chosen_in, chosen_place

pytestmark = pytest.mark.django_db


def test_the_newest_year_unless_a_known_one_is_asked_for(officer: Account, city: PicturedCity) -> None:
    for year in (YEAR, YEAR - 1):
        city.tell(city.place, year, use_total="1")
    seen = sight(officer, Action.FIGURES_LOOK)
    for asked, year in ((None, YEAR), (YEAR - 1, YEAR - 1), (1999, YEAR)):
        chosen = chosen_in(seen, {} if asked is None else {"year": str(asked)})
        assert chosen is not None and (chosen.year, list(chosen.years)) == (year, [YEAR, YEAR - 1])


def test_a_place_of_the_city_can_be_asked_for(officer: Account, city: PicturedCity) -> None:
    chosen = chosen_in(sight(officer, Action.FIGURES_LOOK), {})
    assert chosen is not None and list(chosen.districts) == city.districts
    west = city.districts[1]
    assert chosen_place(chosen, {"place": str(west.pk)}) == west
    assert chosen_place(chosen, {"place": "123456"}) == chosen_place(chosen, {}) == city.place


def test_who_sees_no_city_has_nothing_to_choose(city: PicturedCity) -> None:
    nobody = Account.objects.create(username="nobody")
    assert chosen_in(sight(nobody, Action.FIGURES_LOOK), {}) is None
