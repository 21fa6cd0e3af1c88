"""The text of a shipped kind as one whole."""

from __future__ import annotations

import pytest

from shuiheng.adapters.rulebook.programme_text import shipped_text
from shuiheng.adapters.rulebook.programmes import Edition, read_city_kind, shipped_programmes


@pytest.mark.parametrize("kind", shipped_programmes())
def test_the_whole_text_of_a_kind_is_read_as_the_kind_itself(kind: str) -> None:
    shipped = shipped_programmes()[kind]
    edition = Edition(kind=kind, version=shipped.version, valid_from=shipped.valid_from)
    found = read_city_kind(shipped_text(kind), edition)
    assert found == shipped


def test_a_whole_text_names_no_family_and_no_version() -> None:
    text = shipped_text("saving_school")
    assert "\nsteps:\n" in text and "\ncriteria:\n" in text
    assert "like:" not in text and "\nversion:" not in text and "\nfrom:" not in text


def test_a_kind_that_does_not_exist_has_no_text() -> None:
    with pytest.raises(KeyError):
        shipped_text("poetry")
