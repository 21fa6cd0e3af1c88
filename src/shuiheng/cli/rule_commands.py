"""`shuiheng rule …`: list, show, compare and check the shipped rules; no database is needed."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from shuiheng.adapters.rulebook.errors import RulebookError
from shuiheng.adapters.rulebook.parameters import shipped_rulebook
from shuiheng.adapters.rulebook.places import area_of, shipped_places
from shuiheng.adapters.rulebook.printed_figures import check_prints
from shuiheng.adapters.rulebook.sources import shipped_sources
from shuiheng.cli.rule_printing import (
    NOTHING,
    difference_lines,
    misprint_line,
    rule_lines,
    rule_title,
    said,
    value_lines,
)
from shuiheng.rules.checks import (
    check_nearer_values_are_not_looser,
    check_rule_is_not_silent,
    check_values_are_checked,
)
from shuiheng.rules.errors import NotInForceError, UnknownRuleError
from shuiheng.rules.in_force import Rulebook, in_force
from shuiheng.rules.parameter import Asked, DatedValue, Parameter
from shuiheng.services.errors import ServiceError


def add_to(nouns: Any) -> None:
    """Add the noun `rule` and its verbs."""
    verbs = nouns.add_parser("rule", help="look into the rules of laws and tariffs").add_subparsers(
        title="verbs", metavar="VERB", required=True
    )
    listed = _verb(verbs, "list", list_rules, "print the rules with the number of their values")
    listed.add_argument("topic", nargs="?", default="", metavar="TOPIC", help="such as charges")
    shown = _verb(verbs, "show", show_rule, "print what a rule says in a place on a day, or all its values")
    shown.add_argument("rule", metavar="ID", help="such as charges/over_plan_ladder")
    _place_and_day(shown)
    shown.add_argument(
        "--known-on", type=date.fromisoformat, metavar="DAY", help="as it was known on this day"
    )
    checked = _verb(verbs, "check", check_rules, "look for values that are looser, unchecked or misprinted")
    checked.add_argument(
        "--texts", type=Path, metavar="FOLDER", help="texts of the sources, told by their hash"
    )
    compared = _verb(verbs, "diff", compare_rule, "print in what two places or days differ")
    compared.add_argument("rule", metavar="ID")
    _place_and_day(compared)
    compared.add_argument("--other-area", metavar="CODE", help="the place to compare with")
    compared.add_argument("--from-day", type=date.fromisoformat, metavar="DAY", help="the earlier day")
    compared.add_argument("--to-day", type=date.fromisoformat, metavar="DAY", help="the later day")


def _verb(verbs: Any, name: str, run: Any, says: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = verbs.add_parser(name, help=says, description=says)
    parser.set_defaults(run=run)
    return parser


def _place_and_day(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--area", metavar="CODE", help="code of the place, 2 to 6 digits; CN for the nation")
    parser.add_argument("--on", type=date.fromisoformat, metavar="DAY", help="day on which it must hold")


def list_rules(arguments: argparse.Namespace) -> int:
    """Print one line for each rule."""
    rules = _rules()
    shown = [rules[rule] for rule in rules if rule.startswith(arguments.topic)]
    _print(rule_title(rule, language=arguments.language) for rule in shown)
    return 0 if shown else 1


def show_rule(arguments: argparse.Namespace) -> int:
    """Print a rule with all its values, or the one that holds."""
    rules = _rules()
    rule = _known(rules, arguments.rule)
    if arguments.area is None and arguments.on is None and arguments.known_on is None:
        _print(rule_lines(rule, language=arguments.language))
        return 0
    asked = Asked(area=_area(arguments.area), on=arguments.on or _today(), known_on=arguments.known_on)
    held = _held(rules, rule.id, asked)
    _print([rule_title(rule, language=arguments.language)])
    _print(value_lines(rule, held, language=arguments.language))
    return 0


def compare_rule(arguments: argparse.Namespace) -> int:
    """Print the parts in which a rule differs between two places or two days; 1 when there are any."""
    rules = _rules()
    rule = _known(rules, arguments.rule)
    on, area = arguments.on or _today(), _area(arguments.area)
    is_between_days = arguments.from_day is not None and arguments.to_day is not None
    if is_between_days is (arguments.other_area is not None):
        raise ServiceError("rules.two_sides_missing")
    left = Asked(area=area, on=arguments.from_day or on)
    right = Asked(
        area=_area(arguments.other_area) if arguments.other_area else area, on=arguments.to_day or on
    )
    old, new = _held(rules, rule.id, left), _held(rules, rule.id, right)
    lines = difference_lines(rule, old, new, language=arguments.language)
    _print(lines)
    return 1 if old.value != new.value else 0


def check_rules(arguments: argparse.Namespace) -> int:
    """Print what is wrong or open with the values; 1 when something is wrong."""
    language, rules = arguments.language, _rules()
    wrong = [said(finding, language=language) for finding in check_nearer_values_are_not_looser(rules)]
    looked_for = None
    if arguments.texts is not None:
        if not arguments.texts.is_dir():
            raise ServiceError("services.file_missing", path=str(arguments.texts))
        texts = [path.read_bytes() for path in sorted(arguments.texts.iterdir()) if path.is_file()]
        prints = check_prints(rules.values(), shipped_sources().values(), texts)
        wrong += [misprint_line(each, language=language) for each in prints.misprints]
        looked_for = prints.looked_for
    open_values = check_values_are_checked(rules)
    silent = [found for rule in rules.values() for found in check_rule_is_not_silent(rule)]
    _print(wrong)
    _print(said(finding, language=language) for finding in silent)
    _print(said(finding, language=language) for finding in open_values)
    values = sum(len(rule.values) for rule in rules.values())
    print(f"rules {len(rules)}  values {values}  wrong {len(wrong)}  unchecked {len(open_values)}")
    if looked_for is not None:
        print(f"printed figures looked for {looked_for}")
    return 1 if wrong else 0


def _rules() -> Rulebook:
    try:
        return shipped_rulebook()
    except RulebookError as error:
        raise ServiceError(
            "rules.bad_rulebook",
            file=error.file,
            line=str(error.line),
            reason=error.reason,
            remedy=error.remedy,
        ) from error


def _known(rules: Rulebook, rule: str) -> Parameter:
    try:
        return rules[rule]
    except UnknownRuleError as error:
        raise ServiceError("rules.unknown_rule", rule=rule) from error


def _held(rules: Rulebook, rule: str, asked: Asked) -> DatedValue:
    try:
        return in_force(rules[rule], asked).value
    except NotInForceError as error:
        first = error.first
        raise ServiceError(
            "rules.not_in_force",
            rule=rule,
            area=asked.area or "CN",
            on=asked.on.isoformat(),
            first=f"{first.valid_from} ({first.source} {first.clause})" if first is not None else NOTHING,
        ) from error


def _area(word: str | None) -> str:
    """Return a code as it was typed: `3710`, `cn-3710`, or `CN` and nothing for the nation."""
    if word is None or word.lower() == "cn":
        return ""
    area = area_of(word.lower() if word.lower().startswith("cn-") else f"cn-{word}")
    if area is None:
        known = ", ".join(code for code in shipped_places() if code)
        raise ServiceError("rules.unknown_area", area=word, known=known)
    return area


def _today() -> date:
    """Return the civil day of the country whose rules these are."""
    return datetime.now(ZoneInfo("Asia/Shanghai")).date()


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)
