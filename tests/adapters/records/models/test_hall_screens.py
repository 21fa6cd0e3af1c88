"""The database refuses a hall screen ended by nobody or bound to nothing, and a digest that stands twice."""

from __future__ import annotations

from access.rows import MOMENT, Rows
from shuiheng.adapters.records.models import Account, HallScreen

from .refusals import breaks


def test_an_end_has_its_time_and_its_person(rows: Rows) -> None:
    assert rows.make(HallScreen, revoked_by=None, revoked_at=None).pk
    account = rows.row(Account)
    assert rows.make(HallScreen, revoked_by=account, revoked_at=MOMENT).pk
    name = "ended_hall_screen_is_whole"
    breaks(name, lambda: rows.make(HallScreen, revoked_by=None, revoked_at=MOMENT))
    breaks(name, lambda: rows.make(HallScreen, revoked_by=account, revoked_at=None))


def test_an_address_leads_to_one_screen(rows: Rows) -> None:
    screen = rows.row(HallScreen)
    breaks("digest", lambda: rows.make(HallScreen, digest=screen.digest))


def test_a_device_has_its_time(rows: Rows) -> None:
    assert rows.make(HallScreen, device_digest=None, bound_at=None).pk
    assert rows.make(HallScreen, device_digest="a" * 64, bound_at=MOMENT).pk
    name = "bound_hall_screen_is_whole"
    breaks(name, lambda: rows.make(HallScreen, device_digest="b" * 64, bound_at=None))
    breaks(name, lambda: rows.make(HallScreen, device_digest=None, bound_at=MOMENT))


def test_a_device_is_that_of_one_screen(rows: Rows) -> None:
    rows.make(HallScreen, device_digest="a" * 64, bound_at=MOMENT)
    breaks("device_digest", lambda: rows.make(HallScreen, device_digest="a" * 64, bound_at=MOMENT))
