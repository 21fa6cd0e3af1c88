"""When water users file the registers of their meters, and what they are asked about."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources.abc import Traversable

from shuiheng.adapters.rulebook.files import read_file, rulebook_folder

FILE = "policies/filing.yaml"
LITRES_OF_M3, LAST_SAFE_DAY = 1000, 28


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingPolicy:
    """Rules for the monthly filing of a water user.

    Args:
        opens_day: Day of the month itself from which it can be filed.
        due_day: Day of the month after, the last one that is not late.
        late_months: A month can be filed until the end of this many months after it.
        high_times: Use so many times that of the months it is held against wants a remark.
        low_share: Use below this share of all of them wants a remark.
        least_difference_litres: Smaller differences are not asked about.
        largest_photo_mb: How large a photo may be.
    """

    opens_day: int
    due_day: int
    late_months: int
    high_times: Fraction
    low_share: Fraction
    least_difference_litres: int
    largest_photo_mb: int


@cache
def filing_policy() -> FilingPolicy:
    """Return the rules for monthly filings.

    Raises:
        RulebookError: The file breaks a rule of the rulebook.
    """
    return read_filing_policy(rulebook_folder())


def read_filing_policy(folder: Traversable) -> FilingPolicy:
    """Return the rules of the file below a folder."""
    entry = read_file(folder, FILE)
    names = ("opens_day", "due_day", "late_months", "high_times", "low_share", "least_difference_m3")
    entry.only(*names, "largest_photo_mb")
    days = {name: entry.take(name, int) for name in ("opens_day", "due_day")}
    for name, day in days.items():
        if not 1 <= day <= LAST_SAFE_DAY:
            raise entry.refuse(f"{name} is {day}", "Name a day that every month has, 1 to 28.")
    late = entry.take("late_months", int)
    if late < 1:
        raise entry.refuse(f"late_months is {late}", "A month ends before it is filed: 1 or more.")
    return FilingPolicy(
        **days,
        late_months=late,
        high_times=Fraction(entry.number("high_times")),
        low_share=Fraction(entry.number("low_share")),
        least_difference_litres=int(entry.number("least_difference_m3") * LITRES_OF_M3),
        largest_photo_mb=entry.take("largest_photo_mb", int),
    )
