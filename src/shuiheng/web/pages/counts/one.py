"""One target: its value on a day, the cases behind it, and how far districts, levels and years are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from shuiheng.adapters.records.models import ProgrammeCase
from shuiheng.adapters.records.queries_counts import cases_in_sight, counted_target, shares_of
from shuiheng.adapters.records.sight import Sight
from shuiheng.programmes.counting import Count, CountedCase, Stage
from shuiheng.programmes.gap import CityGap
from shuiheng.programmes.target_counting import gap_for, within
from shuiheng.services.cases.count_target import (
    EMPTY,
    CountingDesk,
    TargetCount,
    count_target,
    desk_of,
    years_counted,
)
from shuiheng.services.cases.link_targets import linked_targets
from shuiheng.services.permission import Action, may
from shuiheng.web.page import page, seen
from shuiheng.web.pages.counts.shown import day_from, show, wanted_key
from shuiheng.web.words_counts import language, level_name

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictLine:
    """A district in the table of a target: its share, what counts there, and how far the other cases are."""

    key: str
    name: str
    share: Decimal | None
    done: Decimal
    is_known: bool
    short: Decimal | None
    planned: int
    under_way: int
    lost: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """A case behind a number."""

    counted: CountedCase
    row: ProgrammeCase
    kind: str
    level: str
    amount: Decimal | None


@page(Action.REGISTER_LOOK)
def target_count(request: HttpRequest, key: int) -> HttpResponse:
    """Show what counts for one target on a day, with the cases in sight."""
    sight, on = seen(request, Action.REGISTER_LOOK), day_from(request.GET)
    desk, found = counted_one(sight, key, on)
    shown = show(found, desk.kinds)
    chosen = chosen_part(request, found)
    lines = case_lines(seen(request, Action.CASES_LOOK), desk, found, chosen)
    cases = Paginator(lines, PAGE_SIZE).get_page(request.GET.get("page"))
    gap = gap_of_target(sight, desk, found)
    years = years_counted(desk, found)
    context = {
        "shown": shown,
        "found": found,
        "target": found.linked.target,
        "how": found.linked.how,
        "choice": found.linked.choice,
        "on": on,
        "is_today": on == timezone.localdate(),
        "page": cases,
        "cases": cases.object_list,
        "hidden": len(chosen.cases) - len(lines),
        "district": wanted_key(request, "district"),
        "level": request.GET.get("level", ""),
        "year": wanted_key(request, "year"),
        "districts": district_lines(desk, found, gap),
        "gap": gap,
        "years": years,
        "levels": levels_of(found),
        "may_open_cases": may(request.user, Action.CASES_LOOK),
    }
    return render(request, "counts/one.html", context)


def counted_one(sight: Sight, key: int, on: date) -> tuple[CountingDesk, TargetCount]:
    """Return what counts for a target on a day, or answer that it is not there."""
    target = counted_target(sight, key)
    if target is None:
        raise Http404
    desk = desk_of(target.plan.place, on)
    return desk, count_target(desk, linked_targets([target])[0])


def chosen_part(request: HttpRequest, found: TargetCount) -> Count:
    """Return the part of a count that a query asks for: of a district, a level or a year."""
    count = found.count or EMPTY
    if district := wanted_key(request, "district"):
        count = within(count, {district})
    if level := request.GET.get("level", ""):
        count = Count(cases=tuple(each for each in count.cases if each.level == level.strip("-")))
    if year := wanted_key(request, "year"):
        count = Count(cases=tuple(each for each in count.cases if str(each.reached_on.year) == year))
    return count


def case_lines(sight: Sight, desk: CountingDesk, found: TargetCount, count: Count) -> list[CaseLine]:
    """Return the cases of a count that a reader may see."""
    rows = cases_in_sight(sight, [int(case.tally.case) for case in count.cases])
    return [
        CaseLine(
            counted=case,
            row=row,
            kind=desk.kinds[row.kind].names[language()] if row.kind in desk.kinds else row.kind,
            level=level_name(case.level) if case.level else "",
            amount=None if case.amount is None else case.amount * (1 if found.is_rate else found.factor),
        )
        for case in count.cases
        if (row := rows.get(int(case.tally.case))) is not None
    ]


def gap_of_target(sight: Sight, desk: CountingDesk, found: TargetCount) -> CityGap | None:
    """Return which district is short of its share; None where shares cannot be added up."""
    target = found.linked.target
    if found.count is None or found.is_rate:
        return None
    wanted = Decimal(1) if target.kind == "milestone" else target.value
    shares = shares_of(sight, target, desk.districts.names)
    return gap_for(
        found.count,
        _meant(found, found.stages),
        target=wanted or Decimal(0),
        shares=shares,
        factor=found.factor,
    )


def district_lines(desk: CountingDesk, found: TargetCount, gap: CityGap | None) -> list[DistrictLine]:
    """Return the districts of a target, in the order of the city; those with nothing are told too."""
    if gap is None or found.count is None:
        return []
    own = {each.district: each for each in gap.districts}
    names = {desk.districts.city: desk.city.name, **desk.districts.names}
    meant = found.meant.districts
    lines = []
    for key, name in names.items():
        line = own.get(key)
        if (meant is not None and key not in meant) or (line is None and key == desk.districts.city):
            continue
        stages = {} if line is None else line.stages
        lines.append(
            DistrictLine(
                key=key,
                name=name,
                share=None if line is None else line.share,
                done=Decimal(0) if line is None else line.done,
                is_known=line is None or line.is_known,
                short=None if line is None or line.share is None else line.short,
                planned=stages.get(Stage.PLANNED, 0),
                under_way=stages.get(Stage.UNDER_WAY, 0),
                lost=stages.get(Stage.LOST, 0),
            )
        )
    return lines


def levels_of(found: TargetCount) -> list[tuple[str, str, Decimal]]:
    """Return each highest level with its name and what counts at it; nothing where there is but one."""
    if found.count is None or found.is_rate:
        return []
    parts = found.count.by_level()
    if set(parts) <= {""}:
        return []
    return [
        (level or "-", level_name(level) if level else "", part.least * found.factor)
        for level, part in parts.items()
    ]


def _meant(
    found: TargetCount, stages: Mapping[str, Mapping[Stage, int]]
) -> Mapping[str, Mapping[Stage, int]]:
    meant = found.meant.districts
    return stages if meant is None else {key: own for key, own in stages.items() if key in meant}
