"""Refusals of progress have their sentences."""

from __future__ import annotations

import pytest

from shuiheng.adapters.rulebook import finding_texts
from shuiheng.services.errors import ServiceError
from shuiheng.services.progress_errors import (
    FieldRefusedError,
    OwnWorkError,
    PeriodFrozenError,
    ReasonNeededError,
    StaleProgressError,
    StepRefusedError,
)

EVERY = (
    OwnWorkError(),
    PeriodFrozenError(),
    ReasonNeededError(),
    StaleProgressError(revision=2, content={}, by="李工", at="2026-07-01 09:00"),
    StepRefusedError(action="file", state="filed"),
    FieldRefusedError("progress.too_long", field="done_text", limit="4000"),
)


@pytest.mark.parametrize("error", EVERY, ids=lambda error: error.code)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_refusal_says_what_and_what_to_do(error: ServiceError, language: str) -> None:
    text = finding_texts(language)[error.code]
    assert text.says.format_map(error.values)
    assert text.remedy.format_map(error.values)


def test_a_stale_error_holds_what_stands_now() -> None:
    error = StaleProgressError(revision=3, content={"done_text": "乙"}, by="李工", at="x")
    assert (error.revision, error.content) == (3, {"done_text": "乙"})
