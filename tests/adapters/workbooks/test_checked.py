from __future__ import annotations

from adapters.workbooks.making import cell_set, checked, form_with, honest_rows
from shuiheng.adapters.workbooks.checked import LEVEL_WORDS
from shuiheng.kernel import Severity

ISSUED = form_with(honest_rows(3))


def test_errors_and_unanswered_doubts_bar_the_import() -> None:
    outcome = checked(cell_set(ISSUED, I5="约1", J6=0.5))
    assert [each.row for each in outcome.errors] == [5]
    assert [row.number for row in outcome.unanswered] == [6]
    assert not outcome.can_commit
    assert [(row.has_errors, row.has_doubts) for row in outcome.rows] == [
        (True, False),
        (False, True),
        (False, False),
    ]


def test_each_level_has_its_word() -> None:
    assert [LEVEL_WORDS[level] for level in Severity] == ["信息", "提示", "错误"]
