"""Erase the words of bad records whose time is over; that there was one, and when it was erased, stays."""

from __future__ import annotations

from datetime import date

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import CreditRecord
from shuiheng.services.background import every_minute
from shuiheng.services.credit.tell_credit import tell_credit

DAY_DONE, A_DAY = "credit.erased_on", 2 * 86400
ERASED = "—"


def erase_when_due() -> None:
    """Erase once a day what is due."""
    today = timezone.localdate()
    if cache.get(DAY_DONE) != today.isoformat():
        erase_credit(today)
        cache.set(DAY_DONE, today.isoformat(), A_DAY)


def erase_credit(today: date) -> int:
    """Erase the words of records that are kept no longer on a day, and of what was asked; return how many."""
    due = CreditRecord.objects.filter(kept_until__lte=today, erased_at__isnull=True)
    keys = list(due.values_list("pk", flat=True))
    for key in keys:
        with transaction.atomic():
            row = CreditRecord.objects.select_for_update().get(pk=key)
            row.item = row.fact = row.source = row.clause = ERASED
            row.number = row.trigger = row.end_reason = ""
            row.rules, row.erased_at = [], timezone.now()
            row.save()
            row.requests.update(words=ERASED, reason="")
            tell_credit(None, row, "credit_record.erased")
    return len(keys)


every_minute(erase_when_due)
