"""By when a report is sorted and answered, how much is taken in a day, and where else to report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from shuiheng.adapters.records.models import Place
from shuiheng.adapters.rulebook.rule_words import rule_words
from shuiheng.kernel.derivation_json import citation_json
from shuiheng.kernel.term import Term, TermUnit, term_end
from shuiheng.rules.errors import NotInForceError, UnknownRuleError
from shuiheng.rules.parameter import Asked, DatedValue
from shuiheng.services.errors import ServiceError
from shuiheng.services.rules.rulebook_now import area_of_city, rulebook_now
from shuiheng.services.work_calendar import work_calendar

WITHIN, LIMITS, HOTLINE = (
    "public_reports/answer_within",
    "public_reports/limits",
    "public_reports/hotline",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTerm:
    """By when a report is dealt with (办理期限).

    Args:
        triage_by: Until when the office sorts it.
        due_on: Until when it is answered.
        rule: Citation of the rule, as it is kept.
    """

    triage_by: date
    due_on: date
    rule: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class DailyLimits:
    """How much the public pages of a city take in.

    Args:
        per_address: Reports of one address a day.
        per_city: Reports of the city a day; none are taken at 0.
        lookups: Times a day that one address may ask for answers.
        photos: Photos of one report.
        photo_mb: Size of a photo, in 2**20 bytes.
        photos_mb: Size of all photos of the city in a day; a report without any is still taken.
    """

    per_address: int
    per_city: int
    lookups: int
    photos: int
    photo_mb: int
    photos_mb: int


def report_term(city: Place, pace: str, received_on: date) -> ReportTerm:
    """Return by when a report of a day is sorted and answered, by the rule of that day.

    Raises:
        ServiceError: `public_reports.no_rule`, no value is in force or it does not name the pace.
    """
    held = _value(city, WITHIN, received_on)
    fields = held.value if isinstance(held.value, Mapping) else {}
    rows = fields.get("paces", ())
    for row in rows if isinstance(rows, tuple) else ():
        if isinstance(row, Mapping) and row.get("pace") == pace:
            return ReportTerm(
                triage_by=_later(received_on, _whole(fields.get("triage"), WITHIN)),
                due_on=_later(received_on, _whole(row.get("answer"), WITHIN)),
                rule=citation_json(held.citation),
            )
    raise ServiceError("public_reports.no_rule", rule=WITHIN)


def daily_limits(city: Place, on: date) -> DailyLimits:
    """Return how much the public pages of a city take in on a day.

    Raises:
        ServiceError: `public_reports.no_rule`.
    """
    value = _value(city, LIMITS, on).value
    fields = value if isinstance(value, Mapping) else {}
    return DailyLimits(
        per_address=_whole(fields.get("per_address"), LIMITS),
        per_city=_whole(fields.get("per_city"), LIMITS),
        lookups=_whole(fields.get("lookups"), LIMITS),
        photos=_whole(fields.get("photos"), LIMITS),
        photo_mb=_whole(fields.get("photo_mb"), LIMITS),
        photos_mb=_whole(fields.get("photos_mb"), LIMITS),
    )


def hotline(city: Place, on: date, *, language: str) -> str:
    """Return where else the public of a city may report; nothing where no value is in force."""
    try:
        value = _value(city, HOTLINE, on).value
    except ServiceError:
        return ""
    return rule_words(language).choices.get(value, value) if isinstance(value, str) else ""


def _value(city: Place, rule: str, on: date) -> DatedValue:
    try:
        return rulebook_now(city).value(rule, Asked(area=area_of_city(city), on=on))
    except (NotInForceError, UnknownRuleError) as error:
        raise ServiceError("public_reports.no_rule", rule=rule) from error


def _whole(value: object, rule: str) -> int:
    if not isinstance(value, Decimal) or value != int(value) or value < 0:
        raise ServiceError("public_reports.no_rule", rule=rule)
    return int(value)


def _later(day: date, count: int) -> date:
    return term_end(day, Term(count=count, unit=TermUnit.WORKDAYS), calendar=work_calendar()).on
