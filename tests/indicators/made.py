"""A few units, facts and indicators for the tests of this room."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from shuiheng.indicators.definition import Better, Constant, Course, Indicator, IndicatorVersion, Part
from shuiheng.indicators.facts import FactBook, FactFigure, FactKey, FactKind
from shuiheng.indicators.formula import read_formula
from shuiheng.indicators.units import Unit

NAMES = {"zh": "名", "en": "name"}
FIRST = date(2010, 1, 1)


def unit(name: str, scale: str = "1", **powers: int) -> Unit:
    """Return a unit."""
    return Unit(id=name, names=NAMES, scale=Decimal(scale), dimensions=powers)


M3, WAN_M3 = unit("m3", m3=1), unit("wan_m3", "10000", m3=1)
YI_YUAN = unit("yi_yuan", "100000000", yuan=1)
M3_PER_WAN = unit("m3_per_wan_yuan", "0.0001", m3=1, yuan=-1)
PERCENT, RATIO = unit("percent", "0.01"), unit("ratio")
KM, MPA = unit("km", km=1), unit("mpa", mpa=1)
KM_PER_WAN = unit("km_per_wan_m3", "0.0001", km=1, m3=-1)
UNITS = {each.id: each for each in (M3, WAN_M3, YI_YUAN, M3_PER_WAN, PERCENT, RATIO, KM, MPA)}


def kind(name: str, of: Unit, *, is_by_member: bool = False, is_index: bool = False) -> FactKind:
    """Return a kind of fact."""
    return FactKind(id=name, names=NAMES, unit=of, is_by_member=is_by_member, is_index=is_index)


KINDS = {
    each.id: each
    for each in (
        kind("use", WAN_M3),
        kind("other_use", WAN_M3),
        kind("product", YI_YUAN),
        kind("growth", PERCENT, is_index=True),
        kind("intake", WAN_M3, is_by_member=True),
        kind("efficiency", RATIO, is_by_member=True),
        kind("supplied", WAN_M3),
        kind("registered", WAN_M3),
        kind("household_share", RATIO),
        kind("length", KM),
        kind("pressure", MPA),
    )
}


def indicator(
    formula: str,
    told_in: Unit,
    *,
    parts: Mapping[str, Mapping[str, str]] | None = None,
    constants: Mapping[str, tuple[str, Unit]] | None = None,
) -> Indicator:
    """Return an indicator of one version."""
    version = IndicatorVersion(
        number=1,
        valid_from=FIRST,
        valid_to=None,
        formula=read_formula(formula),
        unit=told_in,
        parts={
            name: Part(
                id=name,
                names=NAMES,
                choices={choice: read_formula(text) for choice, text in choices.items()},
                choice_names=dict.fromkeys(choices, NAMES),
            )
            for name, choices in (parts or {}).items()
        },
        constants={
            name: Constant(value=Decimal(value), unit=of) for name, (value, of) in (constants or {}).items()
        },
    )
    return Indicator(id="made", names=NAMES, better=Better.LOWER, course=Course.STATE, versions=(version,))


def book(**known: Mapping[int | tuple[int, str], str]) -> FactBook:
    """Return what is known: for each fact its values by year, or by year and member."""
    figures = {}
    for fact, values in known.items():
        for when, value in values.items():
            year, member = when if isinstance(when, tuple) else (when, "")
            figures[FactKey(fact, year, member)] = FactFigure(
                value=Decimal(value), origin=f"test:{fact}:{year}:{member}"
            )
    return FactBook(kinds=KINDS, figures=figures)
