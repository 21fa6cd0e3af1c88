"""What can be wrong with a formula, a definition or a question about an indicator."""

from __future__ import annotations

from collections.abc import Iterable


class IndicatorError(ValueError):
    """Something about an indicator cannot be; `code` names the cause and `values` fill its sentence."""

    code = "indicators.error"

    def __init__(self, says: str, **values: str) -> None:
        super().__init__(f"{self.code}: {says}")
        self.values = values


class FormulaError(IndicatorError):
    """A formula cannot be read."""

    code = "indicators.bad_formula"

    def __init__(self, formula: str, at: int, why: str) -> None:
        super().__init__(
            f"{why} at character {at + 1} of {formula!r}. Mend the formula there.",
            formula=formula,
            at=str(at + 1),
            why=why,
        )


class UnitMismatchError(IndicatorError):
    """Two parts of a formula are of different units, or the result is not of the unit of the indicator."""

    code = "indicators.unit_mismatch"

    def __init__(self, of: str, one: str, other: str) -> None:
        super().__init__(
            f"{of} puts {one} beside {other}. Use parts of one unit.", of=of, one=one, other=other
        )


class UnknownNameError(IndicatorError):
    """A formula names what is no fact."""

    code = "indicators.unknown_name"

    def __init__(self, name: str, known: Iterable[str]) -> None:
        named = ", ".join(sorted(known)[:20])
        super().__init__(f"{name!r} is no fact. Use one of: {named} …", name=name)


class NoBaseYearError(IndicatorError):
    """A formula compares with a base year and none is given, or one that lies ahead."""

    code = "indicators.no_base_year"

    def __init__(self, indicator: str, year: int, base: int | None) -> None:
        super().__init__(
            f"{indicator} of {year} needs a base year before it, not {base}. Give the year of the target.",
            indicator=indicator,
            year=str(year),
        )


class UnknownChoiceError(IndicatorError):
    """A part of a formula has no such choice."""

    code = "indicators.unknown_choice"

    def __init__(self, part: str, choice: str, possible: Iterable[str]) -> None:
        named = ", ".join(possible)
        super().__init__(
            f"{part} has no choice {choice!r}. Use one of: {named}.", part=part, choice=choice, possible=named
        )


class NotDefinedError(IndicatorError):
    """An indicator has no version that holds on a day."""

    code = "indicators.not_defined"

    def __init__(self, indicator: str, on: str) -> None:
        super().__init__(
            f"{indicator} is not defined for {on}. Use a day from its first version on.",
            indicator=indicator,
            on=on,
        )


class NegativeVolumeError(IndicatorError):
    """Water that goes from one node to the next is less than nothing."""

    code = "indicators.negative_volume"

    def __init__(self, source: str, target: str, volume: str) -> None:
        super().__init__(
            f"{volume} goes from {source} to {target}. A volume is 0 or more; mend the fact.",
            source=source,
            target=target,
            volume=volume,
        )


class FlowCycleError(IndicatorError):
    """Water would come back to where it was."""

    code = "indicators.flow_cycle"

    def __init__(self, node: str) -> None:
        super().__init__(f"Water comes back to {node}. Take out a stream of the circle.", node=node)
