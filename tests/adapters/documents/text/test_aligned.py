from __future__ import annotations

from shuiheng.adapters.documents.text.aligned import drawn_table


def _rows(text: str) -> list[list[str]]:
    found = drawn_table(text.split("\n"), 0)
    assert found is not None
    return found[0]


def test_a_table_of_bars_is_read_row_by_row() -> None:
    text = "| 序号 | 任务 | 牵头单位 |\n|---|---|---|\n| 1 | 计量改造 | 市水利局 |\n| 2 | | 市住建局 |"
    assert _rows(text) == [["序号", "任务", "牵头单位"], ["1", "计量改造", "市水利局"], ["2", "", "市住建局"]]


def test_lines_between_two_rules_are_one_row() -> None:
    text = (
        "+----+------+\n| 序号 | 任务 |\n+----+------+\n| 1 | 计量器具 |\n|  | 改造 |\n"
        "+----+------+\n| 2 | 检查 |\n+----+------+"
    )
    assert _rows(text) == [["序号", "任务"], ["1", "计量器具改造"], ["2", "检查"]]


def test_values_parted_by_commas_below_a_header_are_a_table() -> None:
    text = '序号,任务,牵头单位\n1,计量改造,"市水利局,市住建局"\n2,检查,市水利局'
    assert _rows(text)[1] == ["1", "计量改造", "市水利局,市住建局"]


def test_a_sentence_with_commas_is_no_table() -> None:
    assert (
        drawn_table(["各单位要加强计量,严格定额,推进改造。", "各区要落实责任,加强考核,做好宣传。"], 0) is None
    )


def test_fields_below_the_words_of_a_header_are_a_table() -> None:
    text = (
        "序号    任务          牵头单位\n"
        "1       计量器具      市水利局\n"
        "        改造\n"
        "2       检查          市住建局"
    )
    assert _rows(text) == [
        ["序号", "任务", "牵头单位"],
        ["1", "计量器具改造", "市水利局"],
        ["2", "检查", "市住建局"],
    ]
