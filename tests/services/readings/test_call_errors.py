"""Errors of calls have sentences with their limits filled in."""

from __future__ import annotations

import pytest

from shuiheng.services.errors import ServiceError
from shuiheng.services.finding_sentences import sentence_of
from shuiheng.services.readings.call_errors import CallFormError, CallTooLargeError, KeeperWaitsError


@pytest.mark.parametrize(
    "error",
    [
        CallTooLargeError("readings.call_too_large", limit=8),
        CallTooLargeError("readings.call_too_long", limit=8),
        CallFormError("x" * 100),
        KeeperWaitsError(count=8),
    ],
)
def test_every_error_says_what_and_what_to_do(error: ServiceError) -> None:
    for language in ("zh", "en"):
        sentence = sentence_of(error.code, error.values, language=language)
        assert next(iter(error.values.values())) in sentence.says
        assert sentence.remedy and sentence.name != error.code
