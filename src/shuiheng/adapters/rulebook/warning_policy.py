"""How the office forecasts use and warns about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources.abc import Traversable
from types import MappingProxyType

from shuiheng.adapters.rulebook.comparison import comparison
from shuiheng.adapters.rulebook.files import read_file, rulebook_folder
from shuiheng.adapters.rulebook.strict_yaml import Entry
from shuiheng.allowances.forecast import ForecastRules, Season

FILE = "policies/warnings.yaml"
FOLLOW_UPS = ("warn", "find_cause", "supervise", "balance_test")
MOST_BASE_MONTHS, MOST_YEARS = 11, 4
_COUNTS = (
    "recent_days",
    "answer_days",
    "night_weeks",
    "night_before_weeks",
    "fewest_nights",
    "profile_days",
)
_SHARES = ("night_share", "night_times", "activity_share")
_FORECAST = ("base_months", "least_told_months", "most_years", "prior_years", "scatter")


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningPolicy:
    """The office's own rules on warnings.

    Args:
        forecast: How a period is forecast.
        recent_days: A warning is raised for a period that ended at most so many days ago.
        answer_days: Within how many days a user is asked to answer.
        follow_days: Within how many days each thing that may follow a warning is to be done.
        night_weeks: How many weeks of nights are looked at.
        fewest_nights: How many of them must be known.
        night_before_weeks: How many weeks before them the nights lie with which they are compared.
        night_share: From this share of the mean flow on, flow at night looks like a leak.
        night_times: It must also be so many times that of the nights before.
        activity_share: By which share the activity must have risen to be a possible cause.
        profile_days: A profile that began within so many days is a possible cause.
        doubting: Severities of findings that make the use of a user doubtful.
        channels: By which ways a user is told.
    """

    forecast: ForecastRules
    recent_days: int
    answer_days: int
    follow_days: Mapping[str, int]
    night_weeks: int
    fewest_nights: int
    night_before_weeks: int
    night_share: Decimal
    night_times: Decimal
    activity_share: Decimal
    profile_days: int
    doubting: frozenset[str]
    channels: tuple[str, ...]


@cache
def warning_policy() -> WarningPolicy:
    """Return the rules that the program ships.

    Raises:
        RulebookError: The file breaks a rule.
    """
    return read_warning_policy(rulebook_folder())


def read_warning_policy(folder: Traversable) -> WarningPolicy:
    """Return the rules of the file below a folder.

    Raises:
        RulebookError: The file breaks a rule.
    """
    entry = read_file(folder, FILE)
    entry.only(*_COUNTS, *_SHARES, *_FORECAST, "doubting", "channels", "follow_days")
    counts = {name: entry.take(name, int) for name in _COUNTS}
    for name, count in counts.items():
        if count < 1:
            raise entry.refuse(f"{name} is {count}", "Write a whole number from 1 on.")
    shares = {name: entry.number(name) for name in _SHARES}
    return WarningPolicy(
        forecast=_forecast(entry),
        recent_days=counts["recent_days"],
        answer_days=counts["answer_days"],
        follow_days=MappingProxyType(_follow_days(entry.at("follow_days"))),
        night_weeks=counts["night_weeks"],
        night_before_weeks=counts["night_before_weeks"],
        fewest_nights=counts["fewest_nights"],
        profile_days=counts["profile_days"],
        night_share=shares["night_share"],
        night_times=shares["night_times"],
        activity_share=shares["activity_share"],
        doubting=frozenset(entry.take("doubting", list)),
        channels=tuple(entry.take("channels", list)),
    )


def _follow_days(entry: Entry) -> dict[str, int]:
    found = {name: entry.take(name, int) for name in FOLLOW_UPS}
    entry.only(*FOLLOW_UPS)
    for name, days in found.items():
        if days < 1:
            raise entry.refuse(f"{name} is {days}", "Write a whole number from 1 on.")
    return found


def _forecast(entry: Entry) -> ForecastRules:
    months, years = entry.take("base_months", int), entry.take("most_years", int)
    if not 0 <= months <= MOST_BASE_MONTHS:
        raise entry.refuse(f"base_months is {months}", "Write 0 to 11: a past year must not count as now.")
    if not 1 <= years <= MOST_YEARS:
        raise entry.refuse(f"most_years is {years}", "Write 1 to 4.")
    prior = entry.take("prior_years", int)
    if prior < 1:
        raise entry.refuse(f"prior_years is {prior}", "Write 1 or more.")
    scatter = entry.at("scatter")
    scatter.only(*(each.value for each in Season))
    return ForecastRules(
        base_months=months,
        least_told_months=entry.number("least_told_months"),
        most_years=years,
        most_missing_share=Decimal(str(comparison().most_missing_share)),
        prior_years=prior,
        scatter=MappingProxyType({each: scatter.number(each.value) for each in Season}),
    )
