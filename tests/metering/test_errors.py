"""Errors of the metering room say what, where and what to do next."""

from __future__ import annotations

import pytest

from shuiheng.metering.errors import (
    BadProfileError,
    BadRegisterError,
    NoParameterError,
    OrderError,
    RowsClashError,
)


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (BadRegisterError("digits is 0", "Give more."), "metering.bad_register", "digits is 0. Give more."),
        (RowsClashError("m1", "b7", 12), "metering.rows_clash", "row 12 of batch b7"),
        (OrderError(20, 10), "metering.not_in_order", "begins at 10"),
        (BadProfileError("works", "it is empty"), "metering.bad_profile", "works: it is empty"),
        (NoParameterError("V7", "days"), "metering.no_parameter", "rule V7 has no `days`"),
    ],
)
def test_an_error_says_its_code_and_its_cause(error: Exception, code: str, words: str) -> None:
    text = str(error.args[0])
    assert text.startswith(f"{code}: ") and words in text and text.endswith((".", ".yaml."))
