"""Tables of published items."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from shuiheng.adapters.records.models import PlanVersion, PublishedTask


def test_an_item_stands_once_in_a_version(published: PlanVersion) -> None:
    row = PublishedTask.objects.first()
    assert row is not None
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_tasks_come_in_the_order_of_the_document(published: PlanVersion) -> None:
    places = list(PublishedTask.objects.values_list("place", flat=True))
    assert places == sorted(places)
