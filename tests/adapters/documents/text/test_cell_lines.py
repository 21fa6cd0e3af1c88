from __future__ import annotations

from shuiheng.adapters.documents.text.cell_lines import cell_line_table

HEADER = "\t序号\n\t目标\n任务\n\t工作内容\n\t牵头单位\n\t参与单位\n"
ROW = "\n\t1\n\t计量改造\n\t完成计量器具改造。\n\t市水利局\n\t市住建局\n"


def _rows(text: str) -> list[list[str]]:
    found = cell_line_table(text.split("\n"), 0)
    assert found is not None
    return found[0]


def test_rows_are_parted_by_empty_lines_and_cells_may_have_lines() -> None:
    rows = _rows(HEADER + ROW + ROW)
    assert rows[0] == ["序号", "目标\n任务", "工作内容", "牵头单位", "参与单位"]
    assert rows[1] == ["1", "计量改造", "完成计量器具改造。", "市水利局", "市住建局"]


def test_an_empty_line_inside_a_cell_does_not_end_the_row() -> None:
    broken = "\n\t2\n\t用水监控\n\t建立名录。\n\t市水利局、\n\n市城管局\n\n\n\t市统计局\n"
    assert _rows(HEADER + ROW + broken + ROW)[2] == [
        "2",
        "用水监控",
        "建立名录。",
        "市水利局、\n市城管局",
        "市统计局",
    ]


def test_a_tab_without_words_is_an_empty_cell() -> None:
    merged = "\n\t\n\t\n\t推进整改。\n\t\n\t市财政局\n"
    assert _rows(HEADER + ROW + merged)[2] == ["", "", "推进整改。", "", "市财政局"]


def test_a_note_behind_the_table_is_no_part_of_it() -> None:
    text = HEADER + ROW + ROW + "\n\n注：各项任务由各区落实。\n"
    found = cell_line_table(text.split("\n"), 0)
    assert found is not None
    assert "注" not in "".join(cell for row in found[0] for cell in row)
    assert text.split("\n")[found[1] :][2] == "注：各项任务由各区落实。"


def test_a_heading_that_a_page_printed_twice_is_kept_once() -> None:
    twice = "\n\t重点任务\n\n重点任务\n\t计量改造\n\t完成改造。\n\t市水利局\n\t市住建局\n"
    assert _rows(HEADER + ROW + twice)[2][0] == "重点任务"


def test_paragraphs_indented_with_a_tab_are_no_table() -> None:
    text = "\t一、总体要求\n\t各单位要加强用水管理，严格执行定额。\n\t二、主要任务\n\t推进改造，加强计量。"
    assert cell_line_table(text.split("\n"), 0) is None


def test_rows_without_gaps_are_cut_by_the_length_of_the_header() -> None:
    cells = ["序号", "任务", "牵头单位", "1", "计量改造", "市水利局", "2", "管网改造", "市住建局"]
    assert _rows("".join(f"\t{cell}\n" for cell in cells))[2] == ["2", "管网改造", "市住建局"]


def test_a_heading_over_all_columns_is_a_row_of_its_own() -> None:
    rows = _rows(HEADER + ROW + "\n\t二、农业节水\n" + ROW + ROW)
    assert rows[2] == ["二、农业节水"]
    assert [len(row) for row in rows] == [5, 5, 1, 5, 5]
