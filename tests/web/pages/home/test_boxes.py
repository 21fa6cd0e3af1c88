"""Boxes go by rights and not by the names of roles."""

from __future__ import annotations

import pytest

from office import make_account
from shuiheng.adapters.records.models import Role
from shuiheng.adapters.rulebook import role_rules
from shuiheng.web.pages.home.boxes import BOXES, boxes_of
from web.pages.home.desks import desk_of


def test_each_box_has_a_holder_and_a_name_of_its_own() -> None:
    held = {action for rule in role_rules().values() for action in rule.reaches}
    assert all(set(rule.rights) & held for rule in BOXES)
    assert len({rule.key for rule in BOXES}) == len(BOXES) == len({str(rule.title) for rule in BOXES})


@pytest.mark.django_db
def test_the_leader_has_all_verdicts_in_place_of_the_worst() -> None:
    leader = [box.rule.key for box in boxes_of(desk_of(make_account("leader", Role.OFFICE_LEADER)))]
    clerk = [box.rule.key for box in boxes_of(desk_of(make_account("clerk", Role.OFFICE_CLERK)))]
    assert "verdicts" in leader and "targets" not in leader
    assert "targets" in clerk and "verdicts" not in clerk


@pytest.mark.django_db
def test_at_most_three_things_to_decide_stand_open() -> None:
    boxes = {box.rule.key: box for box in boxes_of(desk_of(make_account("leader", Role.OFFICE_LEADER)))}
    assert boxes["decide"].rule.most == 3
    assert str(boxes["decide"].rule.empty) == "没有需要您决定的事项。"


@pytest.mark.django_db
def test_who_has_no_right_has_no_box() -> None:
    assert boxes_of(desk_of(make_account("nobody"))) == []
