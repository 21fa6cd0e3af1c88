"""Freeze months of an allowance that were billed (冻结月份), and let them go when the bill was reversed."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import Account, PlannedAllowance
from shuiheng.services.errors import ServiceError
from shuiheng.services.events import record_event


def freeze_months(account: Account | None, months: Mapping[int, Collection[int]], *, why: str) -> int:
    """Freeze months of allowances; called by the service that bills them, in its transaction.

    Args:
        account: In whose name.
        months: Months, 1 to 12, by the key of the allowance.
        why: Key of what billed them, such as `charge:12`.

    Returns:
        How many months were not frozen before.

    Raises:
        ServiceError: `allowances.not_published`: the plan of one of them was taken back meanwhile.
    """
    count, today = 0, timezone.localdate().isoformat()
    with transaction.atomic():
        rows = PlannedAllowance.objects.select_for_update(of=("self",)).filter(pk__in=list(months))
        for row in rows.select_related("round__place", "user").order_by("pk"):
            if row.published_at is None:
                raise ServiceError("allowances.not_published", number=row.user.number)
            held = {each["month"] for each in row.frozen}
            new = [month for month in sorted(set(months[row.pk])) if month not in held]
            if not new:
                continue
            row.frozen = [*row.frozen, *({"month": month, "on": today, "why": why} for month in new)]
            row.save(update_fields=["frozen"])
            record_event(
                account,
                "allowance.frozen",
                subject=f"allowance:{row.pk}",
                place=row.round.place,
                after={"months": new, "why": why},
            )
            count += len(new)
    return count


def release_months(account: Account, key: int, *, why: str, held: Mapping[int, str]) -> None:
    """Let the months go that something froze; called by the service that takes it back, in its transaction.

    Args:
        account: In whose name.
        key: Key of the allowance.
        why: Key of what froze them.
        held: Months that stay frozen, 1 to 12, with the key of what else billed them.
    """
    today = timezone.localdate().isoformat()
    with transaction.atomic():
        rows = PlannedAllowance.objects.select_for_update(of=("self",)).select_related("round__place")
        row = rows.get(pk=key)
        gone = sorted(each["month"] for each in row.frozen if each["why"] == why)
        if not gone:
            return
        kept = [each for each in row.frozen if each["why"] != why]
        again = [{"month": month, "on": today, "why": held[month]} for month in gone if month in held]
        row.frozen = [*kept, *again]
        row.save(update_fields=["frozen"])
        record_event(
            account,
            "allowance.unfrozen",
            subject=f"allowance:{row.pk}",
            place=row.round.place,
            after={"months": [month for month in gone if month not in held], "why": why},
        )
