"""The sources that the rulebook ships."""

from __future__ import annotations

import hashlib
from collections import Counter

import pytest

from places import SHARED, needs_real_plans
from shuiheng.adapters.rulebook.files import rulebook_folder
from shuiheng.adapters.rulebook.sources import read_sources
from shuiheng.rules import find_source
from shuiheng.rules.editions import plain_names

SOURCES = read_sources(rulebook_folder())


def test_there_are_sources_enough_and_no_name_means_two_of_them() -> None:
    assert len(SOURCES) >= 60
    shared = Counter(name for source in SOURCES for name in plain_names(source))
    assert [name for name, count in shared.items() if count > 1] == []


def test_every_standard_is_found_by_its_number() -> None:
    numbered = [source for source in SOURCES if source.number]
    assert all(find_source(SOURCES, source.number or "") is source for source in numbered)


def test_no_edition_replaces_itself_over_others() -> None:
    newer = {source.id: source.superseded_by for source in SOURCES}
    for source_id in newer:
        seen, at = set(), source_id
        while (following := newer[at]) is not None:
            assert following not in seen
            seen.add(following)
            at = following


@needs_real_plans
@pytest.mark.real_plans
def test_every_text_that_was_read_has_its_hash() -> None:
    hashes = {
        "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest() for path in (SHARED / "laws").glob("*.txt")
    }
    assert hashes == {source.text_hash for source in SOURCES if source.text_hash}
