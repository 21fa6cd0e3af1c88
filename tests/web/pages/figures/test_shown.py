"""A tree is shown with names, sources as links, and only the cases that are in sight."""

from __future__ import annotations

from decimal import Decimal

import pytest

from indicators.test_derivation import _tree
from shuiheng.adapters.records.models import Place
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.indicators.standing_content import CaseAmount, count_inputs, inputs_tree
from shuiheng.services.inspections.city_sight import CitySight
from shuiheng.web.pages.figures.shown import shown_clauses, shown_tree

pytestmark = pytest.mark.django_db


def test_cases_out_of_sight_are_counted_and_not_named() -> None:
    cases = tuple(CaseAmount(case=str(key), amount=Decimal(1)) for key in (7, 8))
    shown = shown_tree(inputs_tree(count_inputs(cases, Decimal(1))), Place(pk=1), CitySight(Place(pk=1)))
    assert shown.children == ()
    assert shown.hidden == 2


def test_a_tree_keeps_its_order_and_says_what_is_missing() -> None:
    shown = shown_tree(_tree(), Place(pk=1), CitySight(Place(pk=1)))
    assert [child.node.key for child in shown.children] == [child.key for child in _tree().children]
    assert not shown.is_missing
    assert shown.children[1].is_leaf


def test_clauses_lead_to_their_sources() -> None:
    bases = indicator_book().indicators["water_loss_rate"].versions[-1].bases
    (first, *_) = shown_clauses(bases)
    assert first.address
    assert first.title
