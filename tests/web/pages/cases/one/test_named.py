"""Errors of cases are read with names in the language of the page, people as the reader may know them."""

from __future__ import annotations

import pytest
from django.utils import translation

from services.cases.acting import Cast
from shuiheng.adapters.rulebook.programmes import shipped_programmes
from shuiheng.services.errors import ServiceError
from shuiheng.web.pages.cases.one.named import criterion_names, fact_name, named, step_names

pytestmark = pytest.mark.django_db
KIND = shipped_programmes()["saving_school"]


def test_ids_become_names_and_lists_stay_lists(cast: Cast) -> None:
    error = ServiceError("programmes.wrong_actor", step="visit", actor="unit", who="expert, inspector")
    values = named(error, KIND, cast.city.clerk).values
    assert values == {"step": "现场评审", "actor": "用水单位", "who": "专家、检查人员"}
    with translation.override("en"):
        assert named(error, KIND, cast.city.clerk).values["who"] == "Expert, Inspector"


def test_each_word_of_a_code_is_named_by_its_own_table(cast: Cast) -> None:
    said = {
        "outcome": "return",
        "possible": "go_on, refuse",
        "phase": "reached",
        "event": "StepEnded",
        "word": "valid_until",
        "level": "city",
        "needs": "photo",
        "name": "norm_grade",
        "criterion": "teaching",
        "moon": "moon",
    }
    values = named(ServiceError("x", **said), KIND, cast.city.clerk).values
    assert list(values.values()) == [
        "退回补正",
        "通过、不予通过",
        "已达成",
        "办结环节",
        "有效期",
        "市级",
        "现场照片",
        "用水水平与定额相比",
        "节水知识进课堂：是否把节水知识纳入教学和实践活动",
        "moon",
    ]


def test_who_may_not_do_both_reads_the_own_name(cast: Cast) -> None:
    cast.inspector.display_name = "王检查"
    cast.inspector.save()
    error = ServiceError("programmes.same_person", person=str(cast.inspector.pk), step="visit")
    assert named(error, KIND, cast.inspector).values["person"] == "王检查"
    assert named(error, KIND, cast.filer).values["person"] == str(cast.inspector.pk)


def test_tables_of_names_hold_every_step_and_criterion() -> None:
    assert {"apply", "award", "recheck", "upgrade"} <= set(step_names(KIND))
    assert criterion_names(KIND)["norm_met"] == "用水水平不超过现行用水定额"
    assert (fact_name("norm_grade"), fact_name("moon")) == ("用水水平与定额相比", "moon")
