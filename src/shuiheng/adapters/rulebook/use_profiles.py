"""How the water of each class of use lies over day and year, and when a user has a profile of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources.abc import Traversable
from types import MappingProxyType

from shuiheng.adapters.rulebook.files import read_file, rulebook_folder
from shuiheng.adapters.rulebook.sources import check_checked
from shuiheng.adapters.rulebook.strict_yaml import Entry
from shuiheng.metering.apportion import profile_of
from shuiheng.metering.errors import BadProfileError
from shuiheng.metering.model import Profile

FILE = "metering/profiles.yaml"
WORKDAYS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class UseProfiles:
    """The profiles that the rulebook gives.

    Args:
        classes: Profile by class of use.
        weeks: Weeks before its first day from which a user's own profile is made.
        fewest_told: Share of their hours that registers must tell.
    """

    classes: Mapping[str, Profile]
    weeks: int
    fewest_told: Fraction


@cache
def use_profiles() -> UseProfiles:
    """Return the profiles that the program ships.

    Raises:
        RulebookError: The file breaks a rule of the rulebook.
    """
    return read_use_profiles(rulebook_folder())


def read_use_profiles(folder: Traversable) -> UseProfiles:
    """Return the profiles of the file below a folder."""
    entry = read_file(folder, FILE)
    entry.only("mark", "classes", "own", "checked")
    check_checked(entry)
    classes, own = entry.at("classes"), entry.at("own")
    own.only("weeks", "fewest_told_share")
    fewest_told = Fraction(own.number("fewest_told_share"))
    weeks = own.take("weeks", int)
    if not 0 < fewest_told <= 1 or weeks < 1:
        raise own.refuse("the weeks or their share are out of range", "Give weeks from 1, a share up to 1.")
    found = {name: _profile(classes.at(name), name) for name in entry.take("classes", dict)}
    return UseProfiles(classes=MappingProxyType(found), weeks=weeks, fewest_told=fewest_told)


def _profile(entry: Entry, name: str) -> Profile:
    entry.only("workday", "saturday", "sunday", "months")
    days = {day: [each.itself(int) for each in entry.each(day)] for day in ("workday", "saturday", "sunday")}
    months = [each.itself(int) for each in entry.each("months")]
    hours = days["workday"] * WORKDAYS + days["saturday"] + days["sunday"]
    try:
        return profile_of(name=f"class:{name}", hours=hours, months=months)
    except BadProfileError as error:
        raise entry.refuse(str(error), "Give 24 weights for each day and 12 for the months.") from error
