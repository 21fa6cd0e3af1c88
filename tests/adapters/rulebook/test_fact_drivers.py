"""What moves with a fact names facts and classes that exist."""

from __future__ import annotations

from pathlib import Path

import pytest

from shuiheng.adapters.rulebook.errors import RulebookError
from shuiheng.adapters.rulebook.fact_drivers import fact_drivers, read_drivers
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.adapters.rulebook.use_classes import use_classes


def test_drivers_name_what_exists() -> None:
    drivers = fact_drivers()
    assert drivers and set(drivers) <= set(indicator_book().facts)
    assert set().union(*drivers.values()) <= set(use_classes())


def test_a_class_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    (tmp_path / "indicators").mkdir()
    text = "drivers:\n  - {fact: use_total, classes: [moon]}\nchecked: {day: null, by: null}\n"
    (tmp_path / "indicators" / "drivers.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(RulebookError, match="moon"):
        read_drivers(tmp_path)
