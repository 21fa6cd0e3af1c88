"""What can be wrong with a rule of charges or with a question to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

    from shuiheng.rules.parameter import DatedValue


class BadRuleError(ValueError):
    """A value of the rulebook does not say what a charge needs.

    Args:
        value: The value.
        field: The field at fault.
        reason: What is wrong with it.
    """

    def __init__(self, value: DatedValue, field: str, reason: str) -> None:
        place = value.area or "CN"
        super().__init__(
            f"charges.bad_rule: {value.rule} of {place} from {value.valid_from} "
            f"({value.source}, {value.clause}): `{field}` {reason}. "
            "Propose a corrected value; the old one is not edited."
        )
        self.rule = value.rule
        self.field = field
        self.reason = reason


class UnknownFigureError(ValueError):
    """A figure that a charge rests on is not known; it is never taken as 0.

    Args:
        figure: Id of the figure, such as `volume` or `plan`.
        label: Which one: a month, a source.
    """

    def __init__(self, figure: str, label: str = "") -> None:
        which = f" of {label}" if label else ""
        super().__init__(
            f"charges.unknown_figure: the {figure}{which} is not known, so nothing can be charged. "
            "Enter it with its evidence; an unknown figure is not 0."
        )
        self.figure = figure
        self.label = label


class BadFigureError(ValueError):
    """A figure cannot be what it claims, such as a negative volume.

    Args:
        figure: Id of the figure.
        value: Its value.
        reason: What it must be.
    """

    def __init__(self, figure: str, value: Decimal, reason: str) -> None:
        super().__init__(f"charges.bad_figure: {figure} is {value}, but {reason}. Mend the entry.")
        self.figure = figure
        self.value = value


class NoPriceError(LookupError):
    """A price list has no price for a class.

    Args:
        rule: Id of the price list.
        use_class: The class that was asked for.
        known: The classes that it has.
    """

    def __init__(self, rule: str, use_class: str, known: tuple[str, ...]) -> None:
        super().__init__(
            f"charges.no_price: {rule} has no price for {use_class!r}; it has {', '.join(known)}. "
            "Give the user one of these classes, or propose a price with its source."
        )
        self.rule = rule
        self.use_class = use_class
