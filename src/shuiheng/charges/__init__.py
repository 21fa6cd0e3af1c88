"""What is owed: tariff tiers, surcharges over an allowance, water-resource tax, late fees, subsidies.

In: volumes of a period with their fitness, allowances, and dated values of the rulebook. Out: amounts in
`Decimal` yuan, each with the steps that led to it (`kernel.derivation.Derived`). No rate, band or multiple
stands in this room; an amount that rests on a value which nobody checked is a trial calculation.
"""
