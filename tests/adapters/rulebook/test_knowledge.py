"""What the compiler knows beside the document."""

from __future__ import annotations

from pathlib import Path

import pytest

from shuiheng.adapters.rulebook import RulebookError, load_knowledge
from shuiheng.adapters.rulebook.knowledge import read_knowledge

UNITS = "organisations:\n  - {id: water_resources, name: 水利局, aliases: [水务局]}\n"
TERMS = "indicators:\n  - {id: loss, name: 漏损率, unit: '%', better: lower, facts: [供水量]}\n"


def _folder(folder: Path, units: str = UNITS, terms: str = TERMS) -> Path:
    (folder / "indicators").mkdir()
    (folder / "organisations.yaml").write_text(units, "utf-8")
    (folder / "indicators" / "terms.yaml").write_text(terms, "utf-8")
    return folder


def test_organisations_and_indicators_are_read(tmp_path: Path) -> None:
    knowledge = read_knowledge(_folder(tmp_path))
    assert knowledge.organisations[0].aliases == ("水务局",)
    assert (knowledge.indicators[0].better, knowledge.indicators[0].facts) == ("lower", ("供水量",))


@pytest.mark.parametrize(
    ("units", "terms", "place"),
    [
        (UNITS + "  - {id: water_resources, name: 水利厅}\n", TERMS, r"organisations\.yaml:3"),
        (UNITS + "  - {name: 水利厅}\n", TERMS, r"organisations\.yaml:3"),
        (UNITS + "more: 1\n", TERMS, r"organisations\.yaml:3"),
        (UNITS, TERMS.replace("lower", "smaller"), r"indicators/terms\.yaml:2"),
        (UNITS, TERMS.replace("facts", "tables"), r"indicators/terms\.yaml:2"),
    ],
)
def test_a_faulty_entry_is_named_by_file_and_line(tmp_path: Path, units: str, terms: str, place: str) -> None:
    with pytest.raises(RulebookError, match=place):
        read_knowledge(_folder(tmp_path, units, terms))


def test_the_shipped_rulebook_loads_once() -> None:
    assert load_knowledge() is load_knowledge()
    assert load_knowledge().sources
