"""Every code of the rulebook is found where its fault is, with all blanks of its sentence filled."""

from __future__ import annotations

import string

import pytest

from plans.checks.faulty import CASES
from shuiheng.adapters.rulebook import finding_texts
from shuiheng.kernel import Severity

CODES = sorted(code for code in finding_texts("zh") if code.startswith("plans."))


def test_there_is_a_faulty_plan_for_every_code() -> None:
    assert sorted(CASES) == CODES


@pytest.mark.parametrize("code", sorted(CASES))
def test_the_fault_is_found_and_its_sentence_is_whole(code: str) -> None:
    found = CASES[code].findings(code)
    assert found, [each.code for each in CASES[code].findings()]
    values = dict(found[0].values)
    for language in ("zh", "en"):
        text = finding_texts(language)[code]
        blanks = {name for _, name, _, _ in string.Formatter().parse(text.says + text.remedy) if name}
        assert blanks <= set(values)
        assert text.says.format_map(values)
    assert all(values.values()), "a blank filled with nothing reads badly"


@pytest.mark.parametrize("code", sorted(CASES))
def test_a_finding_points_into_the_text_or_at_nothing(code: str) -> None:
    case = CASES[code]
    for each in case.findings():
        assert each.span is None or 0 <= each.span.start < each.span.end <= len(case.document.text)


def test_nothing_bars_publishing() -> None:
    severities = {each.severity for case in CASES.values() for each in case.findings()}
    assert severities == {Severity.NOTE, Severity.WARN}
