"""Every cause has its sentences, and no sentence is left over."""

from __future__ import annotations

import re

from places import PACKAGE
from shuiheng.adapters.rulebook import finding_texts

CAUSE = re.compile(
    r'"((?:frame|csv|payload|no|not|number|meter_number|unknown|unit|finer|negative|register_too|'
    r'instant|clock|day)_[a-z_]+)"'
)
WORDS = {"meter_number", "unit_price"}


def _causes() -> set[str]:
    found: set[str] = set()
    for path in (PACKAGE / "adapters" / "telemetry").glob("*.py"):
        found |= set(CAUSE.findall(path.read_text("utf-8")))
    found |= {f"csv_{each}" for each in ("line_too_long", "line_not_text", "quote_open")}
    return found - WORDS


def test_every_cause_has_its_sentences_and_no_sentence_is_left_over() -> None:
    codes = {code.removeprefix("telemetry.") for code in finding_texts("zh") if code.startswith("telemetry.")}
    assert codes == _causes()


def test_blanks_are_those_that_findings_and_errors_fill() -> None:
    for language in ("zh", "en"):
        for code, text in finding_texts(language).items():
            if code.startswith("telemetry."):
                blanks = set(re.findall(r"\{(\w+)\}", text.says))
                assert blanks <= {"line", "column", "found", "offset"}, code
