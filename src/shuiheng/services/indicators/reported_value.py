"""The value of a target by what its units reported (填报取值), where nothing of this program gives one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from shuiheng.adapters.records.models import RegisterTarget
from shuiheng.adapters.records.reported_targets import ReportedValue
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.indicators.definition import Better
from shuiheng.indicators.facts import ALL_REPORTED
from shuiheng.indicators.verdict import Ask, Seen
from shuiheng.plans.model import TargetKind
from shuiheng.programmes.target_counting import CountProblem
from shuiheng.services.cases.link_targets import LinkedTarget
from shuiheng.services.indicators.judged_parts import JudgedParts, Problem, ServedBy, YearValue
from shuiheng.services.indicators.judging_desk import JudgingDesk
from shuiheng.services.indicators.target_ask import Term, ask_of, term_of

ONE, NONE = Decimal(1), Decimal(0)
REPORT, REPORTS_DIFFER = "progress_report", "reports_differ"
UNSERVED: frozenset[str] = frozenset(
    {
        Problem.NO_LINK,
        Problem.LEFT_OUT,
        Problem.NO_INDICATOR,
        Problem.NO_UNIT,
        Problem.NO_SCOPE,
        CountProblem.GONE,
        CountProblem.NO_LEVEL,
    }
)
"""Problems that no fact could mend, so that only the units themselves can say where a target stands."""
_GROWS = frozenset({TargetKind.COUNT, TargetKind.INCREMENT, TargetKind.REDUCTION, TargetKind.MILESTONE})


def or_reported(desk: JudgingDesk, linked: LinkedTarget, parts: JudgedParts) -> JudgedParts:
    """Return what accepted reports of its units say of a target that nothing else can serve (填报取值).

    What the program can compute or count is never taken from a report, even while facts are missing. Of
    the newest period the units that lead go first; units that differ give no value. A milestone is
    reached when all units that lead its task say that it is complete.

    Args:
        desk: What judging looks at.
        linked: The target.
        parts: What is known of it otherwise.
    """
    if parts.problem not in UNSERVED:
        return parts
    term = _term(desk, linked.target)
    if term is None:
        return _without(parts, REPORT)
    is_milestone = linked.target.kind == TargetKind.MILESTONE and linked.target.value is None
    return _milestone(desk, linked, term, parts) if is_milestone else _valued(desk, linked, term, parts)


def _valued(desk: JudgingDesk, linked: LinkedTarget, term: Term, parts: JudgedParts) -> JudgedParts:
    target = linked.target
    told = [each for each in desk.reports.values.get(target.pk, ()) if _is_within(each, target, term)]
    if not told:
        return _without(parts, REPORT)
    by_day = {day: _newest([each for each in told if each.ends_on <= day]) for day in _days(told)}
    agreed = {day: rows for day, rows in by_day.items() if len({row.value for row in rows}) == 1}
    last = max(by_day)
    if last not in agreed:
        return _without(parts, REPORTS_DIFFER)
    ask = ask_of(
        target,
        term,
        base=_base(target),
        better=_better(linked),
        is_kept=target.kind == TargetKind.COUNT,
    )
    reports = tuple(each.progress for each in agreed[last])
    years = tuple(YearValue(on=day, value=rows[0].value) for day, rows in agreed.items())
    return _served(parts, ask, reports, years, term)


def _term(desk: JudgingDesk, target: RegisterTarget) -> Term | None:
    """Return by when a target has to be met; of a yearly one, the last year of which a report speaks."""
    frame = desk.frames[target.plan_id]
    term = term_of(target, frame, desk.on)
    if term is None or not target.is_annual:
        return term
    told = desk.reports.values.get(target.pk, ())
    is_told = any(each.ends_on > term.first_on for each in told)
    return term if is_told else term_of(target, frame, desk.on, last_whole_year=True)


def _is_within(told: ReportedValue, target: RegisterTarget, term: Term) -> bool:
    """Return whether a report speaks of the time of a target: of a yearly one, of its year."""
    return told.ends_on <= term.deadline and (not target.is_annual or told.ends_on > term.first_on)


def _newest(told: Sequence[ReportedValue]) -> Sequence[ReportedValue]:
    """Return the reports of the newest period, those of units that lead where there are any."""
    last = max(each.ends_on for each in told)
    rows = [each for each in told if each.ends_on == last]
    return [each for each in rows if each.is_lead] or rows


def _days(told: Sequence[ReportedValue]) -> list[date]:
    return sorted({each.ends_on for each in told})


def _milestone(desk: JudgingDesk, linked: LinkedTarget, term: Term, parts: JudgedParts) -> JudgedParts:
    task = linked.target.task_id
    done = None if task is None else desk.reports.complete.get(task)
    if done is None or done[0] > term.deadline:
        return _without(parts, REPORT)
    ask = ask_of(linked.target, term, base=NONE, is_kept=True)
    return _served(parts, ask, done[1], (YearValue(on=done[0], value=ONE),), term)


def _served(
    parts: JudgedParts, ask: Ask, reports: tuple[int, ...], years: tuple[YearValue, ...], term: Term
) -> JudgedParts:
    last = years[-1]
    return replace(
        parts,
        served_by=ServedBy.REPORT,
        problem=Problem.NONE,
        ask=ask,
        seen=Seen(value=last.value, up_to=last.on, shares=ALL_REPORTED),
        figure=None,
        count=None,
        earlier=None,
        of_list=None,
        reports=reports,
        years=years,
        notes=term.notes,
    )


def _without(parts: JudgedParts, missing: str) -> JudgedParts:
    """Return the same with what is missing: the report, after what the program itself would need."""
    told = tuple(dict.fromkeys((*parts.seen.missing, missing)))
    return replace(parts, seen=replace(parts.seen, missing=told))


def _base(target: RegisterTarget) -> Decimal | None:
    """Return where the path begins: at nothing for what grows, else at the printed value of the base year."""
    if target.kind in _GROWS:
        return NONE
    return target.published.baseline_value if target.published is not None else None


def _better(linked: LinkedTarget) -> Better | None:
    """Return which way of the indicator is good that would serve a target, where one is known."""
    kind = TargetKind(linked.target.kind)
    known = (indicator_book().answering(each, kind) for each in linked.how.indicators)
    return next((each.better for each in known if each is not None), None)
