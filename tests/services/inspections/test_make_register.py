"""A register is read back as it was hashed; a share asks for the next whole number above it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from services.inspections.made_up import InspectedCity
from shuiheng.programmes.draw.register import commitment_of
from shuiheng.services.inspections.commit_draw import commit_draw
from shuiheng.services.inspections.make_register import kept_register, make_register
from shuiheng.services.inspections.seal_number import seal_number

pytestmark = pytest.mark.django_db


def test_what_was_kept_has_the_hash_that_was_published(city: InspectedCity) -> None:
    row = city.committed()
    assert commitment_of(kept_register(row)) == row.commitment
    sealed = city.plan(persons=("clerk", "leader"))
    for account in (city.clerk, city.leader):
        seal_number(account, sealed.pk, number="70123456")
    row = commit_draw(city.reviewer, sealed.pk)
    assert commitment_of(kept_register(row)) == row.commitment


def test_a_share_is_rounded_up(city: InspectedCity) -> None:
    row = city.plan(size=None, share=Decimal("0.34"))
    assert make_register(row, city.today).register.size == 3  # of six


def test_values_of_the_rulebook_are_named_in_the_register(city: InspectedCity) -> None:
    rules = make_register(city.plan(), city.today).register.rules
    assert {each[0] for each in rules.basis} == {
        "inspections/team",
        "inspections/draw_weights",
        "inspections/spared",
    }
