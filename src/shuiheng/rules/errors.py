"""What can be wrong with a question to the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shuiheng.rules.parameter import Asked, DatedValue, Parameter


class UnknownSourceError(KeyError):
    """The rulebook has no source with this id.

    Args:
        source_id: The id that was asked for.
    """

    def __init__(self, source_id: str) -> None:
        super().__init__(
            f"rules.unknown_source: there is no source {source_id!r}. "
            "Add its file in rulebook/sources/, or search by number or title."
        )
        self.source_id = source_id


class UnknownRuleError(KeyError):
    """The rulebook has no rule with this id.

    Args:
        rule: The id that was asked for.
    """

    def __init__(self, rule: str) -> None:
        super().__init__(
            f"rules.unknown_rule: there is no rule {rule!r}. Look for its name with `shuiheng rule list`."
        )
        self.rule = rule


class NotInForceError(LookupError):
    """A rule has no value in a place on a day.

    Args:
        parameter: The rule.
        asked: For which place and day it was asked.

    Attributes:
        first: The earliest value of the place and those above it, or None where none was ever made.
    """

    def __init__(self, parameter: Parameter, asked: Asked) -> None:
        area = asked.area or "CN"
        known_on = f" as known on {asked.known_on}" if asked.known_on is not None else ""
        super().__init__(
            f"rules.not_in_force: {parameter.id} has no value for {area} on {asked.on}{known_on}. "
            f"{_what_there_is(parameter, asked)}"
        )
        self.rule = parameter.id
        self.asked = asked
        self.first = _first(parameter, asked)


def _first(parameter: Parameter, asked: Asked) -> DatedValue | None:
    reach = [each for each in parameter.values if asked.area.startswith(each.area)]
    return min(reach, key=lambda each: each.valid_from, default=None)


def _what_there_is(parameter: Parameter, asked: Asked) -> str:
    """Return which value a place has on other days, and what to do."""
    first = _first(parameter, asked)
    if first is None:
        return "No value was made for it or for a place above. Propose one with its source."
    said = f"({first.source}, {first.clause})"
    if first.valid_from > asked.on:
        return (
            f"Its first value there starts on {first.valid_from} {said}. "
            "Ask for a later day, or propose the earlier value with its source."
        )
    return (
        f"The value from {first.valid_from} {said} had ended, was withdrawn or was not yet known. "
        "Ask for another day, or propose a value with its source."
    )
