"""The bounds of screens in halls load and are above nothing."""

from __future__ import annotations

from dataclasses import astuple

from shuiheng.adapters.rulebook.hall_policy import hall_policy


def test_every_bound_is_above_nothing_and_an_address_ends() -> None:
    policy = hall_policy()
    assert all(value > 0 for value in astuple(policy))
    assert policy.most_days <= policy.next_days
    assert policy.bind_hours < policy.days * 24
