"""A value that its room cannot read is refused with the field at fault."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shuiheng.adapters.rulebook.parameters import shipped_rulebook
from shuiheng.services.errors import ServiceError
from shuiheng.services.rules.value_readers import READERS, refuse_unusable


def test_every_shipped_value_can_be_used() -> None:
    for rule in READERS:
        for value in shipped_rulebook()[rule].values:
            refuse_unusable(value)


@pytest.mark.parametrize("rule", ["charges/over_plan_ladder", "allowances/method", "charges/late_fee"])
def test_a_value_of_another_form_is_refused(rule: str) -> None:
    value = shipped_rulebook()[rule].values[0]
    with pytest.raises(ServiceError, match=r"rules\.unusable"):
        refuse_unusable(replace(value, value={"poetry": "yes"}))
