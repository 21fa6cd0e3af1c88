"""Freeze months of an allowance that were billed (冻结月份): no entry changes them any more."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import Account, PlannedAllowance
from shuiheng.services.events import record_event


def freeze_months(account: Account | None, months: Mapping[int, Collection[int]], *, why: str) -> int:
    """Freeze months of allowances; called by the service that bills them, in its transaction.

    Args:
        account: In whose name.
        months: Months, 1 to 12, by the key of the allowance.
        why: Key of what billed them, such as `charge:12`.

    Returns:
        How many months were not frozen before.
    """
    count, today = 0, timezone.localdate().isoformat()
    with transaction.atomic():
        rows = PlannedAllowance.objects.select_for_update(of=("self",)).filter(pk__in=list(months))
        for row in rows.select_related("round__place").order_by("pk"):
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
