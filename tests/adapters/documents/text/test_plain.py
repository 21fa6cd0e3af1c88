from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.documents.seen import tables, words
from places import SHARED, needs_real_plans
from shuiheng.adapters.documents.drafts import document_of
from shuiheng.adapters.documents.errors import DocumentRefusedError
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
    except DocumentRefusedError as refused:
        assert refused.code.startswith("documents.")


@needs_real_plans
@pytest.mark.real_plans
@pytest.mark.parametrize(
    ("name", "rows"), [("000_cixi", 42), ("001_wuxi", 36), ("002_shaoxing", 59), ("004_wanzhou", 53)]
)
def test_the_flattened_tables_of_the_real_plans_have_all_their_rows(name: str, rows: int) -> None:
    draft = read_plain_text((SHARED / "plans" / f"{name}.txt").read_bytes())
    assert [len(table) for table in tables(draft)] == [rows]


CELL_LINES = """附件1
任务分工表
\t序号
\t工作内容
\t牵头单位

\t1
\t下达用水计划，按季通报。
\t市水利局

\t2
\t开展节水宣传，办好宣传周。
\t市教育局
　　注：各县参照落实。
附件2
分区任务
\t任务
\t单位
\t东区
\t西区

\t用水总量
\t万立方米
\t7200
\t5600

\t节水企业
\t家
\t3
\t4
"""


def test_tables_with_captions_between_them_stay_apart() -> None:
    draft = draft_of_lines(CELL_LINES.split("\n"))
    assert words(draft)[:2] == ["附件1", "任务分工表"]
    assert [block.text for block in draft.blocks if not block.cells][2:] == [
        "注：各县参照落实。",
        "附件2",
        "分区任务",
    ]
    first, second = tables(draft)
    assert first[2] == [
        "2",
        "开展节水宣传，办好宣传周。",
        "市教育局",
    ]
    assert second[1] == ["用水总量", "万立方米", "7200", "5600"]


def test_a_title_above_other_columns_ends_a_table_of_cell_lines() -> None:
    lines = CELL_LINES.replace("附件2\n", "").replace("　　注：各县参照落实。\n", "").split("\n")
    lines = [line.replace("东区", "指标").replace("西区", "2025年目标") for line in lines]
    assert len(tables(draft_of_lines(lines))) == 2


@pytest.mark.parametrize("caption", ["专栏2 各区任务", "表 2", "各区节水任务"])
def test_a_caption_between_tabbed_rows_parts_two_tables(caption: str) -> None:
    upper = ["序号\t指标\t单位\t2025年", "1\t用水总量\t亿m³\t7.0", "2\t漏损率\t%\t9"]
    lower = ["地区\t用水总量（万立方米）\t节水企业（家）", "东区\t70200\t64", "西区\t18600\t22"]
    draft = draft_of_lines([*upper, caption, *lower])
    first, second = tables(draft)
    assert first[-1][-1] == "9"
    assert second[1] == ["东区", "70200", "64"]
    assert [block.text for block in draft.blocks if not block.cells] == [caption]
