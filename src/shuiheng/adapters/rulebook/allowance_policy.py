"""How the office looks at planned allowances: from where on a figure wants a look, when it is reminded."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources.abc import Traversable

from shuiheng.adapters.rulebook.files import read_file, rulebook_folder

FILE = "policies/allowances.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowancePolicy:
    """The office's own rules on allowances.

    Args:
        jump_share: Change against last year's use, as a share of it, that wants a look.
        near_ratio: From this share of an allowance on, use is near it.
        remind_workdays: Workdays before its last day on which the office is reminded of an application.
        years_of_history: How many past years are read.
    """

    jump_share: Decimal
    near_ratio: Decimal
    remind_workdays: int
    years_of_history: int


@cache
def allowance_policy() -> AllowancePolicy:
    """Return the rules that the program ships.

    Raises:
        RulebookError: The file breaks a rule.
    """
    return read_allowance_policy(rulebook_folder())


def read_allowance_policy(folder: Traversable) -> AllowancePolicy:
    """Return the rules of the file below a folder.

    Raises:
        RulebookError: The file breaks a rule.
    """
    entry = read_file(folder, FILE)
    entry.only("jump_share", "near_ratio", "remind_workdays", "years_of_history", "checked")
    years = entry.take("years_of_history", int)
    if years < 1:
        raise entry.refuse(f"years_of_history is {years}", "Read one past year or more.")
    near = entry.number("near_ratio")
    if not 0 < near <= 1:
        raise entry.refuse(f"near_ratio is {near}", "Write a share above 0, up to 1.")
    return AllowancePolicy(
        jump_share=entry.number("jump_share"),
        near_ratio=near,
        remind_workdays=entry.take("remind_workdays", int),
        years_of_history=years,
    )
