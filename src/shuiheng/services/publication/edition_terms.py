"""By which rules an edition is made: which cells are withheld, under which terms its figures may be used."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from shuiheng.adapters.records.models import Place
from shuiheng.adapters.rulebook.rule_words import rule_words
from shuiheng.indicators.small_cells import SmallCellRule
from shuiheng.rules.errors import NotInForceError, UnknownRuleError
from shuiheng.rules.parameter import Asked, DatedValue
from shuiheng.services.errors import ServiceError
from shuiheng.services.rules.rulebook_now import area_of_city, rulebook_now

SMALL_CELLS, LICENCE = "publication/small_cells", "publication/licence"


def small_cell_rule(city: Place, on: date) -> SmallCellRule:
    """Return which cells of public tables are withheld in a city on a day (小单元格规则).

    Raises:
        ServiceError: `publication.no_rule`, no value is in force.
    """
    value = _value(city, SMALL_CELLS, on).value
    fields = value if isinstance(value, Mapping) else {}
    return SmallCellRule(
        fewest=int(_number(fields.get("fewest"))),
        dominance=_number(fields.get("dominance")),
        nearness=_number(fields.get("nearness")),
    )


def usual_licence(city: Place, on: date, *, language: str) -> str:
    """Return under which terms figures may be used unless the office writes others (开放数据使用条款).

    Raises:
        ServiceError: `publication.no_rule`.
    """
    value = _value(city, LICENCE, on).value
    return rule_words(language).choices.get(value, value) if isinstance(value, str) else ""


def _value(city: Place, rule: str, on: date) -> DatedValue:
    try:
        return rulebook_now(city).value(rule, Asked(area=area_of_city(city), on=on))
    except (NotInForceError, UnknownRuleError) as error:
        raise ServiceError("publication.no_rule", rule=rule) from error


def _number(value: object) -> Decimal:
    if not isinstance(value, Decimal) or value < 0:
        raise ServiceError("publication.no_rule", rule=SMALL_CELLS)
    return value
