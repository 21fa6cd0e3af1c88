"""Where a table of one cell per line ends, with made-up texts."""

from __future__ import annotations

import time

import pytest

from shuiheng.adapters.documents.drafts import DraftBlock
from shuiheng.adapters.documents.text.plain import draft_of_lines
from shuiheng.adapters.documents.text.table_end import RowsAbove, goes_on, heads_columns, opens_anew
from shuiheng.plans.document import BlockKind

Rows = list[list[str]]
THREE: Rows = [
    ["任务", "牵头单位", "时限"],
    ["管网改造", "市水务局", "2025年底"],
    ["计量更新", "市住房城乡建设局", "长期"],
    ["节水宣传", "市教育局", "2026年6月"],
]
FOUR: Rows = [["序号", "任务", "牵头单位", "责任单位"]] + [
    [str(at), row[0], row[1], "市财政局、市统计局"] for at, row in enumerate(THREE[1:], 1)
]
FIVE: Rows = [["序号", "目标任务", "工作内容", "牵头单位", "参与单位"]] + [
    [row[0], row[1], "更换老旧管网120公里，建立台账。", row[2], row[3]] for row in FOUR[1:]
]
SIX: Rows = [["序号", "类别", "任务", "工作内容", "责任单位", "完成时限"]] + [
    [row[0], "", row[1], row[2], row[3], "2027年"] for row in FIVE[1:]
]
UNNAMED: Rows = [["事情", "谁来办", "办到何时"], *THREE[1:]]
LONG_WORDS = "　　" + "把节水放在各项工作之前，" * 9 + "任务分工如下。"
FOLLOWERS = (
    "三、保障措施",
    "（二）推进农业节水。到2027年，建成节水灌区4个。",
    "第三章 保障措施",
    "附件",
    "附件2",
    "附件2：节水目标表",
    "1.加强组织领导。各部门要加强协调。",
    "　　各部门要把任务列入年度计划，按季度报送进展情况。",
    "各部门要把任务列入年度计划，按季度报送进展情况。",
    "注：各项任务由各区落实。",
    "保障措施",
)


def _printed(rows: Rows, *, gap: bool) -> str:
    parts = ["".join(f"\t{cell}\n" for cell in row) for row in rows]
    return ("\n" if gap else "").join(parts)


def _blocks(text: str) -> list[DraftBlock]:
    return draft_of_lines((LONG_WORDS + "\n" + text).split("\n")).blocks


def _grid(block: DraftBlock) -> Rows:
    rows: dict[int, list[str]] = {}
    for cell in block.cells:
        rows.setdefault(cell.row, []).append(cell.text)
    return [[text for text in rows[at] if text] for at in sorted(rows)]


def _filled(rows: Rows) -> Rows:
    return [[cell for cell in row if cell] for row in rows]


@pytest.mark.parametrize("follower", FOLLOWERS)
@pytest.mark.parametrize("rows", [THREE, FOUR, FIVE, SIX, UNNAMED])
def test_what_follows_a_table_directly_is_no_part_of_it(rows: Rows, follower: str) -> None:
    blocks = _blocks(_printed(rows, gap=True) + follower + "\n")
    assert [block.kind for block in blocks] == [BlockKind.PARAGRAPH, BlockKind.TABLE, BlockKind.PARAGRAPH]
    assert _grid(blocks[1]) == _filled(rows)
    assert blocks[2].text == follower.strip("　")


@pytest.mark.parametrize("follower", FOLLOWERS)
@pytest.mark.parametrize("rows", [THREE, FOUR, FIVE, SIX])
def test_rows_without_gaps_end_where_the_paragraphs_begin(rows: Rows, follower: str) -> None:
    blocks = _blocks(_printed(rows, gap=False) + follower + "\n")
    assert _grid(blocks[1]) == _filled(rows)
    assert [block.text for block in blocks[2:]] == [follower.strip("　")]


@pytest.mark.parametrize("gap", [True, False])
@pytest.mark.parametrize("last", [["4", "水价改革", "市发展改革委"], ["4", "水价改革", "市发展改革委", ""]])
def test_a_last_row_that_lacks_a_cell_ends_before_the_heading(last: list[str], gap: bool) -> None:
    blocks = _blocks(_printed([*FOUR, last], gap=gap) + "二、保障措施\n")
    assert _grid(blocks[1])[-1] == ["4", "水价改革", "市发展改革委"]
    assert blocks[-1].text == "二、保障措施"


@pytest.mark.parametrize("between", ["", "表2 节水指标\n", "（二）节水指标\n"])
@pytest.mark.parametrize("gap", [True, False])
def test_two_tables_that_follow_each_other_stay_two(between: str, gap: bool) -> None:
    text = _printed(FIVE, gap=gap) + between + _printed(FOUR, gap=gap)
    tables = [_grid(block) for block in _blocks(text) if block.kind is BlockKind.TABLE]
    assert tables == [FIVE, FOUR]


def test_a_table_with_the_same_columns_below_a_heading_is_another_table() -> None:
    text = _printed(FOUR, gap=True) + "二、农业节水\n" + _printed(FOUR, gap=True)
    assert [block.kind for block in _blocks(text)[1:]] == [
        BlockKind.TABLE,
        BlockKind.PARAGRAPH,
        BlockKind.TABLE,
    ]


def test_the_broken_last_cell_keeps_its_rest() -> None:
    rows = [*FOUR, ["4", "水价\n改革", "市财政局", "市统计局、市住房城\n乡建设局"]]
    blocks = _blocks(_printed(rows, gap=True) + "云泽市人民政府办公室\n2024年3月5日\n")
    assert _grid(blocks[1])[-1][-1] == "市统计局、市住房城\n乡建设局"
    assert [block.text for block in blocks[2:]] == ["云泽市人民政府办公室", "2024年3月5日"]


def test_paragraphs_with_a_tab_behind_a_numbered_table_are_no_rows() -> None:
    lines = ["\t三、保障措施", "\t各部门要把任务列入年度计划，按季度报送进展情况。", ""]
    above = RowsAbove(
        header=FOUR[0], is_header=False, is_full=True, cell="市财政局", rest="市财政局", firsts=["1", "2"]
    )
    assert opens_anew(lines, 0, above, gap=0)
    assert not opens_anew(["\t三、农业节水", "\t3", *lines[1:]], 0, above, gap=0)


def test_a_heading_inside_a_cell_of_sentences_stays_in_it() -> None:
    lines = ["2.加强计量。", "\t市水务局", ""]
    above = RowsAbove(
        header=FIVE[0], is_header=False, is_full=False, cell="1.更换老旧管网，建立台账。", rest="建立台账。"
    )
    assert goes_on(lines, 0, above, gap=0)


def test_names_of_units_in_a_row_head_no_columns() -> None:
    assert heads_columns(["\t序号", "\t任务", "\t牵头单位"], 0)
    assert not heads_columns(["\t各有关单位", "\t每年", "\t4"], 0)


@pytest.mark.parametrize("line", ["\t甲乙丙\n", "\t任务\n", "\t任务\n甲\n", "\t甲\n\t乙\n\n", "\t甲\n\n"])
def test_cell_lines_that_are_no_table_take_linear_time(line: str) -> None:
    def seconds(count: int) -> float:
        began = time.process_time()
        _blocks(line * count)
        return time.process_time() - began

    least = min(seconds(300) for _ in range(3))
    assert min(seconds(2400) for _ in range(2)) < 32 * max(least, 0.02)  # quadratic time is 64 times
