"""Which room reads the values of a rule, so that a value which it cannot use is refused before it counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from shuiheng.allowances.adjustments import adjustment_rule_of
from shuiheng.allowances.carry import carry_rule_of
from shuiheng.allowances.cuts import cuts_rule_of
from shuiheng.allowances.cycle import plan_due, proposals_due
from shuiheng.allowances.errors import AllowanceError
from shuiheng.allowances.methods import method_of
from shuiheng.allowances.months import split_rule_of
from shuiheng.allowances.shortage import sharing_rule_of
from shuiheng.charges.errors import BadRuleError
from shuiheng.charges.late_fee import late_fee_rule_of
from shuiheng.charges.readers import household_tariff_of, ladder_of, price_list_of
from shuiheng.charges.resource_tax import consumed_share, share_after_loss
from shuiheng.programmes.draw.rules import spared_by, team_of, weights_of
from shuiheng.programmes.inspection_terms import counts_of
from shuiheng.rules.parameter import DatedValue
from shuiheng.services.errors import ServiceError

Reader = Callable[[DatedValue], object]
READERS: Mapping[str, Reader] = {
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
    "allowances/method": method_of,
    "allowances/cuts": cuts_rule_of,
    "allowances/shortage_sharing": sharing_rule_of,
    "allowances/monthly_split": split_rule_of,
    "allowances/adjustment": adjustment_rule_of,
    "allowances/carry_over": carry_rule_of,
    "allowances/proposal_due": lambda value: proposals_due(value, year=value.valid_from.year),
    "allowances/plan_due": lambda value: plan_due(value, year=value.valid_from.year),
    "inspections/team": team_of,
    "inspections/draw_weights": weights_of,
    "inspections/spared": lambda value: spared_by(value, as_of=value.valid_from),
    "inspections/publication": counts_of,
    "inspections/rectification": counts_of,
    "inspections/procedure": counts_of,
}


def refuse_unusable(value: DatedValue) -> None:
    """Refuse a value that the room which uses its rule cannot read.

    Raises:
        ServiceError: `rules.unusable`, with the field at fault.
    """
    reader = READERS.get(value.rule)
    try:
        if reader is not None:
            reader(value)
    except BadRuleError as error:
        raise ServiceError("rules.unusable", field=error.field, reason=error.reason) from error
    except AllowanceError as error:
        fault = getattr(error, "fault", "") or error.code
        raise ServiceError("rules.unusable", field="value", reason=fault) from error
