"""Drafts are planned whole, changed only as drafts, and ended for a reason."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from services.inspections.made_up import InspectedCity
from shuiheng.adapters.records.models import DrawRecusal
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.inspections.keep_draw import (
    change_draw,
    end_recusal,
    make_draw,
    recuse,
    void_draw,
)

pytestmark = pytest.mark.django_db


def test_draws_of_a_year_are_numbered_on(city: InspectedCity) -> None:
    assert [city.plan().number for _ in range(2)] == ["2026-001", "2026-002"]
    assert city.plan(year=2027).number == "2027-001"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"title": " "}, "field_missing"),
        ({"items": []}, "field_missing"),
        ({"year": 26}, "bad_year"),
        ({"size": 0}, "bad_size"),
        ({"size": None}, "bad_size"),
        ({"share": Decimal("0.5")}, "bad_size"),
        ({"size": None, "share": Decimal("1.5")}, "bad_size"),
        ({"persons": ("clerk",)}, "few_persons"),
        ({"persons": ("clerk", "niemand")}, "unknown_account"),
        ({"planned_from": date(2026, 5, 1), "planned_to": date(2026, 4, 1)}, "bad_days"),
    ],
)
def test_what_is_planned_must_be_whole(city: InspectedCity, given: dict[str, object], code: str) -> None:
    with pytest.raises(ServiceError, match=rf"inspections\.{code}"):
        city.plan(**given)  # type: ignore[arg-type]  # named at the call


def test_items_and_places_of_others_are_not_there(city: InspectedCity) -> None:
    with pytest.raises(NotThereError):
        make_draw(city.clerk, city.fields(items=[city.item.pk + 1]))
    with pytest.raises(NotThereError):
        make_draw(city.clerk, city.fields(area=0))


def test_only_a_draft_is_changed(city: InspectedCity) -> None:
    row = change_draw(city.clerk, city.plan().pk, city.fields(title="改过", size=3))
    assert (row.title, row.size) == ("改过", 3)
    with pytest.raises(ServiceError, match=r"inspections\.wrong_state"):
        change_draw(city.clerk, city.committed().pk, city.fields())


def test_a_recusal_has_a_reason_and_stands_once(city: InspectedCity) -> None:
    row, unit, who = city.plan(), city.users[0].organisation_id, city.inspectors[0].pk
    with pytest.raises(ServiceError, match=r"inspections\.field_missing"):
        recuse(city.clerk, row.pk, who, unit, reason="")
    first = recuse(city.clerk, row.pk, who, unit, reason="近亲属任职")
    assert recuse(city.clerk, row.pk, who, unit, reason="再次") == first
    end_recusal(city.clerk, first.pk)
    assert not DrawRecusal.objects.exists()
    with pytest.raises(NotThereError):
        recuse(city.clerk, row.pk, who, 0, reason="x")


def test_what_was_committed_to_is_ended_by_who_releases_it(city: InspectedCity) -> None:
    row = city.committed()
    with pytest.raises(ServiceError, match=r"inspections\.wrong_state"):
        void_draw(city.clerk, row.pk, reason="号码未公布")
    with pytest.raises(ServiceError, match=r"inspections\.field_missing"):
        void_draw(city.reviewer, row.pk, reason=" ")
    assert void_draw(city.reviewer, row.pk, reason="号码未公布").state == "void"
    assert void_draw(city.clerk, city.plan().pk, reason="计划调整").state == "void"


def test_checks_that_nobody_has_begun_end_with_their_draw(
    city: InspectedCity, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = city.drawn(monkeypatch)
    begun = row.checks.first()
    assert begun is not None and row.checks.count() == 2
    row.checks.filter(pk=begun.pk).update(state="under_way")
    void_draw(city.reviewer, row.pk, reason="名录库有误")
    assert row.checks.get(pk=begun.pk).state == "under_way"
    assert [(each.state, each.end_reason) for each in row.checks.exclude(pk=begun.pk)] == [
        ("void", "名录库有误")
    ]
