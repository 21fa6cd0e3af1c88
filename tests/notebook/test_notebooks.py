"""The notebooks of the documentation run, cell after cell, against a city."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from places import ROOT
from shuiheng.adapters.records.models import Account

pytestmark = pytest.mark.django_db
NOTEBOOKS = sorted((ROOT / "docs" / "notebooks").glob("*.ipynb"))


def _code(path: Path) -> list[str]:
    cells = json.loads(path.read_text("utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_cell_runs(path: Path, analyst: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    analyst.username = "officer"
    analyst.save()
    monkeypatch.setenv("SHUIHENG_STATE", str(settings.STATE))
    names: dict[str, Any] = {}
    for number, cell in enumerate(_code(path)):
        exec(compile(cell, f"{path.name}[{number}]", "exec"), names)  # noqa: S102  our own notebook
    assert names["standings"] and names["known"] == [("2024", 50.0)]
    assert "gdp:2023" in names["unknown"]["2023"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_kept_without_outputs(path: Path) -> None:
    cells = json.loads(path.read_text("utf-8"))["cells"]
    assert cells and not any(cell.get("outputs") for cell in cells)


def test_there_is_a_notebook() -> None:
    assert NOTEBOOKS
