"""A scope comes back as it was kept, and numbers of objects lead back to their keys."""

from __future__ import annotations

from decimal import Decimal

import pytest

from shuiheng.services.inspections.draw_scope import (
    MOST_NUMBERS,
    DrawScope,
    ObjectKind,
    object_key,
    object_number,
    scope_json,
    scope_of,
    typed_numbers,
)


def test_a_scope_comes_back_as_it_was_kept() -> None:
    scope = DrawScope(
        kind=ObjectKind.PERMIT,
        districts=(3, 4),
        classes=("industry",),
        use_m3=Decimal("1200.5"),
        source_kind="abstraction",
        numbers=("A1",),
    )
    assert scope_of(scope_json(scope)) == scope
    assert scope_of({}) == DrawScope()


def test_a_number_of_an_object_leads_back_to_it() -> None:
    for kind in ObjectKind:
        assert object_key(object_number(kind, 17)) == (kind, 17)
    with pytest.raises(ValueError, match="X1"):
        object_key("X1")


def test_typed_numbers_are_parted_and_stand_once() -> None:
    assert typed_numbers(" 001，002;003、001\n004 ") == ["001", "002", "003", "004"]
    assert len(typed_numbers(" ".join(str(n) for n in range(MOST_NUMBERS + 5)))) == MOST_NUMBERS
