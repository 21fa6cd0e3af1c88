"""What can be wrong with a call that concerns norms and planned allowances."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from types import MappingProxyType


class AllowanceError(ValueError):
    """A call of this room that cannot be answered; `code` names the cause."""

    code = "allowances.error"

    def __init__(self, says: str) -> None:
        super().__init__(f"{self.code}: {says}")


class BadRuleError(AllowanceError):
    """A value of the rulebook has not the form that its rule needs.

    Args:
        rule: Which value, by its rule, place and first day; or the id of a norm or case.
        fault: What is wrong, and what would be right.
    """

    code = "allowances.bad_rule"

    def __init__(self, rule: str, fault: str) -> None:
        super().__init__(f"the value of {rule} cannot be used: {fault}. Propose a corrected value.")
        self.rule = rule
        self.fault = fault


class UnknownMethodError(AllowanceError):
    """The rulebook asks for a method of allocation that does not exist.

    Args:
        method: The id that was asked for.
        known: The ids that exist.
    """

    code = "allowances.unknown_method"

    def __init__(self, method: str, known: Iterable[str]) -> None:
        super().__init__(f"there is no method {method!r}. Use one of: {', '.join(sorted(known))}.")
        self.method = method


class UnknownUnitError(AllowanceError):
    """A norm has a unit that is not water per unit of activity.

    Args:
        unit: The unit as written.
    """

    code = "allowances.unknown_unit"

    def __init__(self, unit: str) -> None:
        super().__init__(
            f"the unit {unit!r} is not water per unit of activity. Write it like m³/t or L/(床·d)."
        )
        self.unit = unit


class NotThisNormError(AllowanceError):
    """An activity is counted in another unit than its norm.

    Args:
        activity: Unit of the activity.
        norm: Unit of the norm.
    """

    code = "allowances.other_unit"

    def __init__(self, activity: str, norm: str) -> None:
        super().__init__(
            f"the activity is counted in {activity!r}, its norm is for {norm!r}. Convert the activity."
        )
        self.activity = activity
        self.norm = norm


class BadSplitError(AllowanceError):
    """Months are not a division of their year.

    Args:
        fault: What is wrong with them.
    """

    code = "allowances.bad_split"

    def __init__(self, fault: str) -> None:
        super().__init__(f"the months do not divide the year: {fault}.")
        self.fault = fault


class BadShareError(AllowanceError):
    """A cap cannot be shared as asked.

    Args:
        fault: What is wrong with the claims or the way of sharing.
    """

    code = "allowances.bad_share"

    def __init__(self, fault: str) -> None:
        super().__init__(f"the cap cannot be shared: {fault}.")
        self.fault = fault


class FrozenMonthError(AllowanceError):
    """A change touches a month that is over or was billed.

    Args:
        account: Whose allowance.
        months: The months, 1 to 12.
    """

    code = "allowances.frozen_month"

    def __init__(self, account: str, months: Iterable[int]) -> None:
        self.months = tuple(months)
        named = ", ".join(map(str, self.months))
        super().__init__(f"month {named} of {account} is frozen. Change a month that is still open.")
        self.account = account


class BelowZeroError(AllowanceError):
    """A change would leave less than nothing in a month.

    Args:
        account: Whose allowance.
        month: The month, 1 to 12.
        left_m3: What would be left.
    """

    code = "allowances.below_zero"

    def __init__(self, account: str, month: int, left_m3: Decimal) -> None:
        super().__init__(
            f"month {month} of {account} would be {left_m3} m³. Ask for less, or for another month."
        )
        self.account = account
        self.month = month
        self.left_m3 = left_m3


class NotConservedError(AllowanceError):
    """A change that may only move water would make or lose some.

    Args:
        entry: Key of the entry.
        rest_m3: What the parts add up to, where they should add up to nothing.
    """

    code = "allowances.not_conserved"

    def __init__(self, entry: str, rest_m3: Decimal) -> None:
        super().__init__(
            f"entry {entry} moves water and adds {rest_m3} m³. What is given must be what is taken."
        )
        self.entry = entry
        self.rest_m3 = rest_m3


class WrongStateError(AllowanceError):
    """A step is not allowed in the state in which a thing is.

    Args:
        subject: What it is about.
        state: The state in which it is.
        wanted: What was asked of it.
    """

    code = "allowances.wrong_state"

    def __init__(self, subject: str, *, state: str, wanted: str) -> None:
        super().__init__(f"{subject} is {state}, so it cannot become {wanted}.")
        self.subject = subject
        self.state = state
        self.wanted = wanted


class NotAllowedError(AllowanceError):
    """A change is not of its kind, or a rule of the place does not allow it; the code names the reason.

    Args:
        entry: Key of the entry, or what was asked for.
        why: The reason, one of `REFUSALS`.
        told: Figures and names that the sentence of the reason needs.
    """

    code = "allowances.not_allowed"

    def __init__(self, entry: str, why: str, **told: object) -> None:
        self.code = f"allowances.{why}"
        super().__init__(f"{entry} is not allowed: {REFUSALS[why].format_map(told)}.")
        self.entry = entry
        self.told = {name: str(value) for name, value in told.items()}


REFUSALS: Mapping[str, str] = MappingProxyType(
    {
        "entry_empty": "it needs twelve months, and changes one at least",
        "entry_account_twice": "it names an account twice",
        "entry_one_account": "it concerns one account",
        "entry_sign": "a month has the wrong sign",
        "entry_two_accounts": "it concerns two accounts of one year",
        "entry_two_years": "it concerns one user and source in two years that follow each other",
        "entry_later_year": "it takes from the later year",
        "entry_give_and_take": "one account gives and the other takes",
        "entry_months_over": "it counts from {day} and changes months before",
        "entry_there": "an entry of this key is in the book",
        "entry_not_there": "the book has no such entry",
        "entry_decided_before": "it was asked for on {asked_on}, behind {day}",
        "allowance_there": "{account} has its allowance already",
        "allowance_not_there": "{account} has no allowance yet",
        "carry_forbidden": "the place has no rule by which unused water is carried on",
        "carry_unknown": "allowance and use of {year} are not known",
        "carry_too_much": "no more than {most_m3} m³ of the year before may be carried on",
        "carry_too_late": "carried water is used up to month {month}",
        "borrow_forbidden": "the place has no rule by which water is borrowed",
        "borrow_unknown": "{year} has no allowance yet",
        "borrow_too_much": "no more than {most_m3} m³ of the next year may be borrowed",
        "transfer_forbidden": "the place has no rule on transfers",
        "transfer_sources": "{rule} moves nothing between sources of one user",
        "transfer_users": "{rule} moves nothing between users",
        "saved_unknown": "only what was saved may pass, and nothing shows what was saved",
        "saved_too_much": "of what was saved {left_m3} m³ are left to pass",
        "cut_forbidden": "{rule} forbids a cut for {reason}",
        "cut_unknown": "{rule} names no such reason as {reason}",
        "cut_evidence": "nothing is given that shows the reason {reason}",
        "cut_share": "the share {share} of the cut for {reason} is not from 0 to 1",
        "cut_amount": "the amount {amount_m3} m³ of the cut for {reason} is below zero",
    }
)
"""Why a change may be refused; each reason has its sentences in `rulebook/findings`."""
