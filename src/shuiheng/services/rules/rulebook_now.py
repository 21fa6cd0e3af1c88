"""The rulebook of a city as it stands: shipped values, with those that the city has accepted and checked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from django.utils import timezone

from shuiheng.adapters.records.models import LocalRule, LocalRuleState, Place, RuleCheck
from shuiheng.adapters.rulebook.errors import RulebookError
from shuiheng.adapters.rulebook.parameters import shipped_rulebook
from shuiheng.adapters.rulebook.value_json import read_json_value, value_hash
from shuiheng.rules.in_force import LEVELS, Rulebook
from shuiheng.rules.parameter import Check, DatedValue, Mark, Parameter

COUNTED = (LocalRuleState.ACCEPTED, LocalRuleState.WITHDRAWN)
CheckKey = tuple[str, str, date, str]


def rulebook_now(city: Place) -> Rulebook:
    """Return all rules for a city: what is shipped, what it has accepted, and what it has checked.

    A value that the city withdrew stands in it with the day, so that it can be asked for as it was known.

    Args:
        city: The place of level city whose own values and checks count.
    """
    shipped = shipped_rulebook()
    own: dict[str, list[DatedValue]] = defaultdict(list)
    rows = LocalRule.objects.filter(place=city, state__in=COUNTED, decided_at__isnull=False)
    for row in rows.select_related("decided_by", "place").order_by("pk"):
        value = local_value(row)
        if value is not None:
            own[row.rule].append(value)
    checks = checks_of(city)
    return Rulebook({rule: _with(shipped[rule], own.get(rule, ()), checks) for rule in shipped})


def local_value(row: LocalRule) -> DatedValue | None:
    """Return a row of a city as a dated value; None when the rule is gone or has changed its shape.

    Whoever accepted it has held it against its source; a proposal is checked by nobody.
    """
    rules = shipped_rulebook()
    if row.rule not in rules:
        return None
    try:
        value = read_json_value(rules[row.rule], row.value)
    except RulebookError:
        return None
    decided = None if row.decided_at is None else timezone.localdate(row.decided_at)
    is_accepted = row.state in COUNTED and decided is not None
    by = row.decided_by.shown_name if row.decided_by is not None else ""
    return DatedValue(
        rule=row.rule,
        area=row.area or area_of_city(row.place),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        value=value,
        source=row.source or described_source(row),
        clause=row.clause,
        printed=tuple(str(each) for each in row.printed),
        mark=Mark.FOUND,
        check=Check(by=by, on=decided) if is_accepted and decided is not None else None,
        recorded_on=decided or timezone.localdate(row.proposed_at),
        withdrawn_on=None if row.withdrawn_at is None else timezone.localdate(row.withdrawn_at),
        note=row.note,
    )


def described_source(row: LocalRule) -> str:
    """Return how a document is cited that the rulebook does not have: its title and number."""
    number = f"（{row.source_number}）" if row.source_number else ""
    return f"《{row.source_title}》{number}" if row.source_title else ""


def area_of_city(city: Place) -> str:
    """Return the code under which the values of a city stand: four digits, or six of a district."""
    code = city.code if len(city.code) in LEVELS else city.code[: LEVELS[0]]
    while code.endswith("00"):
        code = code[:-2]
    return code


def checks_of(city: Place) -> Mapping[CheckKey, RuleCheck]:
    """Return the checks of a city that stand, by rule, place, first day and hash."""
    rows = RuleCheck.objects.filter(place=city, undone_at__isnull=True).select_related("checked_by")
    return {(row.rule, row.area, row.valid_from, row.value_hash): row for row in rows}


def check_key(value: DatedValue) -> CheckKey:
    """Return by what a check knows a value."""
    return value.rule, value.area, value.valid_from, value_hash(value)


def _with(
    rule: Parameter, own: list[DatedValue] | tuple[()], checks: Mapping[CheckKey, RuleCheck]
) -> Parameter:
    is_checked = any(key[0] == rule.id for key in checks)
    if not own and not is_checked:
        return rule
    values = [_checked(each, checks) for each in rule.values] if is_checked else list(rule.values)
    return replace(rule, values=(*values, *own))


def _checked(value: DatedValue, checks: Mapping[CheckKey, RuleCheck]) -> DatedValue:
    row = checks.get(check_key(value))
    if row is None or value.mark is not Mark.FOUND:
        return value
    return replace(value, check=Check(by=row.checked_by.shown_name, on=timezone.localdate(row.checked_at)))
