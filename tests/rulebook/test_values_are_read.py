"""Every shipped value has the form that the room which uses it reads."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from shuiheng.adapters.rulebook.parameters import shipped_rulebook
from shuiheng.allowances.adjustments import adjustment_rule_of, why_no_increase
from shuiheng.allowances.carry import carry_rule_of
from shuiheng.allowances.cuts import cuts_rule_of
from shuiheng.allowances.cycle import plan_due, proposals_due
from shuiheng.allowances.headcount import headcount
from shuiheng.allowances.methods import method_of
from shuiheng.allowances.months import split_rule_of
from shuiheng.allowances.shortage import sharing_rule_of
from shuiheng.allowances.transfers import transfer_rule_of
from shuiheng.charges.late_fee import late_fee_rule_of
from shuiheng.charges.readers import household_tariff_of, ladder_of, number_of, price_list_of
from shuiheng.charges.resource_tax import consumed_share, share_after_loss
from shuiheng.rules.parameter import DatedValue

READERS: dict[str, Callable[[DatedValue], object]] = {
    "charges/over_plan_ladder": ladder_of,
    "charges/resource_tax_over_plan": ladder_of,
    "charges/resource_fee_over_plan": ladder_of,
    "charges/household_tiers": household_tariff_of,
    "charges/non_household_price": price_list_of,
    "charges/special_price": price_list_of,
    "charges/sewage_fee": price_list_of,
    "charges/resource_fee": price_list_of,
    "charges/resource_tax_rate": price_list_of,
    "charges/resource_tax_rate_power": price_list_of,
    "charges/reasonable_loss_rate": share_after_loss,
    "charges/once_through_consumed_share": consumed_share,
    "charges/late_fee": late_fee_rule_of,
    "charges/late_fee_resource_fee": late_fee_rule_of,
    "charges/resource_tax_hydropower_cap": number_of,
    "allowances/method": method_of,
    "allowances/cuts": cuts_rule_of,
    "allowances/shortage_sharing": sharing_rule_of,
    "allowances/monthly_split": split_rule_of,
    "allowances/adjustment": adjustment_rule_of,
    "allowances/increase_barred": lambda value: why_no_increase((), value),
    "allowances/proposal_due": lambda value: proposals_due(value, year=2028),
    "allowances/plan_due": lambda value: plan_due(value, year=2028),
    "allowances/headcount_university": lambda value: headcount({}, value),
    "allowances/headcount_school": lambda value: headcount({}, value),
    "allowances/carry_over": lambda value: (carry_rule_of(value), transfer_rule_of(value)),
}


@pytest.mark.parametrize("rule", READERS)
def test_every_value_of_a_rule_can_be_read_by_its_room(rule: str) -> None:
    values = shipped_rulebook()[rule].values
    assert values
    for value in values:
        assert READERS[rule](value) is not None
