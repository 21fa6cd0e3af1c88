"""When two totals of use may be compared, and how many days one question may look at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from shuiheng.adapters.rulebook.files import read_file, rulebook_folder

FILE = "metering/comparison.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Bounds of totals.

    Args:
        most_missing_share: Share of the time that may be missing in each of two totals that are compared.
        most_meter_days: Meters times days that one question about days may look at.
        longest_days: Days of one such question.
    """

    most_missing_share: float
    most_meter_days: int
    longest_days: int


@cache
def comparison() -> Comparison:
    """Return the bounds that the program ships.

    Raises:
        RulebookError: The file breaks a rule of the rulebook.
    """
    entry = read_file(rulebook_folder(), FILE)
    entry.only("mark", "most_missing_share", "most_meter_days", "longest_days")
    return Comparison(
        most_missing_share=float(entry.number("most_missing_share")),
        most_meter_days=entry.take("most_meter_days", int),
        longest_days=entry.take("longest_days", int),
    )
