"""By when an inspection has to be followed up: published, mended, looked at again, decided, paid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from shuiheng.allowances.errors import BadRuleError
from shuiheng.allowances.rule_fields import name_of
from shuiheng.kernel.citation import Citation
from shuiheng.kernel.term import Term, TermUnit, term_end
from shuiheng.kernel.workday import DueDay, WorkdayCalendar
from shuiheng.rules.parameter import DatedValue, Parameter

WHOLE = ""  # the one term of a rule that is a number


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionDue:
    """By when something has to be done after an inspection (期限).

    Args:
        part: Which term of its rule; empty for a rule of one term.
        starts_on: The day from which it runs; that day is not counted.
        term: Its length.
        due: The last day.
        citation: The rule.
    """

    part: str
    starts_on: date
    term: Term
    due: DueDay
    citation: Citation

    def is_late(self, on: date) -> bool:
        """Return whether the last day is over."""
        return on > self.due.on


def terms_of(rule: Parameter, value: DatedValue) -> Mapping[str, Term]:
    """Return the terms that a value gives, by field (期限); one of a rule that is a number is under `WHOLE`.

    Args:
        rule: The rule, which says in what each term is counted.
        value: One of its values.

    Raises:
        BadRuleError: A term is no whole number, or is counted in something else than time.
    """
    units = rule.fields if isinstance(value.value, Mapping) else {WHOLE: rule.unit}
    terms = {}
    for part, count in counts_of(value).items():
        if units[part] not in set(TermUnit):
            raise BadRuleError(
                name_of(value), f"{part or 'its value'} is counted in {units[part]}, not in time"
            )
        terms[part] = Term(count=count, unit=TermUnit(units[part]))
    return terms


def counts_of(value: DatedValue) -> Mapping[str, int]:
    """Return the whole numbers of a value that gives terms, by field; of a number under `WHOLE`.

    Raises:
        BadRuleError: One is no whole number of 0 or more.
    """
    held = value.value if isinstance(value.value, Mapping) else {WHOLE: value.value}
    counts = {}
    for part, count in held.items():
        if not isinstance(count, Decimal) or count != count.to_integral_value() or count < 0:
            raise BadRuleError(name_of(value), f"{part or 'its value'} must be a whole number of 0 or more")
        counts[part] = int(count)
    return counts


def inspection_dues(
    rule: Parameter, value: DatedValue, starts: Mapping[str, date], *, calendar: WorkdayCalendar
) -> tuple[InspectionDue, ...]:
    """Return by when the terms of a rule end whose start is known, the earliest first (期限).

    Args:
        rule: The rule.
        value: The value in force on the day.
        starts: When each term begins to run, by field; what has not begun is left out.
        calendar: Workdays.

    Raises:
        BadRuleError: A term of the value cannot be used, or a start is given for one that it lacks.
    """
    terms = terms_of(rule, value)
    if unknown := sorted(set(starts) - set(terms)):
        raise BadRuleError(name_of(value), f"it has no term {', '.join(unknown)}")
    dues = [
        InspectionDue(
            part=part,
            starts_on=starts[part],
            term=term,
            due=term_end(starts[part], term, calendar=calendar),
            citation=value.citation,
        )
        for part, term in terms.items()
        if part in starts
    ]
    return tuple(sorted(dues, key=lambda each: (each.due.on, each.part)))
