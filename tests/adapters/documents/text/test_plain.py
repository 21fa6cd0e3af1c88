from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.documents.seen import tables, words
from places import SHARED, needs_real_plans
from shuiheng.adapters.documents.drafts import document_of
from shuiheng.adapters.documents.errors import DocumentRefused
from shuiheng.adapters.documents.text.plain import draft_of_lines, read_plain_text


def test_a_paragraph_cut_by_a_page_is_joined_and_page_numbers_go() -> None:
    text = "各单位要加强用水计量管理工作，推进供水管网\n\n- 3 -\n\n分区管理。\n\n二、任务"
    assert words(read_plain_text(text.encode())) == [
        "各单位要加强用水计量管理工作，推进供水管网分区管理。",
        "二、任务",
    ]


def test_lines_that_a_machine_wrapped_are_joined() -> None:
    sentence = "各单位要加强用水计量管理工作推进供水管网分区改造完善定额标准建立用水台账强化监督检查"
    lines = [f"（{mark}）{sentence}。{sentence}。" for mark in "一二三四五六"]
    wrapped = [line[at : at + 24] for line in lines for at in range(0, len(line), 24)]
    assert words(draft_of_lines(wrapped)) == lines


def test_lines_that_are_paragraphs_stay_apart() -> None:
    lines = ["示例市水利局", "示例市发展改革委", "关于印发方案的通知", "一、总体要求"]
    assert words(draft_of_lines(lines)) == lines


def test_a_table_between_paragraphs_is_found_and_said() -> None:
    first = "\t1\n\t开展检查。\n\t市水利局\n\n"
    text = f"任务表\n\t序号\n\t工作内容\n\t牵头单位\n\n{first}\t2\n\t开展培训。\n\t市教育局\n\n注：下同。"
    draft = read_plain_text(text.encode("gb18030"))
    assert tables(draft)[0][2] == ["2", "开展培训。", "市教育局"]
    assert words(draft) == ["任务表", "注：下同。"]
    assert [finding.code for finding in draft.findings] == ["documents.table_rebuilt"]


@given(st.text(alphabet="一二节水（）、。，\t\n |,1. 　序号任务单位局", max_size=300))
def test_no_word_of_a_text_is_lost(text: str) -> None:
    draft = draft_of_lines(text.split("\n"))
    document = document_of(draft, name="t", media_type="text/plain")
    kept = {char for char in document.text if char not in "\t\n "}
    assert kept <= set(text)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        read_plain_text(content)
    except DocumentRefused as refused:
        assert refused.code.startswith("documents.")


@needs_real_plans
@pytest.mark.real_plans
@pytest.mark.parametrize(
    ("name", "rows"), [("000_cixi", 42), ("001_wuxi", 36), ("002_shaoxing", 59), ("004_wanzhou", 53)]
)
def test_the_flattened_tables_of_the_real_plans_have_all_their_rows(name: str, rows: int) -> None:
    draft = read_plain_text((SHARED / "plans" / f"{name}.txt").read_bytes())
    assert [len(table) for table in tables(draft)] == [rows]
