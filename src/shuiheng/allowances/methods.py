"""Methods by which a year's allowance is computed (核定方法); the rulebook chooses and gives the numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

from shuiheng.allowances.by_source import norm_of_source
from shuiheng.allowances.errors import BadRuleError, UnknownMethodError
from shuiheng.allowances.figures import RoundTo, decimal_of, rounded, shown
from shuiheng.allowances.method_norm import norm_volume
from shuiheng.allowances.method_years import YearsRule, several_year_mean
from shuiheng.allowances.model import AllowanceInputs, Outcome, Unknown, Worked
from shuiheng.allowances.rule_fields import (
    check_names,
    name_of,
    number_field,
    record_of,
    records_field,
    text_field,
)
from shuiheng.allowances.use_norm import NormLevel
from shuiheng.kernel.citation import Citation
from shuiheng.kernel.derivation import Derived, Step, Term
from shuiheng.rules.parameter import DatedValue, Value

_FIELDS = frozenset(
    {
        *("method", "of", "if_missing", "rounding"),
        *("years", "least_years", "coefficient", "growth", "least_growth", "most_growth"),
        *("level_new", "level_existing"),
    }
)
LEAVE_OUT = "leave_out"
YEARS = "several_year_mean"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounding:
    """To what a computed allowance is rounded, and which way."""

    step: Decimal = Decimal(1)
    to: RoundTo = RoundTo.HALF_UP


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """A way to compute an allowance, with its numbers (核定方法).

    Args:
        id: One of `METHODS`.
        years: Numbers of the mean of several years.
        level_new: Which value of a norm holds for new, rebuilt and enlarged projects.
        level_existing: Which value of a norm holds for the others.
        of: The methods among which `minimum` and `first_known` choose.
        leaves_out: Whether `minimum` leaves out what is unknown, rather than being unknown itself.
        rounding: How the result is rounded, once and at the end.
        citation: The value of the rulebook that it was read from.
    """

    id: str
    years: YearsRule
    level_new: NormLevel = NormLevel.ADVANCED
    level_existing: NormLevel = NormLevel.GENERAL
    of: tuple[Method, ...] = ()
    leaves_out: bool = False
    rounding: Rounding = Rounding()
    citation: Citation | None = None


Change = Callable[[Worked], "Worked | Unknown"]
"""What is done to a figure before it is rounded, such as a cut."""


def method_of(value: DatedValue) -> Method:
    """Return the method that a value of the rule `allowances/method` asks for (核定方法).

    The record: `method` (an id of `METHODS`); for the mean of years `years`, which must be there, and
    `least_years`, `coefficient`, `growth` (`mean` or `none`), `least_growth`, `most_growth`; for norms
    `level_new`, `level_existing` (`general`, `advanced`, `leader`); for `minimum` and `first_known` the
    list `of` of such records, which take over what they do not say; `if_missing: leave_out` for `minimum`;
    and `rounding: {step, to}` with `to` one of `up`, `down`, `half_up`.

    Raises:
        BadRuleError: The record lacks something, or has something that is not known.
        UnknownMethodError: There is no such method.
    """
    return _method(record_of(value), name_of(value), value.citation)


def planned_allowance(method: Method, inputs: AllowanceInputs, *, changes: Sequence[Change] = ()) -> Outcome:
    """Return the allowance of a user and a source for a year, before a shortage is shared (用水计划指标).

    Args:
        method: The method with its numbers.
        inputs: What is known of the user and the source.
        changes: What is done to the figure before it is rounded: cuts, in their order.

    Returns:
        The allowance with its steps, or what is missing for it.
    """
    worked = work_out(method, inputs)
    for change in changes:
        if isinstance(worked, Unknown):
            return worked
        worked = change(worked)
    return worked if isinstance(worked, Unknown) else round_off(worked, method)


def work_out(method: Method, inputs: AllowanceInputs) -> Worked | Unknown:
    """Return the exact figure of a method, not rounded, or what is missing for it.

    Raises:
        UnknownMethodError: There is no such method.
    """
    if method.id not in METHODS:
        raise UnknownMethodError(method.id, METHODS)
    return METHODS[method.id](method, inputs)


def round_off(worked: Worked, method: Method) -> Derived:
    """Return a figure rounded once, as the rule says; a figure that is a multiple already keeps its steps."""
    value = rounded(worked.exact, step=method.rounding.step, to=method.rounding.to)
    if value == worked.exact:
        return Derived(value=value, unit="m3", steps=worked.steps)
    step = Step(
        name="rounded",
        terms=(
            Term(name=worked.steps[-1].name, value=decimal_of(worked.exact), unit="m3"),
            Term(name="rounding_step", value=method.rounding.step, unit="m3"),
        ),
        formula=f"{shown(worked.exact)} → {shown(value)}",
        value=value,
        unit="m3",
        citation=method.citation,
        label=method.rounding.to,
    )
    return Derived(value=value, unit="m3", steps=(*worked.steps, step))


def _method(record: Mapping[str, Value], rule: str, citation: Citation) -> Method:
    check_names(record, known=_FIELDS, rule=rule)
    method = text_field(record, "method", rule=rule)
    if method not in METHODS:
        raise UnknownMethodError(method, METHODS)
    common = {name: held for name, held in record.items() if name not in {"method", "of", "if_missing"}}
    parts = records_field(record, "of", rule=rule)
    if bool(parts) != (method in _CHOOSING):
        raise BadRuleError(rule, f"{' and '.join(sorted(_CHOOSING))} need `of`, the others have none")
    return Method(
        id=method,
        years=_years_rule(record, rule, is_asked=method == YEARS),
        level_new=_level(record, "level_new", NormLevel.ADVANCED, rule),
        level_existing=_level(record, "level_existing", NormLevel.GENERAL, rule),
        of=tuple(_method({**common, **part}, rule, citation) for part in parts),
        leaves_out=text_field(record, "if_missing", rule=rule, default="") == LEAVE_OUT,
        rounding=_rounding(record, rule),
        citation=citation,
    )


def _years_rule(record: Mapping[str, Value], rule: str, *, is_asked: bool) -> YearsRule:
    """Return the numbers of the mean of years; the method that takes it has to say of how many."""
    least = number_field(record, "least_years", rule=rule, default=Decimal(1))
    years = number_field(record, "years", rule=rule, default=None if is_asked else least)
    if years != int(years) or least != int(least) or not 1 <= least <= years:
        raise BadRuleError(rule, "years and least_years must be whole, and least_years from 1 to years")
    growth = text_field(record, "growth", rule=rule, default="mean")
    if growth not in {"mean", "none"}:
        raise BadRuleError(rule, "growth must be `mean` or `none`")
    return YearsRule(
        years=int(years),
        least_years=int(least),
        coefficient=number_field(record, "coefficient", rule=rule, default=Decimal(1)),
        has_growth=growth == "mean",
        least_growth=_maybe(record, "least_growth", rule),
        most_growth=_maybe(record, "most_growth", rule),
    )


def _maybe(record: Mapping[str, Value], name: str, rule: str) -> Decimal | None:
    return number_field(record, name, rule=rule) if name in record else None


def _level(record: Mapping[str, Value], name: str, default: NormLevel, rule: str) -> NormLevel:
    word = text_field(record, name, rule=rule, default=default)
    if word not in {each.value for each in NormLevel}:
        raise BadRuleError(rule, f"{name} must be one of {', '.join(NormLevel)}")
    return NormLevel(word)


def _rounding(record: Mapping[str, Value], rule: str) -> Rounding:
    held = record.get("rounding", {})
    if not isinstance(held, Mapping):
        raise BadRuleError(rule, "rounding needs `step` and `to`")
    check_names(held, known=("step", "to"), rule=rule)
    step = number_field(held, "step", rule=rule, default=Decimal(1))
    way = text_field(held, "to", rule=rule, default=RoundTo.HALF_UP)
    if step <= 0 or way not in {each.value for each in RoundTo}:
        raise BadRuleError(rule, f"rounding needs a step above 0, and `to` one of {', '.join(RoundTo)}")
    return Rounding(step=step, to=RoundTo(way))


def _by_norm(method: Method, inputs: AllowanceInputs) -> Worked | Unknown:
    level = method.level_new if inputs.is_new else method.level_existing
    worked = norm_volume(inputs.activities, level=level, citation=method.citation)
    if isinstance(worked, Unknown) or inputs.source_share is None:
        return worked
    return norm_of_source(worked, inputs.source_share)


def _by_years(method: Method, inputs: AllowanceInputs) -> Worked | Unknown:
    worked = several_year_mean(inputs.uses, rule=method.years, citation=method.citation)
    if isinstance(worked, Worked):
        return worked
    design = _by_design(method, inputs)
    return Unknown(missing=(*worked.missing, *design.missing)) if isinstance(design, Unknown) else design


def _by_permit(method: Method, inputs: AllowanceInputs) -> Worked | Unknown:
    return _given("permit_m3", inputs.permit_m3, method, inputs)


def _by_supply(method: Method, inputs: AllowanceInputs) -> Worked | Unknown:
    return _given("supply_m3", inputs.supply_m3, method, inputs)


def _by_design(method: Method, inputs: AllowanceInputs) -> Worked | Unknown:
    return _given("design_m3", inputs.design_m3, method, inputs)


def _by_proposal(method: Method, inputs: AllowanceInputs) -> Worked | Unknown:
    return _given("proposal_m3", inputs.proposal_m3, method, inputs)


def _by_equal_share(method: Method, inputs: AllowanceInputs) -> Worked | Unknown:
    if inputs.pool_m3 is None or inputs.pool_count < 1:
        return Unknown(missing=("pool_m3",))
    exact = Fraction(inputs.pool_m3) / inputs.pool_count
    step = Step(
        name="equal_share",
        terms=(
            Term(name="pool_m3", value=inputs.pool_m3, unit="m3"),
            Term(name="pool_count", value=Decimal(inputs.pool_count), unit="count"),
        ),
        formula=f"{shown(inputs.pool_m3)} ÷ {inputs.pool_count}",
        value=decimal_of(exact),
        unit="m3",
        citation=method.citation,
    )
    return Worked(exact=exact, steps=(step,))


def _given(name: str, value: Decimal | None, method: Method, inputs: AllowanceInputs) -> Worked | Unknown:
    if value is None:
        return Unknown(missing=(name,))
    step = Step(
        name="taken_over",
        terms=(Term(name=name, value=value, unit="m3", origin=f"source:{inputs.account.source}"),),
        formula=shown(value),
        value=value,
        unit="m3",
        citation=method.citation,
        label=name,
    )
    return Worked(exact=Fraction(value), steps=(step,))


def _applies(method: Method, inputs: AllowanceInputs) -> bool:
    """Return whether a part of `minimum` concerns the source: not all need a permit or know a limit."""
    if method.id == "permit":
        return inputs.has_permit
    if method.id == "supply":
        return inputs.supply_m3 is not None
    return True


def _minimum(method: Method, inputs: AllowanceInputs) -> Worked | Unknown:
    parts = [work_out(each, inputs) for each in method.of if _applies(each, inputs)]
    known = [part for part in parts if isinstance(part, Worked)]
    missing = tuple(name for part in parts if isinstance(part, Unknown) for name in part.missing)
    if not known or (missing and not method.leaves_out):
        return Unknown(missing=tuple(dict.fromkeys(missing)) or ("allowance_basis",))
    exact = min(part.exact for part in known)
    if len(known) == 1:
        return known[0]
    step = Step(
        name="minimum",
        terms=tuple(
            Term(
                name=part.steps[-1].name,
                value=decimal_of(part.exact),
                unit="m3",
                label=part.steps[-1].label,
            )
            for part in known
        ),
        formula=f"min({'; '.join(shown(part.exact) for part in known)})",
        value=decimal_of(exact),
        unit="m3",
        citation=method.citation,
    )
    return Worked(exact=exact, steps=(*(step for part in known for step in part.steps), step))


def _first_known(method: Method, inputs: AllowanceInputs) -> Worked | Unknown:
    missing: dict[str, None] = {}
    for each in method.of:
        worked = work_out(each, inputs)
        if isinstance(worked, Worked):
            return worked
        missing |= dict.fromkeys(worked.missing)
    return Unknown(missing=tuple(missing))


_CHOOSING = frozenset({"minimum", "first_known"})
METHODS: Mapping[str, Callable[[Method, AllowanceInputs], Worked | Unknown]] = MappingProxyType(
    {
        "norm": _by_norm,
        YEARS: _by_years,
        "permit": _by_permit,
        "supply": _by_supply,
        "design": _by_design,
        "proposal": _by_proposal,
        "equal_share": _by_equal_share,
        "minimum": _minimum,
        "first_known": _first_known,
    }
)
"""The ways to compute an allowance, by the id under which the rulebook asks for one."""
