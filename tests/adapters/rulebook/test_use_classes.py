"""The classes of use stand in the rulebook, in an order, with both names."""

from __future__ import annotations

from pathlib import Path

import pytest

from shuiheng.adapters.rulebook import RulebookError
from shuiheng.adapters.rulebook.use_classes import FILE, read_use_classes, use_classes

GOOD = (
    "classes:\n  industry: {name: {zh: 工业, en: Industry}}\nmark: default\nchecked: {day: null, by: null}\n"
)


def _folder(tmp_path: Path, text: str) -> Path:
    place = tmp_path / FILE
    place.parent.mkdir(parents=True)
    place.write_text(text, "utf-8")
    return tmp_path


def test_the_classes_keep_their_order_and_have_both_names() -> None:
    assert list(use_classes())[:2] == ["agriculture", "industry"]
    assert (use_classes()["power"].name("zh"), use_classes()["power"].name("en")[:7]) == (
        "火（核）电",
        "Thermal",
    )
    assert use_classes()["power"].name("fr") == use_classes()["power"].name("zh")


@pytest.mark.parametrize(
    "text", [GOOD.replace(", en: Industry", ""), GOOD.replace("industry", "i" * 31), GOOD + "more: 1\n"]
)
def test_a_file_that_breaks_a_rule_does_not_load(tmp_path: Path, text: str) -> None:
    assert list(read_use_classes(_folder(tmp_path / "good", GOOD))) == ["industry"]
    with pytest.raises(RulebookError):
        read_use_classes(_folder(tmp_path / "bad", text))
