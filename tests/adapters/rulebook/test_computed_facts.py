"""Each fact of the ledger and of settled months is computed, or it is said why not; a fault is refused."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest

from shuiheng.adapters.rulebook.computed_facts import ORIGINS, computed_facts, read_computed_facts
from shuiheng.adapters.rulebook.errors import RulebookError
from shuiheng.adapters.rulebook.files import rulebook_folder
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book


def test_every_fact_of_the_ledger_and_of_settled_months_is_explained() -> None:
    book = indicator_book()
    asked = {name for name, origin in book.origins.items() if origin in ORIGINS}
    found = computed_facts()
    assert asked == set(found.explained)
    assert all(each.how or each.when_not for each in found.explained.values())
    assert set(found.uses) | set(found.counts) < asked
    assert {book.origins[name] for name in found.uses} == {"settled"}
    assert {book.origins[name] for name in found.counts} == {"ledger"}


def test_a_rule_counts_its_classes_sources_and_divisions_only() -> None:
    uses = computed_facts().uses
    assert uses["non_resident_use"].counts("services", "supply", "84")
    assert not uses["non_resident_use"].counts("residential", "supply", "")
    assert uses["self_supply_use"].counts("industry", "abstraction", "17")
    assert not uses["self_supply_use"].counts("industry", "abstraction", "46")
    assert not uses["self_supply_use"].counts("industry", "supply", "17")
    assert uses["abstraction_use"].counts("services", "abstraction", "46")
    assert computed_facts().divisions == {"46"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("id: household_use", "id: moon_use"),
        ("id: household_use", "id: urban_use"),
        ("id: household_use", "id: rain_use"),
        ("classes: [residential]", "classes: [moon]"),
        ("takes: told", "takes: guessed"),
        ("who: public", "who: everybody"),
        ("source: abstraction", "source: moon"),
        ("  - id: meters\n", "  - id: smart_meters\n"),
    ],
)
def test_a_fault_is_refused_with_its_file(tmp_path: Path, old: str, new: str) -> None:
    folder = tmp_path / "rulebook"
    copytree(str(rulebook_folder()), folder)
    path = folder / "indicators" / "computed.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(RulebookError, match=r"indicators/computed\.yaml"):
        read_computed_facts(folder)
