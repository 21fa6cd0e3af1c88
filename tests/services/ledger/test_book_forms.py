"""The sheets of the workbook of the ledger hold together."""

from __future__ import annotations

import pytest

from shuiheng.adapters.rulebook.outline_policy import outline_policy
from shuiheng.adapters.workbooks import ColumnForm, Template
from shuiheng.adapters.workbooks.template_checks import check_template
from shuiheng.services.ledger.book_forms import FORMS, SITES, code_for, words_for


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_a_sheet_is_whole_and_each_row_has_its_day(form: Template) -> None:
    check_template(form)
    assert form.column("valid_from").is_required
    assert form.column("valid_from").form is ColumnForm.DAY
    assert not form.is_reasoned


def test_a_site_lies_where_outlines_of_districts_may_lie() -> None:
    policy = outline_policy()
    for name, bounds in (("longitude", policy.longitudes), ("latitude", policy.latitudes)):
        column = SITES.column(name)
        assert (column.lowest, column.highest) == bounds


def test_titles_and_ids_tell_sheets_apart() -> None:
    assert len({form.title for form in FORMS}) == len({form.id for form in FORMS}) == len(FORMS) == 7


def test_a_word_stands_for_its_code_and_back() -> None:
    for name in ("use_class", "water_kind", "meter_level", "duty"):
        for code, word in words_for(name).items():
            assert code_for(name, word) == code
    assert code_for("duty", "看门") == "" and code_for("duty", None) == ""
