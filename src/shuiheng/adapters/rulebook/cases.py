"""Worked cases of the rulebook: `cases/<room>/<file>.yaml`, any number of cases in a file.

The form of a file; the id of a case is `<room>/<file>/<id>`::

    cases:
      - id: weihai_three_bands
        kind: over_plan_ladder       # the tests of the room know which function this is
        name: {zh: 超计划四成, en: Forty per cent over plan}
        given: {plan_m3: "10000", volume_m3: "14000", price: "4.32", months: ["1", "2"]}
        rules:                       # by the part they play; may be left out
          ladder: {rule: charges/over_plan_ladder, area: "3710", day: 2026-01-01}   # from the rulebook
          price: {rule: charges/non_household_price, value: {...}}    # written out, in the rule's own shape
        expected: {amount_yuan: "34560.00"}
        basis: domain sheet 5.2, SUR-W
    checked: {day: null, by: null}

In `given` and `expected` a word that reads as a number is an exact number, every other word stays a word;
records and lists may be nested, and null is left out. A rule that is written out must be declared in
`parameters/cn/`; its value is not binding, and neither is one of the rulebook that nobody has checked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib.resources.abc import Traversable

from shuiheng.adapters.rulebook.files import read_files, rulebook_folder
from shuiheng.adapters.rulebook.parameter_values import read_value
from shuiheng.adapters.rulebook.parameters import ID, shipped_rulebook
from shuiheng.adapters.rulebook.places import both_names
from shuiheng.adapters.rulebook.sources import check_checked
from shuiheng.adapters.rulebook.strict_yaml import Entry
from shuiheng.rules.errors import NotInForceError
from shuiheng.rules.in_force import Rulebook
from shuiheng.rules.parameter import Asked, DatedValue, Mark, Value
from shuiheng.rules.worked_case import WorkedCase

FIELDS = ("id", "kind", "name", "given", "rules", "expected", "basis")
WRITTEN_OUT = date(1949, 10, 1)


@cache
def shipped_cases(room: str) -> tuple[WorkedCase, ...]:
    """Return the worked cases of a room, such as `charges`, that the program ships.

    Raises:
        RulebookError: A file breaks a rule.
    """
    return read_cases(rulebook_folder(), room, shipped_rulebook())


def read_cases(folder: Traversable, room: str, rules: Rulebook) -> tuple[WorkedCase, ...]:
    """Return the worked cases of a room below a folder, in the order of file and line.

    Raises:
        RulebookError: A file breaks a rule, or refers to a value that the rules do not have.
    """
    return tuple(
        case
        for name, entry in read_files(folder, f"cases/{room}")
        for case in _cases(f"{room}/{name}", entry, rules)
    )


def _cases(place: str, entry: Entry, rules: Rulebook) -> Iterator[WorkedCase]:
    entry.only("cases", "checked")
    check_checked(entry)
    entry.take("cases", list)
    seen: set[str] = set()
    for each in entry.each("cases"):
        case = _case(place, each, rules)
        if case.id in seen:
            raise each.at("id").refuse(f"the case `{case.id}` stands twice", "Give it another id.")
        seen.add(case.id)
        yield case


def _case(place: str, entry: Entry, rules: Rulebook) -> WorkedCase:
    entry.only(*FIELDS)
    name, kind = entry.take("id", str), entry.take("kind", str)
    for word in (name, kind):
        if not ID.fullmatch(word):
            raise entry.refuse(f"`{word}` is no id", "Use small letters, digits and _.")
    entry.take("name", dict)
    entry.take("expected", dict)
    return WorkedCase(
        id=f"{place}/{name}",
        kind=kind,
        names=both_names(entry.at("name")),
        given=_values(entry.at("given")),
        rules=_rules(entry.at("rules"), rules),
        expected=_values(entry.at("expected")),
        basis=entry.take("basis", str),
    )


def _rules(entry: Entry, rules: Rulebook) -> Mapping[str, DatedValue]:
    if entry.value is None:
        return {}
    return {part: _rule(entry.at(part), rules) for part in entry.itself(dict)}


def _rule(entry: Entry, rules: Rulebook) -> DatedValue:
    """Return a value of the rulebook, or the one that a case writes out."""
    entry.only("rule", "value", "area", "day")
    rule = entry.take("rule", str)
    if rule not in rules:
        raise entry.at("rule").refuse(f"there is no rule `{rule}`", "Declare it in parameters/cn/.")
    if entry.at("value").value is not None:
        if entry.at("day").value is not None:
            raise entry.refuse("a value is written out and asked for by day", "Keep one of both.")
        return DatedValue(
            rule=rule,
            area=entry.get("area", str) or "",
            valid_from=WRITTEN_OUT,
            value=read_value(entry.at("value"), rules[rule]),
            source="",
            clause="",
            mark=Mark.KNOWN,
            recorded_on=WRITTEN_OUT,
        )
    asked = Asked(area=entry.get("area", str) or "", on=entry.take("day", date))
    try:
        return rules.value(rule, asked)
    except NotInForceError as error:
        raise entry.refuse(str(error), "Ask for another day or place, or write the value out.") from error


def _values(entry: Entry) -> Mapping[str, Value]:
    if entry.value is None:
        return {}
    fields = entry.itself(dict)
    return {name: _value(entry.at(name)) for name in fields if entry.at(name).value is not None}


def _value(entry: Entry) -> Value:
    if isinstance(entry.value, dict):
        return _values(entry)
    if isinstance(entry.value, list):
        return tuple(_value(each) for each in entry.items())
    if isinstance(entry.value, date):
        return entry.value.isoformat()
    if not isinstance(entry.value, str):
        raise entry.refuse("a number has no quotes, or a truth word stands here", "Quote it.")
    try:
        number = Decimal(entry.value)
    except InvalidOperation:
        return entry.value
    return number if number.is_finite() else entry.value
