"""Keep the outlines of districts (行政区划界线) from a file that the city supplies, and undo that."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.outlines import OutlineBounds, OutlineError, Shape, as_geojson, read_outlines
from shuiheng.adapters.records.models import CityOutline, Place, PlaceKind
from shuiheng.adapters.rulebook.outline_policy import outline_policy
from shuiheng.services.errors import EmptyFileError, FileTooLargeError, ServiceError, WrongStateError
from shuiheng.services.events import record_event
from shuiheng.services.file_store import keep_file, shown_name
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import row_for

LONGEST_ORIGIN, NAMED = 200, 6
MEGABYTE = 2**20
PARTS = (PlaceKind.DISTRICT, PlaceKind.ZONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineFields:
    """Where outlines come from, and the number under which the map was approved (审图号), or nothing."""

    origin: str
    approval_number: str = ""


def keep_outline(actor: Actor, city: int, what: OutlineFields, *, content: bytes, name: str) -> CityOutline:
    """Keep the outlines of a city's districts; those that stood before are superseded, not lost.

    Every area must be a district that the records know, by its code or name, and every district
    must have one. Without an approval number the map is shown inside only.

    Raises:
        EmptyFileError, FileTooLargeError: It holds nothing or too much.
        ServiceError: `outline.origin_needed`, `outline.approval_form`, or what is wrong with the file.
        NotThereError, NotPermittedError: The city is not the actor's.
    """
    account = require(actor, Action.LEDGER_EDIT)
    row_for(account, Action.LEDGER_EDIT, Place, pk=city, kind=PlaceKind.CITY)
    origin, number = what.origin.strip(), "".join(what.approval_number.split())
    if not 0 < len(origin) <= LONGEST_ORIGIN:
        raise ServiceError("outline.origin_needed")
    if number and not re.fullmatch(outline_policy().approval_form, number):
        raise ServiceError("outline.approval_form", number=number[: NAMED * 10])
    shapes = _shapes(content)
    with transaction.atomic():
        place = row_for(account, Action.LEDGER_EDIT, Place, lock=True, pk=city)
        known = list(place.children.filter(kind__in=PARTS, to_on__isnull=True))
        drawn = _drawn(shapes, known)
        kept = keep_file(content)
        now = timezone.now()
        standing = CityOutline.objects.filter(place=place, superseded_at__isnull=True)
        before = list(standing.values_list("pk", flat=True))
        standing.update(superseded_at=now)
        row = CityOutline.objects.create(
            place=place,
            shapes=drawn,
            origin=origin,
            approval_number=number,
            stored_name=kept.name,
            sha256=kept.sha256,
            original_name=shown_name(name),
            added_by=account,
        )
        record_event(
            account,
            "place.outlined",
            subject=f"place:{place.pk}",
            place=place,
            before={"outlines": before},
            after={"outlines": [row.pk], "origin": origin, "approval_number": number, "sha256": row.sha256},
        )
    return row


def undo_outline(actor: Actor, key: int, *, reason: str) -> CityOutline | None:
    """Take the outlines that stand back; those before them stand again, if there are any.

    Raises:
        ServiceError: `ledger.reason_needed`.
        WrongStateError: They do not stand.
        NotThereError, NotPermittedError: They are not the actor's.
    """
    account = require(actor, Action.LEDGER_EDIT)
    with transaction.atomic():
        row = row_for(account, Action.LEDGER_EDIT, CityOutline, lock=True, pk=key)
        if not reason.strip():
            raise ServiceError("ledger.reason_needed")
        if row.superseded_at is not None:
            raise WrongStateError("superseded")
        row.superseded_at = timezone.now()
        row.save(update_fields=["superseded_at"])
        earlier = CityOutline.objects.filter(place=row.place, pk__lt=row.pk).order_by("-pk").first()
        if earlier is not None:
            earlier.superseded_at = None
            earlier.save(update_fields=["superseded_at"])
        record_event(
            account,
            "place.outline_undone",
            subject=f"place:{row.place_id}",
            place=row.place,
            reason=reason.strip()[:300],
            before={"outlines": [row.pk]},
            after={"outlines": [earlier.pk] if earlier is not None else []},
        )
    return earlier


def _shapes(content: bytes) -> list[Shape]:
    policy = outline_policy()
    if not content:
        raise EmptyFileError
    if len(content) > policy.largest_mb * MEGABYTE:
        raise FileTooLargeError(limit_mb=policy.largest_mb)
    bounds = OutlineBounds(
        longitudes=policy.longitudes,
        latitudes=policy.latitudes,
        most_positions=policy.most_positions,
        kept_digits=policy.kept_digits,
    )
    try:
        return read_outlines(content, bounds)
    except OutlineError as error:
        raise ServiceError(error.code, **error.values) from error


def _drawn(shapes: Sequence[Shape], places: Sequence[Place]) -> Mapping[str, Any]:
    """Return the areas under the names of their places, as GeoJSON.

    Raises:
        ServiceError: `outline.unknown_place`, `outline.place_twice`, `outline.place_missing`.
    """
    words = {place.name: place for place in places} | {place.code: place for place in places if place.code}
    found: dict[int, Shape] = {}
    for shape in shapes:
        named = {words[word].pk: words[word] for word in shape.words if word in words}
        if len(named) != 1:
            shown = "、".join(shape.words[:NAMED])
            raise ServiceError("outline.unknown_place", number=str(shape.number), words=shown)
        (key,) = named
        if key in found:
            raise ServiceError("outline.place_twice", name=named[key].name)
        found[key] = shape
    missing = [
        place.name
        for place in places
        if place.pk not in found and place.kind == PlaceKind.DISTRICT and not place.is_beside
    ]
    if missing:
        raise ServiceError("outline.place_missing", names="、".join(missing[:NAMED]), count=str(len(missing)))
    features = [
        {
            "type": "Feature",
            "properties": {"name": place.name, "place": place.pk},
            "geometry": as_geojson(found[place.pk].polygons),
        }
        for place in places
        if place.pk in found
    ]
    return {"type": "FeatureCollection", "features": features}
