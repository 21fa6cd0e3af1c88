from __future__ import annotations

import pytest

from shuiheng.adapters.documents.text.kinds import (
    CellKind,
    header_kind,
    is_header_cell,
    is_header_row,
    is_unit_list,
    kind_of,
)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", CellKind.EMPTY),
        ("12", CellKind.NUMBER),
        ("（三）", CellKind.NUMBER),
        ("3推进改造", CellKind.ITEM),
        ("推进计量改造", CellKind.LABEL),
        ("开展计量器具检查。", CellKind.SENTENCE),
        ("市水利局、市住建局", CellKind.UNITS),
    ],
)
def test_the_sort_of_a_cell_is_told_by_its_words(text: str, kind: CellKind) -> None:
    assert kind_of(text) is kind


def test_a_list_of_units_may_have_brackets_and_breaks() -> None:
    assert is_unit_list("区水利局[直接取水]、\n区城管局[自来水]")
    assert not is_unit_list("加强组织领导、完善制度")


def test_a_header_row_has_short_cells_with_words_of_headers() -> None:
    assert is_header_row(["序号", "", "目标\n任务", "牵头单位"])
    assert not is_header_row(["1", "推进改造", "市水利局"])
    assert not is_header_row(["序号"])


def test_a_sentence_heads_no_column() -> None:
    assert not is_header_cell("开展检查，完成整改。")


def test_a_header_tells_what_stands_below_it() -> None:
    assert header_kind("序号") is CellKind.NUMBER
    assert header_kind("牵头 单位") is CellKind.UNITS
    assert header_kind("工作内容") is CellKind.SENTENCE
    assert header_kind("类别") is CellKind.LABEL
