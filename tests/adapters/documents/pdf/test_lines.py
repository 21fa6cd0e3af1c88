from __future__ import annotations

import pytest

from shuiheng.adapters.documents.pdf.lines import (
    Glyph,
    first_chunk_width,
    lines_of,
    page_columns,
    readable,
    unmapped_share,
)


def _glyphs(text: str, x: float = 100, top: float = 50, size: float = 12) -> list[Glyph]:
    return [
        {
            "text": char,
            "x0": x + index * size,
            "x1": x + (index + 1) * size,
            "top": top,
            "bottom": top + size,
            "size": size,
            "fontname": "Song",
            "upright": True,
        }
        for index, char in enumerate(text)
    ]


def test_glyphs_of_one_height_are_a_line_from_left_to_right() -> None:
    found = lines_of(_glyphs("推进改造")[::-1] + _glyphs("第二行", top=70), page=1)
    assert [line.text for line in found] == ["推进改造", "第二行"]


def test_a_glyph_printed_twice_to_look_bold_is_read_once() -> None:
    assert lines_of(_glyphs("水利") + _glyphs("水利", x=100.4), page=1)[0].text == "水利"


def test_a_small_raised_three_behind_a_metre_is_a_cube() -> None:
    raised = _glyphs("3", x=124, top=49, size=7)
    assert lines_of(_glyphs("亿m") + raised, page=1)[0].text == "亿m³"


def test_a_wide_gap_is_a_space_and_letter_spacing_is_none() -> None:
    assert lines_of(_glyphs("组长") + _glyphs("某人", x=150), page=1)[0].text == "组长 某人"
    assert lines_of(_glyphs("组长") + _glyphs("某人", x=130), page=1)[0].text == "组长某人"


def test_glyphs_without_a_known_character_are_dropped_and_counted() -> None:
    glyphs = [*_glyphs("水"), {**_glyphs("x")[0], "text": "(cid:12)"}]
    assert [glyph["text"] for glyph in readable(glyphs)] == ["水"]
    assert unmapped_share(glyphs) == 0.5
    assert unmapped_share([]) == 0.0


@pytest.mark.parametrize(
    ("text", "ems"), [("水利", 1), ("（片）；到", 4), ("法》，加", 3), ("水。", 2), ("“节水”", 2)]
)
def test_marks_that_may_not_be_parted_from_a_character_come_with_it(text: str, ems: int) -> None:
    assert first_chunk_width(text, 10) == pytest.approx(ems * 10)


def test_a_page_with_a_gutter_has_two_columns() -> None:
    left = [glyph for row in range(12) for glyph in _glyphs("一" * 15, x=60, top=60 + 20 * row)]
    right = [glyph for row in range(12) for glyph in _glyphs("二" * 15, x=320, top=60 + 20 * row)]
    columns = page_columns(left + right, 595)
    assert [{glyph["text"] for glyph in column} for column in columns] == [{"一"}, {"二"}]
    assert len(page_columns(left, 595)) == 1
