"""Compute each day all figures again (复算): official, of targets, reports, editions and the last year."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import (
    Figure,
    KeptStanding,
    Place,
    PublicEdition,
    ReportRecord,
    ReportState,
)
from shuiheng.indicators.figure_content import content_digest
from shuiheng.indicators.standing_content import recompute_inputs
from shuiheng.kernel.json_fields import JsonFormatError
from shuiheng.reports import report_from_json, verify_snapshot
from shuiheng.reports.errors import AlteredReportError
from shuiheng.reports.recompute import recomputed
from shuiheng.services.background import every_minute
from shuiheng.services.events import record_event
from shuiheng.services.indicators.check_year import check_year
from shuiheng.services.indicators.figure_orphans import orphans_in
from shuiheng.services.indicators.figure_tree import figure_tree, standing_tree
from shuiheng.services.indicators.figure_verdicts import UNREADABLE, is_whole, judge_figures

VERIFIED, MOST_NAMED = "figures.verified", 50
DAY_DONE, A_DAY = "figures.verified_on", 2 * 86400
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What computing all figures of a city again has shown (复算).

    Args:
        figures: How many official figures stand or stood.
        broken: Keys of those that do not compute again from what was kept.
        changed: Keys of those that stand and whose facts give another value today.
        standings: How many values of targets were computed again.
        broken_standings: Keys of those that did not give their value.
        report_figures: How many figures of issued reports were computed again.
        broken_reports: Keys of reports that were altered, or of which a figure does not compute again.
        year_values: How many values of indicators of the last year, by place, were computed twice.
        broken_values: Those that did not give the same digits.
        published: How many numbers of published editions were held against the figures they name.
        broken_editions: Keys of editions that were altered, or print another number than their figure.
        orphans: Facts and cases below any of these values that lead to no source.
    """

    figures: int
    broken: tuple[int, ...]
    changed: tuple[int, ...]
    standings: int
    broken_standings: tuple[int, ...]
    report_figures: int
    broken_reports: tuple[int, ...]
    year_values: int
    broken_values: tuple[str, ...]
    published: int
    broken_editions: tuple[int, ...]
    orphans: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Return whether every figure computes again."""
        altered = self.broken or self.broken_standings or self.broken_reports or self.broken_editions
        return not (altered or self.broken_values or self.orphans)


def verify_figures(city: Place, *, on: date | None = None) -> Verification:
    """Compute every figure of a city again from what was kept, and write the verdict down (复算).

    Args:
        city: The city.
        on: The day; today unless given. All indicators of the year before it are computed twice.
    """
    figures = list(Figure.objects.filter(city=city).select_related("place__parent"))
    judged = judge_figures(row for row in figures if row.superseded_at is None)
    rows = KeptStanding.objects.filter(city=city, value__isnull=False).select_related("target")
    held = {row: standing_holds(row) for row in rows}
    reports, broken_reports = _of_reports(city)
    published, broken_editions = _of_editions(city)
    year = check_year(city, (on or timezone.localdate()).year - 1)
    trees = [*map(figure_tree, figures), *(standing_tree(row) for row, holds in held.items() if holds)]
    found = Verification(
        figures=len(figures),
        broken=tuple(row.pk for row in figures if not is_whole(row)),
        changed=tuple(each.figure.pk for each in judged if each.is_whole and not each.is_same),
        standings=len(held),
        broken_standings=tuple(row.pk for row, holds in held.items() if not holds),
        report_figures=reports,
        broken_reports=broken_reports,
        year_values=year.values,
        broken_values=year.broken,
        published=published,
        broken_editions=broken_editions,
        orphans=(*(f"{each.key}:{each.origin}" for each in orphans_in(trees)), *year.orphans),
    )
    if not found.holds:
        logger.error("figures of %s do not compute again: %s", city.slug, found)
    _tell(city, found)
    return found


def verify_all(
    cities: Iterable[Place] | None = None, *, on: date | None = None
) -> list[tuple[Place, Verification]]:
    """Verify the figures of all cities that have any."""
    if cities is None:
        keys = {*Figure.objects.values_list("city", flat=True), *_reporting(), *_judged()}
        cities = Place.objects.filter(pk__in=keys).order_by("pk")
    return [(city, verify_figures(city, on=on)) for city in cities]


def verify_daily(on: date | None = None) -> None:
    """Verify once a day; doing it again the same day changes nothing."""
    today = (on or timezone.localdate()).isoformat()
    if cache.get(DAY_DONE) != today:
        cache.set(DAY_DONE, today, A_DAY)
        verify_all(on=on)


def standing_holds(row: KeptStanding) -> bool:
    """Return whether the value of a target computes again from what was kept of it."""
    made_of = row.content.get("made_of")
    try:
        value = recompute_inputs(made_of) if made_of else None
    except UNREADABLE:
        return False
    return value is not None and str(value) == row.content.get("value")


def _of_reports(city: Place) -> tuple[int, tuple[int, ...]]:
    """Return how many figures issued reports of a city print, and which reports do not hold."""
    count, broken = 0, []
    for row in ReportRecord.objects.filter(plan__place=city, state=ReportState.ISSUED).order_by("pk"):
        try:
            report = report_from_json(row.content)
            verify_snapshot(report)
        except (AlteredReportError, JsonFormatError):
            broken.append(row.pk)
            continue
        checks = recomputed(report)
        count += len(checks)
        if not all(each.is_same for each in checks):
            broken.append(row.pk)
    return count, tuple(broken)


def _of_editions(city: Place) -> tuple[int, tuple[int, ...]]:
    """Return how many official values editions of a city print, and which editions do not hold."""
    count, broken = 0, []
    for row in PublicEdition.objects.filter(place=city).order_by("pk"):
        told = [*row.content.get("targets", ()), *row.content.get("figures", ())]
        printed = [(each["figure"], Decimal(each["value"])) for each in told if each.get("figure")]
        keys = {key for key, _ in printed}
        values = dict(Figure.objects.filter(pk__in=keys, city=city).values_list("pk", "value"))
        count += len(printed)
        is_true = all(values.get(key) == value for key, value in printed)
        if content_digest(row.content) != row.digest or not is_true:
            broken.append(row.pk)
    return count, tuple(broken)


def _reporting() -> Iterable[int]:
    rows = ReportRecord.objects.filter(state=ReportState.ISSUED)
    return rows.values_list("plan__place", flat=True).distinct()


def _judged() -> Iterable[int]:
    return KeptStanding.objects.values_list("city", flat=True).distinct()


def _tell(city: Place, found: Verification) -> None:
    with transaction.atomic():
        record_event(
            None,
            VERIFIED,
            subject=f"place:{city.pk}",
            place=city,
            after={
                "figures": found.figures,
                "standings": found.standings,
                "report_figures": found.report_figures,
                "year_values": found.year_values,
                "published": found.published,
                "broken": list(found.broken[:MOST_NAMED]),
                "broken_standings": list(found.broken_standings[:MOST_NAMED]),
                "broken_reports": list(found.broken_reports[:MOST_NAMED]),
                "broken_values": list(found.broken_values[:MOST_NAMED]),
                "broken_editions": list(found.broken_editions[:MOST_NAMED]),
                "orphans": list(found.orphans[:MOST_NAMED]),
                "changed": list(found.changed[:MOST_NAMED]),
            },
        )


every_minute(verify_daily)
