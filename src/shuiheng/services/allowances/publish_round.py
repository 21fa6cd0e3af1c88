"""Publish a reviewed plan of a year: from then on its allowances hold, and change by entries only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from shuiheng.adapters.records.models import (
    Account,
    AllowanceEntry,
    AllowanceMonth,
    AllowanceRound,
    EntryKind,
    EntryState,
    Job,
    JobKind,
    PlannedAllowance,
    RoundState,
)
from shuiheng.adapters.records.queries_rounds import cap_lines
from shuiheng.adapters.records.sight import Sight
from shuiheng.kernel.finding import Severity
from shuiheng.services.allowances.compute_round import is_under_way
from shuiheng.services.errors import ServiceError, WrongStateError
from shuiheng.services.events import record_event
from shuiheng.services.job_steps import ask_job
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import row_for, sight

ISSUE, ROWS_AT_ONCE = "issue", 1000
CAN_BE_PUBLISHED = (RoundState.REVIEWED, RoundState.PUBLISHED)


def ask_publication(actor: Actor, key: int, *, mark: str, with_unchecked: bool = False) -> Job:
    """Queue the publication of a reviewed round, with a numbered notice to each user.

    Users whose allowance is not known stay without one; once it is, the round is published again for them.

    Args:
        actor: Who publishes.
        key: Key of the round.
        mark: Mark of the issuer (机关代字) under which the notices are numbered.
        with_unchecked: Whether it is published though values behind it were not checked by anybody.

    Raises:
        WrongStateError: It was not reviewed.
        ServiceError: `services.mark_form`; `allowances.barred`: allowances exceed a cap or permit;
            `allowances.unchecked`; `allowances.nothing_to_publish`; `allowances.under_way`;
            `allowances.own_work`: the actor computed what is added to a published round.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.ALLOWANCES_PUBLISH)
    with transaction.atomic():
        round_ = row_for(account, Action.ALLOWANCES_PUBLISH, AllowanceRound, lock=True, pk=key)
        if round_.state not in CAN_BE_PUBLISHED:
            raise WrongStateError(round_.state)
        if not mark.strip().isalpha():
            raise ServiceError("services.mark_form", mark=mark[:40])
        if is_under_way(round_):
            raise ServiceError("allowances.under_way")
        is_added = round_.state == RoundState.PUBLISHED  # what is added later was reviewed by nobody
        if is_added and round_.terms.get("computed_by") == account.pk:
            raise ServiceError("allowances.own_work")
        count = unpublished(round_).count()
        if not count:
            raise ServiceError("allowances.nothing_to_publish")
        barred = barring_findings(sight(account, Action.ALLOWANCES_LOOK), round_)
        if barred:
            raise ServiceError("allowances.barred", count=str(barred))
        if unchecked_rules(round_) and not with_unchecked:
            raise ServiceError("allowances.unchecked", rules="、".join(unchecked_rules(round_)))
        return ask_job(
            account,
            JobKind.ALLOWANCES,
            title=f"下达 {round_.year} {round_.title} {count}".strip(),
            place=round_.place,
            arguments={
                "round": round_.pk,
                "work": ISSUE,
                "mark": mark.strip(),
                "day": timezone.localdate().isoformat(),
            },
        )


def publish(account: Account, key: int) -> list[int]:
    """Publish what is not published yet of a round, in one transaction; return the keys of its allowances."""
    with transaction.atomic():
        round_ = row_for(account, Action.ALLOWANCES_PUBLISH, AllowanceRound, lock=True, pk=key)
        if round_.state not in CAN_BE_PUBLISHED:
            raise WrongStateError(round_.state)
        rows, now = list(unpublished(round_)), timezone.now()
        if not rows:
            return []
        keys = [row.pk for row in rows]
        _enter_initial(account, round_, rows)
        round_.allowances.filter(pk__in=keys).update(published_at=now)
        if round_.state != RoundState.PUBLISHED:
            round_.state, round_.published_by, round_.published_at = RoundState.PUBLISHED, account, now
            round_.save(update_fields=["state", "published_by", "published_at"])
        record_event(
            account,
            "allowance_round.published",
            subject=f"allowance_round:{round_.pk}",
            place=round_.place,
            after={"year": round_.year, "accounts": len(rows)},
        )
    return keys


def unpublished(round_: AllowanceRound) -> QuerySet[PlannedAllowance]:
    """Return the allowances of a round that are known and not published yet."""
    rows = round_.allowances.filter(published_at__isnull=True, volume_m3__isnull=False)
    return rows.order_by("user__number", "pk")


def barring_findings(seen: Sight, round_: AllowanceRound) -> int:
    """Return how many faults bar publication: a cap or a permit that is exceeded."""
    over = sum(line.left_m3 < 0 for line in cap_lines(seen, round_))
    rows = round_.allowances.filter(published_at__isnull=True).exclude(findings=[])
    return over + sum(
        any(each["severity"] == Severity.DISQUALIFY for each in found)
        for found in rows.values_list("findings", flat=True)
    )


def unchecked_rules(round_: AllowanceRound) -> Sequence[str]:
    """Return the rules behind a round that nobody has checked."""
    return [each["rule"] for each in round_.rules if not each["is_binding"]]


def _enter_initial(account: Account, round_: AllowanceRound, rows: Sequence[PlannedAllowance]) -> None:
    now, first = timezone.now(), date(round_.year, 1, 1)
    entries = AllowanceEntry.objects.bulk_create(
        (
            AllowanceEntry(
                allowance=row,
                kind=EntryKind.INITIAL,
                state=EntryState.APPROVED,
                asked_by=account,
                asked_at=now,
                decided_by=account,
                decided_at=now,
                effective_on=first,
            )
            for row in rows
        ),
        batch_size=ROWS_AT_ONCE,
    )
    AllowanceMonth.objects.bulk_create(
        (
            AllowanceMonth(entry=entry, month=date(round_.year, month, 1), volume_m3=Decimal(volume))
            for entry, row in zip(entries, rows, strict=True)
            for month, volume in enumerate(row.months, 1)
        ),
        batch_size=ROWS_AT_ONCE,
    )
