"""Which edition was in force."""

from __future__ import annotations

from datetime import date

import pytest

from shuiheng.rules import (
    Source,
    SourceKind,
    UnknownSourceError,
    edition_in_force,
    editions_of,
    find_source,
    search_sources,
)
from shuiheng.rules.editions import has_year, plain_name

OLD = Source(
    id="gb-1-2008",
    kind=SourceKind.STANDARD,
    title="水表通则",
    number="GB/T 1-2008",
    superseded_by="gb-1-2022",
)
NEW = Source(
    id="gb-1-2022",
    kind=SourceKind.STANDARD,
    title="水表检定通则",
    number="GB/T 1-2022",
    effective_on=date(2022, 11, 1),
)
LAW = Source(id="law", kind=SourceKind.LAW, title="中华人民共和国水表法", aliases=("水表条例",))
SOURCES = (OLD, NEW, LAW)


def test_the_new_edition_holds_from_its_first_day() -> None:
    assert edition_in_force(SOURCES, "gb-1-2008", date(2022, 10, 31)) is OLD
    assert edition_in_force(SOURCES, "gb-1-2008", date(2022, 11, 1)) is NEW


def test_an_unknown_source_is_an_error_and_not_an_empty_answer() -> None:
    with pytest.raises(UnknownSourceError, match="gb-2"):
        editions_of(SOURCES, "gb-2")


def test_a_ring_of_editions_ends() -> None:
    ring = (
        Source(id="a", kind=SourceKind.NOTICE, title="甲", superseded_by="b"),
        Source(id="b", kind=SourceKind.NOTICE, title="乙", superseded_by="a"),
    )
    assert [source.id for source in editions_of(ring, "a")] == ["a", "b"]


@pytest.mark.parametrize("text", ["GB/T1-2008", "ＧＢ／Ｔ 1—2008", "《水表通则》", "水表通则"])
def test_a_source_is_found_by_number_and_title_however_it_is_written(text: str) -> None:
    assert find_source(SOURCES, text) is OLD


def test_a_law_is_found_without_the_name_of_the_country() -> None:
    assert find_source(SOURCES, "《水表法》") is LAW
    assert find_source(SOURCES, "水表条例") is LAW


def test_a_part_of_a_name_is_searched_but_not_found() -> None:
    assert find_source(SOURCES, "水表") is None
    assert find_source(SOURCES, "") is None
    assert [source.id for source in search_sources(SOURCES, "水表")] == ["gb-1-2008", "gb-1-2022", "law"]
    assert search_sources(SOURCES, "《》") == ()


def test_a_number_names_its_edition_by_a_year() -> None:
    assert has_year("GB/T 12452-2008")
    assert not has_year("GB/T 12452")
    assert plain_name("发改环资规﹝2019﹞695号") == plain_name("发改环资规〔2019〕695号")
