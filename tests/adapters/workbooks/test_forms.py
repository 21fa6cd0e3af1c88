from __future__ import annotations

from shuiheng.adapters.workbooks import ENDINGS, WorkbookForm


def test_every_form_is_found_by_its_usual_ending() -> None:
    assert {ENDINGS[form.value] for form in WorkbookForm} == set(WorkbookForm)
    assert "et" not in ENDINGS and "xlsm" not in ENDINGS
