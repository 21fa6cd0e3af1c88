"""The worked cases of which value holds."""

from __future__ import annotations

from datetime import date

import pytest

from shuiheng.adapters.rulebook.cases import shipped_cases
from shuiheng.adapters.rulebook.parameters import shipped_rulebook
from shuiheng.rules.errors import NotInForceError
from shuiheng.rules.parameter import Asked
from shuiheng.rules.worked_case import WorkedCase

CASES = shipped_cases("rules")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_value_that_holds_is_that_of_the_case(case: WorkedCase) -> None:
    assert case.kind == "in_force"
    known = case.given.get("known")
    asked = Asked(
        area=str(case.given["area"]),
        on=date.fromisoformat(str(case.given["day"])),
        known_on=None if known is None else date.fromisoformat(str(known)),
    )
    if "error" in case.expected:
        with pytest.raises(NotInForceError, match=str(case.expected["error"])):
            shipped_rulebook().value(str(case.given["rule"]), asked)
        return
    held = shipped_rulebook().value(str(case.given["rule"]), asked)
    assert held.area == str(case.expected["area"])
    assert held.valid_from.isoformat() == case.expected["since"]
    if "value" in case.expected:
        assert held.value == case.expected["value"]


def test_there_are_cases_on_both_sides_of_an_edge() -> None:
    assert len(CASES) >= 14
    assert {"error" in case.expected for case in CASES} == {True, False}
