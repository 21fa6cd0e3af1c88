"""Two values beside each other."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from shuiheng.rules.parameter import Value
from shuiheng.rules.value_parts import Difference, value_differences, value_parts

OLD: Value = {
    "mode": "total",
    "bands": ({"up_to": Decimal("0.10"), "multiple": Decimal(1)}, {"multiple": Decimal(2)}),
}
VALUES: st.SearchStrategy[Value] = st.recursive(
    st.decimals(0, 9, places=1) | st.sampled_from(["month", "year"]),
    lambda inner: (
        st.lists(inner, max_size=3).map(tuple) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3)
    ),
    max_leaves=8,
)


def test_a_value_is_taken_apart_in_its_order() -> None:
    assert list(value_parts(OLD)) == [
        ("mode",),
        ("bands", "1", "up_to"),
        ("bands", "1", "multiple"),
        ("bands", "2", "multiple"),
    ]
    assert value_parts(Decimal(3)) == {(): Decimal(3)}


def test_only_parts_that_differ_are_told() -> None:
    new: Value = {
        "mode": "additional",
        "bands": (
            {"up_to": Decimal("0.1"), "multiple": Decimal(1)},
            {"up_to": Decimal(1), "multiple": Decimal(3)},
        ),
    }
    assert value_differences(OLD, new) == (
        Difference(path=("mode",), old="total", new="additional"),
        Difference(path=("bands", "2", "multiple"), old=Decimal(2), new=Decimal(3)),
        Difference(path=("bands", "2", "up_to"), old=None, new=Decimal(1)),
    )


@given(VALUES, VALUES)
def test_differences_turn_round_with_the_values(left: Value, right: Value) -> None:
    there = {(each.path, each.old, each.new) for each in value_differences(left, right)}
    back = {(each.path, each.new, each.old) for each in value_differences(right, left)}
    assert there == back
    assert value_differences(left, left) == ()
