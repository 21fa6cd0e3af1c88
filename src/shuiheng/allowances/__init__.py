"""Who may use how much: norms, planned allowances, permits, caps, warnings before a limit is passed.

In: the ledger's facts about a user, settled months, and dated values of the rulebook. Out: planned
allowances with their derivation, their months, what they are on any day after adjustments, how a shortage
is shared, forecasts and levels of warning, and gates that pass, fail or stay unknown.
"""
