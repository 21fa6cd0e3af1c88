"""Rules that the database itself holds."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from office import make_version
from shuiheng.adapters.records.models import Account, PlanDecision, PlanVersion, VersionState


def test_only_one_version_of_a_plan_is_published(officer: Account, published: PlanVersion) -> None:
    other = make_version(officer, sequence=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanVersion.objects.filter(pk=other.pk).update(state=VersionState.PUBLISHED)


def test_a_decision_either_decides_or_takes_back(officer: Account, ready: PlanVersion) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanDecision.objects.create(version=ready, decided_by=officer, decided_at=timezone.now())


def test_an_account_is_shown_by_its_display_name(officer: Account, reader: Account) -> None:
    assert (officer.shown_name, reader.shown_name) == ("李工", "wang")
