"""One meaning of words stands at a time; that there is no such part has a reason."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from office import the_office
from shuiheng.adapters.records.models import Account, ScopeMeaning

pytestmark = pytest.mark.django_db


def test_one_meaning_stands_and_nothing_there_has_a_reason(officer: Account) -> None:
    said: dict[str, Any] = {"city": the_office().place, "said_by": officer, "said_at": timezone.now()}
    ScopeMeaning.objects.create(**said, words="城区", kind="part", superseded_at=timezone.now())
    ScopeMeaning.objects.create(**said, words="城区", kind="whole")
    with pytest.raises(IntegrityError), transaction.atomic():
        ScopeMeaning.objects.create(**said, words="城区", kind="part")
    with pytest.raises(IntegrityError), transaction.atomic():
        ScopeMeaning.objects.create(**said, words="缺水地区", kind="none")
    ScopeMeaning.objects.create(**said, words="缺水地区", kind="none", reason="不在名单")
