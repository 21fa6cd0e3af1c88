"""What can be wrong with a question to the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shuiheng.rules.parameter import Asked, Parameter


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
    """

    def __init__(self, parameter: Parameter, asked: Asked) -> None:
        area = asked.area or "CN"
        reach = [each for each in parameter.values if asked.area.startswith(each.area)]
        first = min(reach, key=lambda each: each.valid_from, default=None)
        known = (
            f"Its first value there starts on {first.valid_from} ({first.source}, {first.clause}). "
            "Ask for a later day, or propose the earlier value with its source."
            if first is not None
            else "No value was made for it or for a place above. Propose one with its source."
        )
        super().__init__(f"rules.not_in_force: {parameter.id} has no value for {area} on {asked.on}. {known}")
        self.rule = parameter.id
        self.asked = asked
