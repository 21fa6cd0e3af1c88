"""Judge all targets of a city and keep how they stand, so that pages only read rows (研判留存)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from decimal import Context, Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import KeptStanding, Place, RegisterTarget
from shuiheng.services.indicators.target_standing import TargetStanding, judge_targets

WIDE = Context(prec=60)
DIGITS_KEPT = Decimal(1).scaleb(-10)
RENEWED = (
    "on",
    "standing",
    "why",
    "served_by",
    "problem",
    "value",
    "path",
    "distance",
    "up_to",
    "missing",
    "shares",
    "content",
    "before",
    "since",
    "judged_at",
)


def keep_standings(city: Place, on: date) -> int:
    """Judge the targets in force of a city and renew what is kept of them; return how many changed.

    Doing it again changes nothing but the time. What is kept of targets that were withdrawn goes.

    Args:
        city: The city.
        on: The day.
    """
    targets = RegisterTarget.objects.filter(plan__place=city, withdrawn_at__isnull=True)
    found = judge_targets(city, targets.select_related("plan__place__parent", "published"), on)
    with transaction.atomic():
        kept = {(row.target_id, row.place_id): row for row in KeptStanding.objects.filter(city=city)}
        rows = [_row(each, city, kept.get((each.target.pk, each.place.pk))) for each in found]
        stood = {key: row.standing for key, row in kept.items()}
        told = {(row.target_id, row.place_id) for row in rows}
        KeptStanding.objects.filter(pk__in=[row.pk for key, row in kept.items() if key not in told]).delete()
        KeptStanding.objects.bulk_create(
            rows,
            batch_size=500,
            update_conflicts=True,
            unique_fields=["target", "place"],
            update_fields=RENEWED,
        )
    return sum(1 for row in rows if stood.get((row.target_id, row.place_id)) != row.standing)


def _row(found: TargetStanding, city: Place, kept: KeptStanding | None) -> KeptStanding:
    verdict = found.verdict
    is_same = kept is not None and kept.standing == verdict.standing
    return KeptStanding(
        target=found.target,
        place=found.place,
        city=city,
        on=found.on,
        standing=verdict.standing,
        why=verdict.why,
        served_by=found.served_by,
        problem=found.problem,
        value=_kept(found.seen.value),
        path=_kept(verdict.path),
        distance=_kept(verdict.distance),
        up_to=found.seen.up_to,
        missing=list(found.seen.missing),
        shares={str(grade): str(share) for grade, share in found.seen.shares.items()},
        content=standing_content(found),
        before=kept.before if kept and is_same else kept.standing if kept else "",
        since=kept.since if kept and is_same else found.on,
        judged_at=timezone.now(),
    )


def standing_content(found: TargetStanding) -> dict[str, Any]:
    """Return what a page writes out of a standing, as JSON; `value` is exact where the column is rounded."""
    ask, figure = found.ask, found.figure
    asked = {each.name: _plain(getattr(ask, each.name)) for each in fields(ask)} if ask else {}
    told = (
        {
            "indicator": figure.indicator.id,
            "version": figure.version.number,
            "year": figure.question.year,
            "base_year": figure.question.base_year,
            "facts": _facts(found),
            "arithmetic": figure.arithmetic,
        }
        if figure
        else {}
    )
    return {"value": _plain(found.seen.value), "ask": asked, **told}


def _facts(found: TargetStanding) -> Sequence[dict[str, Any]]:
    used = found.figure.used if found.figure else ()
    return [
        {
            "fact": each.key.fact,
            "year": each.key.year,
            "member": each.key.member,
            "value": str(each.figure.value),
            "origin": each.figure.origin,
        }
        for each in used
    ]


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, bool) else str(value)


def _kept(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.quantize(DIGITS_KEPT, context=WIDE)
