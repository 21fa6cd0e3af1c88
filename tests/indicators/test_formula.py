"""A formula reads back as itself, its units are checked, and what is wrong is named with its place."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.made import KINDS
from shuiheng.indicators.errors import FormulaError, UnitMismatchError, UnknownNameError
from shuiheng.indicators.formula import (
    Call,
    Function,
    Name,
    Node,
    Number,
    Sign,
    dimensions_of,
    has_base,
    names_in,
    read_formula,
    written_formula,
)
from shuiheng.indicators.units import written

DIMENSIONS = {name: kind.unit.dimensions for name, kind in KINDS.items()}
LEAVES = st.one_of(
    st.builds(Name, st.sampled_from(sorted(KINDS))),
    st.builds(Number, st.integers(0, 999).map(Decimal)),
)
NODES: st.SearchStrategy[Node] = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(Sign, st.sampled_from("+-*/"), inner, inner),
        st.builds(lambda part: Call(Function.BASE, (part,)), inner),
        st.builds(lambda one, two: Call(Function.ABOVE, (one, two)), inner, inner),
    ),
    max_leaves=8,
)


@given(node=NODES)
def test_a_formula_reads_back_as_itself(node: Node) -> None:
    assert read_formula(written_formula(node)) == node


def test_products_bind_more_than_sums_and_go_from_left_to_right() -> None:
    assert written_formula(read_formula("use - other_use / 2 / 5 + product")) == (
        "use - other_use / 2 / 5 + product"
    )
    minus = read_formula("use - other_use - product")
    assert isinstance(minus, Sign) and isinstance(minus.left, Sign) and minus.right == Name("product")


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("", 1),
        ("use +", 6),
        ("use use", 4),
        ("(use", 5),
        ("power(use)", 7),
        ("above(use)", 10),
        ("use ** 2", 6),
        ("use; import os", 4),
        ("Use", 1),
        ("(" * 30 + "use" + ")" * 30, 21),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_place(text: str, at: int) -> None:
    with pytest.raises(FormulaError) as refused:
        read_formula(text)
    assert refused.value.values["at"] == str(at)


def test_units_are_checked_through_a_formula() -> None:
    assert written(dimensions_of(read_formula("use / product"), DIMENSIONS)) == "m3 yuan^-1"
    assert written(dimensions_of(read_formula("1 - use / other_use"), DIMENSIONS)) == "1"
    assert written(dimensions_of(read_formula("each(intake * efficiency) / length"), DIMENSIONS)) == (
        "km^-1 m3"
    )
    for wrong in ("use + product", "use - 1", "above(use, 3)", "chain(use)", "clamp(length, 0, 1)"):
        with pytest.raises(UnitMismatchError):
            dimensions_of(read_formula(wrong), DIMENSIONS)
    with pytest.raises(UnknownNameError):
        dimensions_of(read_formula("use / moon"), DIMENSIONS)


def test_names_and_the_base_year_are_found() -> None:
    node = read_formula("1 - (use / product) / base(use / product)")
    assert list(names_in(node)) == ["use", "product", "use", "product"]
    assert has_base(node) and not has_base(read_formula("above(use, other_use)"))
