from __future__ import annotations

from adapters.documents.seen import rows
from shuiheng.adapters.documents.text.tabbed import tabbed_cells, tabbed_rows

HEADER = "类别\t序号\t任务\t工作内容\t牵头单位\t参与单位"
FIRST = "（一）工业节\t1\t计量改造\t完成计量器具改造。\t市工信局\t市水利局"
SECOND = "\t2\t工艺改造\t推广循环用水。\t市工信局\t市科技局"
BODY = "三、任务 （一）工业节水行动"


def _rows(*lines: str) -> list[list[str]]:
    table = tabbed_rows(lines, 0)
    assert table is not None
    return rows(tabbed_cells(table, elsewhere="\n".join([BODY, *lines])))


def test_a_header_that_comes_again_is_dropped() -> None:
    found = _rows(HEADER, FIRST, SECOND, "", HEADER, SECOND)
    assert len(found) == 4
    assert sum(row[0] == "类别" for row in found) == 1


def test_halves_of_a_label_around_a_page_break_are_joined_when_they_stand_together_elsewhere() -> None:
    half = "水行动\t3\t水效对标\t开展水效对标。\t市工信局\t市水利局"
    found = _rows(HEADER, FIRST, SECOND, "", HEADER, half)
    assert found[1][0] == "（一）工业节水行动"
    assert found[3][0] == ""


def test_a_new_label_behind_a_page_break_stays_its_own() -> None:
    fresh = "（二）农业节水\t3\t灌区改造\t推进灌区改造。\t市农业农村局\t市水利局"
    found = _rows(HEADER, FIRST, SECOND, "", HEADER, fresh)
    assert found[1][0] == "（一）工业节"
    assert found[3][0] == "（二）农业节水"


def test_a_title_with_one_tab_is_no_table() -> None:
    assert tabbed_rows(["附件\t任务表", "各单位："], 0) is None


def test_a_broken_row_takes_the_rest_of_its_last_field() -> None:
    found = _rows(HEADER, FIRST + "、", "市财政局", SECOND)
    assert found[1][5] == "市水利局、市财政局"
