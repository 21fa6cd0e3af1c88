from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuiheng.adapters.containers.encoding import decoded
from shuiheng.adapters.containers.errors import ContainerRefusedError

TEXT = "到2025年，全市用水总量控制在3亿立方米以内。\n附件：任务表\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_the_encodings_of_chinese_texts_are_found(encoding: str) -> None:
    assert decoded(TEXT.encode(encoding)) == TEXT


def test_binary_content_is_refused() -> None:
    with pytest.raises(ContainerRefusedError, match="not_text"):
        decoded(bytes(range(1, 9)) * 100)


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_refused(content: bytes) -> None:
    try:
        assert isinstance(decoded(content), str)
    except ContainerRefusedError as refused:
        assert refused.cause == "not_text"
