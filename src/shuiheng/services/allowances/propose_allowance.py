"""What a water user proposes for a year (用水计划建议), pre-filled from the year before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import (
    AllowanceProposal,
    AllowanceRound,
    RoundState,
    WaterSource,
    WaterUser,
)
from shuiheng.adapters.records.queries_source_use import use_of_sources
from shuiheng.adapters.records.sight import Sight
from shuiheng.allowances.errors import AllowanceError
from shuiheng.allowances.model import MONTHS
from shuiheng.allowances.months import check_own_split
from shuiheng.services.allowances.keep_cap import MOST_M3
from shuiheng.services.allowances.keep_user_document import UploadedFile, keep_user_document
from shuiheng.services.allowances.refusals import refused
from shuiheng.services.allowances.taken_water import NOTHING, PastYear, joined_months, past_year
from shuiheng.services.allowances.year_rules import year_rules
from shuiheng.services.errors import NotThereError, ServiceError, WrongStateError
from shuiheng.services.events import record_event
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import row_for

REASON_LENGTH = 500
TAKES_PROPOSALS = (RoundState.OPEN, RoundState.COMPUTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalFields:
    """What a user proposes.

    Args:
        months: Twelve volumes in m³, January first.
        reason: What it plans to make or serve, or why it needs more.
        document: What shows it, or None.
    """

    months: Sequence[Decimal]
    reason: str = ""
    document: UploadedFile | None = field(default=None)


def propose_allowance(
    actor: Actor, round_key: int, user_key: int, source_key: int | None, what: ProposalFields
) -> AllowanceProposal:
    """Propose an allowance for a source of a user; one that stands already is superseded.

    Raises:
        ServiceError: `allowances.bad_split`, `allowances.volume`.
        WrongStateError: The round was reviewed or published already.
        NotThereError, NotPermittedError: The user or source is not the actor's, or the round not of its city.
    """
    account = require(actor, Action.ALLOWANCES_ASK)
    with transaction.atomic():
        user = row_for(account, Action.ALLOWANCES_ASK, WaterUser, lock=True, pk=user_key)
        source = None
        if source_key is not None:
            source = row_for(account, Action.ALLOWANCES_ASK, WaterSource, pk=source_key, user=user)
        round_ = AllowanceRound.objects.filter(pk=round_key, place=user.city).first()
        if round_ is None:
            raise NotThereError(f"allowance_round:{round_key}")
        if round_.state not in TAKES_PROPOSALS:
            raise WrongStateError(round_.state)
        volume = _checked(what.months, year_rules(round_.place, round_.year).split_step_m3)
        document = keep_user_document(account, user, what.document) if what.document is not None else None
        standing = AllowanceProposal.objects.filter(
            round=round_, user=user, source=source, superseded_at__isnull=True
        )
        standing.update(superseded_at=timezone.now())
        row = AllowanceProposal.objects.create(
            round=round_,
            user=user,
            source=source,
            volume_m3=volume,
            months=[str(each) for each in what.months],
            reason=what.reason.strip()[:REASON_LENGTH],
            document=document,
            filed_by=account,
            filed_at=timezone.now(),
        )
        record_event(
            account,
            "water_user.allowance_proposed",
            subject=f"water_user:{user.pk}",
            place=round_.place,
            after={"proposal": row.pk, "year": round_.year, "volume_m3": str(volume)},
        )
    return row


def rounds_for_proposals(users: Sequence[WaterUser]) -> Sequence[AllowanceRound]:
    """Return the plans for which users may still propose: those of their cities, the newest year first."""
    cities = {user.city_id for user in users}
    rows = AllowanceRound.objects.filter(place__in=cities, state__in=TAKES_PROPOSALS)
    return list(rows.select_related("place", "authority").order_by("-year", "pk"))


def last_year_of(seen: Sight, user: WaterUser, source: WaterSource | None, year: int) -> PastYear:
    """Return the last whole year of a source before a year: what a proposal is pre-filled from."""
    last = min(year, timezone.localdate().year) - 1
    months = [date(last, month, 1) for month in range(1, MONTHS + 1)]
    found = use_of_sources(seen, months, users=[user.pk])
    keys = list(found)
    if source is not None and user.sources.count() > 1:
        keys = [(user.pk, source.pk)]
    return past_year(joined_months([found.get(taker, NOTHING) for taker in keys]), last)


def _checked(months: Sequence[Decimal], step: Decimal) -> Decimal:
    if any(not each.is_finite() or each >= MOST_M3 for each in months):
        raise ServiceError("allowances.volume", volume="")
    volume = sum(months, Decimal(0))
    try:
        check_own_split(months, year_m3=volume, step=step)
    except AllowanceError as error:
        raise refused(error) from error
    return volume
