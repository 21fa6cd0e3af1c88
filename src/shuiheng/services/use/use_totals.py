"""Answer a question about use: which group used how much when, beside the year before and its limit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from shuiheng.adapters.records.entrance import last_day_of
from shuiheng.adapters.records.queries_limits import Limit, limits_of
from shuiheng.adapters.records.queries_use import Grouping, Key, UseFilter, use_by_month
from shuiheng.adapters.records.sight import Sight
from shuiheng.adapters.records.use_figures import Use, months_between, totals
from shuiheng.adapters.rulebook.comparison import comparison
from shuiheng.adapters.rulebook.industries import industries
from shuiheng.services.use.periods import Period, Step, periods_between, year_before

K = TypeVar("K")
V = TypeVar("V")
Months = Mapping[tuple[Key, date], Use]


@dataclass(frozen=True, slots=True, kw_only=True)
class UseQuestion:
    """What is asked.

    Args:
        by: What the groups are.
        first: A day of the first month.
        last: A day of the last month.
        step: How long the periods of the table are; months, quarters or years.
        wanted: Whose use is added up.
        compares: Whether the year before is asked for too.
    """

    by: Grouping
    first: date
    last: date
    step: Step = Step.MONTH
    wanted: UseFilter = field(default_factory=UseFilter)
    compares: bool = True

    @property
    def months(self) -> list[date]:
        """First days of the months."""
        return months_between(self.first, self.last)


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupUse:
    """One group of an answer.

    Args:
        key: Which group; None for meters of which the ledger does not say it.
        now: Its water in all periods; None when it had no meter in them.
        before: The same of the year before.
        parts: Its water in each period in which it had a meter, by the label of the period.
        limit: What it may take in the year; None when no limit is known or periods are of several years.
        has_pairs: Whether each month of which water is known has its month of the year before; a ledger that
            began in May would otherwise tell ten months against six.
    """

    key: Key
    now: Use | None
    before: Use | None
    parts: Mapping[str, Use]
    limit: Limit | None
    has_pairs: bool = True

    @property
    def change_rate(self) -> float | None:
        """Change against the year before, month by month; None unless enough of both is known."""
        return change_rate(self.now, self.before) if self.has_pairs else None

    @property
    def limit_share(self) -> float | None:
        """Share of the limit that abstractions took; None where one of them is not known."""
        if self.limit is None or self.limit.litres <= 0 or self.now is None or self.now.litres is None:
            return None
        return self.now.abstracted_litres / self.limit.litres


@dataclass(frozen=True, slots=True, kw_only=True)
class UseAnswer:
    """What was used.

    Args:
        periods: The periods in order.
        groups: The groups, most water first, those of which nothing is known last.
        whole: All groups together, with the parts of all.
        before: All groups by the label of the period whose year before it is.
    """

    periods: Sequence[Period]
    groups: Sequence[GroupUse]
    whole: GroupUse
    before: Mapping[str, Use]


def use_answer(seen: Sight, asked: UseQuestion) -> UseAnswer:
    """Return the answer to a question; the sum over its groups is the sum over their meters."""
    months = asked.months
    earlier = [year_before(month) for month in months] if asked.compares else []
    found = _grouped(asked.by, use_by_month(seen, asked.by, [*months, *earlier], asked.wanted), Use.joined)
    periods = periods_between(asked.first, asked.last, asked.step)
    sums = _sums(found, periods, compares=asked.compares)
    limits = limits_in(seen, asked)
    groups = [
        GroupUse(
            key=key,
            now=sums.now.get(key),
            before=sums.before.get(key),
            parts=sums.parts[key],
            limit=limits.get(key),
            has_pairs=key not in sums.unpaired,
        )
        for key in {**sums.now, **sums.before}
    ]
    whole = GroupUse(
        key=None,
        now=totals(sums.now.values()),
        before=totals(sums.before.values()),
        parts=sums.all_parts,
        limit=_whole_limit(limits.values()),
        has_pairs=not sums.is_unpaired,
    )
    return UseAnswer(
        periods=periods, groups=sorted(groups, key=most_first), whole=whole, before=sums.all_before
    )


def change_rate(now: Use | None, before: Use | None) -> float | None:
    """Return how use moved as a ratio; None unless enough is known of both and there was some before."""
    if now is None or before is None or not (is_comparable(now) and is_comparable(before)):
        return None
    if now.litres is None or not before.litres or before.litres < 0:
        return None
    return (now.litres - before.litres) / before.litres


def is_comparable(use: Use) -> bool:
    """Return whether so little of the time is missing that the water may be held against other water."""
    share = use.missing_share
    return use.litres is not None and share is not None and share <= comparison().most_missing_share


def limits_in(seen: Sight, asked: UseQuestion) -> Mapping[Key, Limit]:
    """Return the limits of the groups when all months lie in one year, as the ledger stood at the end."""
    if asked.first.year != asked.last.year:
        return {}
    found = limits_of(seen, asked.by, last_day_of(asked.last), asked.wanted)
    return {key: limit for (key, _), limit in _by_section(asked.by, found).items()}


def _by_section(by: Grouping, limits: Mapping[Key, Limit]) -> Mapping[tuple[Key, date], Limit]:
    none = date.min
    return _grouped(by, {(key, none): limit for key, limit in limits.items()}, _both_limits)


def _both_limits(one: Limit, other: Limit) -> Limit:
    return Limit(kind=one.kind, litres=one.litres + other.litres, unstated=one.unstated + other.unstated)


def _whole_limit(limits: Iterable[Limit]) -> Limit | None:
    known = list(limits)
    if not known:
        return None
    return Limit(
        kind=known[0].kind,
        litres=sum(limit.litres for limit in known),
        unstated=sum(limit.unstated for limit in known),
    )


def _grouped(
    by: Grouping, found: Mapping[tuple[Key, date], V], join: Callable[[V, V], V]
) -> Mapping[tuple[Key, date], V]:
    """Return the rows with divisions of industries joined to sections where sections are asked for."""
    if by is not Grouping.SECTION:
        return found
    joined: dict[tuple[Key, date], V] = {}
    for (division, month), value in found.items():
        place = (industries().section_of.get(str(division)) if division else None, month)
        joined[place] = join(joined[place], value) if place in joined else value
    return joined


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sums:
    """Water of groups now and the year before, and the parts of each and of all by label of the period.

    `unpaired` names the groups with known water in a month whose year before has none; `is_unpaired` says
    that of all groups together.
    """

    now: dict[Key, Use]
    before: dict[Key, Use]
    parts: dict[Key, dict[str, Use]]
    all_parts: dict[str, Use]
    all_before: dict[str, Use]
    unpaired: set[Key]
    is_unpaired: bool


def _sums(found: Months, periods: Sequence[Period], *, compares: bool) -> _Sums:
    """Add everything up in one pass; a month may belong to both years when years are asked for."""
    label_of = {month: period.label for period in periods for month in period.months}
    later = {year_before(month): label for month, label in label_of.items()} if compares else {}
    known = {place for place, use in found.items() if use.litres is not None}
    told = {month for _key, month in known}
    sums = _Sums(
        now={},
        before={},
        parts=defaultdict(dict),
        all_parts={},
        all_before={},
        unpaired={key for key, on in known if on in label_of and (key, year_before(on)) not in known},
        is_unpaired=any(on in label_of and year_before(on) not in told for on in told),
    )
    for (key, month), use in found.items():
        label = label_of.get(month)
        if label is not None:
            _add(sums.now, key, use)
            _add(sums.parts[key], label, use)
            _add(sums.all_parts, label, use)
        label = later.get(month)
        if label is not None:
            _add(sums.before, key, use)
            _add(sums.all_before, label, use)
    return sums


def _add(sums: dict[K, Use], key: K, use: Use) -> None:
    known = sums.get(key)
    sums[key] = use if known is None else known.joined(use)


def most_first(group: GroupUse) -> tuple[bool, int, str]:
    """Return by what groups are sorted: most water first, those of which nothing is known last."""
    litres = group.now.litres if group.now is not None else None
    return litres is None, -(litres or 0), str(group.key)
