"""Which value of a rule holds: by place, by day, and as known on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuiheng.rules.errors import NotInForceError, UnknownRuleError
from shuiheng.rules.in_force import Rulebook, areas_of, in_force, is_looser
from shuiheng.rules.parameter import Asked, Better, Check, DatedValue, Mark, Parameter, Shape, Value

START = date(2020, 1, 1)
CITY = "9901"


def day(number: int) -> date:
    return START + timedelta(days=number)


def made(
    number: str,
    *,
    area: str = "",
    begins: int = 0,
    ends: int | None = None,
    recorded: int = 0,
    withdrawn: int | None = None,
) -> DatedValue:
    return DatedValue(
        rule="charges/late_fee",
        area=area,
        valid_from=day(begins),
        valid_to=None if ends is None else day(ends),
        value=Decimal(number),
        source="some-law",
        clause="第三条",
        mark=Mark.KNOWN,
        recorded_on=day(recorded),
        withdrawn_on=None if withdrawn is None else day(withdrawn),
    )


def rule(*values: DatedValue, better: Better | None = None) -> Parameter:
    return Parameter(
        id="charges/late_fee",
        names={"zh": "滞纳金", "en": "Late fee"},
        unit="ratio",
        shape=Shape.NUMBER,
        better=better,
        fields={},
        values=values,
    )


def held(parameter: Parameter, on: int, *, area: str = CITY, known: int | None = None) -> Value:
    asked = Asked(area=area, on=day(on), known_on=None if known is None else day(known))
    return in_force(parameter, asked).value.value


def test_a_value_holds_from_its_first_day_and_until_the_day_before_its_end() -> None:
    parameter = rule(made("1", begins=10, ends=20))
    assert held(parameter, 10) == held(parameter, 19) == Decimal(1)
    for outside in (9, 20):
        with pytest.raises(NotInForceError):
            held(parameter, outside)


def test_a_later_value_replaces_the_one_before_from_its_first_day() -> None:
    parameter = rule(made("1"), made("2", begins=10))
    assert held(parameter, 9) == Decimal(1)
    assert held(parameter, 10) == Decimal(2)


def test_what_was_replaced_does_not_come_back_when_the_later_value_ends() -> None:
    parameter = rule(made("1"), made("2", begins=10, ends=20))
    assert held(parameter, 19) == Decimal(2)
    with pytest.raises(NotInForceError, match="had ended"):
        held(parameter, 20)
    assert held(
        rule(made("1"), made("0", area="99"), made("2", area="99", begins=10, ends=20)), 20
    ) == Decimal(1)


def test_an_end_that_is_entered_later_ends_a_value() -> None:
    parameter = rule(made("1"), made("1", ends=20, recorded=5))
    assert held(parameter, 20, known=4) == Decimal(1)
    with pytest.raises(NotInForceError):
        held(parameter, 20)


def test_the_nearest_place_decides_where_no_side_is_stricter() -> None:
    parameter = rule(made("1"), made("2", area="99"), made("3", area=CITY))
    assert held(parameter, 0, area="990102") == Decimal(3)
    assert held(parameter, 0, area="9902") == Decimal(2)
    assert held(parameter, 0, area="98") == Decimal(1)


def test_a_place_beside_does_not_count() -> None:
    with pytest.raises(NotInForceError, match="No value was made") as caught:
        held(rule(made("1", area="9902")), 0)
    assert caught.value.first is None


@pytest.mark.parametrize(
    ("better", "local", "expected", "told"),
    [
        (Better.LOWER, "4", "4", False),
        (Better.LOWER, "5", "5", False),
        (Better.LOWER, "6", "5", True),
        (Better.HIGHER, "6", "6", False),
        (Better.HIGHER, "5", "5", False),
        (Better.HIGHER, "4", "5", True),
    ],
)
def test_a_looser_local_value_gives_way_and_is_told(
    better: Better, local: str, expected: str, told: bool
) -> None:
    near = made(local, area=CITY)
    found = in_force(rule(made("5"), near, better=better), Asked(area=CITY, on=day(0)))
    assert found.value.value == Decimal(expected)
    assert found.looser == ((near,) if told else ())


def test_named_numbers_are_looser_when_any_of_them_is() -> None:
    upper: Value = {"first": Decimal(1), "second": Decimal(2)}
    assert is_looser({"first": Decimal(1), "second": Decimal(3)}, upper, Better.LOWER)
    assert not is_looser({"first": Decimal(1)}, upper, Better.LOWER)
    assert not is_looser({"first": Decimal(9), "other": Decimal(9)}, upper, None)


def test_what_was_recorded_later_was_not_known_before() -> None:
    parameter = rule(made("1"), made("2", recorded=30))
    assert held(parameter, 5, known=29) == Decimal(1)
    assert held(parameter, 5, known=30) == Decimal(2)
    assert held(parameter, 5) == Decimal(2)


def test_what_was_withdrawn_still_held_as_known_before() -> None:
    parameter = rule(made("1"), made("2", begins=1, withdrawn=40))
    assert held(parameter, 5, known=39) == Decimal(2)
    assert held(parameter, 5, known=40) == Decimal(1)
    assert held(parameter, 5) == Decimal(1)


def test_what_was_checked_later_did_not_bind_as_known_before() -> None:
    checked = replace(made("1"), mark=Mark.FOUND, check=Check(by="王某", on=day(30)))
    known = {
        number: in_force(rule(checked), Asked(area="", on=day(5), known_on=day(number))).value
        for number in (29, 30)
    }
    assert (known[29].check, known[29].is_binding, known[30].is_binding) == (None, False, True)
    assert in_force(rule(checked), Asked(area="", on=day(5))).value == checked


def test_before_the_first_day_the_error_says_when_it_begins() -> None:
    with pytest.raises(NotInForceError, match=r"starts on 2020-01-11 \(some-law, 第三条\)") as caught:
        held(rule(made("1", begins=10)), 9)
    assert caught.value.rule == "charges/late_fee"
    assert caught.value.asked.on == day(9)
    assert caught.value.first is not None and caught.value.first.valid_from == day(10)


def test_after_the_end_the_error_does_not_call_for_a_later_day() -> None:
    with pytest.raises(NotInForceError, match="had ended") as caught:
        held(rule(made("1", ends=10)), 10)
    assert "later day" not in str(caught.value)


def test_an_unknown_rule_is_an_error_and_asking_whether_it_is_there_is_not() -> None:
    book = Rulebook({"charges/late_fee": rule(made("1"))})
    assert "charges/none" not in book and list(book) == ["charges/late_fee"] and len(book) == 1
    with pytest.raises(UnknownRuleError, match="charges/none"):
        book.value("charges/none", Asked(area="", on=day(0)))
    assert book.value("charges/late_fee", Asked(area="", on=day(0))).value == Decimal(1)


def test_a_place_lies_in_those_whose_code_begins_its_own() -> None:
    assert areas_of("990102") == ("990102", "9901", "99", "")
    assert areas_of("") == ("",)


VALUES = st.lists(
    st.builds(
        made,
        st.sampled_from(["1", "2", "3"]),
        area=st.sampled_from(["", "99", "9901", "990102", "98"]),
        begins=st.integers(0, 6),
        ends=st.none() | st.integers(7, 9),
        recorded=st.integers(0, 4),
        withdrawn=st.none() | st.integers(5, 9),
    ),
    min_size=1,
    max_size=8,
)


@given(
    values=VALUES,
    seed=st.randoms(use_true_random=False),
    on=st.integers(0, 10),
    known=st.none() | st.integers(0, 10),
    better=st.none() | st.sampled_from(list(Better)),
)
def test_the_order_of_the_values_does_not_matter(
    values: list[DatedValue], seed: Random, on: int, known: int | None, better: Better | None
) -> None:
    mixed = list(values)
    seed.shuffle(mixed)
    answers = []
    for order in (values, mixed):
        try:
            answers.append(held(rule(*order, better=better), on, area="990102", known=known))
        except NotInForceError:
            answers.append("none")
    assert answers[0] == answers[1]


@given(values=VALUES, on=st.integers(0, 10), known=st.integers(0, 10))
def test_what_is_recorded_after_a_day_never_changes_what_was_known_on_it(
    values: list[DatedValue], on: int, known: int
) -> None:
    later = [made("9", area="990102", begins=0, recorded=known + 1)]
    answers = []
    for some in (values, values + later):
        try:
            answers.append(held(rule(*some), on, area="990102", known=known))
        except NotInForceError:
            answers.append("none")
    assert answers[0] == answers[1]


@given(values=VALUES, on=st.integers(0, 10), better=st.sampled_from(list(Better)))
def test_what_holds_is_never_looser_than_the_value_of_a_place_above(
    values: list[DatedValue], on: int, better: Better
) -> None:
    parameter = rule(*values, better=better)
    try:
        answer = held(parameter, on, area="990102")
    except NotInForceError:
        return
    for area in ("9901", "99", ""):
        own = rule(*(each for each in values if each.area == area), better=better)
        try:
            assert not is_looser(answer, held(own, on, area=area), better)
        except NotInForceError:
            continue
