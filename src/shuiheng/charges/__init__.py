"""What is owed: tariff tiers, surcharges over an allowance, water-resource tax, late fees, subsidies.

In: volumes of a period with their fitness, allowances, and dated values of the rulebook. Out: amounts in
`Decimal` yuan, each with the steps that led to it (`kernel.derivation.Derived`). No rate, band or multiple
stands in this room; an amount that rests on a value which nobody checked is a trial calculation.
"""

from shuiheng.charges.collection import Debt, arrears_ageing, collection_rate
from shuiheng.charges.household import (
    HouseholdUse,
    TariffDays,
    household_bill,
    household_bill_over_change,
    household_bill_to_date,
)
from shuiheng.charges.ladder import Use, months_charged, surcharge, surcharges_by_source
from shuiheng.charges.late_fee import LateFeeRule, Payment, late_fee, late_fee_rule_of
from shuiheng.charges.model import Bill, HouseholdTariff, Ladder, PriceBase, PriceList, Surcharge
from shuiheng.charges.price_gap import narrowed_gaps, price_gaps
from shuiheng.charges.readers import (
    household_tariff_of,
    ladder_of,
    number_of,
    price_list_of,
)
from shuiheng.charges.resource_tax import (
    Abstraction,
    Tax,
    consumed_share,
    resource_tax,
    share_after_loss,
    tax_rate,
)
from shuiheng.charges.steps import Figure, figure_of
from shuiheng.charges.subsidy import Irrigation, Metered, agricultural_subsidy, subsidy_rule_of
from shuiheng.charges.tariff import (
    Payer,
    Tariff,
    TariffPart,
    base_price,
    non_household_bill,
    non_household_bill_over_change,
    price_components,
)

__all__ = [
    "Abstraction",
    "Bill",
    "Debt",
    "Figure",
    "HouseholdTariff",
    "HouseholdUse",
    "Irrigation",
    "Ladder",
    "LateFeeRule",
    "Metered",
    "Payer",
    "Payment",
    "PriceBase",
    "PriceList",
    "Surcharge",
    "Tariff",
    "TariffDays",
    "TariffPart",
    "Tax",
    "Use",
    "agricultural_subsidy",
    "arrears_ageing",
    "base_price",
    "collection_rate",
    "consumed_share",
    "figure_of",
    "household_bill",
    "household_bill_over_change",
    "household_bill_to_date",
    "household_tariff_of",
    "ladder_of",
    "late_fee",
    "late_fee_rule_of",
    "months_charged",
    "narrowed_gaps",
    "non_household_bill",
    "non_household_bill_over_change",
    "number_of",
    "price_components",
    "price_gaps",
    "price_list_of",
    "resource_tax",
    "share_after_loss",
    "subsidy_rule_of",
    "surcharge",
    "surcharges_by_source",
    "tax_rate",
]
