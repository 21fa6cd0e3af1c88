"""Shipped indicators load with agreeing units; a fault is refused with its line."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from shutil import copytree

import pytest

from shuiheng.adapters.rulebook.errors import RulebookError
from shuiheng.adapters.rulebook.fact_drivers import driver_kinds
from shuiheng.adapters.rulebook.files import rulebook_folder
from shuiheng.adapters.rulebook.flow_streams import flow_plan
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book, read_indicators
from shuiheng.indicators.evaluate import Question, evaluate
from shuiheng.indicators.facts import FactBook, FactFigure, FactKey
from shuiheng.plans.model import TargetKind

BOOK = indicator_book()


def _known(year: int, **values: str) -> FactBook:
    figures = {
        FactKey(fact, year): FactFigure(value=Decimal(value), origin=f"test:{fact}")
        for fact, value in values.items()
    }
    return FactBook(kinds=BOOK.facts, figures=figures)


def test_every_fact_is_used_and_every_indicator_is_told() -> None:
    used = {
        name
        for indicator in BOOK.indicators.values()
        for version in indicator.versions
        for part in [*version.parts.values(), None]
        for choice in (part.choices if part else [""])
        for name in version.facts({part.id: choice} if part else {})
    }
    assert used | set(flow_plan().facts) | set(driver_kinds()) == set(BOOK.facts)
    assert all(version.bases for each in BOOK.indicators.values() for version in each.versions)


def test_a_decline_and_a_level_of_one_term_are_answered_by_two_indicators() -> None:
    decline = BOOK.answering("water_use_per_gdp", TargetKind.REDUCTION)
    level = BOOK.answering("water_use_per_gdp", TargetKind.LEVEL)
    assert decline is not None and level is not None
    assert (decline.id, level.id) == ("water_per_gdp_decline", "water_per_gdp")
    assert BOOK.answering("saving_enterprises", TargetKind.COUNT) is None


def test_the_meaning_of_the_loss_rate_changed_in_2019() -> None:
    loss = BOOK.indicators["water_loss_rate"]
    assert loss.version_on(date(2019, 1, 31)).number == 1
    facts = {
        "network_input": "5000",
        "network_registered_use": "4300",
        "household_read_use": "3000",
        "network_length": "400",
        "outlet_pressure": "0.40",
        "frost_depth": "0",
    }
    assert evaluate(loss, Question(year=2018), _known(2018, **facts)).value == 14
    assert evaluate(loss, Question(year=2024), _known(2024, **facts)).value == Decimal("7.6407")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('formula: "network_real_loss / network_input"', 'formula: "network_real_loss / outlet_pressure"'),
        ('formula: "network_real_loss / network_input"', 'formula: "network_real_loss / moon"'),
        ('formula: "network_real_loss / network_input"', 'formula: "network_real_loss //"'),
        ("from: 2019-02-01\n        formula", "from: 2019-03-01\n        formula"),
        ("term: real_loss_rate", "term: moon_rate"),
        ("course: state", "course: sideways"),
        ("unit: mpa", "unit: bar"),
        ("id: combined_loss_rate", "id: real_loss_rate"),
    ],
)
def test_a_fault_is_refused_with_its_file_and_line(tmp_path: Path, old: str, new: str) -> None:
    copytree(str(rulebook_folder() / "indicators"), tmp_path / "indicators")
    file = tmp_path / "indicators" / "definitions" / "supply.yaml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(RulebookError) as refused:
        read_indicators(tmp_path)
    assert "supply.yaml:" in str(refused.value)
