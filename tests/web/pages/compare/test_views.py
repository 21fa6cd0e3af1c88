"""Two plans side by side."""

from __future__ import annotations

from django.test import Client

from office import make_version
from shuiheng.adapters.records.models import Account, PlanVersion
from shuiheng.plans.decide import DecisionKind, ItemKind
from shuiheng.services.decide_item import ItemChoice, decide_item
from shuiheng.services.plan_at_work import plan_at_work


def test_a_corrected_value_is_shown_as_a_change(office: Client, officer: Account, ready: PlanVersion) -> None:
    newer = make_version(officer, sequence=2)
    item = plan_at_work(newer).compiled.targets[0].id
    decide_item(
        officer,
        newer.pk,
        ItemChoice(
            kind=DecisionKind.CORRECT, item_kind=ItemKind.TARGET, item=item, changes={"value": 300000000}
        ),
    )
    difference = office.get("/compare/?old=qinghe:1&new=qinghe:2").context["difference"]
    fields = [(f.field, f.after) for change in difference.changes for f in change.fields]
    assert ("value", "300000000") in fields


def test_the_national_targets_can_be_held_against_a_plan(office: Client, ready: PlanVersion) -> None:
    alignment = office.get("/compare/?old=rulebook:cn_national_2019&new=qinghe:1").context["alignment"]
    assert alignment.rows


def test_an_unknown_plan_is_not_found(office: Client, ready: PlanVersion) -> None:
    for query in ("old=qinghe:9&new=qinghe:1", "old=rulebook:x&new=qinghe:1", "old=qinghe:1&new=x"):
        assert office.get(f"/compare/?{query}").status_code == 404
