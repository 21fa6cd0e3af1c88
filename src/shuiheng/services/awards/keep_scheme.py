"""Schemes of rewards and subsidies: drafted by one person, opened by another, never edited once open."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import Account, AwardScheme, MoneySource, Place, SchemeKind, SchemeState
from shuiheng.services.awards.same_subject import GONE
from shuiheng.services.awards.terms import FIRST_YEAR, LAST_YEAR, Terms, refuse_unusable_terms
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import city_above, row_for

LONGEST = {"title": 120, "source": 200, "clause": 120, "reason": 300}


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemeFields:
    """What an officer says of a scheme (奖补项目).

    Args:
        kind: What it gives.
        year: The year of its budget.
        title: Its name.
        budget: Yuan; None only where nothing is paid from a budget.
        terms: How its amounts are found and who may have them.
        source: The document that sets it.
        clause: Article or place in the document.
        money: Whose money it is; None where nobody says.
    """

    kind: SchemeKind
    year: int
    title: str
    budget: Decimal | None
    terms: Terms
    source: str
    clause: str
    money: MoneySource | None = None


def keep_scheme(actor: Actor, city: int, fields: SchemeFields, *, key: int | None = None) -> AwardScheme:
    """Write down a scheme as a draft, or change a draft.

    Raises:
        ServiceError: `awards.field_missing`, `awards.no_budget`, `awards.terms_unusable`,
            `awards.too_many_conditions`; `awards.wrong_state`, it is no draft any more.
        NotThereError, NotPermittedError: The city or the scheme is not the actor's.
    """
    account = require(actor, Action.AWARDS_KEEP)
    place = row_for(account, Action.AWARDS_KEEP, Place, pk=city)
    if city_above(place).pk != place.pk:
        raise NotThereError(f"place:{city}")
    _refuse_gaps(fields)
    with transaction.atomic():
        row = AwardScheme(place=place, made_by=account, made_at=timezone.now())
        if key is not None:
            row = row_for(account, Action.AWARDS_KEEP, AwardScheme, lock=True, pk=key, place=place)
            _refuse_state(row, SchemeState.DRAFT)
            row.made_by, row.made_at = account, timezone.now()
        row.kind, row.year, row.budget_yuan = fields.kind, fields.year, fields.budget
        row.title = fields.title.strip()[: LONGEST["title"]]
        row.source = fields.source.strip()[: LONGEST["source"]]
        row.clause = fields.clause.strip()[: LONGEST["clause"]]
        row.money = fields.money or ""
        row.terms = fields.terms.as_json()
        row.save()
        _tell(account, "award_scheme.made" if key is None else "award_scheme.changed", row)
    return row


def open_scheme(actor: Actor, key: int) -> AwardScheme:
    """Open a scheme for applications; it takes another person than the one who drafted it.

    Raises:
        ServiceError: `awards.own_scheme`; `awards.wrong_state`, it is no draft.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.AWARDS_RELEASE)
    with transaction.atomic():
        row = row_for(account, Action.AWARDS_RELEASE, AwardScheme, lock=True, pk=key)
        _refuse_state(row, SchemeState.DRAFT)
        if row.made_by_id == account.pk:
            raise ServiceError("awards.own_scheme")
        row.state, row.opened_by, row.opened_at = SchemeState.OPEN, account, timezone.now()
        row.save(update_fields=["state", "opened_by", "opened_at"])
        _tell(account, "award_scheme.opened", row)
    return row


def close_scheme(actor: Actor, key: int) -> AwardScheme:
    """Close an open scheme: it takes no more applications; those that stand go on.

    Raises:
        ServiceError: `awards.wrong_state`, it is not open.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.AWARDS_KEEP)
    with transaction.atomic():
        row = row_for(account, Action.AWARDS_KEEP, AwardScheme, lock=True, pk=key)
        _refuse_state(row, SchemeState.OPEN)
        _end(account, row, SchemeState.CLOSED)
        _tell(account, "award_scheme.closed", row)
    return row


def withdraw_scheme(actor: Actor, key: int, *, reason: str) -> AwardScheme:
    """Withdraw a draft, or an open scheme under which nothing stands.

    Raises:
        ServiceError: `awards.reason_needed`; `awards.scheme_in_use`, awards stand under it;
            `awards.wrong_state`, it was closed or withdrawn.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.AWARDS_KEEP)
    with transaction.atomic():
        row = row_for(account, Action.AWARDS_KEEP, AwardScheme, lock=True, pk=key)
        if not reason.strip():
            raise ServiceError("awards.reason_needed")
        _refuse_state(row, SchemeState.DRAFT, SchemeState.OPEN)
        if row.awards.exclude(state__in=GONE).exists():
            raise ServiceError("awards.scheme_in_use")
        _end(account, row, SchemeState.WITHDRAWN, reason)
        _tell(account, "award_scheme.withdrawn", row)
    return row


def _refuse_gaps(fields: SchemeFields) -> None:
    for name in ("title", "source", "clause"):
        if not getattr(fields, name).strip():
            raise ServiceError("awards.field_missing", field=name)
    if not FIRST_YEAR <= fields.year <= LAST_YEAR:
        raise ServiceError("awards.terms_unusable", field="year")
    if (fields.budget is None) != (fields.kind == SchemeKind.RELIEF):
        raise ServiceError("awards.no_budget")
    refuse_unusable_terms(fields.kind, fields.terms)


def _refuse_state(row: AwardScheme, *states: SchemeState) -> None:
    if row.state not in states:
        raise ServiceError("awards.wrong_state")


def _end(account: Account, row: AwardScheme, state: SchemeState, reason: str = "") -> None:
    row.state, row.ended_by, row.ended_at = state, account, timezone.now()
    row.decision = reason.strip()[: LONGEST["reason"]]
    row.save(update_fields=["state", "ended_by", "ended_at", "decision"])


def _tell(account: Account, action: str, row: AwardScheme) -> None:
    record_event(
        account,
        action,
        subject=f"award_scheme:{row.pk}",
        place=row.place,
        reason=row.decision,
        after={
            "kind": row.kind,
            "year": row.year,
            "title": row.title,
            "budget": None if row.budget_yuan is None else str(row.budget_yuan),
            "money": row.money,
            "terms": row.terms,
            "state": row.state,
        },
    )
