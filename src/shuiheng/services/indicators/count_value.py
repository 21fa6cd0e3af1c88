"""The value of a target by the cases that count for it (计数取值), on its deadline at the latest."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from shuiheng.adapters.records.models import Place
from shuiheng.indicators.verdict import Seen
from shuiheng.programmes.counting import Count
from shuiheng.programmes.kind import CountWay
from shuiheng.programmes.target_counting import count_for, rule_of, within
from shuiheng.services.cases.count_target import EMPTY, NO_LIST, CountingDesk, TargetCount, count_target
from shuiheng.services.cases.link_targets import LinkedTarget
from shuiheng.services.indicators.judged_parts import (
    JudgedParts,
    MeantPlace,
    Problem,
    ServedBy,
    YearValue,
    place_meant,
)
from shuiheng.services.indicators.judging_desk import JudgingDesk
from shuiheng.services.indicators.target_ask import ask_of, term_of

AMOUNTS, MEMBERS = "case_amounts", "list_members"
MOST_YEARS = 12


def by_count(
    desk: JudgingDesk, linked: LinkedTarget, *, share_of: Place | None = None, share: Decimal | None = None
) -> JudgedParts:
    """Return what is known of a target that cases serve (计数取值).

    Args:
        desk: What judging looks at.
        linked: The target.
        share_of: The district whose share is judged, or None for the target itself.
        share: That share.
    """
    meant = MeantPlace(share_of) if share_of is not None else place_meant(desk, linked.target.scope)
    term = term_of(linked.target, desk.frames[linked.target.plan_id], desk.on)
    day = desk.on if term is None else min(desk.on, term.deadline)
    counting = desk.counting_on(day)
    found = count_target(counting, linked)
    served_by = ServedBy.RATE if found.is_rate else ServedBy.COUNT
    if term is None:
        return _without(meant, served_by, found)
    frame = desk.frames[linked.target.plan_id]
    begun = (frame.first_on if linked.target.is_annual else term.first_on).year + 1
    value, least = (found.value, found.least) if share_of is None else _of_district(found, share_of)
    is_open = value is None and not found.problem and not found.is_rate
    return JudgedParts(
        place=meant.place,
        served_by=served_by,
        ask=ask_of(
            linked.target,
            term,
            base=Decimal(0),
            is_kept=not found.is_rate and not _can_be_lost(counting, found),
            limit=share,
        ),
        seen=Seen(
            value=value,
            up_to=None if value is None else found.on,
            least=least,
            missing=(AMOUNTS,) if is_open else _missing(found),
        ),
        problem=found.problem,
        count=found,
        years=() if found.is_rate or found.count is None else _years(counting, found, begun, share_of),
        notes=term.notes,
        narrowed=(*linked.how.narrowed_by, *((found.meant.words,) if found.meant.words else ())),
    )


def _missing(found: TargetCount) -> tuple[str, ...]:
    """Return what is missing to know a value; of a list on which nobody stands its members."""
    return (MEMBERS,) if found.problem == NO_LIST and not found.missing else found.missing


def counted_in(found: TargetCount, place: Place) -> Count:
    """Return the part of a count that lies in a district."""
    return within(found.count or EMPTY, {str(place.pk)})


def _of_district(found: TargetCount, place: Place) -> tuple[Decimal | None, Decimal | None]:
    """Return what counts in a district, and what surely does; of a share of a list nothing is said."""
    if found.problem or found.count is None or found.is_rate:
        return None, None
    own = counted_in(found, place)
    return None if own.value is None else own.value * found.factor, own.least * found.factor


def _can_be_lost(desk: CountingDesk, found: TargetCount) -> bool:
    """Return whether what counts today may no longer count tomorrow, as titles that run out."""
    question = found.linked.how.question
    rules = [rule for each in question.served if (rule := rule_of(each, desk.kinds))] if question else []
    ways = {question.way if question and question.way in rule.ways else rule.ways[0] for rule in rules}
    return CountWay.STANDING in ways


def _years(
    desk: CountingDesk, found: TargetCount, begun: int, share_of: Place | None
) -> tuple[YearValue, ...]:
    """Return what counted at the end of each year of the target, and on the day that is judged."""
    question = found.linked.how.question
    if question is None:
        return ()
    first = max(begun, found.on.year - MOST_YEARS)
    days = [date(year, 12, 31) for year in range(first, found.on.year)]
    own = None if share_of is None else {str(share_of.pk)}
    above = desk.districts.above
    wanted = own or found.meant.districts
    values = []
    for day in days:
        count = count_for(question, desk.kinds, desk.tallies, day)
        if wanted is not None:
            cases = [each for each in count.cases if above.get(each.tally.district) in wanted]
            count = Count(cases=tuple(cases))
        if count.value is not None:
            values.append(YearValue(on=day, value=count.value * found.factor))
    now = found.value if share_of is None else _of_district(found, share_of)[0]
    return (*values, *(() if now is None else (YearValue(on=found.on, value=now),)))


def _without(meant: MeantPlace, served_by: ServedBy, found: TargetCount) -> JudgedParts:
    seen = Seen(value=found.value, up_to=None if found.value is None else found.on, missing=found.missing)
    return JudgedParts(
        place=meant.place, served_by=served_by, seen=seen, problem=Problem.NO_DEADLINE, count=found
    )
