from __future__ import annotations

from dataclasses import replace

import pytest

from adapters.workbooks.making import FORM
from shuiheng.adapters.workbooks import Column, ColumnForm, RowRule, RuleKind, Template, TemplateFaultError
from shuiheng.adapters.workbooks.template_checks import check_template


def test_the_form_of_the_tests_is_whole() -> None:
    check_template(FORM)


@pytest.mark.parametrize(
    "form",
    [
        replace(FORM, columns=()),
        replace(FORM, columns=(*FORM.columns, FORM.columns[0])),
        replace(FORM, columns=(*FORM.columns, Column(key="other", zh="工程编号"))),
        replace(FORM, columns=(*FORM.columns, Column(key="not a key", zh="列"))),
        replace(FORM, columns=(*FORM.columns, Column(key="own", zh="校验结果"))),
        replace(FORM, columns=(*FORM.columns, Column(key="empty", zh="列", form=ColumnForm.CHOICE))),
        replace(FORM, columns=(*FORM.columns, Column(key="list", zh="列", choices=("甲",)))),
        replace(FORM, keys=("absent",)),
        replace(FORM, rules=(RowRule(kind=RuleKind.COMPARE, left="done", right=("absent",)),)),
        replace(FORM, version=0),
    ],
)
def test_a_form_that_contradicts_itself_is_an_error(form: Template) -> None:
    with pytest.raises(TemplateFaultError, match="works"):
        check_template(form)
