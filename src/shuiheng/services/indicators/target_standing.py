"""How the targets of a plan stand on a day (研判): each by whatever serves it, or unknown with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from shuiheng.adapters.records.models import Place, RegisterTarget, TargetShare
from shuiheng.indicators.evaluate import IndicatorFigure
from shuiheng.indicators.verdict import Ask, Seen, Standing, TargetVerdict, Why, judge_target
from shuiheng.kernel.comparison import Comparison
from shuiheng.plans.model import Operator
from shuiheng.services.cases.count_target import TargetCount
from shuiheng.services.cases.link_targets import LinkedTarget, linked_targets
from shuiheng.services.indicators.count_value import by_count
from shuiheng.services.indicators.indicator_value import by_indicator
from shuiheng.services.indicators.judged_parts import (
    NOTHING_SEEN,
    JudgedParts,
    OfList,
    Problem,
    ServedBy,
    YearValue,
    place_meant,
)
from shuiheng.services.indicators.judging_desk import JudgingDesk, judging_desk
from shuiheng.services.indicators.list_value import by_list
from shuiheng.services.indicators.reported_value import or_reported

__all__ = [
    "JudgedParts",
    "JudgingDesk",
    "Problem",
    "ServedBy",
    "TargetStanding",
    "YearValue",
    "judge_districts",
    "judge_linked",
    "judge_shares",
    "judge_targets",
    "judging_desk",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetStanding:
    """How a target stands on a day (目标研判).

    Args:
        target: The target of the register.
        linked: What serves it.
        place: The city or district of which the value speaks.
        on: The day.
        served_by: What gives the value.
        verdict: How it stands, and by which rule.
        ask: What it asks, in the unit of the target; None where that cannot be said.
        seen: What is known of its value, in the unit of the target.
        problem: Why there is no verdict, or `Problem.NONE`.
        figure: The value of the indicator, where one serves it.
        count: What counts, where cases serve it.
        years: Its values of years, the oldest first.
        notes: What was assumed, as codes.
        lists: Titles of the lists of the ledger from which its value comes.
        narrowed: Words by which fewer may be meant than are taken in.
        stretch: The better value that the plan aims at, and how that stands; None where it names none.
        is_share: Whether it is the share of a district in a target of the city.
        earlier: The value of the indicator from which a rise is told, where the target asks for one.
        of_list: How many of a list count, how many it has, and by what their share is multiplied.
        reports: Keys of the accepted reports that told its value, where nothing else gives one.
        part: Words for the part of the city of which the value speaks; empty for all of the place.
    """

    target: RegisterTarget
    linked: LinkedTarget
    place: Place
    on: date
    served_by: ServedBy
    verdict: TargetVerdict
    ask: Ask | None = None
    seen: Seen = NOTHING_SEEN
    problem: str = Problem.NONE
    figure: IndicatorFigure | None = None
    count: TargetCount | None = None
    years: tuple[YearValue, ...] = ()
    notes: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    narrowed: tuple[str, ...] = ()
    stretch: tuple[Ask, TargetVerdict] | None = None
    is_share: bool = False
    earlier: IndicatorFigure | None = None
    of_list: OfList | None = None
    reports: tuple[int, ...] = ()
    part: str = ""


def judge_targets(city: Place, targets: Iterable[RegisterTarget], on: date) -> Sequence[TargetStanding]:
    """Return how targets of a city stand on a day, in their order (研判).

    The number of queries does not grow with the targets; it grows with the places and lists that they name.

    Args:
        city: The city.
        targets: Targets of its register with their plans and published rows.
        on: The day.
    """
    rows = list(targets)
    return judge_at(judging_desk(city, rows, on), linked_targets(rows))


def judge_districts(city: Place, target: RegisterTarget, on: date) -> Sequence[TargetStanding]:
    """Return how each district stands to its share of a target; nothing without shares (区县研判)."""
    desk = judging_desk(city, [target], on)
    linked = linked_targets([target])
    _read(desk, linked)
    return judge_shares(desk, linked)


def judge_at(desk: JudgingDesk, linked: Sequence[LinkedTarget]) -> Sequence[TargetStanding]:
    """Return how targets stand, by what a desk has read."""
    _read(desk, linked)
    return [judge_linked(desk, each) for each in linked]


def judge_shares(desk: JudgingDesk, linked: Sequence[LinkedTarget]) -> Sequence[TargetStanding]:
    """Return how the districts stand to the shares that were set in some targets (区县研判)."""
    shares: dict[int, dict[int, Decimal]] = {}
    rows = TargetShare.objects.filter(target__in=[each.target.pk for each in linked])
    for target, place, value in rows.filter(superseded_at__isnull=True).values_list(
        "target_id", "place_id", "value"
    ):
        shares.setdefault(target, {})[place] = value
    return [
        _judged(desk, each, _parts(desk, each, desk.places[str(key)], value), is_share=True)
        for each in linked
        for key, value in sorted(shares.get(each.target.pk, {}).items())
        if str(key) in desk.places
    ]


def judge_linked(desk: JudgingDesk, linked: LinkedTarget) -> TargetStanding:
    """Return how one target stands (研判)."""
    return _judged(desk, linked, or_reported(desk, linked, _parts(desk, linked, None, None)))


def _read(desk: JudgingDesk, linked: Sequence[LinkedTarget]) -> None:
    questions = [each.how.question for each in linked if each.how.question is not None]
    desk.counting_on(desk.on).read(questions)


def _parts(
    desk: JudgingDesk, linked: LinkedTarget, share_of: Place | None, share: Decimal | None
) -> JudgedParts:
    if linked.how.question is not None:
        return by_count(desk, linked, share_of=share_of, share=share)
    if linked.how.indicators:
        return by_indicator(desk, linked, share_of=share_of, share=share)
    if linked.how.duties:
        return by_list(desk, linked, share_of=share_of, share=share)
    place = share_of or place_meant(desk, linked.target.scope).place
    problem = Problem.LEFT_OUT if linked.is_left_out else Problem.NO_LINK
    return JudgedParts(place=place, served_by=ServedBy.NOTHING, problem=problem)


def _judged(
    desk: JudgingDesk, linked: LinkedTarget, parts: JudgedParts, *, is_share: bool = False
) -> TargetStanding:
    ask, is_part = parts.ask, parts.place in desk.parts.values()
    verdict = (
        TargetVerdict(standing=Standing.UNKNOWN, why=Why.MISSING, missing=parts.seen.missing)
        if ask is None
        else judge_target(ask, parts.seen, on=desk.on)
    )
    return TargetStanding(
        target=linked.target,
        linked=linked,
        place=desk.city if is_part else parts.place,
        on=desk.on,
        served_by=parts.served_by,
        verdict=verdict,
        ask=ask,
        seen=parts.seen,
        problem=parts.problem,
        figure=parts.figure,
        count=parts.count,
        years=parts.years,
        notes=parts.notes,
        lists=parts.lists,
        narrowed=parts.narrowed,
        earlier=parts.earlier,
        of_list=parts.of_list,
        reports=parts.reports,
        part=parts.place.name if is_part else "",
        stretch=None if is_share or ask is None else _stretch(desk, linked.target, ask, parts.seen),
        is_share=is_share,
    )


def _stretch(
    desk: JudgingDesk, target: RegisterTarget, ask: Ask, seen: Seen
) -> tuple[Ask, TargetVerdict] | None:
    """Return the better value that a plan aims at, judged beside what it asks for."""
    published = target.published
    if published is None or published.stretch_value is None:
        return None
    op = published.stretch_op
    comparison = ask.comparison if op in (Operator.EQUAL, Operator.RANGE, "") else Comparison(op)
    better = replace(ask, comparison=comparison, limit=published.stretch_value, upper=None)
    return better, judge_target(better, seen, on=desk.on)
