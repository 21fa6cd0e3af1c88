"""Every shipped value has the form that the room which uses it reads."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from shuiheng.adapters.rulebook.parameters import shipped_rulebook
from shuiheng.allowances.adjustments import why_no_increase
from shuiheng.allowances.headcount import headcount
from shuiheng.allowances.transfers import transfer_rule_of
from shuiheng.charges.readers import number_of
from shuiheng.rules.parameter import DatedValue
from shuiheng.services.rules import value_readers

READERS: dict[str, tuple[Callable[[DatedValue], object], ...]] = {
    **{rule: (reader,) for rule, reader in value_readers.READERS.items()},
    "charges/resource_tax_hydropower_cap": (number_of,),
    "allowances/increase_barred": (lambda value: why_no_increase((), value),),
    "allowances/headcount_university": (lambda value: headcount({}, value),),
    "allowances/headcount_school": (lambda value: headcount({}, value),),
    "allowances/carry_over": (value_readers.READERS["allowances/carry_over"], transfer_rule_of),
}


@pytest.mark.parametrize("rule", READERS)
def test_every_value_of_a_rule_can_be_read_by_its_room(rule: str) -> None:
    values = shipped_rulebook()[rule].values
    assert values
    for value in values:
        for reader in READERS[rule]:
            assert reader(value) is not None
