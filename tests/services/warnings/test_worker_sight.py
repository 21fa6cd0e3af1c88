"""The worker sees every city, which no account does."""

from __future__ import annotations

import pytest

from shuiheng.adapters.records.models import Account, Place
from shuiheng.adapters.records.sight import Grain
from shuiheng.services.found_city import found_city
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight
from shuiheng.services.warnings.worker_sight import WorkerSight

pytestmark = pytest.mark.django_db


def test_it_sees_the_rows_of_all_cities(officer: Account) -> None:
    other = found_city("临江市", slug="linjiang").place
    assert WorkerSight().grain is Grain.CITY
    assert other in WorkerSight()(Place)
    assert other not in sight(officer, Action.WARNINGS_LOOK)(Place)
