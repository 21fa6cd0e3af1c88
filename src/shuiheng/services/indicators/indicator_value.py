"""The value of a target by the indicator that serves it (指标取值), in the unit of the plan."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from shuiheng.adapters.records.models import Place, RegisterTarget
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.indicators.conversion import SHARES
from shuiheng.indicators.definition import Better, Course, Indicator
from shuiheng.indicators.errors import NotDefinedError
from shuiheng.indicators.evaluate import IndicatorFigure
from shuiheng.indicators.facts import Grade
from shuiheng.indicators.units import PLAIN, Unit
from shuiheng.indicators.verdict import Ask, Seen
from shuiheng.plans.model import TargetKind
from shuiheng.programmes.elision import says_everywhere
from shuiheng.services.cases.link_targets import LinkedTarget
from shuiheng.services.indicators.judged_parts import (
    JudgedParts,
    MeantPlace,
    Problem,
    ServedBy,
    YearValue,
    place_meant,
    scope_of,
)
from shuiheng.services.indicators.judging_desk import JudgingDesk
from shuiheng.services.indicators.running_year import RunningValue, running_value, seen_of
from shuiheng.services.indicators.target_ask import Term, ask_of, term_of

COEFFICIENT, LEDGER = "系数", "ledger"
BASE_PRINTED, BASE_COMPUTED, EARLIER_YEAR = "base_printed", "base_computed", "earlier_year"
NOTHING_SINCE = "nothing_since"
LONGEST = 15
_PART = re.compile(r"新建|新增|园区|集聚区|开发区")
"""Words in a metric by which it speaks of new ones or of parks only."""
_EACH = re.compile(r"全部|(?<![人平年])均(?!价|值)")
"""Words by which a clause speaks of each and all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What of an indicator is asked: of which place, in which unit, against which year."""

    desk: JudgingDesk
    target: RegisterTarget
    indicator: Indicator
    place: Place
    unit: Unit
    term: Term

    @property
    def is_step(self) -> bool:
        """Return whether the target asks by how much the value rises."""
        return self.target.kind == TargetKind.INCREMENT

    @property
    def base_year(self) -> int | None:
        """Return the year with which the formula itself compares."""
        return self.target.baseline_year if self.target.kind == TargetKind.REDUCTION else None

    def figure(self, year: int) -> IndicatorFigure:
        """Return the indicator of a year."""
        return self.desk.figure(self.indicator, self.place, year, base_year=self.base_year)

    def before(self, year: int) -> int:
        """Return the year with which a rise is compared: the base year, else the year before."""
        base = self.target.baseline_year
        return year - 1 if base is None or self.target.is_annual else base

    def seen(self, year: int) -> Seen:
        """Return what is known of the value of a year, a rise against the year before it where asked."""
        now = self.plain(year)
        return _risen(now, self.plain(self.before(year))) if self.is_step else now

    def plain(self, year: int) -> Seen:
        """Return what is known of the indicator itself in a year, in the unit of the target."""
        return seen_of(self.figure(year), self.unit)


def by_indicator(
    desk: JudgingDesk, linked: LinkedTarget, *, share_of: Place | None = None, share: Decimal | None = None
) -> JudgedParts:
    """Return what is known of a target that an indicator serves (指标取值).

    Args:
        desk: What judging looks at.
        linked: The target.
        share_of: The district whose share is judged, or None for the target itself.
        share: That share.
    """
    target = linked.target
    meant = MeantPlace(share_of) if share_of is not None else place_meant(desk, scope_of(target))
    indicator = _indicator(linked)
    if indicator is None:
        return _without(meant, Problem.NO_INDICATOR, missing=linked.how.indicators)
    term = term_of(target, desk.frames[target.plan_id], desk.on, last_whole_year=True)
    unit = unit_of(target, indicator)
    problem = _problem(target, indicator, meant)
    if problem or term is None or unit is None:
        said = problem or (Problem.NO_DEADLINE if term is None else Problem.NO_UNIT)
        missing = meant.missing if problem is Problem.NO_DISTRICT else ()
        return _without(meant, said, missing=_facts_of(indicator) if problem is Problem.NO_SCOPE else missing)
    asked = _Asked(desk=desk, target=target, indicator=indicator, place=meant.place, unit=unit, term=term)
    try:
        return _known(asked, meant, share)
    except NotDefinedError:
        return _without(meant, Problem.NO_INDICATOR, missing=linked.how.indicators)


def _indicator(linked: LinkedTarget) -> Indicator | None:
    """Return the first indicator of a link that answers the target; a milestone asks as a level does."""
    book, kind = indicator_book(), TargetKind(linked.target.kind)
    kinds = (kind, TargetKind.LEVEL) if kind is TargetKind.MILESTONE else (kind,)
    found = (book.answering(each, asked) for each in linked.how.indicators for asked in kinds)
    return next((each for each in found if each is not None), None)


def _problem(target: RegisterTarget, indicator: Indicator, meant: MeantPlace) -> Problem:
    """Return why an indicator gives no value for a target, as far as its words tell."""
    if meant.problem:
        return meant.problem
    if _PART.search(target.metric) or (meant.words and not _is_of_class(indicator, meant.words)):
        return Problem.NO_SCOPE
    is_decline = target.kind == TargetKind.REDUCTION
    return Problem.NO_BASE_YEAR if is_decline and target.baseline_year is None else Problem.NONE


def unit_of(target: RegisterTarget, indicator: Indicator) -> Unit | None:
    """Return the unit of a target, when values of the indicator can be told in it; else None."""
    own = indicator.versions[-1].unit
    if target.value is None and not target.unit:
        return own
    unit = indicator_book().writings.get(target.unit or COEFFICIENT)
    if unit is None or dict(unit.dimensions) != dict(own.dimensions):
        return None
    is_plain = dict(own.dimensions) == dict(PLAIN)
    return unit if not is_plain or unit.id == own.id or {unit.id, own.id} <= set(SHARES) else None


def _known(asked: _Asked, meant: MeantPlace, share: Decimal | None) -> JudgedParts:
    running = _running(asked)
    if running is not None:
        return _under_way(asked, meant, share, running)
    years = [year for year in _years(asked) if asked.seen(year).value is not None]
    wanted = _wanted(asked)
    chosen = wanted if wanted in years or not years or asked.target.is_annual else max(years)
    seen = replace(asked.seen(chosen), missing=asked.seen(wanted).missing)
    base, notes = _base(asked, share)
    if seen.up_to is not None and seen.up_to <= asked.term.first_on:
        base, notes = None, (NOTHING_SINCE,)
    figure = asked.figure(chosen)
    is_stopped = seen.value is None and not seen.missing
    values = [(year, asked.seen(year).value) for year in years]
    return JudgedParts(
        place=asked.place,
        served_by=ServedBy.INDICATOR,
        ask=_ask(asked, base, share),
        seen=seen,
        problem=Problem.ZERO if is_stopped else Problem.NONE,
        figure=figure,
        years=tuple(
            YearValue(on=date(year, 12, 31), value=value) for year, value in values if value is not None
        ),
        notes=(*asked.term.notes, *notes, *((EARLIER_YEAR,) if chosen < wanted else ())),
        narrowed=(meant.words,) if meant.words else (),
        earlier=asked.figure(asked.before(chosen)) if asked.is_step else None,
    )


def _running(asked: _Asked) -> RunningValue | None:
    """Return what is known of the year under way, where a target asks for a value of it."""
    desk = asked.desk
    is_over = desk.on == date(desk.on.year, 12, 31)
    if is_over or asked.is_step or asked.base_year is not None:
        return None
    term = _term_within(asked)
    if term is None or term.deadline.year < desk.on.year or term.first_on >= desk.on:
        return None
    return running_value(desk, asked.indicator, asked.place, asked.unit)


def _term_within(asked: _Asked) -> Term | None:
    """Return the term with which a value of the year under way is held."""
    target = asked.target
    return (
        term_of(target, asked.desk.frames[target.plan_id], asked.desk.on) if target.is_annual else asked.term
    )


def _under_way(asked: _Asked, meant: MeantPlace, share: Decimal | None, running: RunningValue) -> JudgedParts:
    """Return what is known of a target by the value of the year under way."""
    term = _term_within(asked) or asked.term
    now = replace(asked, term=term)
    base, notes = _base(now, share)
    is_state = asked.indicator.course is Course.STATE
    values = [(year, asked.seen(year).value) for year in _years(asked)]
    told = [YearValue(on=date(year, 12, 31), value=value) for year, value in values if value is not None]
    up_to, value = running.seen.up_to, running.seen.value
    if is_state and up_to is not None and value is not None:
        told.append(YearValue(on=up_to, value=value))
    return JudgedParts(
        place=asked.place,
        served_by=ServedBy.INDICATOR,
        ask=_ask(now, base, share),
        seen=running.seen,
        figure=running.figure,
        years=tuple(told),
        notes=(*term.notes, *notes, *running.notes),
        narrowed=(meant.words,) if meant.words else (),
    )


def _ask(asked: _Asked, base: Decimal | None, share: Decimal | None) -> Ask:
    return ask_of(
        asked.target,
        asked.term,
        base=base,
        better=asked.indicator.better,
        course=asked.indicator.course,
        most_unmeasured=asked.desk.most_unmeasured,
        limit=_everywhere(asked) if share is None else share,
    )


def _everywhere(asked: _Asked) -> Decimal | None:
    """Return the whole where a milestone says that a share is to be all of it (实现全覆盖); else None."""
    target, unit = asked.target, asked.unit
    is_bare = target.kind == TargetKind.MILESTONE and target.value is None
    if not is_bare or unit.id not in SHARES or asked.indicator.better is not Better.HIGHER:
        return None
    return unit.from_base(Decimal(1)) if says_everywhere(target.quote) or _EACH.search(target.quote) else None


def _wanted(asked: _Asked) -> int:
    """Return the year whose value is asked for: that of the deadline, else the last that is over."""
    on = asked.desk.on
    whole = on.year if on == date(on.year, 12, 31) else on.year - 1
    wanted = min(whole, asked.term.deadline.year)
    return wanted if asked.base_year is None else max(wanted, asked.base_year + 1)


def _years(asked: _Asked) -> range:
    """Return the years that are looked at: from the base year or the beginning of the plan on."""
    last = _wanted(asked)
    frame = asked.desk.frames[asked.target.plan_id]
    begun = frame.first_on if asked.target.is_annual else asked.term.first_on
    first = asked.base_year + 1 if asked.base_year else min(begun.year, last - 1)
    return range(max(first, last - LONGEST), last + 1)


def _base(asked: _Asked, share: Decimal | None) -> tuple[Decimal | None, tuple[str, ...]]:
    """Return where the path begins: at nothing for what changes, else the printed or the computed value."""
    if asked.is_step or asked.target.kind == TargetKind.REDUCTION:
        return Decimal(0), ()
    published = asked.target.published
    printed = published.baseline_value if published is not None and share is None else None
    if printed is not None:
        return printed, (BASE_PRINTED,)
    year = asked.term.first_on.year
    value = asked.plain(year).value if year >= asked.desk.first_year else None
    return value, (BASE_COMPUTED,) if value is not None else ()


def _risen(now: Seen, before: Seen) -> Seen:
    """Return by how much a value rose; what is missing of either year is missing of the rise."""
    is_known = now.value is not None and before.value is not None
    return Seen(
        value=now.value - before.value if now.value is not None and before.value is not None else None,
        up_to=now.up_to if is_known else None,
        missing=tuple(dict.fromkeys((*now.missing, *before.missing))),
        shares={
            grade: max(now.shares.get(grade, Decimal(0)), before.shares.get(grade, Decimal(0)))
            for grade in Grade
        },
    )


def _is_of_class(indicator: Indicator, words: str) -> bool:
    """Return whether an indicator speaks of the class of users that a scope names.

    It does when its own name holds the words, or when all its facts come from the lists of the ledger,
    which are drawn for the class.
    """
    book = indicator_book()
    facts = _facts_of(indicator)
    return words in indicator.names["zh"] or all(book.origins.get(each) == LEDGER for each in facts)


def _facts_of(indicator: Indicator) -> tuple[str, ...]:
    return indicator.versions[-1].facts()


def _without(meant: MeantPlace, problem: Problem, *, missing: tuple[str, ...] = ()) -> JudgedParts:
    seen = Seen(value=None, up_to=None, missing=missing)
    narrowed = (meant.words,) if meant.words else ()
    return JudgedParts(
        place=meant.place, served_by=ServedBy.INDICATOR, seen=seen, problem=problem, narrowed=narrowed
    )
