"""Warnings of the demo city: what its use and its made-up allowances give, one of them answered."""

from __future__ import annotations

from django.utils import timezone

from shuiheng.adapters.records.models import Account, Place, UseWarning
from shuiheng.services.readings.demo_filing import USERNAME
from shuiheng.services.warnings.answer_warning import answer_warning
from shuiheng.services.warnings.watch_warnings import watch_allowances

ANSWER = "十月新增一条印染线，已申请调整计划。（演示）"


def settle_demo_warnings(city: Place) -> int:
    """Judge the allowances of the demo; return how many warnings are new. Doing it again adds none."""
    new = len(watch_allowances(timezone.localdate(), now=timezone.now()).raised)
    filer = Account.objects.filter(username=USERNAME).first()
    rows = UseWarning.objects.filter(
        allowance__round__place=city, allowance__user__organisation__memberships__account=filer
    )
    row = rows.filter(level="over_month", gone_at__isnull=True, answered_at__isnull=True).first()
    if new and filer is not None and row is not None:
        answer_warning(filer, row.pk, answer=ANSWER)
    return new
