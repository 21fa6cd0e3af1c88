"""Who may use how much: norms, planned allowances, permits, caps, warnings before a limit is passed.

In: the ledger's facts about a user, settled months, and dated values of the rulebook. Out: planned
allowances with their derivation, their months, what they are on any day after adjustments, how a shortage
is shared, forecasts and levels of warning, and gates that pass, fail or stay unknown.
"""

from shuiheng.allowances.adjustments import ask, decide, freeze
from shuiheng.allowances.by_source import by_source_rule_of, source_shares
from shuiheng.allowances.cuts import Cut, CutsRule, after_cuts, cuts_rule_of, keep_what_was_saved
from shuiheng.allowances.cycle import Stage, advance
from shuiheng.allowances.effective import allowance_on, effective_allowance, months_on
from shuiheng.allowances.entries import Book, Entry, EntryKind, EntryState, Leg
from shuiheng.allowances.errors import AllowanceError
from shuiheng.allowances.execution import PeriodKind, Verdict, issue_rate, planned_use_rate, standing
from shuiheng.allowances.methods import Method, method_of, planned_allowance
from shuiheng.allowances.model import Account, Activity, AllowanceInputs, Outcome, Unknown, YearUse
from shuiheng.allowances.months import MonthSplit, split_rule_of, split_year
from shuiheng.allowances.norm_choice import Wanted, choose_norm
from shuiheng.allowances.norm_evaluation import NormGrade, evaluate_use
from shuiheng.allowances.shortage import Cap, Claim, share_caps, shared_allowance, sharing_rule_of
from shuiheng.allowances.use_norm import NormLevel, UseNorm

__all__ = [
    "Account",
    "Activity",
    "AllowanceError",
    "AllowanceInputs",
    "Book",
    "Cap",
    "Claim",
    "Cut",
    "CutsRule",
    "Entry",
    "EntryKind",
    "EntryState",
    "Leg",
    "Method",
    "MonthSplit",
    "NormGrade",
    "NormLevel",
    "Outcome",
    "PeriodKind",
    "Stage",
    "Unknown",
    "UseNorm",
    "Verdict",
    "Wanted",
    "YearUse",
    "advance",
    "after_cuts",
    "allowance_on",
    "ask",
    "by_source_rule_of",
    "choose_norm",
    "cuts_rule_of",
    "decide",
    "effective_allowance",
    "evaluate_use",
    "freeze",
    "issue_rate",
    "keep_what_was_saved",
    "method_of",
    "months_on",
    "planned_allowance",
    "planned_use_rate",
    "share_caps",
    "shared_allowance",
    "sharing_rule_of",
    "source_shares",
    "split_rule_of",
    "split_year",
    "standing",
]
