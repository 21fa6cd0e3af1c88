"""Once a day: judge every result that was reached by what the readings say now, and what has run out."""

from __future__ import annotations

from datetime import date

from django.core.cache import cache
from django.db.models import QuerySet
from django.utils import timezone

from shuiheng.adapters.records.models import CasePhase, Place, ProgrammeCase
from shuiheng.services.background import every_minute
from shuiheng.services.cases.living import judge_cases, keep_judged
from shuiheng.services.rules.rulebook_now import rulebook_now

DAY_DONE, A_DAY = "cases.watched_on", 2 * 86400


def watch_cases() -> None:
    """Judge once a day; doing it again the same day changes nothing."""
    today = timezone.localdate()
    if cache.get(DAY_DONE) != today.isoformat():
        judge_all(today)
        cache.set(DAY_DONE, today.isoformat(), A_DAY)


def judge_all(today: date) -> int:
    """Judge all reached cases of all cities, kind by kind; return how many turned."""
    reached = ProgrammeCase.objects.filter(phase=CasePhase.REACHED)
    turned = 0
    for place in Place.objects.filter(pk__in=reached.values("place")).order_by("pk"):
        book = rulebook_now(place)
        own = reached.filter(place=place)
        for kind in own.order_by("kind").values_list("kind", flat=True).distinct():
            rows = list(_whole(own.filter(kind=kind)))
            turned += keep_judged(judge_cases(place, rows, today, book=book), today)
    return turned


def _whole(rows: QuerySet[ProgrammeCase]) -> QuerySet[ProgrammeCase]:
    """Return cases with what is told of them, without their tallies, which are large."""
    told = rows.select_related("place", "district", "organisation", "commissioned")
    return told.defer("tally", "note").order_by("pk")


every_minute(watch_cases)
