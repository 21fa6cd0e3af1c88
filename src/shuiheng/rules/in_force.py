"""What a rule says on a day in a place (现行值), and which local values are looser than they may be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from shuiheng.rules.errors import NotInForceError, UnknownRuleError
from shuiheng.rules.parameter import Asked, Better, DatedValue, Parameter, Value

LEVELS = (6, 4, 2, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """The value that holds, beside those of the same day that do not.

    Args:
        value: The one that holds.
        looser: Nearer values that an upper one overrides, because they are looser than it.
    """

    value: DatedValue
    looser: tuple[DatedValue, ...] = ()


class Rulebook(Mapping[str, Parameter]):
    """All rules by id."""

    def __init__(self, parameters: Mapping[str, Parameter]) -> None:
        self._parameters = parameters

    def __getitem__(self, rule: str) -> Parameter:
        """Return a rule.

        Raises:
            UnknownRuleError: The rulebook has no rule of this id.
        """
        if rule not in self._parameters:
            raise UnknownRuleError(rule)
        return self._parameters[rule]

    def __iter__(self) -> Iterator[str]:
        return iter(self._parameters)

    def __len__(self) -> int:
        return len(self._parameters)

    def value(self, rule: str, asked: Asked) -> DatedValue:
        """Return the value of a rule for a place and a day.

        Raises:
            UnknownRuleError: The rulebook has no rule of this id.
            NotInForceError: It has no value there on that day.
        """
        return in_force(self[rule], asked).value


def in_force(parameter: Parameter, asked: Asked) -> InForce:
    """Return what a rule says on a day in a place (现行值).

    The nearest place decides. Where the rule has a stricter side and the nearer value is looser than an
    upper one, the upper one holds and the nearer is told as looser. Of the values of one place the last one
    that began decides: when it has ended, those that it replaced do not come back.

    Raises:
        NotInForceError: Neither the place nor those above it have a value on that day.

    Source:
        cn-reg-776, article 11: local norms may be stricter than those above, not looser.
    """
    found = [value for area in areas_of(asked.area) if (value := _of_area(parameter, area, asked))]
    if not found:
        raise NotInForceError(parameter, asked)
    held, looser = found[0], []
    for upper in found[1:]:
        if is_looser(held.value, upper.value, parameter.better):
            looser.append(held)
            held = upper
    return InForce(value=held, looser=tuple(looser))


def areas_of(area: str) -> tuple[str, ...]:
    """Return a place and those above it, the nearest first; the nation is the empty code."""
    return tuple(area[:length] for length in LEVELS if length <= len(area))


def is_looser(value: Value, upper: Value, better: Better | None) -> bool:
    """Return whether a value is looser than an upper one; named numbers are when any of them is.

    A name that only one of both has makes neither looser; `names_left_out` tells of it.
    """
    if better is None:
        return False
    if isinstance(value, Decimal) and isinstance(upper, Decimal):
        return value > upper if better is Better.LOWER else value < upper
    if isinstance(value, Mapping) and isinstance(upper, Mapping):
        return any(is_looser(each, upper[name], better) for name, each in value.items() if name in upper)
    return False


def names_left_out(value: Value, upper: Value) -> tuple[str, ...]:
    """Return the names for which an upper value gives a number and a nearer one gives none."""
    if not isinstance(value, Mapping) or not isinstance(upper, Mapping):
        return ()
    return tuple(name for name, each in upper.items() if isinstance(each, Decimal) and name not in value)


def _of_area(parameter: Parameter, area: str, asked: Asked) -> DatedValue | None:
    begun = [each for each in parameter.values if each.area == area and _has_begun(each, asked)]
    last = max(begun, key=_rank, default=None)
    if last is None or (last.valid_to is not None and asked.on >= last.valid_to):
        return None
    return _as_known(last, asked.known_on)


def _as_known(value: DatedValue, known_on: date | None) -> DatedValue:
    """Return a value without a check that nobody had made by the day."""
    is_early = known_on is not None and value.check is not None and value.check.on > known_on
    return replace(value, check=None) if is_early else value


def _rank(value: DatedValue) -> tuple[date, date, str]:
    """Return what decides between values of one place; the last part only keeps the order of entry out."""
    return value.valid_from, value.recorded_on, repr((value.source, value.clause, value.value))


def _has_begun(value: DatedValue, asked: Asked) -> bool:
    """Return whether a value is believed and its first day has come."""
    if asked.known_on is not None:
        if value.recorded_on > asked.known_on:
            return False
        if value.withdrawn_on is not None and value.withdrawn_on <= asked.known_on:
            return False
    elif value.withdrawn_on is not None:
        return False
    return value.valid_from <= asked.on
