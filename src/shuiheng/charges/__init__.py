"""What is owed: tariff tiers, surcharges over an allowance, water-resource tax, late fees, subsidies.

In: volumes of a period with their fitness, allowances, and dated values of the rulebook. Out: amounts in
`Decimal` yuan, each with the steps that led to it (`kernel.derivation.Derived`). No rate, band or multiple
stands in this room; an amount that rests on a value which nobody checked is a trial calculation.
"""

from shuiheng.charges.ladder import Use, months_charged, surcharge, surcharges_by_source
from shuiheng.charges.model import Bill, HouseholdTariff, Ladder, PriceList, Surcharge
from shuiheng.charges.readers import household_tariff_of, ladder_of, price_list_of
from shuiheng.charges.steps import Figure, figure_of

__all__ = [
    "Bill",
    "Figure",
    "HouseholdTariff",
    "Ladder",
    "PriceList",
    "Surcharge",
    "Use",
    "figure_of",
    "household_tariff_of",
    "ladder_of",
    "months_charged",
    "price_list_of",
    "surcharge",
    "surcharges_by_source",
]
