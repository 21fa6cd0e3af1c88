"""Workbooks of norms are told from other batches."""

from __future__ import annotations

import pytest

from office import make_account, the_office
from shuiheng.adapters.records.models import LedgerBatch, Role
from shuiheng.adapters.records.queries_norms import NORM_KIND, norm_batches
from shuiheng.adapters.records.queries_readings import batches
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db


def test_norms_stand_in_their_own_list_only() -> None:
    officer, office = make_account("li", Role.OFFICE_CLERK), the_office()
    made = {"place": office.place, "organisation": office, "sha256": "0" * 64, "made_by": officer}
    rows = [LedgerBatch.objects.create(**made, kind=kind) for kind in (NORM_KIND, "interval_csv")]
    assert [row.pk for row in norm_batches(sight(officer, Action.RULES_LOOK))] == [rows[0].pk]
    assert [row.pk for row in batches(sight(officer, Action.READINGS_LOOK))] == [rows[1].pk]
