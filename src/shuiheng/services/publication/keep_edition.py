"""Draft what is told to the public, publish it as a second person, withdraw it with a reason."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from shuiheng.adapters.records.models import Account, EditionState, Place, PublicEdition
from shuiheng.indicators.figure_content import content_digest
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.publication.edition_terms import usual_licence
from shuiheng.services.publication.gather_edition import gather_edition
from shuiheng.services.publication.use_table import use_table
from shuiheng.services.scope import own_places, row_for

LONGEST = {"licence": 600, "reason": 300}


def draft_edition(actor: Actor, place: int, *, on: date, licence: str) -> PublicEdition:
    """Draft an edition of what stands now; an earlier draft that nobody published is dropped (起草进展公开).

    Args:
        actor: Who drafts it.
        place: Key of the city.
        on: The day of which it speaks.
        licence: Under which terms its figures may be used.

    Raises:
        ServiceError: `publication.licence_missing`, `publication.no_targets`, `publication.no_rule`.
        NotThereError, NotPermittedError: The city is not the actor's.
    """
    account = require(actor, Action.FIGURES_REVIEW)
    city = _city(account, place)
    terms = licence.strip()[: LONGEST["licence"]]
    if not terms:
        raise ServiceError("publication.licence_missing")
    table, content = use_table(account, city, on), gather_edition(city, on)
    if not content["targets"]:
        raise ServiceError("publication.no_targets")
    usual = {each: usual_licence(city, on, language=each) for each in ("zh", "en")}
    content["use"] = table.content
    content["licence"] = usual if terms == usual["zh"] else dict.fromkeys(usual, terms)
    with transaction.atomic():
        Place.objects.select_for_update().get(pk=city.pk)
        before = PublicEdition.objects.filter(place=city, state=EditionState.DRAFTED).first()
        if before is not None:
            _end(account, before, EditionState.DROPPED, "")
        last = PublicEdition.objects.filter(place=city).aggregate(last=Max("number"))["last"]
        row = PublicEdition.objects.create(
            place=city,
            number=(last or 0) + 1,
            on=on,
            licence=terms,
            content=content,
            digest=content_digest(content),
            users=table.users,
            drafted_by=account,
            drafted_at=timezone.now(),
        )
        _tell(account, row, "drafted", before=before)
    return row


def publish_edition(actor: Actor, key: int) -> PublicEdition:
    """Publish what another person drafted; what was public before stays kept as superseded (发布进展公开).

    Raises:
        ServiceError: `publication.own_draft`; `publication.wrong_state`.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.FIGURES_RELEASE)
    with transaction.atomic():
        row = _row(account, key, EditionState.DRAFTED)
        if row.drafted_by_id == account.pk:
            raise ServiceError("publication.own_draft")
        before = PublicEdition.objects.filter(place=row.place, state=EditionState.PUBLISHED).first()
        if before is not None:
            _end(account, before, EditionState.SUPERSEDED, "")
        row.state, row.published_by, row.published_at = EditionState.PUBLISHED, account, timezone.now()
        row.save(update_fields=["state", "published_by", "published_at"])
        _tell(account, row, "published", before=before)
    return row


def withdraw_edition(actor: Actor, key: int, *, reason: str) -> PublicEdition:
    """Take what is public off the page with a reason that readers see; it stays kept (撤回进展公开).

    Raises:
        ServiceError: `publication.reason_missing`; `publication.wrong_state`.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.FIGURES_RELEASE)
    words = reason.strip()[: LONGEST["reason"]]
    with transaction.atomic():
        row = _row(account, key, EditionState.PUBLISHED)
        if not words:
            raise ServiceError("publication.reason_missing")
        _end(account, row, EditionState.WITHDRAWN, words)
        _tell(account, row, "withdrawn", reason=words)
    return row


def _city(account: Account, key: int) -> Place:
    for place in own_places(account, Action.FIGURES_REVIEW):
        if place.pk == key:
            return place
    raise NotThereError(f"place:{key}")


def _row(account: Account, key: int, state: EditionState) -> PublicEdition:
    row = row_for(account, Action.FIGURES_RELEASE, PublicEdition, lock=True, pk=key)
    if row.state != state:
        raise ServiceError("publication.wrong_state", number=str(row.number))
    return row


def _end(account: Account, row: PublicEdition, state: EditionState, reason: str) -> None:
    row.state, row.ended_by, row.ended_at, row.reason = state, account, timezone.now(), reason
    if state == EditionState.DROPPED:
        row.users = {}  # readers never saw its table, so that nothing is compared with it
    row.save(update_fields=["state", "ended_by", "ended_at", "reason", "users"])


def _tell(
    account: Account, row: PublicEdition, done: str, *, before: PublicEdition | None = None, reason: str = ""
) -> None:
    record_event(
        account,
        f"public_edition.{done}",
        subject=f"public_edition:{row.pk}",
        place=row.place,
        reason=reason,
        after={
            "number": row.number,
            "state": row.state,
            "digest": row.digest,
            **({} if before is None else {"before": before.pk}),
        },
    )
