"""The kinds of programmes of a city as they stand (事项类别): its own versions over what is shipped."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from django.db.models import QuerySet

from shuiheng.adapters.records.models import LocalKind, LocalKindState, Place
from shuiheng.adapters.rulebook.errors import RulebookError
from shuiheng.adapters.rulebook.programme_text import shipped_text
from shuiheng.adapters.rulebook.programmes import (
    Edition,
    past_programmes,
    read_city_kind,
    shipped_programmes,
)
from shuiheng.programmes.kind import ProgrammeKind
from shuiheng.services.errors import NotThereError, UnreadableKindError
from shuiheng.services.scope import city_above

FIRST_LOCAL = 1001  # versions of a city count from here, those that are shipped stay below
MOST_HELD = 256
USED = (LocalKindState.ACCEPTED, LocalKindState.WITHDRAWN)


def kinds_of(place: Place, on: date) -> Mapping[str, ProgrammeKind]:
    """Return the kinds under which cases of a place are opened on a day, by id.

    Of the versions that the city accepted and that have begun by the day, the one that began last stands in
    place of the shipped kind. One that this program can no longer read does not.
    """
    own = {}
    for kind, row in {row.kind: row for row in _begun(place, on)}.items():
        try:
            own[kind] = kind_of_row(row)
        except RulebookError:
            continue
    return MappingProxyType({**shipped_programmes(), **own}) if own else shipped_programmes()


def kind_version(place: Place, kind: str, version: int) -> ProgrammeKind:
    """Return the version of a kind under which a case of a place was opened.

    Raises:
        NotThereError: There is no such kind or version, or nobody accepted it.
        UnreadableKindError: This program can no longer read it.
    """
    for shipped in (shipped_programmes().get(kind), past_programmes().get((kind, version))):
        if shipped is not None and shipped.version == version:
            return shipped
    rows = LocalKind.objects.filter(place=city_above(place), kind=kind, version=version)
    row = rows.filter(state__in=USED, decided_at__isnull=False).first()
    if row is None:
        raise NotThereError(f"programme_kind:{kind}:{version}")
    try:
        return kind_of_row(row)
    except RulebookError as error:
        raise UnreadableKindError(kind=kind, version=version, line=error.line, reason=error.reason) from error


def standing_text(place: Place, kind: str, on: date, *, before: int | None = None) -> str:
    """Return the text of what stands on a day: of the version of the city, or of the shipped kind.

    Args:
        place: The place.
        kind: Id of a shipped kind.
        on: The day.
        before: Only versions of the city with a lower number, or None for all.
    """
    rows = [row for row in _begun(place, on) if row.kind == kind and (before is None or row.version < before)]
    return rows[-1].text if rows else shipped_text(kind)


def _begun(place: Place, on: date) -> QuerySet[LocalKind]:
    """Return the accepted versions that have begun by a day, the one that stands last."""
    rows = LocalKind.objects.filter(place=city_above(place), state=LocalKindState.ACCEPTED)
    return rows.filter(valid_from__lte=on).order_by("valid_from", "version")


def kind_of_row(row: LocalKind) -> ProgrammeKind:
    """Return a version of a city as it is read; its text never changes, so it is read once.

    Raises:
        RulebookError: It was written for another version of this program.
    """
    return read_version(row.text, row.kind, row.version, row.valid_from)


@lru_cache(maxsize=MOST_HELD)
def read_version(text: str, kind: str, version: int, valid_from: date) -> ProgrammeKind:
    """Return the kind that a text says.

    Raises:
        RulebookError: It breaks a rule; the error has line and remedy.
    """
    return read_city_kind(text, Edition(kind=kind, version=version, valid_from=valid_from))
