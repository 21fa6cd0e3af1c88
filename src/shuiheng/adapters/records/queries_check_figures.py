"""What came of the checks of a year: how many, done, with findings, closed, by district and by item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from shuiheng.adapters.records.models import Check, CheckResult, CheckState, DrawState, InspectionDraw
from shuiheng.adapters.records.queries_inspections import names_of
from shuiheng.adapters.records.sight import Sight


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckFigures:
    """Checks of a group.

    Args:
        opened: How many were opened and are not void.
        done: How many were recorded.
        found: Of those done, how many found something to be mended.
        closed: Of those done, how many are closed.
    """

    opened: int = 0
    done: int = 0
    found: int = 0
    closed: int = 0

    def plus(self, *, done: bool, found: bool, closed: bool) -> CheckFigures:
        """Return the figures with one more check."""
        return replace(
            self,
            opened=self.opened + 1,
            done=self.done + done,
            found=self.found + found,
            closed=self.closed + closed,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class YearFigures:
    """Checks of a year: all, by district, by item; a check counts once for each of its items."""

    whole: CheckFigures
    by_district: Mapping[str, CheckFigures]
    by_item: Mapping[str, CheckFigures]


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawShare:
    """How many objects of a register were drawn."""

    draw: InspectionDraw
    drawn: int
    objects: int

    @property
    def share(self) -> float | None:
        """Return the share that was drawn; None where there was no object."""
        return self.drawn / self.objects if self.objects else None


def check_years(seen: Sight) -> Sequence[int]:
    """Return the years of which there are checks or draws, the newest first."""
    of_draws = set(seen(InspectionDraw).order_by().values_list("year", flat=True).distinct())
    of_checks = {day.year for day in seen(Check).order_by().dates("made_at", "year")}
    return sorted(of_draws | of_checks, reverse=True)


def year_figures(seen: Sight, year: int, on: date) -> YearFigures:
    """Return what came of the checks of a year: those of its draws, and others that were opened in it.

    Args:
        seen: What the reader may see.
        year: The year.
        on: The day whose ledger says in which district an object lies; else the area of its check counts.
    """
    rows = seen(Check).exclude(state=CheckState.VOID).select_related("draw", "area").order_by()
    of_draws = rows.filter(draw__year=year)
    others = rows.filter(draw__isnull=True, made_at__year=year)
    checks = [*of_draws, *others]
    named = names_of(seen, {row.subject_key for row in checks if row.subject_key}, on)
    whole = CheckFigures()
    districts: dict[str, CheckFigures] = {}
    items: dict[str, CheckFigures] = {}
    for row in checks:
        is_done = row.recorded_on is not None
        more = {
            "done": is_done,
            "found": is_done and row.result == CheckResult.TO_MEND,
            "closed": is_done and row.state == CheckState.CLOSED,
        }
        whole = whole.plus(**more)
        told = named.get(row.subject_key)
        district = told.district if told is not None and told.district else row.area.name
        districts[district] = districts.get(district, CheckFigures()).plus(**more)
        for name in {each["name"] for each in row.items}:
            items[name] = items.get(name, CheckFigures()).plus(**more)
    return YearFigures(whole=whole, by_district=_sorted(districts), by_item=_sorted(items))


def draw_shares(seen: Sight, year: int) -> Sequence[DrawShare]:
    """Return how many of the objects were drawn in each draw of a year."""
    rows = seen(InspectionDraw).filter(year=year, state=DrawState.DRAWN).select_related("area")
    return [
        DrawShare(
            draw=row,
            drawn=len(row.record["result"]["drawn"]),
            objects=len(row.record["register"]["objects"]),
        )
        for row in rows.order_by("number")
    ]


def _sorted(figures: Mapping[str, CheckFigures]) -> Mapping[str, CheckFigures]:
    return dict(sorted(figures.items()))
