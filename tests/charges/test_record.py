"""Fields of a value of the rulebook."""

from __future__ import annotations

from decimal import Decimal

import pytest

from charges.made import dated
from shuiheng.charges.errors import BadRuleError
from shuiheng.charges.model import Mode
from shuiheng.charges.record import Record

VALUE = dated(
    {
        "mode": "total",
        "count": Decimal(3),
        "share": Decimal("0.5"),
        "inside": {"low": Decimal(1), "high": Decimal(2)},
        "items": ({"edge": Decimal(1)}, {"edge": "much"}),
        "empty": (),
    }
)
RECORD = Record(VALUE, VALUE.value)


def test_fields_are_read_in_their_form() -> None:
    assert RECORD.choice("mode", Mode) is Mode.TOTAL
    assert RECORD.choice("absent", Mode, Mode.ADDITIONAL) is Mode.ADDITIONAL
    assert RECORD.whole_number("count") == 3
    assert RECORD.number_or_none("absent") is None
    assert RECORD.inner("inside").numbers() == {"low": 1, "high": 2}
    assert RECORD.inner("inside").numbers("high", "absent") == {"high": 2}


@pytest.mark.parametrize(
    ("ask", "field"),
    [
        (lambda: RECORD.choice("count", Mode), "`count` must be one of additional, total"),
        (lambda: RECORD.choice("absent", Mode), "`absent`"),
        (lambda: RECORD.whole_number("share"), "`share` must be a whole number"),
        (lambda: RECORD.number("mode"), "`mode` must be a number"),
        (lambda: RECORD.inner("mode"), "`mode` must be a record"),
        (lambda: RECORD.inner("inside").number("none"), "`inside.none`"),
        (lambda: RECORD.each("empty"), "`empty` must be a list"),
        (lambda: RECORD.each("items")[1].number("edge"), r"`items\[2\].edge`"),
        (lambda: Record(VALUE, "word").fields(), "`value` must be a record"),
    ],
)
def test_a_field_of_another_form_is_named(ask: object, field: str) -> None:
    assert callable(ask)
    with pytest.raises(BadRuleError, match=field):
        ask()
