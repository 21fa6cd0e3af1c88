from __future__ import annotations

from shuiheng.adapters.documents.pdf.lines import Line
from shuiheng.adapters.documents.pdf.paragraphs import (
    goes_on,
    is_centred,
    is_full,
    measure_of,
    paragraph_blocks,
)
from shuiheng.plans.document import BlockKind

TEXT = "各单位要加强用水计量管理，推进管网改造和分区，完善定额标准"


def _line(
    text: str, *, x0: float = 90, x1: float = 500, top: float = 100, size: float = 12, page: int = 1
) -> Line:
    return Line(text=text, x0=x0, x1=x1, top=top, bottom=top + size, size=size, font="Song", page=page)


LINES = [_line(TEXT, x0=114 if row % 4 == 0 else 90, top=100 + 20 * row) for row in range(16)]
MEASURE = measure_of(LINES)


def _on(before: Line, after: Line) -> bool:
    return goes_on(before, after, above=MEASURE, below=MEASURE)


def test_the_edges_of_the_body_are_found() -> None:
    assert (MEASURE.left, MEASURE.right, MEASURE.size, MEASURE.pitch) == (90, 500, 12, 20)


def test_a_full_line_goes_on_and_an_indented_one_begins() -> None:
    assert _on(_line(TEXT), _line("工作。", x1=130, top=120))
    assert not _on(_line(TEXT), _line("下一段从这里开始，继续说明", x0=114, top=120))


def test_a_short_line_ends_its_paragraph() -> None:
    assert not _on(_line("推进改造。", x1=160), _line("另一段的内容在这里", top=120))


def test_a_sentence_that_ends_at_the_edge_still_lets_the_paragraph_go_on() -> None:
    assert _on(_line(TEXT + "。"), _line("同一段的下一句在这里", top=120))


def test_a_mark_of_an_item_begins_a_paragraph_when_it_is_indented() -> None:
    assert not _on(_line(TEXT), _line("（二）推进节水", x0=114, top=120))


def test_lines_of_different_size_or_far_apart_are_not_one_paragraph() -> None:
    assert not _on(_line(TEXT), _line("小字", size=9, top=120))
    assert not _on(_line(TEXT), _line("远处的一行", top=160))
    assert _on(_line(TEXT), _line("下一页的第一行接着说", top=80, page=2))


def test_centred_lines_of_a_large_title_are_one_title() -> None:
    first = _line("示例市人民政府办公室关于印发节水", x0=150, x1=440, size=18)
    second = _line("行动方案的通知", x0=230, x1=360, size=18, top=128)
    assert is_centred(second, MEASURE)
    assert _on(first, second)
    assert not _on(second, _line("示节水〔2024〕5号", x0=250, x1=340, top=160))


def test_a_line_is_full_when_the_next_mark_did_not_fit() -> None:
    assert is_full(_line("推进改造", x1=470), MEASURE, following="（片）；")
    assert not is_full(_line("推进改造", x1=400), MEASURE, following="水")


def test_a_large_line_is_a_heading_and_a_sentence_is_not() -> None:
    assert paragraph_blocks([_line("节水行动方案", size=18)], MEASURE)[0].kind is BlockKind.HEADING
    assert paragraph_blocks([_line("推进改造。", size=18)], MEASURE)[0].kind is BlockKind.PARAGRAPH


def test_a_line_that_holds_two_items_becomes_two_paragraphs() -> None:
    blocks = paragraph_blocks([_line("完成改造（甲局负责） （二）开展检查。")], MEASURE)
    assert [block.text for block in blocks] == ["完成改造（甲局负责）", "（二）开展检查。"]
