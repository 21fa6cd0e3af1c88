"""Forms of items."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from shuiheng.adapters.records.models import PlanVersion
from shuiheng.adapters.rulebook import load_knowledge
from shuiheng.plans.decide import ItemKind, fields_of
from shuiheng.services.plan_at_work import plan_at_work
from shuiheng.web.pages.reading.forms import FORMS, MORE, FormError, changes_from, field_value, form_fields
from shuiheng.web.pages.reading.references import References


@pytest.mark.parametrize("kind", FORMS)
def test_every_field_of_a_form_is_one_that_a_decision_may_change(kind: str) -> None:
    names = {name for name, _ in (*FORMS[kind], *MORE.get(kind, ()))}
    assert names <= fields_of(ItemKind(kind))


@pytest.mark.parametrize(
    ("form", "text", "value"),
    [
        ("names", "市水利局、市财政局；市教育局", ["市水利局", "市财政局", "市教育局"]),
        ("lines", "重点任务\n\n双控、减排\n", ["重点任务", "双控、减排"]),
        ("number", "3,200", 3200),
        ("number", "0.55", 0.55),
        ("number", "", None),
        ("day", "2025-12-31", "2025-12-31"),
        ("day", "", None),
        ("year", "2020", 2020),
        ("flag", "1", True),
        ("flag", "", False),
        ("optional", "", None),
        ("stretch", "≤8", {"op": "<=", "value": 8}),
        ("stretch", "", None),
        ("binding", "no", False),
        ("yes_no", "", None),
    ],
)
def test_a_field_is_read_in_its_form(form: str, text: str, value: object) -> None:
    assert field_value(form, text) == value


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("number", "许多"),
        ("number", "nan"),
        ("number", "1e30"),
        ("day", "2025-02-30"),
        ("year", "20"),
        ("op", "≈"),
        ("text", ""),
        ("stretch", "8"),
        ("binding", "perhaps"),
    ],
)
def test_a_value_of_the_wrong_form_is_refused(form: str, text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        field_value(form, text)


def test_a_form_that_was_not_touched_asks_for_no_change(ready: PlanVersion) -> None:
    plan = plan_at_work(ready).decided.plan
    known = References(plan, load_knowledge())
    for kind, items in (("task", plan.tasks), ("target", plan.targets), ("duty", plan.duties)):
        for item in items:
            posted = {field.name: field.shown for field in form_fields(kind, item, references=known)}
            assert changes_from(kind, posted, item=item, references=known) == {}


def test_only_what_differs_is_a_change_and_every_fault_is_named(ready: PlanVersion) -> None:
    target = plan_at_work(ready).decided.plan.targets[0]
    posted = {field.name: field.shown for field in form_fields("target", target)}
    assert changes_from("target", posted | {"value": "5", "deadline": "2030-12-31"}, item=target) == {
        "value": 5,
        "deadline": "2030-12-31",
    }
    with pytest.raises(FormError) as caught:
        changes_from("target", posted | {"value": "x", "deadline": "soon"}, item=target)
    assert set(caught.value.errors) == {"value", "deadline"}


def test_values_are_shown_as_they_are_typed() -> None:
    class Item:
        metric, scope, value, deadline = "漏损率", None, Decimal("9.50"), date(2025, 12, 31)

    shown = {field.name: field.shown for field in form_fields("target", Item())}
    assert (shown["value"], shown["deadline"], shown["scope"]) == (
        "9.5",
        "2025-12-31",
        "",
    )
