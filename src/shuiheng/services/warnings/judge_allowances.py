"""Hold what is used against every allowance of a city's year, in few queries for many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

from shuiheng.adapters.records.models import Place, PlannedAllowance
from shuiheng.adapters.records.queries_allowances import Effective, effective_months
from shuiheng.adapters.records.sight import Sight
from shuiheng.adapters.rulebook.warning_policy import warning_policy
from shuiheng.allowances.errors import AllowanceError
from shuiheng.allowances.warning_levels import (
    JudgedYear,
    WarningLadder,
    YearQuestion,
    judged_year,
    ladder_of,
)
from shuiheng.rules.errors import NotInForceError, UnknownRuleError
from shuiheng.rules.parameter import Asked
from shuiheng.services.allowances.refusals import refused
from shuiheng.services.rules.rulebook_now import area_of_city, rulebook_now
from shuiheng.services.warnings.cause_hints import cause_marks
from shuiheng.services.warnings.known_use import doubtful_users, known_years

RULE = "allowances/warning_levels"
AT_ONCE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedAllowance:
    """An allowance with how its use stands to it.

    Args:
        allowance: Key of the allowance.
        effective: What it is on the day.
        judged: Which levels are reached.
        asked: From what it was judged.
    """

    allowance: int
    effective: Effective
    judged: JudgedYear
    asked: YearQuestion


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedAllowance:
    """An allowance with all by which it is judged.

    Args:
        allowance: Key of the allowance.
        effective: What it is on the day.
        asked: What is asked of its year.
        mark: Hash of all that the judgement follows from.
    """

    allowance: int
    effective: Effective
    asked: YearQuestion
    mark: str


def ladder_for(city: Place, on: date) -> WarningLadder | None:
    """Return the levels of warning that hold in a city on a day; None when the rulebook has none for it.

    Raises:
        ServiceError: The value that holds has not the form that the levels need.
    """
    try:
        return ladder_of(rulebook_now(city).value(RULE, Asked(area=area_of_city(city), on=on)))
    except (NotInForceError, UnknownRuleError):
        return None
    except AllowanceError as error:
        raise refused(error) from error


def asked_allowances(
    seen: Sight, city: Place, *, year: int, today: date, users: Iterable[int] | None = None
) -> Iterator[Sequence[AskedAllowance]]:
    """Yield the published allowances of a city's year in parts, with all by which each is judged.

    Args:
        seen: What may be read.
        city: The city whose rounds gave them.
        year: Their year.
        today: The day of the judgement; an allowance is what it is on it, or at the end of its year.
        users: Keys of the users asked for; None for all.

    Raises:
        ServiceError: The levels of the rulebook cannot be read.
    """
    day = min(today, date(year, 12, 31))
    ladder = ladder_for(city, day)
    if ladder is None:
        return
    rules = warning_policy().forecast
    given = effective_months(seen, year=year, on=day, users=users)
    of_city = set(
        seen(PlannedAllowance).filter(round__place=city, round__year=year).values_list("pk", flat=True)
    )
    for part in _parts({key: each for key, each in given.items() if key in of_city}):
        owners = {each.user for each in part.values()}
        known = known_years(seen, part, year=year, today=today)
        doubtful, causes = doubtful_users(owners, year=year), cause_marks(owners)
        found = []
        for key, each in part.items():
            asked = YearQuestion(
                years=known[key],
                allowances=each.months,
                year=year,
                on=today,
                ladder=ladder,
                rules=rules,
                has_findings=each.user in doubtful,
            )
            mark = mark_of(asked, causes.get(each.user, ""))
            found.append(AskedAllowance(allowance=key, effective=each, asked=asked, mark=mark))
        yield found


def judged(each: AskedAllowance) -> JudgedAllowance:
    """Return how the use of an allowance stands to it."""
    return JudgedAllowance(
        allowance=each.allowance, effective=each.effective, judged=judged_year(each.asked), asked=each.asked
    )


def judged_allowances(
    seen: Sight, city: Place, *, year: int, today: date, users: Iterable[int] | None = None
) -> Iterator[JudgedAllowance]:
    """Yield the published allowances of a city's year with how their use stands to them.

    Arguments and errors are those of `asked_allowances`.
    """
    for part in asked_allowances(seen, city, year=year, today=today, users=users):
        yield from (judged(each) for each in part)


def mark_of(asked: YearQuestion, causes: str) -> str:
    """Return a hash of all that a judgement and its possible causes follow from.

    Of the day only the month counts: within a month the same figures are judged alike.
    """
    months = sorted(asked.years.months.items())
    said = (
        (asked.year, asked.on.year, asked.on.month, asked.has_findings, causes),
        [str(each) for each in asked.allowances],
        [(str(day), str(each.m3), str(each.estimated_m3), str(each.told_share)) for day, each in months],
        (asked.years.shape.kind, [str(each) for each in asked.years.shape.weights]),
        asked.ladder,
        asked.rules,
    )
    return blake2b(repr(said).encode(), digest_size=32).hexdigest()


def _parts(allowances: Mapping[int, Effective]) -> Iterator[dict[int, Effective]]:
    """Yield allowances in parts, those of one user together."""
    part: dict[int, Effective] = {}
    user: int | None = None
    for key in sorted(allowances, key=lambda key: (allowances[key].user, key)):
        if len(part) >= AT_ONCE and allowances[key].user != user:
            yield part
            part = {}
        part[key], user = allowances[key], allowances[key].user
    if part:
        yield part
