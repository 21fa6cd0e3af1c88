"""Rules of the checks."""

from __future__ import annotations

from fractions import Fraction

import pytest

from metering.checks.cases import RULES
from shuiheng.metering.checks.rule import PARAMETERS, CheckRule
from shuiheng.metering.errors import NoParameterError

RULE = CheckRule(id="V0", name={"zh": "例"}, values={"days": Fraction(3), "share": Fraction(1, 8)})


def test_a_parameter_is_read_exactly() -> None:
    assert (RULE.whole("days"), RULE.share("share")) == (3, Fraction(1, 8))


@pytest.mark.parametrize("name", ["share", "hours"])
def test_a_parameter_that_is_not_there_or_not_whole_is_refused(name: str) -> None:
    with pytest.raises(NoParameterError, match="V0"):
        RULE.whole(name)


def test_the_list_of_the_field_is_whole() -> None:
    assert {f"V{number}" for number in range(1, 17)} <= set(PARAMETERS) == set(RULES)
