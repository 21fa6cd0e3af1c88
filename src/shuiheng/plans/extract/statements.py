"""From the words of a passage to what it states."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from shuiheng.plans.extract.attributes import is_attribute, is_bare_attribute
from shuiheng.plans.extract.bracket_cut_offs import bracket_thresholds
from shuiheng.plans.extract.clauses import Clause, clauses_of
from shuiheng.plans.extract.context import Parsed, ReadingContext, Statements
from shuiheng.plans.extract.dates import DateUse, date_marks
from shuiheng.plans.extract.drafts import finished
from shuiheng.plans.extract.duties import duties_of
from shuiheng.plans.extract.figures import read_figures
from shuiheng.plans.extract.governance import CarryRule, governance_of
from shuiheng.plans.extract.milestones import read_milestones
from shuiheng.plans.extract.quantities import Quantity, quantities_of
from shuiheng.plans.extract.surface import surface_of, with_dates_masked
from shuiheng.plans.extract.thresholds import thresholds_of
from shuiheng.plans.model import Threshold
from shuiheng.plans.passage import PassageRole
from shuiheng.plans.wording import Wording


def statements(passage_wording: Wording, *, context: ReadingContext) -> Statements:
    """Return the targets, duties and thresholds that one passage states, in the order of the text."""
    parsed = parsed_passage(passage_wording, context)
    figures = read_figures(parsed)
    drafts = sorted([*figures, *read_milestones(parsed)], key=lambda draft: draft.start)
    reign = parsed.governance.at(len(parsed.masked))
    return Statements(
        targets=finished(drafts, parsed),
        duties=duties_of(parsed),
        thresholds=tuple(sorted([*thresholds_of(parsed), *bracket_thresholds(parsed)], key=_place)),
        last_day=None if reign.is_past else reign.day,
    )


def _place(threshold: Threshold) -> int:
    return threshold.span.start


def parsed_passage(wording: Wording, context: ReadingContext) -> Parsed:
    """Return the passage cut into clauses, dates and quantities."""
    surface = surface_of(wording)
    marks = date_marks(surface, known_year=context.known_year)
    masked = with_dates_masked(surface.masked, [(mark.start, mark.end) for mark in marks])
    clauses = tuple(clauses_of(masked))
    quantities = tuple(
        q
        for clause in clauses
        for q in quantities_of(masked, clause.start, clause.end)
        if not is_bare_attribute(masked, q, end=clause.end)
    )
    governance = governance_of(
        surface,
        clauses=clauses,
        marks=marks,
        quantities=quantities,
        rule=CarryRule(
            keeps=context.role is PassageRole.GENERAL_TARGETS,
            day_before=context.day_before,
            row_due=context.due,
        ),
    )
    return Parsed(
        surface=surface,
        masked=masked,
        clauses=clauses,
        quantities=quantities,
        governance=governance,
        base_years=tuple((m.start, m.year) for m in marks if m.use is DateUse.BASE and m.year is not None),
        starts=tuple(quantity.start for quantity in quantities),
        classing=_classing(masked, clauses, quantities),
        context=context,
    )


def _classing(masked: str, clauses: Sequence[Clause], quantities: Sequence[Quantity]) -> dict[int, bool]:
    """Return for each quantity whether it only singles out a class."""
    starts = [quantity.start for quantity in quantities]
    found: dict[int, bool] = {}
    for index, clause in enumerate(clauses):
        following = clauses[index + 1].start if index + 1 < len(clauses) else clause.end
        floor = clause.start
        for quantity in quantities[bisect_left(starts, clause.start) : bisect_left(starts, clause.end)]:
            found[quantity.start] = is_attribute(
                masked, quantity, start=floor, end=clause.end, next_start=following
            )
            floor = quantity.end
    return found
