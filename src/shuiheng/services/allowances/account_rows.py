"""The accounts of a year's plan (计划户头): one for each source of each user that is covered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from itertools import zip_longest
from typing import Any

from shuiheng.adapters.records.models import AllowanceProposal, AllowanceRound, PlannedAllowance
from shuiheng.adapters.records.queries_allowances import effective_months
from shuiheng.adapters.records.queries_source_use import Taker
from shuiheng.adapters.records.sight import Sight
from shuiheng.adapters.records.use_figures import Use
from shuiheng.allowances.by_source import BySourceRule, source_shares
from shuiheng.allowances.cuts import Cut
from shuiheng.allowances.model import Account, AllowanceInputs, SourceShare
from shuiheng.services.allowances.taken_water import NOTHING, PastYear, joined_months, past_year
from shuiheng.services.allowances.year_ledger import LedgerSource, LedgerUser


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRow:
    """An account with all that its allowance is computed from.

    Args:
        user: The user.
        source: The source; None for a user of whom none is known.
        inputs: What the methods take.
        past: Past years, the oldest first.
        proposal: What the user proposed, or None.
        given: What the office put in.
        last_allowance_m3: Allowance of the year before, or None.
        is_unlinked: Whether meters of the user name no source, so that its past cannot be told.
        by_hand_m3: What a person set, or what is published already; None for what may be computed.
    """

    user: LedgerUser
    source: LedgerSource | None
    inputs: AllowanceInputs
    past: Sequence[PastYear] = ()
    proposal: AllowanceProposal | None = None
    given: Mapping[str, Any] = field(default_factory=dict)
    last_allowance_m3: Decimal | None = None
    is_unlinked: bool = False
    by_hand_m3: Decimal | None = None

    @property
    def key(self) -> str:
        """Return the key under which it is told."""
        return f"{self.user.key}/{self.source.key if self.source else ''}"

    @property
    def cuts(self) -> tuple[Cut, ...]:
        """Return the cuts that the office entered."""
        return tuple(
            Cut(
                reason=each["reason"],
                evidence=each.get("evidence", ""),
                share=_decimal(each.get("share")),
                amount_m3=_decimal(each.get("amount_m3")),
            )
            for each in self.given.get("cuts", ())
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is told of all accounts of a round at once.

    Args:
        year: The year of the round.
        years: The past years that are read, the oldest first.
        water: Water of the sources.
        proposals: Proposals that stand.
        rows: Allowances that stand, with what was set by hand.
        before: Allowances of the year before.
        by_source: By what the norm volume of a user is shared over its sources, or None.
    """

    year: int
    years: Sequence[int]
    water: Mapping[Taker, Mapping[date, Use]]
    proposals: Mapping[Taker, AllowanceProposal]
    rows: Mapping[Taker, PlannedAllowance]
    before: Mapping[Taker, Decimal]
    by_source: BySourceRule | None = None


def told_of(
    seen: Sight,
    round_: AllowanceRound,
    *,
    years: Sequence[int],
    water: Mapping[Taker, Mapping[date, Use]],
    by_source: BySourceRule | None = None,
) -> Told:
    """Return what stands of a round and of the year before."""
    proposals = AllowanceProposal.objects.filter(round=round_, superseded_at__isnull=True)
    last = date(round_.year - 1, 12, 31)
    before = effective_months(seen, year=round_.year - 1, on=last).values()
    return Told(
        year=round_.year,
        years=years,
        water=water,
        proposals={(row.user_id, row.source_id): row for row in proposals},
        rows={(row.user_id, row.source_id): row for row in round_.allowances.all()},
        before={(each.user, each.source): each.year_m3 for each in before},
        by_source=by_source,
    )


def account_rows(user: LedgerUser, told: Told) -> list[AccountRow]:
    """Return the accounts of a user: one for each of its sources, or one alone when none is known."""
    bare = told.water.get((user.key, None))
    is_unlinked = bare is not None and len(user.sources) > 1
    sources = user.sources or (None,)
    pasts = [[] if is_unlinked else _past(user, source, told) for source in sources]
    shares: Sequence[SourceShare | None] = [None]
    if len(user.sources) > 1 and told.by_source is not None:
        shares = source_shares(
            uses=[past[-1].m3 if past else None for past in pasts],
            permits=[source.permit_m3 for source in user.sources],
            rule=told.by_source,
        )
    rows = []
    for source, past, share in zip_longest(sources, pasts, shares):
        row = _row(user, source, told, past)
        has_norm = share is not None or len(sources) == 1
        inputs = replace(row.inputs, source_share=share, activities=row.inputs.activities if has_norm else ())
        rows.append(replace(row, is_unlinked=is_unlinked, inputs=inputs))
    return rows


def _past(user: LedgerUser, source: LedgerSource | None, told: Told) -> list[PastYear]:
    """Return the past of a source; a meter of which nobody knows the source counts for the only one."""
    parts = [told.water.get((user.key, source.key if source else None), NOTHING)]
    if len(user.sources) == 1:
        parts.append(told.water.get((user.key, None), NOTHING))
    months = joined_months(parts)
    return [past_year(months, each) for each in told.years]


def _row(user: LedgerUser, source: LedgerSource | None, told: Told, past: Sequence[PastYear]) -> AccountRow:
    taker = (user.key, source.key if source else None)
    proposal, standing = told.proposals.get(taker), told.rows.get(taker)
    given = standing.given if standing is not None else {}
    is_set = standing is not None and bool(standing.reason or standing.published_at)
    by_hand = standing.volume_m3 if standing is not None and is_set else None
    inputs = AllowanceInputs(
        account=Account(user=str(user.key), source=str(source.key if source else ""), year=told.year),
        uses=tuple(each.use for each in past),
        activities=tuple(user.activities),
        is_new=bool(given.get("is_new")),
        has_permit=source is not None and source.has_permit,
        permit_m3=source.permit_m3 if source else None,
        supply_m3=_decimal(given.get("supply_m3")),
        design_m3=_decimal(given.get("design_m3")),
        proposal_m3=proposal.volume_m3 if proposal else None,
    )
    return AccountRow(
        user=user,
        source=source,
        inputs=inputs,
        past=past,
        proposal=proposal,
        given=given,
        last_allowance_m3=told.before.get(taker),
        by_hand_m3=by_hand,
    )


def _decimal(text: Any) -> Decimal | None:
    return None if text in (None, "") else Decimal(str(text))
