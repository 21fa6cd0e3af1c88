"""The rules by which readings are checked and estimated, and how long verifications hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cache
from importlib.resources.abc import Traversable
from types import MappingProxyType

from shuiheng.adapters.rulebook.files import read_file, rulebook_folder
from shuiheng.adapters.rulebook.sources import check_checked, read_sources
from shuiheng.adapters.rulebook.strict_yaml import Entry
from shuiheng.metering.checks.rule import PARAMETERS, CheckRule
from shuiheng.metering.checks.verification import Standing, VerificationRules
from shuiheng.metering.estimate import EstimateRules

CHECKS_FILE = "metering/checks.yaml"
VERIFICATION_FILE = "metering/verification.yaml"
ESTIMATES = (
    "linear_hours",
    "same_hours_days",
    "weeks",
    "months",
    "fewest_known_share",
    "blocks_surcharge_share",
)
ACTIONS = frozenset(
    {"accept", "check", "estimate", "field_check", "fix", "hold", "notify", "review", "warn", "zone"}
)
FIELDS = ("value", "unit", "mark", "origin", "source", "reason")
HOUR, DAY, LITRES_OF_M3 = 3600, 86400, 1000


class Mark(StrEnum):
    """How a figure was come by."""

    FOUND = "found"
    KNOWN = "known"
    DEFAULT = "default"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One figure of a rule: value, unit, how it was come by, and the text that it stands in."""

    value: Fraction
    unit: str
    mark: Mark
    origin: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeteringChecks:
    """All rules of readings.

    Args:
        rules: The checks by id.
        actions: What a finding of a rule asks for, by id of the rule.
        parameters: Every figure of the checks by rule and name, with its mark.
        estimates: How missing use is estimated.
        blocks_surcharge_share: A period with more estimated than this carries no surcharge until confirmed.
        verification: How long verifications hold.
    """

    rules: Mapping[str, CheckRule]
    actions: Mapping[str, str]
    parameters: Mapping[tuple[str, str], Parameter]
    estimates: EstimateRules
    blocks_surcharge_share: Fraction
    verification: VerificationRules


@cache
def metering_checks() -> MeteringChecks:
    """Return the rules of readings that the rulebook ships.

    Raises:
        RulebookError: A file breaks a rule of the rulebook.
    """
    return read_metering_checks(rulebook_folder())


def read_metering_checks(folder: Traversable) -> MeteringChecks:
    """Return the rules of readings of the files below a folder."""
    entry = read_file(folder, CHECKS_FILE)
    entry.only("rules", "estimates", "checked")
    check_checked(entry)
    known = {source.id for source in read_sources(folder)}
    rules_entry = entry.at("rules")
    rules_entry.only(*PARAMETERS)
    parameters = {
        (rule, name): figure
        for rule, names in PARAMETERS.items()
        for name, figure in _figures(_rule_entry(rules_entry, rule), names, known).items()
    }
    estimates = _figures(_held(entry, "estimates"), ESTIMATES, known)
    return MeteringChecks(
        rules=MappingProxyType({rule: _rule(rules_entry, rule, parameters) for rule in PARAMETERS}),
        actions=MappingProxyType({rule: _action(rules_entry.at(rule)) for rule in PARAMETERS}),
        parameters=MappingProxyType(parameters),
        estimates=_estimates(entry.at("estimates"), estimates),
        blocks_surcharge_share=estimates["blocks_surcharge_share"].value,
        verification=_verification(folder, known),
    )


def _held(entry: Entry, name: str) -> Entry:
    entry.take(name, dict)
    return entry.at(name)


def _rule_entry(rules: Entry, rule: str) -> Entry:
    own = _held(rules, rule)
    own.only("name", "action", "values")
    return _held(own, "values")


def _rule(rules: Entry, rule: str, parameters: Mapping[tuple[str, str], Parameter]) -> CheckRule:
    name = _held(rules.at(rule), "name")
    name.only("zh", "en")
    return CheckRule(
        id=rule,
        name=MappingProxyType({language: name.take(language, str) for language in ("zh", "en")}),
        values=MappingProxyType({key: parameters[rule, key].value for key in PARAMETERS[rule]}),
    )


def _action(entry: Entry) -> str:
    action = entry.take("action", str)
    if action not in ACTIONS:
        raise entry.at("action").refuse(f"unknown action `{action}`", f"Use {', '.join(sorted(ACTIONS))}.")
    return action


def _figures(entry: Entry, names: tuple[str, ...], sources: set[str]) -> dict[str, Parameter]:
    entry.only(*names)
    return {name: _parameter(_held(entry, name), name, sources) for name in names}


def _parameter(entry: Entry, name: str, sources: set[str]) -> Parameter:
    entry.only(*FIELDS)
    value = entry.number("value")
    if value < 0:
        raise entry.at("value").refuse("the figure is below 0", "Give a figure from 0.")
    if name.endswith("_share") and name != "excess_share" and value > 1:
        raise entry.at("value").refuse("a share is above 1", "Give a ratio: 0.10 is 10 %.")
    if not name.endswith(("_share", "_ratio", "times")) and value != value.to_integral_value():
        raise entry.at("value").refuse("the figure is not whole", "Give a whole number.")
    mark, origin = _mark(entry, sources)
    return Parameter(value=Fraction(value), unit=entry.take("unit", str), mark=mark, origin=origin)


def _mark(entry: Entry, sources: set[str]) -> tuple[Mark, str | None]:
    """Return how a figure was come by; one that was found or is known names its text."""
    mark = entry.take("mark", str)
    if mark not in [each.value for each in Mark]:
        raise entry.at("mark").refuse(f"unknown mark `{mark}`", "Use found, known or default.")
    source, origin = entry.get("source", str), entry.get("origin", str)
    if source is not None and source not in sources:
        raise entry.at("source").refuse(f"there is no source `{source}`", "Add its file in sources/.")
    if (mark == Mark.DEFAULT) != (source is None and origin is None):
        raise entry.refuse(
            "a found or known figure names its text, a default none",
            "Give `source` or `origin`, or mend `mark`.",
        )
    return Mark(mark), source or origin


def _estimates(entry: Entry, figures: Mapping[str, Parameter]) -> EstimateRules:
    rules = EstimateRules(
        linear_seconds=int(figures["linear_hours"].value * HOUR),
        same_hours_seconds=int(figures["same_hours_days"].value * DAY),
        weeks=int(figures["weeks"].value),
        months=int(figures["months"].value),
        fewest_known=figures["fewest_known_share"].value,
    )
    if rules.linear_seconds > rules.same_hours_seconds or min(rules.weeks, rules.months) < 1:
        raise entry.refuse(
            "the rungs are not in order or look at nothing",
            "Let each rung reach further than the one before.",
        )
    return rules


def _verification(folder: Traversable, sources: set[str]) -> VerificationRules:
    entry = read_file(folder, VERIFICATION_FILE)
    entry.only("limited_life", "periodic", "grades", "remedy_days", "checked")
    check_checked(entry)
    limited, periodic, grades = (_held(entry, name) for name in ("limited_life", "periodic", "grades"))
    limited.only("mark", "source", "origin", "largest_flow_m3_h", "years")
    periodic.only("mark", "source", "origin", "cycle_years")
    grades.only("mark", *Standing)
    for part in (limited, periodic, grades):
        _mark(part, sources)
    flow = limited.number("largest_flow_m3_h") * LITRES_OF_M3
    return VerificationRules(
        limited_life=_lives(limited),
        limited_flow_l_h=int(flow),
        cycle_years=periodic.take("cycle_years", int),
        grades=MappingProxyType({each: grades.take(each.value, str) for each in Standing}),
        remedy_days=int(_parameter(_held(entry, "remedy_days"), "remedy_days", sources).value),
    )


def _lives(entry: Entry) -> tuple[tuple[int, int], ...]:
    lives = []
    for each in entry.each("years"):
        each.only("largest_nominal_mm", "years")
        lives.append((each.take("largest_nominal_mm", int), each.take("years", int)))
    if not lives or [size for size, _ in lives] != sorted({size for size, _ in lives}):
        raise entry.refuse("the diameters do not rise", "List the smallest first, each once.")
    return tuple(lives)
