"""Judge all targets of a city and keep how they stand (研判留存): pages read rows and judge nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import KeptStanding, Place, RegisterTarget, StandingTurn
from shuiheng.indicators.standing_change import CauseKind, causes_of
from shuiheng.services.cases.link_targets import linked_targets
from shuiheng.services.indicators.standing_content import standing_content
from shuiheng.services.indicators.target_standing import (
    TargetStanding,
    judge_at,
    judge_shares,
    judging_desk,
)

DIGITS_KEPT = Decimal(1).scaleb(-20)
_LONG = Context(prec=60)  # more digits than a column holds
AT_ONCE = 500
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
    "is_share",
)
TOLD = ("standing", "why", "problem", "value", "missing", "content")
Key = tuple[int, int]


def keep_standings(city: Place, on: date) -> int:
    """Judge the targets in force of a city and renew what is kept of them; return how many turned.

    Doing it again changes nothing but the time. A day before one that was judged already changes nothing at
    all, as what was known then is no longer what is known now. What is kept of targets that were withdrawn
    goes.

    Args:
        city: The city.
        on: The day.
    """
    if KeptStanding.objects.filter(city=city, on__gt=on).exists():
        return 0
    found = judged_all(city, on)
    with transaction.atomic():
        kept = {(row.target_id, row.place_id): row for row in KeptStanding.objects.filter(city=city)}
        runs = _runs(city, before=on)
        rows = [_row(each, city, runs.get((each.target.pk, each.place.pk))) for each in found]
        stood = {key: row.standing for key, row in kept.items()}
        for row in rows:
            kept.pop((row.target_id, row.place_id), None)
        KeptStanding.objects.filter(pk__in=[row.pk for row in kept.values()]).delete()
        KeptStanding.objects.bulk_create(
            rows,
            batch_size=AT_ONCE,
            update_conflicts=True,
            unique_fields=["target", "place"],
            update_fields=RENEWED,
        )
        _keep_turns(city, rows, on)
    return sum(1 for row in rows if stood.get((row.target_id, row.place_id)) != row.standing)


def judged_all(city: Place, on: date) -> Sequence[TargetStanding]:
    """Return how all targets in force of a city stand on a day, then the shares of its districts."""
    targets = RegisterTarget.objects.filter(plan__place=city, withdrawn_at__isnull=True)
    rows = list(targets.select_related("plan__place__parent", "published").order_by("plan_id", "order", "pk"))
    desk, linked = judging_desk(city, rows, on), linked_targets(rows)
    found = judge_at(desk, linked)
    own = {(each.target.pk, each.place.pk) for each in found}
    return [
        *found,
        *(each for each in judge_shares(desk, linked) if (each.target.pk, each.place.pk) not in own),
    ]


@dataclass(frozen=True, slots=True)
class _Run:
    """How a target stood last, since when, and how before."""

    standing: str
    since: date
    before: str


def _runs(city: Place, *, before: date) -> Mapping[Key, _Run]:
    """Return how each target stood until a day, since when, and how before that."""
    found: dict[Key, _Run] = {}
    rows = StandingTurn.objects.filter(city=city, on__lt=before).order_by("on", "pk")
    for target, place, on, standing in rows.values_list("target_id", "place_id", "on", "standing"):
        last = found.get((target, place))
        if last is None or last.standing != standing:
            found[target, place] = _Run(standing, on, "" if last is None else last.standing)
    return found


def _row(found: TargetStanding, city: Place, run: _Run | None) -> KeptStanding:
    verdict = found.verdict
    is_same = run is not None and run.standing == verdict.standing
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
        before=run.before if run and is_same else run.standing if run else "",
        since=run.since if run and is_same else found.on,
        judged_at=timezone.now(),
        is_share=found.is_share,
    )


def _keep_turns(city: Place, rows: Sequence[KeptStanding], on: date) -> None:
    """Write down what turned on a day: another standing, value, demand, rule or link than was kept last."""
    last = last_turns(city)
    turned = [row for row in rows if _has_turned(row, last.get((row.target_id, row.place_id)))]
    StandingTurn.objects.bulk_create(
        [
            StandingTurn(
                target_id=row.target_id,
                place_id=row.place_id,
                city=city,
                on=on,
                **{name: getattr(row, name) for name in TOLD},
            )
            for row in turned
        ],
        batch_size=AT_ONCE,
        update_conflicts=True,
        unique_fields=["target", "place", "on"],
        update_fields=TOLD,
    )


def last_turns(city: Place, *, up_to: date | None = None) -> dict[Key, StandingTurn]:
    """Return how targets and shares of a city stood last, or on a day, by target and place.

    Args:
        city: The city.
        up_to: The day, or None for the last.
    """
    rows = StandingTurn.objects.filter(city=city).order_by("on", "pk")
    if up_to is not None:
        rows = rows.filter(on__lte=up_to)
    newest = {(target, place): key for target, place, key in rows.values_list("target_id", "place_id", "pk")}
    held = StandingTurn.objects.in_bulk(list(newest.values()))
    return {place: held[key] for place, key in newest.items()}


def _has_turned(row: KeptStanding, last: StandingTurn | None) -> bool:
    if last is None or any(getattr(row, name) != getattr(last, name) for name in TOLD[:3]):
        return True
    if row.value != last.value or row.missing != last.missing:
        return True
    return any(each.kind is not CauseKind.TIME for each in causes_of(last.content, row.content))


def _kept(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.quantize(DIGITS_KEPT, context=_LONG)
