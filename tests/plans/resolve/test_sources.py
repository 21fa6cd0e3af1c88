"""Linking citations to sources of the rulebook."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from shuiheng.kernel import Span
from shuiheng.plans.model import CitedSource
from shuiheng.plans.resolve.sources import linked_sources, number_form, title_form
from shuiheng.rules import Source, SourceKind

OLD = Source(id="old", kind=SourceKind.STANDARD, title="甲通则", number="GB/T 100-2008", superseded_by="mid")
MID = Source(
    id="mid", kind=SourceKind.STANDARD, title="甲平衡通则", number="GB/T 100-2015", superseded_by="new"
)
NEW = Source(id="new", kind=SourceKind.STANDARD, title="甲平衡总则", number="GB/T 100-2022")
LAW = Source(id="law", kind=SourceKind.LAW, title="中华人民共和国水法", aliases=("水法",))
KNOWN = (OLD, MID, NEW, LAW)


def _linked(title: str, number: str | None = None) -> CitedSource:
    (found,) = linked_sources([CitedSource(title=title, number=number, span=Span(0, 1))], KNOWN)
    return found


def test_an_old_edition_names_the_newest() -> None:
    found = _linked("甲通则", "GB/T100-2008")
    assert (found.source, found.superseded_by) == ("old", "new")


def test_an_edition_in_force_names_none() -> None:
    found = _linked("甲平衡总则", "GB/T100－2022")
    assert (found.source, found.superseded_by) == ("new", None)


def test_the_number_decides_before_the_title() -> None:
    assert _linked("甲通则", "GB/T100-2022").source == "new"


def test_a_title_alone_is_enough() -> None:
    assert _linked("水法").source == "law"
    assert _linked("甲通则（试行）").source == "old"


def test_an_unknown_source_stays_unlinked() -> None:
    assert _linked("乙办法", "清政〔2020〕1号").source is None


def test_a_circle_of_editions_ends() -> None:
    a = Source(id="a", kind=SourceKind.STANDARD, title="甲", superseded_by="b")
    b = Source(id="b", kind=SourceKind.STANDARD, title="乙", superseded_by="a")
    (found,) = linked_sources([CitedSource(title="甲", number=None, span=Span(0, 1))], (a, b))
    assert found.superseded_by == "b"


@given(st.text(max_size=30))
def test_forms_are_stable(words: str) -> None:
    assert number_form(number_form(words)) == number_form(words)
    assert isinstance(title_form(words), str)
