"""Anybody reads a commitment from its day on, and a record once it was published."""

from __future__ import annotations

import pytest

from services.inspections.made_up import InspectedCity
from shuiheng.services.errors import NotThereError
from shuiheng.services.inspections.keep_draw import void_draw
from shuiheng.services.inspections.make_draw import publish_draw
from shuiheng.services.inspections.public_draws import public_draws, public_record

pytestmark = pytest.mark.django_db


def test_a_record_is_public_when_it_was_published_and_stays_so(
    city: InspectedCity, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, draft = city.metered.place, city.plan()
    row = city.drawn(monkeypatch)
    assert list(public_draws(place)) == [row] and draft.committed_at is None
    with pytest.raises(NotThereError):
        public_record(place, row.number)
    publish_draw(city.reviewer, row.pk)
    assert public_record(place, row.number)["commitment"] == row.commitment
    void_draw(city.reviewer, row.pk, reason="程序有误")
    assert public_record(place, row.number)["commitment"] == row.commitment
    with pytest.raises(NotThereError):
        public_record(place, draft.number)
