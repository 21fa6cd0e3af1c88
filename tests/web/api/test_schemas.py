"""Every field of the interface has bounds where it is taken in."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from shuiheng.web.api.schemas import KEY_MAX, ProgressIn, ReportPath


def test_texts_and_values_are_bounded() -> None:
    assert ProgressIn(done_text="x" * 4000).done_text
    for wrong in ({"done_text": "x" * 4001}, {"values": {str(n): "1" for n in range(201)}}):
        with pytest.raises(ValidationError):
            ProgressIn(**wrong)


@pytest.mark.parametrize("key", [0, -1, KEY_MAX + 1])
def test_keys_are_those_that_a_database_holds(key: int) -> None:
    with pytest.raises(ValidationError):
        ReportPath(period=key, task=1, organisation=1)
