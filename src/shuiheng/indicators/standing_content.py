"""What the value of a target was made of, as JSON that computes it again (研判存档)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from shuiheng.indicators.derivation import Derivation, NodeKind, Words, derivation_of
from shuiheng.indicators.evaluate import IndicatorFigure
from shuiheng.indicators.facts import ALL_REPORTED, FactKind
from shuiheng.indicators.figure_content import figure_content, stored_figure
from shuiheng.indicators.units import Unit
from shuiheng.kernel.json_fields import Fields, JsonFormatError

Json = dict[str, Any]
COUNTED = {"zh": "计入的事项", "en": "cases that count"}
SHARE = {"zh": "名单中已达到的", "en": "reached of the list"}
REPORTED = {"zh": "单位填报值", "en": "value that units reported"}
RISE = {"zh": "增加", "en": "rise"}
SIDES = ("now", "before")
CASE, LIST, REPORT = "case", "list", "progress"
PARTS = {
    "numerator": {"zh": "名单中计入的", "en": "of the list, counted"},
    "denominator": {"zh": "名单合计", "en": "the whole list"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAmount:
    """What one case adds to a count (计入数量).

    Args:
        case: Key of the case.
        amount: What it adds; None while that is not known.
    """

    case: str
    amount: Decimal | None


def indicator_inputs(figure: IndicatorFigure, kinds: Mapping[str, FactKind], unit: Unit) -> Json:
    """Return what a target's value was made of, where an indicator gives it (研判存档).

    Args:
        figure: The value of the indicator.
        kinds: What the facts are, by id.
        unit: The unit of the target.
    """
    return {
        "by": "indicator",
        "figure": figure_content(figure, kinds),
        "scale": str(unit.scale),
        "unit": dict(unit.names),
    }


def rise_inputs(now: Json, before: Json) -> Json:
    """Return what a rise was made of: the value of a year less that of an earlier one (研判存档)."""
    return {"by": "rise", "now": now, "before": before}


def count_inputs(cases: tuple[CaseAmount, ...], factor: Decimal) -> Json:
    """Return what a target's value was made of, where cases give it: each with what it adds (研判存档)."""
    listed = [
        {"case": each.case, "amount": None if each.amount is None else str(each.amount)} for each in cases
    ]
    return {"by": "count", "cases": listed, "factor": str(factor)}


def rate_inputs(numerator: Decimal, denominator: Decimal, factor: Decimal) -> Json:
    """Return what a target's value was made of, where it is the share of a list (研判存档)."""
    return {
        "by": "rate",
        "numerator": str(numerator),
        "denominator": str(denominator),
        "factor": str(factor),
    }


def report_inputs(value: Decimal, reports: tuple[int, ...]) -> Json:
    """Return what a target's value was made of, where accepted reports told it (研判存档).

    Args:
        value: What they say.
        reports: Their keys.
    """
    return {"by": "report", "value": str(value), "reports": list(reports)}


def recompute_inputs(made_of: object) -> Decimal | None:
    """Return the value that kept inputs give, in the unit of the target; None while it is unknown (研判复算).

    Raises:
        JsonFormatError: The inputs do not have the form of the format.
    """
    fields = Fields(made_of, "made_of")
    by = fields.take("by", str)
    if by == "indicator":
        figure = stored_figure(fields.at("figure").source).figure
        scale = Decimal(fields.take("scale", str))
        return None if figure.value is None else figure.version.unit.to_base(figure.value) / scale
    if by == "rise":
        now, before = (recompute_inputs(fields.at(side).source) for side in SIDES)
        return None if now is None or before is None else now - before
    if by == "report":
        return Decimal(fields.take("value", str))
    factor = Decimal(fields.take("factor", str))
    if by == "count":
        amounts = [case.amount for case in _cases(fields)]
        known = [amount for amount in amounts if amount is not None]
        return sum(known, Decimal(0)) * factor if len(known) == len(amounts) else None
    if by == "rate":
        whole = Decimal(fields.take("denominator", str))
        return Decimal(fields.take("numerator", str)) / whole * factor if whole else None
    raise JsonFormatError("made_of.by", f"unknown word {by!r}")


def figures_in(content: object) -> list[Json]:
    """Return the values of indicators inside a kept content, as they were kept; none for a count (研判存档).

    Args:
        content: A kept indicator, a kept target, or what the value of a target was made of.
    """
    if not isinstance(content, Mapping):
        return []
    if "made_of" in content:
        return figures_in(content["made_of"])
    if content.get("by") == "rise":
        return [each for side in SIDES for each in figures_in(content.get(side))]
    if content.get("by") == "indicator":
        return figures_in(content.get("figure"))
    return [dict(content)] if "facts" in content else []


def amounts_in(made_of: object) -> Mapping[str, Decimal | None]:
    """Return what was counted, by the key of the case, of the report, or the part of the list (计入数量).

    Raises:
        JsonFormatError: The inputs do not have the form of the format.
    """
    fields = Fields(made_of, "made_of")
    if fields.take("by", str) == "count":
        return {f"{CASE}:{each.case}": each.amount for each in _cases(fields)}
    if fields.take("by", str) == "report":
        value = Decimal(fields.take("value", str))
        return {f"{REPORT}:{key}": value for key in fields.take("reports", list)}
    return {f"{LIST}:{name}": Decimal(fields.take(name, str)) for name in PARTS}


def inputs_tree(made_of: object) -> Derivation:
    """Return the tree below the value of a target, read from its kept inputs (研判溯源).

    Raises:
        JsonFormatError: The inputs do not have the form of the format.
    """
    fields = Fields(made_of, "made_of")
    if fields.take("by", str) == "indicator":
        stored = stored_figure(fields.at("figure").source)
        return derivation_of(stored.figure, stored.book)
    value = recompute_inputs(made_of)
    if fields.take("by", str) == "rise":
        sides = [inputs_tree(fields.at(side).source) for side in SIDES]
        shown = " − ".join("?" if each.value is None else f"{each.value:f}" for each in sides)
        return Derivation(
            kind=NodeKind.PART, key="rise", names=RISE, value=value, arithmetic=shown, children=tuple(sides)
        )
    if fields.take("by", str) == "report":
        return _reported(fields, value)
    factor = fields.take("factor", str)
    if fields.take("by", str) == "count":
        return _counted(_cases(fields), value, factor)
    parts = {name: Decimal(fields.take(name, str)) for name in PARTS}
    shown = f"{parts['numerator']} ÷ {parts['denominator']}"
    children = tuple(
        Derivation(kind=NodeKind.PART, key=name, names=PARTS[name], value=number)
        for name, number in parts.items()
    )
    return Derivation(
        kind=NodeKind.COUNT,
        key="rate",
        names=SHARE,
        value=value,
        arithmetic=shown if factor == "1" else f"{shown} × {factor}",
        children=children,
    )


def _counted(cases: tuple[CaseAmount, ...], value: Decimal | None, factor: str) -> Derivation:
    return Derivation(
        kind=NodeKind.COUNT,
        key="count",
        names=COUNTED,
        value=value,
        arithmetic=_sum(cases, factor),
        children=tuple(
            Derivation(
                kind=NodeKind.CASE,
                key=each.case,
                names=_plain(each.case),
                value=each.amount,
                origin=f"{CASE}:{each.case}",
            )
            for each in cases
        ),
    )


def _reported(fields: Fields, value: Decimal | None) -> Derivation:
    return Derivation(
        kind=NodeKind.REPORTED,
        key="report",
        names=REPORTED,
        value=value,
        shares=ALL_REPORTED,
        children=tuple(
            Derivation(
                kind=NodeKind.REPORTED,
                key=str(key),
                names={language: f"{word} {key}" for language, word in REPORTED.items()},
                value=value,
                origin=f"{REPORT}:{key}",
            )
            for key in fields.take("reports", list)
        ),
    )


def _sum(cases: tuple[CaseAmount, ...], factor: str) -> str:
    """Return the sum written out: equal amounts are taken together."""
    times: dict[str, int] = {}
    for each in cases:
        shown = "?" if each.amount is None else f"{each.amount.normalize():f}"
        times[shown] = times.get(shown, 0) + 1
    parts = [f"{number} × {amount}" if number > 1 else amount for amount, number in times.items()]
    text = " + ".join(parts) or "0"
    return text if factor == "1" else f"({text}) × {factor}"


def _cases(fields: Fields) -> tuple[CaseAmount, ...]:
    return tuple(
        fields.each(
            "cases",
            lambda each: CaseAmount(
                case=each.take("case", str),
                amount=None if (text := each.get("amount", str)) is None else Decimal(text),
            ),
        )
    )


def _plain(word: str) -> Words:
    return {"zh": word, "en": word}
