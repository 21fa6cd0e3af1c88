"""The made-up office says once how its targets are counted."""

from __future__ import annotations

from shuiheng.adapters.records.models import Account, PlanVersion, TargetLinkChoice
from shuiheng.services.cases.demo_counts import settle_demo_counts


def test_words_are_said_once(officer: Account, published: PlanVersion) -> None:
    said = settle_demo_counts(officer, published.plan)
    assert said and settle_demo_counts(officer, published.plan) == said
    assert TargetLinkChoice.objects.filter(verdict="confirmed").exists()
    assert TargetLinkChoice.objects.count() == said
