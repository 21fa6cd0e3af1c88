"""The rules of a draw as they stand for a city on a day."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from shuiheng.adapters.records.models import Place
from shuiheng.allowances.errors import BadRuleError
from shuiheng.programmes.draw.model import DrawRules
from shuiheng.programmes.draw.rules import SPARED, TEAM, WEIGHTS, draw_rules_of
from shuiheng.rules.errors import NotInForceError, UnknownRuleError
from shuiheng.rules.parameter import Asked, DatedValue
from shuiheng.services.errors import ServiceError
from shuiheng.services.rules.rulebook_now import area_of_city, rulebook_now


def draw_rules_now(city: Place, on: date) -> DrawRules:
    """Return by which rules a draw of a city is made on a day; nobody is spared where no rule says so.

    Raises:
        ServiceError: `inspections.no_rule`, a rule that is needed has no value, or none that can be used.
    """
    values = {rule: value_now(city, rule, on) for rule in (TEAM, WEIGHTS)}
    with suppress(ServiceError):
        values[SPARED] = value_now(city, SPARED, on)
    try:
        return draw_rules_of(values, as_of=on)
    except BadRuleError as error:
        raise ServiceError("inspections.no_rule", rule=str(error), day=on.isoformat()) from error


def value_now(city: Place, rule: str, on: date) -> DatedValue:
    """Return the value of a rule that holds for a city on a day.

    Raises:
        ServiceError: `inspections.no_rule`.
    """
    try:
        return rulebook_now(city).value(rule, Asked(area=area_of_city(city), on=on))
    except (NotInForceError, UnknownRuleError) as error:
        raise ServiceError("inspections.no_rule", rule=rule, day=on.isoformat()) from error
