"""Which type of site an industry code tells."""

from __future__ import annotations

from pathlib import Path

import pytest

from shuiheng.adapters.rulebook.errors import RulebookError
from shuiheng.adapters.rulebook.files import rulebook_folder
from shuiheng.adapters.rulebook.site_types import FILE, read_site_types, site_types

GOOD = rulebook_folder().joinpath(*FILE.split("/")).read_text("utf-8")


@pytest.mark.parametrize(
    ("industry", "wanted"),
    [
        ("8334", "school"),
        ("8341", "university"),
        ("8411", "hospital"),
        ("8421", "other"),
        ("9221", "organ"),
        ("0313", "farm"),
        ("0421", "other"),
        ("0513", "irrigation_district"),
        ("0511", None),
        ("7020", None),
        ("", None),
    ],
)
def test_a_code_tells_the_type_of_a_site(industry: str, wanted: str | None) -> None:
    assert site_types().type_of(industry) == wanted


@pytest.mark.parametrize(
    ("industry", "use_class", "wanted"),
    [
        ("", "residential", "compound"),
        ("7020", "residential", "compound"),
        ("8334", "residential", "school"),
        ("7020", "services", None),
    ],
)
def test_a_class_of_use_tells_the_type_where_no_code_does(
    industry: str, use_class: str, wanted: str | None
) -> None:
    assert site_types().type_of(industry, use_class) == wanted


def test_the_longest_beginning_decides(tmp_path: Path) -> None:
    (tmp_path / "ledger").mkdir()
    text = GOOD.replace('school: ["831"', 'school: ["83", "831"')
    (tmp_path / FILE).write_text(text, "utf-8")
    types = read_site_types(tmp_path)
    assert (types.type_of("8391"), types.type_of("8341")) == ("school", "university")


@pytest.mark.parametrize(
    ("good", "bad", "said"),
    [
        ("organ:", "castle:", "no type `castle`"),
        ('"834"', '"831"', "stands twice"),
        ('"834"', '"P83"', "no code"),
        ("gb-t-4754-2017", "gossip", "gossip"),
        ("[residential]", "[castles]", "no class of use"),
        ("compound: [", "castle: [", "no type `castle`"),
    ],
)
def test_a_file_that_breaks_its_form_is_refused(tmp_path: Path, good: str, bad: str, said: str) -> None:
    (tmp_path / "ledger").mkdir()
    (tmp_path / FILE).write_text(GOOD.replace(good, bad, 1), "utf-8")
    with pytest.raises(RulebookError, match=said):
        read_site_types(tmp_path)
