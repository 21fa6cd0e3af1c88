"""A rule says what was compared with what; what is shown is rounded, what is compared is not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from shuiheng.adapters.records.models import KeptStanding, Place, RegisterTarget, StandingTurn
from shuiheng.web.pages.standings.shown import amount_of, change_of, filter_of, rule_words, since_of

ASK = {"comparison": "<=", "limit": "12", "upper": None}


def _row(**changes: object) -> KeptStanding:
    target = RegisterTarget(kind="level", op="<=", value=Decimal(12), unit="%", metric="漏损率", quote="")
    plain = {
        "target": target,
        "place": Place(name="青禾市"),
        "standing": "met",
        "why": "final",
        "value": Decimal("11.9649"),
        "up_to": date(2025, 12, 31),
        "content": {"ask": ASK},
    }
    return KeptStanding(**{**plain, **changes})


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "11.96 %，满足 ≤ 12 %"),
        ({"value": Decimal(12)}, "12 %，满足 ≤ 12 %"),
        ({"value": Decimal("11.9996")}, "12 %，满足 ≤ 12 %（比较时不取整）"),
        ({"standing": "missed", "value": Decimal("12.004")}, "12 %，要求 ≤ 12 %（比较时不取整）"),
        (
            {"standing": "at_risk", "why": "path", "value": Decimal(14), "path": Decimal("13.5")},
            "14 %，按进度2025-12-31应为 ≤ 13.5 %；目标 ≤ 12 %",
        ),
        (
            {"standing": "at_risk", "why": "path", "value": Decimal("13.5004"), "path": Decimal("13.5")},
            "13.5 %，按进度2025-12-31应为 ≤ 13.5 %；目标 ≤ 12 %（比较时不取整）",
        ),
        ({"value": None}, ""),
    ],
)
def test_a_rule_says_what_was_compared(changes: dict[str, object], expected: str) -> None:
    assert rule_words(_row(**changes)) == expected


def test_a_small_number_keeps_the_places_that_matter() -> None:
    target = RegisterTarget(kind="level", op=">=", value=Decimal("0.6"), unit="系数", metric="系数", quote="")
    assert amount_of(_row(target=target), Decimal("0.601234")) == "0.6012"
    assert amount_of(_row(), None) == ""


def test_nothing_that_changed_is_told_as_nothing() -> None:
    row = _row()
    same = StandingTurn(standing="met", value=row.value, content=row.content)
    assert change_of(row, same) is None
    other = StandingTurn(standing="at_risk", value=Decimal(13), content={"ask": {**ASK, "limit": "10"}})
    found = change_of(row, other)
    assert found is not None and found.before == "at_risk" and found.value == "13 %"
    assert [(each.name, each.before, each.after) for each in found.causes] == [("目标值", "10", "12")]


def test_nonsense_in_a_query_is_dropped() -> None:
    odd = filter_of({"standing": "x", "year": "²²²²", "place": "１", "unit": "-1"})
    assert odd == filter_of({})
    assert since_of({"since": "2999-01-01"}) is None and since_of({"since": "x"}) is None
