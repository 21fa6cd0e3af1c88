"""The line above a table is its caption when it reads as one."""

from __future__ import annotations

import pytest

from plans.builders import DocumentBuilder
from shuiheng.plans.segment.pieces import pieces_of
from shuiheng.plans.segment.table_titles import titles_of_tables


def title(*above: str) -> str | None:
    builder = DocumentBuilder().paragraphs(*above).table((("指标", "2025年"), ("漏损率", "8%")))
    found = list(titles_of_tables(pieces_of(builder.build())).values())
    return found[0].text if found else None


@pytest.mark.parametrize(
    "caption", ["表1 主要指标", "专栏2 重点工程", "青川市节水主要指标（2025年）", "各区创建任务"]
)
def test_a_caption_is_found(caption: str) -> None:
    assert title("到2025年，效率提高。", caption) == "".join(caption.split())


def test_a_line_on_the_unit_of_measurement_is_passed_over() -> None:
    assert title("表1 主要指标", "单位：万立方米") == "表1主要指标"


def test_a_sentence_above_is_no_caption() -> None:
    assert title("具体指标如下表所示，各区要认真落实。") is None
