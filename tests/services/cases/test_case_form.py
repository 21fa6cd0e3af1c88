"""Every kind has a workbook, made from what the kind says."""

from __future__ import annotations

import pytest

from shuiheng.adapters.rulebook.programmes import shipped_programmes
from shuiheng.adapters.workbooks.template_checks import check_template
from shuiheng.services.cases.case_form import TITLE, form_of, has_users, level_names, sheet_title

KINDS = shipped_programmes()


@pytest.mark.parametrize("name", sorted(KINDS))
def test_the_form_of_every_kind_holds_together(name: str) -> None:
    kind = KINDS[name]
    template = form_of(kind, ["东河区"])
    check_template(template)
    keys = {column.key for column in template.columns}
    assert {f"ended_{step.id}" for step in kind.steps} <= keys
    assert {f"measure_{each.id}" for each in kind.measures} <= keys
    assert ("level" in keys) == bool(kind.result.levels)
    assert len(template.title) <= TITLE


def test_a_form_asks_only_what_its_kind_needs() -> None:
    compound = {column.key for column in form_of(KINDS["saving_compound"], ["东河区"]).columns}
    pipe = {column.key for column in form_of(KINDS["pipe_renewal"], ["东河区"]).columns}
    assert {"score", "number", "valid_until", "published_publicity"} <= compound
    assert not {"score", "published_publicity", "valid_until"} & pipe
    assert [column.unit for column in form_of(KINDS["pipe_renewal"], ["东河区"]).columns if column.unit] == [
        "km"
    ]


def test_levels_are_told_by_their_names() -> None:
    assert level_names(KINDS["saving_school"]) == {"市级": "city", "省级": "province"}


def test_areas_and_projects_are_no_users() -> None:
    assert has_users(KINDS["saving_compound"])
    assert not has_users(KINDS["saving_city"])
    assert not has_users(KINDS["retrofit"])


def test_a_sheet_has_no_letter_that_no_sheet_may_have() -> None:
    assert not set(sheet_title(KINDS["saving_institution"])) & set("[]:*?/\\")
