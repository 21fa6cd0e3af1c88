"""Batches and keepers of meters are those in sight."""

from __future__ import annotations

import pytest

from access.world import make_world
from shuiheng.adapters.records.models import LedgerBatch, Organisation, Role
from shuiheng.adapters.records.queries_readings import batch_in_sight, batches, keepers
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db


def test_an_office_sees_the_batches_of_its_city_and_a_supplier_its_own() -> None:
    world = make_world()
    office = sight(world.accounts[Role.OFFICE_CLERK], Action.READINGS_IMPORT)
    supplier = sight(world.accounts[Role.SUPPLIER], Action.READINGS_IMPORT)
    own, foreign = world.own.row(LedgerBatch, "s"), world.other.row(LedgerBatch)
    assert {row.pk for row in batches(supplier)} == {own.pk}
    assert own in batches(office) and foreign not in batches(office)
    assert batch_in_sight(supplier, int(world.own.row(LedgerBatch, "d").pk)) is None
    assert list(batches(office, state="no-such")) == []
    assert keepers(supplier) == [world.own.row(Organisation, "s")]
    assert world.other.row(Organisation) not in keepers(office)
