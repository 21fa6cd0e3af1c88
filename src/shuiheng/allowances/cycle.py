"""The year's cycle of planned allowances (计划用水年度流程): which step may follow which, and until when."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from shuiheng.allowances.errors import BadRuleError, WrongStateError
from shuiheng.allowances.rule_fields import check_names, name_of, record_of, text_field
from shuiheng.kernel.citation import Citation
from shuiheng.rules.parameter import DatedValue, Value

_DAY = re.compile(r"(\d{2})-(\d{2})")


class Stage(StrEnum):
    """How far the allowances of a year have come.

    `proposals`: users are listed and propose. `computed`: the allowances are worked out and may be worked
    out again. `reviewed`: a second person has agreed. `published`: they hold, and change by entries only.
    `closed`: the year is over and its use is settled.
    """

    PROPOSALS = "proposals"
    COMPUTED = "computed"
    REVIEWED = "reviewed"
    PUBLISHED = "published"
    CLOSED = "closed"


NEXT: Mapping[Stage, frozenset[Stage]] = MappingProxyType(
    {
        Stage.PROPOSALS: frozenset({Stage.COMPUTED}),
        Stage.COMPUTED: frozenset({Stage.COMPUTED, Stage.REVIEWED, Stage.PROPOSALS}),
        Stage.REVIEWED: frozenset({Stage.PUBLISHED, Stage.COMPUTED}),
        Stage.PUBLISHED: frozenset({Stage.CLOSED}),
        Stage.CLOSED: frozenset(),
    }
)
"""Which stages may follow a stage; what is published is never worked out again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDate:
    """The last day of a step of a year's cycle, with the rule that sets it (办理期限)."""

    on: date
    citation: Citation


def advance(stage: Stage, to: Stage, *, year: int) -> Stage:
    """Return the stage that follows (进入下一环节).

    Raises:
        WrongStateError: It may not follow.
    """
    if to not in NEXT[stage]:
        raise WrongStateError(f"the plan of {year}", state=stage, wanted=to)
    return to


def proposals_due(value: DatedValue, *, year: int) -> DueDate:
    """Return the day by which users propose for a year (计划建议期限), a day of the year before.

    Args:
        value: A value of the rule `allowances/proposal_due`: a day as `12-31`.
        year: The year of the allowances.

    Raises:
        BadRuleError: The value is no day of a year.
    """
    return DueDate(on=_day(value.value, name_of(value), year - 1), citation=value.citation)


def plan_due(value: DatedValue, *, year: int) -> DueDate:
    """Return the day by which the allowances of a year are given (计划下达期限).

    Args:
        value: A value of the rule `allowances/plan_due`: `day` as `01-31`, and `year`, which is `same`
            or `before`: some places give allowances by the end of the year before.
        year: The year of the allowances.

    Raises:
        BadRuleError: The value is no day of a year.
    """
    record, rule = record_of(value), name_of(value)
    check_names(record, known=("day", "year"), rule=rule)
    which = text_field(record, "year", rule=rule, default="same")
    if which not in {"same", "before"}:
        raise BadRuleError(rule, "`year` must be `same` or `before`")
    day = text_field(record, "day", rule=rule)
    return DueDate(on=_day(day, rule, year - (which == "before")), citation=value.citation)


def _day(text: Value, rule: str, year: int) -> date:
    found = _DAY.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        raise BadRuleError(rule, "it needs a day of the year as 12-31")
    try:
        return date(year, int(found[1]), int(found[2]))
    except ValueError as error:
        raise BadRuleError(rule, f"{year} has no day {text}") from error
