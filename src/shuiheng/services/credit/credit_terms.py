"""For how long a credit record is shown and kept, and how soon an objection is decided, by the rulebook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from shuiheng.adapters.records.models import Place
from shuiheng.kernel.citation import Citation
from shuiheng.kernel.term import Term, TermUnit, same_day, term_end
from shuiheng.rules.errors import NotInForceError, UnknownRuleError
from shuiheng.rules.parameter import Asked, DatedValue, Value
from shuiheng.services.errors import ServiceError
from shuiheng.services.rules.rulebook_now import area_of_city, rulebook_now
from shuiheng.services.work_calendar import work_calendar

DISPLAY, OBJECTION, NOTICE, KEPT = (
    "credit/display",
    "credit/objection",
    "credit/notice",
    "credit/kept_years",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DisplayTerm:
    """For how long a bad record of a grade is shown (公示期).

    Args:
        least_months: Before them it cannot be repaired.
        most_months: After them it is shown no more.
        is_repairable: Whether its subject may ask for repair.
        citation: The rule.
    """

    least_months: int
    most_months: int
    is_repairable: bool
    citation: Citation

    def repair_from(self, shown_from: date) -> date | None:
        """Return the first day on which repair may be asked for, or None where there is none."""
        return _later(shown_from, self.least_months) if self.is_repairable else None

    def shown_until(self, shown_from: date, months: int) -> date:
        """Return the first day on which it is shown no more."""
        return _later(shown_from, months)


def display_term(city: Place, grade: str, on: date) -> DisplayTerm:
    """Return for how long a bad record of a grade is shown by the rule of a day.

    Raises:
        ServiceError: `credit.no_rule`, no value is in force or it does not name the grade.
    """
    value = _value(city, DISPLAY, on)
    rows = value.value.get("grades", ()) if isinstance(value.value, Mapping) else ()
    for row in rows if isinstance(rows, tuple) else ():
        if isinstance(row, Mapping) and row.get("grade") == grade:
            return DisplayTerm(
                least_months=_whole(row.get("least_months"), DISPLAY, on),
                most_months=_whole(row.get("most_months"), DISPLAY, on),
                is_repairable=row.get("is_repairable") == "repairable",
                citation=value.citation,
            )
    raise ServiceError("credit.no_rule", rule=DISPLAY, day=on.isoformat())


def answer_by(city: Place, on: date) -> date:
    """Return until when a subject may answer a notice that is given on a day.

    Raises:
        ServiceError: `credit.no_rule`.
    """
    return _workdays_after(on, _whole(_value(city, NOTICE, on).value, NOTICE, on))


def decide_by(city: Place, on: date) -> date:
    """Return until when an objection of a day, or what is asked for repair, is decided.

    Raises:
        ServiceError: `credit.no_rule`.
    """
    value = _value(city, OBJECTION, on).value
    within = value.get("decide_within") if isinstance(value, Mapping) else None
    return _workdays_after(on, _whole(within, OBJECTION, on))


def kept_until(city: Place, final_on: date, on: date) -> date:
    """Return the first day on which the words of a record are erased.

    Raises:
        ServiceError: `credit.no_rule`.
    """
    years = _whole(_value(city, KEPT, on).value, KEPT, on)
    return same_day(final_on, Term(count=years, unit=TermUnit.YEARS))


def _value(city: Place, rule: str, on: date) -> DatedValue:
    try:
        return rulebook_now(city).value(rule, Asked(area=area_of_city(city), on=on))
    except (NotInForceError, UnknownRuleError) as error:
        raise ServiceError("credit.no_rule", rule=rule, day=on.isoformat()) from error


def _whole(value: Value | None, rule: str, on: date) -> int:
    if not isinstance(value, Decimal) or value != int(value) or value < 0:
        raise ServiceError("credit.no_rule", rule=rule, day=on.isoformat())
    return int(value)


def _later(day: date, months: int) -> date:
    return same_day(day, Term(count=months, unit=TermUnit.MONTHS))


def _workdays_after(day: date, count: int) -> date:
    return term_end(day, Term(count=count, unit=TermUnit.WORKDAYS), calendar=work_calendar()).on
