"""Which district is short of its share of a target, and which candidates would close the gap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from shuiheng.services.cases.close_gap import GapCandidate, GapClosers, closers_of
from shuiheng.services.permission import Action, may
from shuiheng.web.page import page, seen
from shuiheng.web.pages.counts.one import DistrictLine, counted_one, district_lines, gap_of_target
from shuiheng.web.pages.counts.shown import show
from shuiheng.web.words_counts import fact_name, language

MOST_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateLine:
    """A candidate as the page shows it."""

    closer: GapCandidate
    kind: str
    missing: Sequence[str]
    would_close: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GapLine:
    """A district with what it lacks and who would close that."""

    district: DistrictLine
    candidates: Sequence[CandidateLine]
    further: int


@page(Action.REGISTER_LOOK)
def target_gap(request: HttpRequest, key: int) -> HttpResponse:
    """Show what each district lacks today, with the nearest candidates within sight."""
    sight, today = seen(request, Action.REGISTER_LOOK), timezone.localdate()
    desk, found = counted_one(sight, key, today)
    gap = gap_of_target(sight, desk, found)
    districts = district_lines(desk, found, gap)
    closers = GapClosers(by_district={}, kinds=(), unlisted=())
    if found.count is not None and may(request.user, Action.LEDGER_LOOK):
        closers = closers_of(seen(request, Action.LEDGER_LOOK), desk, found)
    lines = [_line(each, closers.by_district.get(each.key, ())) for each in districts]
    context = {
        "target": found.linked.target,
        "found": found,
        "shown": show(found, desk.kinds),
        "gap": gap,
        "lines": sorted(lines, key=lambda line: -(line.district.short or Decimal(0))),
        "unlisted": [kind.names[language()] for kind in closers.unlisted],
        "may_look": may(request.user, Action.LEDGER_LOOK),
        "open_for": [(kind.id, kind.names[language()]) for kind in closers.kinds],
    }
    return render(request, "counts/gap.html", context)


def _line(district: DistrictLine, closers: Sequence[GapCandidate]) -> GapLine:
    """Return a district with its nearest candidates; those that would close its gap are marked."""
    short = district.short or Decimal(0)
    shown = closers[: max(MOST_SHOWN, int(short))][: MOST_SHOWN * 5]
    return GapLine(
        district=district,
        candidates=[
            CandidateLine(
                closer=each,
                kind=each.kind.names[language()],
                missing=[fact_name(name) for name in each.candidate.unknown],
                would_close=number < short,
            )
            for number, each in enumerate(shown)
        ],
        further=len(closers) - len(shown),
    )
