"""A document is signed by the unit of whoever issued it, under the name of its place."""

from __future__ import annotations

import pytest

from shuiheng.adapters.records.models import Account
from shuiheng.services.signing_unit import signing_unit

pytestmark = pytest.mark.django_db


def test_the_place_stands_before_the_unit_once(officer: Account) -> None:
    unit = officer.memberships.get().organisation
    assert signing_unit(officer, "青禾市") == f"青禾市{unit.name.removeprefix('青禾市')}"
    assert signing_unit(officer, unit.name[:2]) == unit.name
    assert signing_unit(None, "青禾市") == "青禾市"
