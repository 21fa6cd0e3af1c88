"""A screen needs no account; its addresses are managed by those who have one."""

from __future__ import annotations

from shuiheng.web.pages.hall.addresses import hall_addresses


def test_only_the_screen_itself_is_open_without_an_account() -> None:
    names = {address.name: address.callback for address in hall_addresses()}
    assert set(names) == {"hall", "bind_hall", "hall_screens", "end_hall_screen", "renew_hall_screen"}
    open_to_all = [name for name, view in names.items() if not getattr(view, "login_required", True)]
    assert open_to_all == ["hall", "bind_hall"]
