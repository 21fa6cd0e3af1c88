"""Write down which warnings hold: new ones are raised, those that hold no more are gone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.entrance import last_day_of
from shuiheng.adapters.records.models import AllowanceWatch, Place, UseWarning
from shuiheng.adapters.rulebook.warning_policy import warning_policy
from shuiheng.allowances.forecast import Forecast, used_in
from shuiheng.allowances.standing_warnings import warning_changes
from shuiheng.allowances.warning_levels import Reached
from shuiheng.kernel.derivation_json import citation_json
from shuiheng.services.events import record_event
from shuiheng.services.warnings.judge_allowances import JudgedAllowance
from shuiheng.services.warnings.tell_warnings import tell_users

AT_ONCE = 500
UNKNOWN = "unknown"
"""Level of an allowance of which nothing can be said; the office sees it, the user is not warned."""
FIGURES = [
    *("used_m3", "limit_m3", "forecast_m3", "low_m3", "high_m3", "measured_share", "rules", "hints"),
    *("doubts", "certainty", "basis", "follows", "looked_at", "gone_at", "covered_by"),
]
Mark = tuple[int, date, date, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What became of warnings: the keys of new ones, and how many hold again and hold no more."""

    raised: tuple[int, ...] = ()
    again: int = 0
    gone: int = 0

    def joined(self, other: Kept) -> Kept:
        """Return both together."""
        return Kept(
            raised=self.raised + other.raised, again=self.again + other.again, gone=self.gone + other.gone
        )


@dataclass(slots=True)
class _Changes:
    """Rows to write, gathered while going over the allowances."""

    raised: list[UseWarning] = field(default_factory=list)
    again: list[UseWarning] = field(default_factory=list)
    held: list[UseWarning] = field(default_factory=list)
    gone: list[UseWarning] = field(default_factory=list)


def keep_warnings(
    city: Place,
    judged: Sequence[JudgedAllowance],
    *,
    year: int,
    now: datetime,
    hints: Mapping[int, Sequence[Mapping[str, Any]]],
) -> Kept:
    """Write down the warnings of some allowances of a year and tell of new ones; return what changed.

    A warning stands once for an allowance, a period and a level. One that went and holds again is opened
    again, with what was answered and decided of it, and is not told a second time. A lower level that a
    higher one covers is gone with it. Doing it again changes nothing.

    Args:
        city: The city.
        judged: The allowances with what they reach.
        year: The year that was judged.
        now: The instant.
        hints: Possible causes by user.
    """
    keys = [each.allowance for each in judged]
    with transaction.atomic():
        rows = UseWarning.objects.select_for_update().filter(allowance__in=keys, first__year=year)
        by_allowance: dict[int, dict[Mark, UseWarning]] = {}
        for row in rows:
            by_allowance.setdefault(row.allowance_id, {})[_mark_of(row)] = row
        changes = _Changes()
        for each in judged:
            wanted = _wanted(each, year, hints.get(each.effective.user, ()), now)
            _sort_out(changes, wanted, by_allowance.get(each.allowance, {}), now)
        _write(changes)
        _cover(changes, judged)
        _tell(city, changes)
    tell_users(changes.raised, now)
    raised = tuple(row.pk for row in changes.raised if row.level != UNKNOWN)
    return Kept(raised=raised, again=len(changes.again), gone=len(changes.gone))


@transaction.atomic
def let_go(city: Place, *, year: int, but: Collection[int], now: datetime) -> Kept:
    """Let warnings go whose allowance is in force no more, such as that of a plan that was taken back.

    Args:
        city: The city.
        year: The year of the allowances.
        but: Keys of the allowances that are in force.
        now: The instant.
    """
    rows = UseWarning.objects.select_for_update(of=("self",)).filter(
        gone_at__isnull=True, allowance__round__place=city, allowance__round__year=year
    )
    gone = [row for row in rows if row.allowance_id not in but]
    for row in gone:
        row.gone_at = now
    UseWarning.objects.bulk_update(gone, ["gone_at"], batch_size=500)
    for place in range(0, len(gone), AT_ONCE):  # judged anew when it is in force again
        keys = {row.allowance_id for row in gone[place : place + AT_ONCE]}
        AllowanceWatch.objects.filter(allowance__in=keys).delete()
    _tell(city, _Changes(gone=gone))
    return Kept(gone=len(gone))


def _wanted(
    each: JudgedAllowance, year: int, hints: Sequence[Mapping[str, Any]], now: datetime
) -> list[UseWarning]:
    """Return the warnings that should stand for an allowance, not yet written."""
    rules = [citation_json(each.asked.ladder.citation)]
    found = [_row(each.allowance, reached, rules, hints, now) for reached in each.judged.standing]
    if each.judged.lacking is not None and not found:
        first, last = date(year, 1, 1), date(year, 12, 31)
        months = [date(year, month, 1) for month in range(1, 13)]
        found.append(
            UseWarning(
                allowance_id=each.allowance,
                first=first,
                last=last,
                level=UNKNOWN,
                used_m3=used_in(each.asked.years, months),
                limit_m3=each.effective.year_m3,
                rules=rules,
                hints=list(hints),
                doubts=[each.judged.lacking.why.value],
                raised_at=now,
                looked_at=now,
            )
        )
    return found


def _row(
    allowance: int,
    reached: Reached,
    rules: list[dict[str, Any]],
    hints: Sequence[Mapping[str, Any]],
    now: datetime,
) -> UseWarning:
    told = reached.forecast
    return UseWarning(
        allowance_id=allowance,
        first=reached.first,
        last=last_day_of(reached.last),
        level=reached.level.id,
        used_m3=reached.used_m3,
        limit_m3=reached.limit_m3,
        forecast_m3=told.expected_m3 if told else None,
        low_m3=told.low_m3 if told else None,
        high_m3=told.high_m3 if told else None,
        measured_share=told.measured_share if told else None,
        rules=rules,
        hints=list(hints),
        doubts=[each.value for each in reached.doubts],
        certainty=reached.certainty.value,
        basis=_basis(reached, told),
        follows=list(reached.level.follows),
        raised_at=now,
        looked_at=now,
    )


def _basis(reached: Reached, told: Forecast | None) -> dict[str, Any]:
    level = reached.level
    said: dict[str, Any] = {
        "period": level.period.value,
        "basis": level.basis.value,
        "excess": str(level.excess),
        "is_edge_inside": level.is_edge_inside,
        "rank": level.rank,
    }
    if told is not None:
        said |= {"season": told.season.value, "years": told.years, "told_share": str(told.told_share)}
    return said


def _sort_out(
    changes: _Changes,
    wanted: Iterable[UseWarning],
    known: Mapping[Mark, UseWarning],
    now: datetime,
) -> None:
    """Add what becomes of the warnings of one allowance."""
    recent = timezone.localdate(now) - timedelta(days=warning_policy().recent_days)
    holding = {_mark_of(row): row for row in wanted}
    found = warning_changes(
        {mark: row.gone_at is None for mark, row in known.items()},
        holding,
        too_old=[mark for mark, row in holding.items() if row.last < recent],
    )
    changes.raised += [holding[mark] for mark in found.raised]
    for rows, marks in ((changes.again, found.again), (changes.held, found.held)):
        for mark in marks:
            for name in FIGURES:
                setattr(known[mark], name, getattr(holding[mark], name))
            rows.append(known[mark])
    for mark in found.gone:
        known[mark].gone_at = now
        changes.gone.append(known[mark])


def _write(changes: _Changes) -> None:
    UseWarning.objects.bulk_create(changes.raised)
    UseWarning.objects.bulk_update([*changes.held, *changes.again], FIGURES, batch_size=200)
    UseWarning.objects.bulk_update(changes.gone, ["gone_at"], batch_size=500)


def _cover(changes: _Changes, judged: Iterable[JudgedAllowance]) -> None:
    """Note at warnings that are gone which higher one covers them."""
    if not changes.gone:
        return
    open_rows: dict[int, list[UseWarning]] = {}
    for row in (*changes.raised, *changes.again, *changes.held):
        open_rows.setdefault(row.allowance_id, []).append(row)
    reached = {
        (each.allowance, found.first, last_day_of(found.last), found.level.id)
        for each in judged
        for found in each.judged.reached
    }
    covered = []
    for row in changes.gone:
        around = [
            other
            for other in open_rows.get(row.allowance_id, ())
            if other.first <= row.first and row.last <= other.last and other.level != UNKNOWN
        ]
        if around and _mark_of(row) in reached:
            row.covered_by = max(around, key=lambda other: other.basis.get("rank", 0))
            covered.append(row)
    UseWarning.objects.bulk_update(covered, ["covered_by"], batch_size=500)


def _tell(city: Place, changes: _Changes) -> None:
    for action, rows in (
        ("use_warning.raised", changes.raised),
        ("use_warning.opened_again", changes.again),
        ("use_warning.gone", changes.gone),
    ):
        if rows:
            record_event(
                None,
                action,
                subject=f"place:{city.pk}",
                place=city,
                after={"warnings": [row.pk for row in rows], "count": len(rows)},
            )


def _mark_of(row: UseWarning) -> Mark:
    return row.allowance_id, row.first, row.last, row.level


def ratio_of(row: UseWarning) -> Decimal | None:
    """Return use or forecast as a multiple of the allowance; None where there is none to divide by."""
    amount = row.forecast_m3 if row.basis.get("basis") == "forecast" else row.used_m3
    return None if amount is None or not row.limit_m3 else amount / row.limit_m3
