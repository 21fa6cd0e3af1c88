"""The rulebook of a city."""

from __future__ import annotations

from shuiheng.adapters.records.models import Place
from shuiheng.adapters.rulebook.parameters import shipped_rulebook
from shuiheng.services.rules.rulebook_now import rulebook_now


def test_a_city_has_every_shipped_rule() -> None:
    assert set(shipped_rulebook()) <= set(rulebook_now(Place(name="演示市")))
