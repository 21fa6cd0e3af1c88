"""Anybody reads a commitment from its day on, and a record once it was published."""

from __future__ import annotations

import pytest

from services.inspections.made_up import InspectedCity
from shuiheng.services.errors import NotThereError
from shuiheng.services.inspections.draw_scope import DrawScope, ObjectKind
from shuiheng.services.inspections.keep_draw import void_draw
from shuiheng.services.inspections.make_draw import publish_draw
from shuiheng.services.inspections.public_draws import ended_before, public_draws, public_record

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


def test_a_draw_stands_beside_those_that_were_ended_before_it_for_the_same(city: InspectedCity) -> None:
    narrower = DrawScope(kind=ObjectKind.USER, classes=("industry",))
    first, other = city.committed(), city.committed(scope=narrower)
    draft = city.plan()
    assert not any(ended_before([first, other]).values())
    void_draw(city.reviewer, first.pk, reason="号码未公布")
    void_draw(city.reviewer, draft.pk, reason="从未公布")
    later, next_year = city.committed(), city.committed(year=2027)
    beside = ended_before([first, other, later, next_year])
    assert [each.end_reason for each in beside[later.pk]] == ["号码未公布"]
    assert [each.pk for each in beside[other.pk]] == [first.pk]
    assert not beside[first.pk] and not beside[next_year.pk]
