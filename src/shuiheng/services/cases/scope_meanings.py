"""What words for a part of a city mean there (范围口径): said once, the same for all plans."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import Account, Place, PlaceKind, ScopeKind, ScopeMeaning
from shuiheng.services.errors import ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import city_above, row_for

LONGEST_WORDS, LONGEST_REASON = 60, 300
_JOINT = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What somebody says that words mean.

    Args:
        words: The words, as plans write them.
        kind: All of the city, a part of it, or nothing that is there.
        districts: Keys of the districts of a part; none where only its own statistics are kept.
        reason: Why; needed for what is not there.
    """

    words: str
    kind: ScopeKind
    districts: Collection[int] = ()
    reason: str = ""


def say_scope(actor: Actor, city_key: int, said: Said) -> ScopeMeaning:
    """Say what words for a part of a city mean there; what was said of them before ends.

    Raises:
        ServiceError: `scopes.no_words`; `scopes.a_district`, the words name one; `scopes.no_district`, a
            district is not of the city; `services.reason_needed`.
        NotThereError, NotPermittedError: The city is not the actor's.
    """
    account = require(actor, Action.ASSIGN)
    words, reason = _JOINT.sub("", said.words), said.reason.strip()[:LONGEST_REASON]
    if not words or len(words) > LONGEST_WORDS:
        raise ServiceError("scopes.no_words", limit=str(LONGEST_WORDS))
    if said.kind == ScopeKind.NONE and not reason:
        raise ServiceError("services.reason_needed")
    with transaction.atomic():
        city = _city(account, city_key)
        named = dict(Place.objects.filter(parent=city, to_on__isnull=True).values_list("name", "pk"))
        if words in named or words == city.name:
            raise ServiceError("scopes.a_district", words=words)
        if not set(said.districts) <= set(named.values()):
            raise ServiceError("scopes.no_district")
        before = ScopeMeaning.objects.filter(city=city, words=words, superseded_at__isnull=True).first()
        now = timezone.now()
        ScopeMeaning.objects.filter(city=city, words=words, superseded_at__isnull=True).update(
            superseded_at=now
        )
        row = ScopeMeaning.objects.create(
            city=city,
            words=words,
            kind=said.kind,
            districts=sorted(set(said.districts)) if said.kind == ScopeKind.PART else [],
            reason=reason,
            said_by=account,
            said_at=now,
        )
        _tell(account, row, "scope_meaning.set", before=before)
    return row


def parts_said(places: Collection[int]) -> frozenset[str]:
    """Return the words for parts of some cities that have statistics of their own.

    Args:
        places: Keys of places; only cities have any.
    """
    rows = ScopeMeaning.objects.filter(city__in=places, kind=ScopeKind.PART, superseded_at__isnull=True)
    return frozenset(rows.values_list("words", flat=True))


def take_scope_back(actor: Actor, key: int, *, reason: str) -> ScopeMeaning:
    """Take back what was said of words; they mean nothing known from then on.

    Raises:
        ServiceError: `services.reason_needed`; `scopes.ended`, something else was said meanwhile.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.ASSIGN)
    with transaction.atomic():
        row = row_for(account, Action.ASSIGN, ScopeMeaning, lock=True, pk=key)
        if not reason.strip():
            raise ServiceError("services.reason_needed")
        if row.superseded_at is not None:
            raise ServiceError("scopes.ended")
        row.superseded_at = timezone.now()
        row.save(update_fields=["superseded_at"])
        _tell(account, row, "scope_meaning.withdrawn", before=row, reason=reason.strip()[:LONGEST_REASON])
    return row


def _city(account: Account, key: int) -> Place:
    """Return the city, held until the transaction ends, so that one meaning comes after the other."""
    place = row_for(account, Action.ASSIGN, Place, lock=True, pk=key)
    if place.kind in (PlaceKind.DISTRICT, PlaceKind.ZONE, PlaceKind.TOWN) and place.parent_id is not None:
        return city_above(place)
    return place


def _tell(
    account: Account, row: ScopeMeaning, action: str, *, before: ScopeMeaning | None, reason: str = ""
) -> None:
    is_new = row.superseded_at is None
    record_event(
        account,
        action,
        subject=f"scope_meaning:{row.pk}",
        place=row.city,
        reason=reason or row.reason,
        before=None if before is None else _words(before),
        after=_words(row) if is_new else None,
    )


def _words(row: ScopeMeaning) -> dict[str, Any]:
    return {"rows": [row.pk], "words": row.words, "kind": row.kind, "districts": row.districts}
