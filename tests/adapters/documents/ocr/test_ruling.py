from __future__ import annotations

import pytest

from shuiheng.adapters.documents.pdf.lines import Line

cv2 = pytest.importorskip("cv2", reason="the extra for recognition is not installed")
np = pytest.importorskip("numpy", reason="the extra for recognition is not installed")
ruling = pytest.importorskip("shuiheng.adapters.documents.ocr.ruling")


def _line(text: str, x0: float, x1: float, top: float) -> Line:
    return Line(text=text, x0=x0, x1=x1, top=top, bottom=top + 12, size=10, font="", page=1, confidence=0.9)


def _picture() -> object:
    picture = np.full((400, 600, 3), 255, np.uint8)
    for x in (50, 200, 400, 550):
        cv2.line(picture, (x, 50), (x, 200), (0, 0, 0), 2)
    for y in (50, 100, 150, 200):
        cv2.line(picture, (50, y), (550, y), (0, 0, 0), 2)
    return picture


def test_a_grid_in_the_pixels_is_a_table() -> None:
    (table,) = ruling.ruled_in_picture(_picture(), angle=0, page=2, scale=1.0)
    assert table.row_count == 3
    assert len(table.cells) == 9
    assert table.page == 2


def test_a_grid_that_lies_askew_is_turned_back_first() -> None:
    turn = cv2.getRotationMatrix2D((300, 200), -1.5, 1.0)
    askew = cv2.warpAffine(_picture(), turn, (600, 400), borderValue=(255, 255, 255))
    (table,) = ruling.ruled_in_picture(askew, angle=1.5, page=1, scale=1.0)
    assert len(table.cells) == 9


def test_a_page_without_strokes_has_no_table() -> None:
    assert ruling.ruled_in_picture(np.full((400, 600, 3), 255, np.uint8), angle=0, page=1, scale=1.0) == []


def test_words_that_run_through_a_border_are_parted_there() -> None:
    (table,) = ruling.ruled_in_picture(_picture(), angle=0, page=1, scale=1.0)
    ruling.into_cells(table, [_line("计量改造市水利局", 60, 340, 70), _line("下一行", 60, 120, 84)])
    first = next(cell for cell in table.cells if cell.row == 0 and cell.x0 < 60)
    assert [line.text for line in first.lines] == ["计量改造", "下一行"]


def test_boxes_side_by_side_are_one_line_with_the_lower_confidence() -> None:
    (line,) = ruling.level_lines([_line("右", 200, 220, 71), _line("左", 60, 80, 70)])
    assert (line.text, line.x0, line.x1) == ("左 右", 60, 220)
