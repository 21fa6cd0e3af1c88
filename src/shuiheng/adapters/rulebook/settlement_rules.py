"""How readings are settled, and how far back and how often they are checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from types import MappingProxyType

from shuiheng.adapters.rulebook.files import read_file, rulebook_folder
from shuiheng.adapters.rulebook.sources import check_checked
from shuiheng.adapters.rulebook.strict_yaml import Entry

FILE = "metering/settlement.yaml"
HOURS_OF_DAY = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How far the checks look back.

    Args:
        days: Days of readings that they are given.
        sure_days: The newest of these, in which they have all that they compare with: what was found
            there and is found no more is gone.
    """

    days: int
    sure_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlementRules:
    """Settings of settling and checking.

    Args:
        longest_silent_months: Months without a reading that are estimated; later ones are missing.
        fine: How far checks look back at meters that are read more than once a day.
        coarse: How far they look back at all others.
        tree_months: Ended months in which sub-meters are held against their master.
        rest_hours: Hours between two checks of a meter whose readings come by themselves.
        meters_of_a_round: Meters that the worker checks at a time.
        working_hours: Local hours in which the users of `working_classes` take water on workdays.
        working_classes: Classes of use that take water at work.
        kinds: What the checks call the users of a class.
    """

    longest_silent_months: int
    fine: Reach
    coarse: Reach
    tree_months: int
    rest_hours: int
    meters_of_a_round: int
    working_hours: range
    working_classes: frozenset[str]
    kinds: Mapping[str, str]


@cache
def settlement_rules() -> SettlementRules:
    """Return the settings that the program ships.

    Raises:
        RulebookError: The file breaks a rule of the rulebook.
    """
    return read_settlement_rules(rulebook_folder())


def read_settlement_rules(folder: Traversable) -> SettlementRules:
    """Return the settings of the file below a folder."""
    entry = read_file(folder, FILE)
    entry.only("mark", "estimates", "checks", "working_hours", "kinds", "checked")
    check_checked(entry)
    estimates, checks, hours, kinds = (
        entry.at(name) for name in ("estimates", "checks", "working_hours", "kinds")
    )
    estimates.only("longest_silent_months")
    checks.only("fine", "coarse", "tree_months", "rest_hours", "meters_of_a_round")
    hours.only("from", "to", "classes")
    begin, end = hours.take("from", int), hours.take("to", int)
    if not 0 <= begin < end <= HOURS_OF_DAY:
        raise hours.refuse("the working hours are none of a day", "Give `from` before `to`, 0 to 24.")
    return SettlementRules(
        longest_silent_months=_count(estimates, "longest_silent_months", least=0),
        fine=_reach(checks.at("fine")),
        coarse=_reach(checks.at("coarse")),
        tree_months=_count(checks, "tree_months"),
        rest_hours=_count(checks, "rest_hours", least=0),
        meters_of_a_round=_count(checks, "meters_of_a_round"),
        working_hours=range(begin, end),
        working_classes=frozenset(hours.words("classes")),
        kinds=MappingProxyType({name: kinds.take(name, str) for name in entry.take("kinds", dict)}),
    )


def _reach(entry: Entry) -> Reach:
    entry.only("days", "sure_days")
    reach = Reach(days=_count(entry, "days"), sure_days=_count(entry, "sure_days"))
    if reach.sure_days > reach.days:
        raise entry.refuse("the sure days are more than all", "Let `days` be the greater.")
    return reach


def _count(entry: Entry, name: str, *, least: int = 1) -> int:
    count = entry.take(name, int)
    if count < least:
        raise entry.at(name).refuse(f"the figure is below {least}", f"Give a whole number from {least}.")
    return count
