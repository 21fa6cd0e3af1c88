"""What is known of a target before it is judged, whatever serves it (研判依据)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from shuiheng.adapters.records.models import Place, RegisterTarget
from shuiheng.indicators.evaluate import IndicatorFigure
from shuiheng.indicators.verdict import Ask, Seen
from shuiheng.services.cases.count_target import TargetCount
from shuiheng.services.cases.target_districts import districts_meant
from shuiheng.services.indicators.judging_desk import JudgingDesk


class ServedBy(StrEnum):
    """What gives the value of a target."""

    COUNT = "count"
    RATE = "rate"
    INDICATOR = "indicator"
    LIST = "list"
    REPORT = "report"
    NOTHING = "nothing"


class Problem(StrEnum):
    """Why a target has no verdict although nothing is known to be missing.

    `no_link`: nothing serves it. `left_out`: a person said that this program does not count it.
    `no_indicator`: the indicator is not defined. `no_unit`: its unit cannot be converted. `no_deadline`:
    neither it nor its plan names a day. `no_base_year`: it compares with no year. `no_district`: its
    district is not known here. `no_scope`: it speaks of a class of users of which no figure is kept.
    `zero`: its formula divides by nothing. `not_here`: the city has no such part as it speaks of, so that it
    asks nothing here.
    """

    NONE = ""
    NO_LINK = "no_link"
    LEFT_OUT = "left_out"
    NO_INDICATOR = "no_indicator"
    NO_UNIT = "no_unit"
    NO_DEADLINE = "no_deadline"
    NO_BASE_YEAR = "no_base_year"
    NO_DISTRICT = "no_district"
    NO_SCOPE = "no_scope"
    ZERO = "zero"
    NOT_HERE = "not_here"


LONGEST_NAME = 8
_CLASS = re.compile(r"集聚区|园区|开发区|灌区|灌溉区|城区|市区|小区|社区|（县）|（区）|达|未")
"""Words that end as the name of a district does and mean a class of places."""
_BEGINS = re.compile(r"(?:主|老|新|中心)城区|(?:极度)?缺水(?:城市|地区)")
NOTHING_SEEN = Seen(value=None, up_to=None)


OfList = tuple[Decimal, Decimal, Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class YearValue:
    """What the value of a target was at the end of a year, or on the day that is judged in it."""

    on: date
    value: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedParts:
    """What is known of a target before it is judged.

    Args:
        place: The city, the district, or the part of the city of which its value speaks.
        served_by: What gives its value.
        ask: What it asks, in its own unit; None where that cannot be said.
        seen: What is known of its value, in its own unit.
        problem: Why there is no verdict, or nothing.
        figure: The value of the indicator, where one serves it.
        count: What counts, where cases serve it.
        years: Its values of years, the oldest first.
        notes: What was assumed, as codes.
        lists: Titles of the lists of the ledger from which its value comes.
        narrowed: Words by which fewer may be meant than are taken in.
        earlier: The value of the indicator from which a rise is told, where the target asks for one.
        of_list: How many of a list count, how many it has, and by what their share is multiplied.
        reports: Keys of the accepted reports that told its value, where nothing else gives one.
    """

    place: Place
    served_by: ServedBy
    ask: Ask | None = None
    seen: Seen = NOTHING_SEEN
    problem: str = Problem.NONE
    figure: IndicatorFigure | None = None
    count: TargetCount | None = None
    years: tuple[YearValue, ...] = ()
    notes: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    narrowed: tuple[str, ...] = ()
    earlier: IndicatorFigure | None = None
    of_list: OfList | None = None
    reports: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class MeantPlace:
    """Of which place a target speaks, and by which words of fewer users; or why that cannot be said.

    `part` names a part of the city that has statistics of its own, `districts` its districts where any are
    named.
    """

    place: Place
    words: str = ""
    problem: Problem = Problem.NONE
    missing: tuple[str, ...] = ()
    part: str = ""
    districts: frozenset[str] | None = None


def scope_of(target: RegisterTarget) -> str:
    """Return the scope of a target: its own, else the part of a city with which its metric begins."""
    begun = _BEGINS.match(target.metric)
    return target.scope or (begun[0] if begun else "")


def place_meant(desk: JudgingDesk, scope: str) -> MeantPlace:
    """Return of which place a scope speaks: one district, a part with statistics of its own, or the city."""
    meant = districts_meant(scope, desk.districts)
    if meant.is_nowhere:
        return MeantPlace(desk.city, words=scope, problem=Problem.NOT_HERE)
    if meant.missing:
        is_class = all(_CLASS.search(each) or len(each) > LONGEST_NAME for each in meant.missing)
        problem = Problem.NONE if is_class else Problem.NO_DISTRICT
        return MeantPlace(
            desk.city,
            words=scope if is_class else "",
            problem=problem,
            missing=() if is_class else meant.missing,
        )
    if meant.districts is not None and len(meant.districts) == 1:
        (key,) = meant.districts
        return MeantPlace(desk.places.get(key, desk.city))
    if meant.part:
        return MeantPlace(desk.part(meant.part), part=meant.part, districts=meant.districts)
    return MeantPlace(desk.city, words=meant.words if meant.districts is None else scope)
