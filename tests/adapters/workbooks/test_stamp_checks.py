from __future__ import annotations

from dataclasses import replace

import pytest

from adapters.workbooks.making import FORM, RULES, SECRET, STAMP, form_with, honest_rows
from shuiheng.adapters.containers.stamp import FoundStamp, stamped
from shuiheng.adapters.workbooks import StampRules, Template, read_workbook
from shuiheng.adapters.workbooks.forms import WorkbookForm
from shuiheng.adapters.workbooks.stamp_checks import found_stamp, stamp_faults
from shuiheng.adapters.workbooks.table import RawSheet, RawTable

FOUND = stamped(STAMP, template=FORM.id, version=FORM.version, shape=FORM.shape, secret=SECRET)


def _causes(stamp: FoundStamp | None, rules: StampRules = RULES, form: Template = FORM) -> list[str]:
    return [fault.cause for fault in stamp_faults(stamp, form, rules)]


def test_the_stamp_of_an_issued_form_is_found_and_whole() -> None:
    table = read_workbook(form_with(honest_rows(1)), name="a.xlsx")
    assert found_stamp(table) == FOUND
    assert _causes(FOUND) == []


def test_the_visible_line_stands_in_for_the_hidden_sheet() -> None:
    table = read_workbook(form_with(honest_rows(1)), name="a.xlsx")
    assert found_stamp(replace(table, sheets=table.sheets[:1])) == FOUND


def test_a_table_without_either_has_no_stamp() -> None:
    sheet = RawSheet(name="表一", is_visible=True, rows=(("编号",), ("〔2026〕",)))
    bare = RawTable(name="a.csv", form=WorkbookForm.CSV, content_key="k", sheets=(sheet,))
    assert found_stamp(bare) is None
    assert _causes(None) == ["no_stamp"]
    assert _causes(None, StampRules(is_needed=False)) == ["stamp_absent"]


@pytest.mark.parametrize(
    ("change", "causes"),
    [
        ({"template": "other"}, ["foreign_template"]),
        ({"version": "2"}, ["old_template"]),
        ({"version": "4"}, ["newer_template"]),
        ({"version": "x"}, ["old_template"]),
        ({"unit": "白石市水务局"}, ["stamp_damaged"]),
        ({"digest": ""}, ["stamp_damaged"]),
    ],
)
def test_a_stamp_that_says_something_else_is_refused_with_the_reason(
    change: dict[str, str], causes: list[str]
) -> None:
    assert _causes(replace(FOUND, **change)) == causes


def test_a_stamp_signed_elsewhere_is_damaged_and_an_older_edition_may_be_accepted() -> None:
    assert _causes(FOUND, replace(RULES, secret=b"other")) == ["stamp_damaged"]
    tolerant = replace(FORM, accepts_versions=(2,))
    assert _causes(replace(FOUND, version="2"), form=tolerant) == []


def test_unit_period_and_batch_are_each_held() -> None:
    wrong = StampRules(unit="白石市水务局", period="2026年下半年", batch="b-8", secret=SECRET)
    assert _causes(FOUND, wrong) == ["other_unit", "other_period", "other_batch"]
    assert _causes(FOUND, StampRules(secret=SECRET)) == []
