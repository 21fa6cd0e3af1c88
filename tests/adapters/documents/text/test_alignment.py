from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from adapters.documents.seen import covered
from shuiheng.adapters.documents.text.alignment import grid_width, placed_rows
from shuiheng.plans.document import MergeEvidence

HEADER = ["序号", "任务", "工作内容", "牵头单位", "参与单位"]
FULL = ["1", "计量改造", "完成计量器具改造，建立台账。", "市水利局", "市住建局、市财政局"]
FIELDS = st.lists(st.sampled_from(["", "1", "计量改造", "完成计量器具改造。", "市水利局", "x"]), max_size=8)


def test_a_row_with_shifted_fields_is_placed_by_its_content() -> None:
    cells = placed_rows([HEADER, FULL, FULL, ["开展宣传培训，提高意识。", "", "", "市教育局", "市财政局"]])
    last = {cell.column: cell.text for cell in cells if cell.row == 3 and cell.text}
    assert last == {2: "开展宣传培训，提高意识。", 3: "市教育局", 4: "市财政局"}


def test_an_empty_field_keeps_its_place_as_an_open_question() -> None:
    cells = placed_rows([HEADER, FULL, FULL, ["", "", "完成整改。", "", "市财政局"]])
    empty = [cell for cell in cells if cell.row == 3 and not cell.text]
    assert [cell.column for cell in empty] == [0, 1, 3]
    assert all(cell.merge is MergeEvidence.UNKNOWN for cell in empty)


def test_a_label_without_the_columns_below_it_spans_them() -> None:
    wide = ["主要任务", "完善机制", "1", "深化改革", "完善水价机制。", "发改委", "财政局"]
    short = ["保障措施", "（一）加强领导", "1", "建立协调机制。", "水利局", "财政局"]
    cells = placed_rows(
        [["序号", "", "目标任务", "工作内容", "牵头单位", "参与单位"], wide, wide, wide, short]
    )
    span = next(cell for cell in cells if cell.row == 4 and cell.text == "1")
    assert (span.column, span.column_span) == (2, 2)


def test_an_accidental_long_row_adds_no_column() -> None:
    assert grid_width([FULL, FULL, FULL, [*FULL, "x"]], least=5) == 5


def test_rows_that_are_all_of_different_length_still_have_columns() -> None:
    cells = placed_rows([["牵头单位", "年底"], ["到位。"], ["1", "市水利局", "年底"]], header_rows=0)
    assert min(cell.column for cell in cells) == 0
    assert {cell.text for cell in cells} >= {"牵头单位", "到位。", "市水利局"}


def test_a_row_of_very_many_fields_is_placed_at_once() -> None:
    rows = [["1", "x"] * 400, ["1", ""] * 399 + ["1", "x"]]
    assert max(cell.column for cell in placed_rows(rows)) == 799


@given(st.lists(FIELDS.filter(any), min_size=1, max_size=8))
def test_no_word_is_lost_and_every_position_is_covered_once(body: list[list[str]]) -> None:
    cells = placed_rows([HEADER, *body])
    height = max(cell.row + cell.row_span for cell in cells)
    width = max(cell.column + cell.column_span for cell in cells)
    assert covered(cells) == [(row, column) for row in range(height) for column in range(width)]
    kept = "".join(cell.text.replace("\n", "") for cell in cells)
    assert kept == "".join(field for row in [HEADER, *body] for field in row)
