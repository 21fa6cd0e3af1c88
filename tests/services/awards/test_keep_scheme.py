"""A scheme is drafted by one person and opened by another; open, it is not edited."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from services.awards.made_up import FIXED, OF_INDUSTRY, SAVED_5, City, irrigation
from shuiheng.adapters.records.models import AwardScheme, Event, Role, SchemeKind
from shuiheng.services.awards.conditions import Comparison
from shuiheng.services.awards.keep_scheme import (
    SchemeFields,
    close_scheme,
    keep_scheme,
    open_scheme,
    withdraw_scheme,
)
from shuiheng.services.awards.terms import AmountMode, Terms, read_terms
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.found_city import found_city, join

pytestmark = pytest.mark.django_db


def _fields(**changed: object) -> SchemeFields:
    plain = SchemeFields(
        kind=SchemeKind.REWARD,
        year=2026,
        title="节水奖励",
        budget=Decimal(1000),
        terms=FIXED,
        source="青禾市节水奖励办法",
        clause="第三条",
    )
    return replace(plain, **changed)  # type: ignore[arg-type]  # fields of the class


def test_a_draft_is_opened_by_another_person_and_not_edited_afterwards(city: City) -> None:
    place = city.metered.place.pk
    draft = keep_scheme(city.clerk, place, _fields())
    assert (draft.state, read_terms(draft.terms)) == ("draft", FIXED)
    changed = keep_scheme(city.clerk, place, _fields(title="节水补助"), key=draft.pk)
    assert (changed.pk, changed.title) == (draft.pk, "节水补助")
    join(city.clerk, city.metered.keeper, Role.OFFICE_REVIEWER)
    with pytest.raises(ServiceError, match=r"awards\.own_scheme"):
        open_scheme(city.clerk, draft.pk)
    assert open_scheme(city.reviewer, draft.pk).opened_by == city.reviewer
    with pytest.raises(ServiceError, match=r"awards\.wrong_state"):
        keep_scheme(city.clerk, place, _fields(), key=draft.pk)
    event = Event.objects.get(action="award_scheme.opened")
    assert event.after is not None
    assert event.after["budget"] == "1000.00"


def test_terms_are_read_back_as_they_were_written(city: City) -> None:
    terms = Terms(
        mode=AmountMode.SHARE,
        share=Decimal("0.30"),
        most=Decimal(200000),
        use_year=2025,
        conditions=(SAVED_5, OF_INDUSTRY),
    )
    row = keep_scheme(city.clerk, city.metered.place.pk, _fields(terms=terms))
    assert read_terms(AwardScheme.objects.get(pk=row.pk).terms) == terms


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"title": " "}, "awards.field_missing"),
        ({"clause": ""}, "awards.field_missing"),
        ({"year": 1999}, "awards.terms_unusable"),
        ({"budget": None}, "awards.no_budget"),
        ({"kind": SchemeKind.RELIEF}, "awards.no_budget"),
        ({"kind": SchemeKind.IRRIGATION}, "awards.terms_unusable"),
        ({"terms": irrigation()}, "awards.terms_unusable"),
        ({"terms": replace(FIXED, yuan=Decimal(0))}, "awards.terms_unusable"),
        ({"terms": replace(FIXED, yuan=None)}, "awards.terms_unusable"),
        ({"terms": replace(FIXED, most=Decimal(0))}, "awards.terms_unusable"),
        ({"terms": replace(FIXED, mode=AmountMode.SHARE)}, "awards.terms_unusable"),
        (
            {"terms": replace(FIXED, mode=AmountMode.SHARE, share=Decimal("1.01"))},
            "awards.terms_unusable",
        ),
        (
            {"terms": replace(FIXED, conditions=(replace(SAVED_5, comparison=Comparison.AMONG),))},
            "awards.terms_unusable",
        ),
        (
            {"terms": replace(FIXED, conditions=(replace(OF_INDUSTRY, value=frozenset()),))},
            "awards.terms_unusable",
        ),
        ({"terms": replace(FIXED, conditions=(SAVED_5,) * 13)}, "awards.too_many_conditions"),
    ],
)
def test_a_scheme_that_gives_nothing_to_decide_by_is_refused(
    city: City, changed: dict[str, object], code: str
) -> None:
    with pytest.raises(ServiceError) as refused:
        keep_scheme(city.clerk, city.metered.place.pk, _fields(**changed))
    assert refused.value.code == code
    assert not AwardScheme.objects.exists()


def test_what_is_asked_for_keeps_a_scheme_from_being_withdrawn_but_not_from_closing(city: City) -> None:
    scheme = city.scheme()
    city.asked(city.user("印染厂"), scheme)
    with pytest.raises(ServiceError, match=r"awards\.scheme_in_use"):
        withdraw_scheme(city.clerk, scheme.pk, reason="取消")
    assert close_scheme(city.clerk, scheme.pk).state == "closed"
    with pytest.raises(ServiceError, match=r"awards\.wrong_state"):
        close_scheme(city.clerk, scheme.pk)


def test_a_draft_is_withdrawn_with_a_reason(city: City) -> None:
    scheme = city.scheme(is_open=False)
    with pytest.raises(ServiceError, match=r"awards\.reason_needed"):
        withdraw_scheme(city.clerk, scheme.pk, reason=" ")
    row = withdraw_scheme(city.clerk, scheme.pk, reason="重复起草")
    assert (row.state, row.decision, row.ended_by) == ("withdrawn", "重复起草", city.clerk)


def test_nobody_keeps_a_scheme_of_another_city_or_without_the_right(city: City) -> None:
    other = found_city("临江市", slug="linjiang")
    with pytest.raises(NotThereError):
        keep_scheme(city.clerk, other.place.pk, _fields())
    with pytest.raises(NotThereError):
        keep_scheme(city.clerk, city.metered.districts[0].pk, _fields())
    with pytest.raises(NotPermittedError):
        keep_scheme(city.reviewer, city.metered.place.pk, _fields())
    with pytest.raises(NotPermittedError):
        open_scheme(city.clerk, city.scheme(is_open=False).pk)
