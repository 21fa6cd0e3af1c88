"""The demo city has a version of its own in force, and one that waits."""

from __future__ import annotations

from datetime import date

import pytest

from office import make_account, the_office
from shuiheng.adapters.records.models import LocalKind, Role
from shuiheng.services.kinds.demo_kinds import KIND, settle_demo_kinds
from shuiheng.services.kinds.kinds_now import kinds_of

pytestmark = pytest.mark.django_db


def test_one_version_stands_and_one_waits() -> None:
    city = the_office().place
    assert settle_demo_kinds(city) == 0
    for name, role in (("officer", Role.OFFICE_CLERK), ("reviewer", Role.OFFICE_REVIEWER)):
        make_account(name, role)
    assert settle_demo_kinds(city) == 2
    assert settle_demo_kinds(city) == 0
    standing = kinds_of(city, date(2026, 1, 1))[KIND]
    assert standing.step("publicity").publication_days == 7
    assert LocalKind.objects.filter(state="proposed").count() == 1
