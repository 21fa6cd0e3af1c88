"""The database keeps one standing word on how a target is counted, and a reason where nothing counts."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from shuiheng.adapters.records.models import Account, PlanVersion, RegisterTarget, TargetLinkChoice


def test_one_choice_stands_and_nothing_counts_only_with_a_reason(
    officer: Account, published: PlanVersion
) -> None:
    target = RegisterTarget.objects.filter(plan=published.plan)[0]
    said = {"target": target, "chosen_by": officer, "chosen_at": timezone.now()}
    with pytest.raises(IntegrityError), transaction.atomic():
        TargetLinkChoice.objects.create(**said, verdict="not_counted")
    TargetLinkChoice.objects.create(**said, verdict="confirmed", superseded_at=timezone.now())
    TargetLinkChoice.objects.create(**said, verdict="not_counted", reason="由教育部门统计")
    with pytest.raises(IntegrityError), transaction.atomic():
        TargetLinkChoice.objects.create(**said, verdict="confirmed")
