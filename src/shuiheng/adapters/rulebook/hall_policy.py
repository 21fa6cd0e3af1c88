"""How screens in halls work: how long an address holds, how often a screen asks, how much it shows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from shuiheng.adapters.rulebook.files import read_file, rulebook_folder

FILE = "policies/halls.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class HallPolicy:
    """Bounds of screens in halls.

    Args:
        days: Days after which an address ends.
        bind_hours: Hours within which an address must be opened on the device of the hall.
        most_screens: How many addresses a city may have at a time.
        refresh_seconds: After how many seconds a screen asks anew.
        kept_seconds: For how many seconds what it shows is kept ready.
        most_targets: How many targets it shows.
        next_days: How many days ahead its calendar goes.
        most_days: How many entries of its calendar it shows.
    """

    days: int
    bind_hours: int
    most_screens: int
    refresh_seconds: int
    kept_seconds: int
    most_targets: int
    next_days: int
    most_days: int


@cache
def hall_policy() -> HallPolicy:
    """Return the bounds that the program ships.

    Raises:
        RulebookError: The file breaks a rule of the rulebook.
    """
    entry = read_file(rulebook_folder(), FILE)
    names = tuple(HallPolicy.__dataclass_fields__)
    entry.only("mark", *names)
    found = {name: entry.take(name, int) for name in names}
    for name, value in found.items():
        if value < 1:
            raise entry.at(name).refuse("it must be 1 or more", "Give a number above 0.")
    return HallPolicy(**found)
