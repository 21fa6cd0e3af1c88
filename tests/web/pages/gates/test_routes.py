"""Addresses of gates and permits have names of their own."""

from __future__ import annotations

from shuiheng.web.pages.gates.routes import gate_routes


def test_every_address_has_a_name_that_stands_once() -> None:
    names = [route.name for route in gate_routes()]
    assert len(names) == len(set(names)) == 22
