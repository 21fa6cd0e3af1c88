"""A workbook of statistics is written, taken in by the command, and barred with its faults named."""

from __future__ import annotations

from pathlib import Path

import pytest

from office import _own_state, the_office  # noqa: F401  used by name
from services.indicators.statistic_books import filled
from shuiheng.adapters.records.models import Account, Statistic
from shuiheng.cli.main import main

REFUSED = 2


@pytest.fixture
def book(officer: Account, tmp_path: Path) -> Path:
    """The workbook of the office, as the command writes it."""
    path = tmp_path / "统计.xlsx"
    asked = ["--user", officer.username, "--topic", "population", "--until", "2024"]
    assert main(["statistics", "export", str(path), *asked]) == 0
    return path


def _fill(book: Path, unit: str) -> None:
    row = {"place": the_office().place.name, "fact": "用水总量", "year": 2024, "value": 3.7, "source": "年鉴"}
    book.write_bytes(filled(book.read_bytes(), [{**row, "unit": unit}]))


def test_a_workbook_is_checked_and_then_entered(
    officer: Account, book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _fill(book, "亿m³")
    asked = ["statistics", "import", str(book), "--user", officer.username]
    assert main([*asked, "--check-only"]) == 0
    assert "None -> 37000.000000" in capsys.readouterr().out and not Statistic.objects.exists()
    assert main(asked) == 0
    assert "1 values wait" in capsys.readouterr().out and Statistic.objects.get().state == "entered"


def test_faults_bar_it_and_are_named(
    officer: Account, book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _fill(book, "石")
    assert main(["statistics", "import", str(book), "--user", officer.username]) == 1
    assert "无法识别" in capsys.readouterr().out and not Statistic.objects.exists()


@pytest.mark.parametrize("wrong", ["user", "file", "city"])
def test_what_is_not_there_is_said(
    officer: Account, book: Path, wrong: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(book) + ("x" if wrong == "file" else "")
    user = "nobody" if wrong == "user" else officer.username
    city = ["--city", "moon"] if wrong == "city" else []
    assert main(["statistics", "import", file, "--user", user, *city]) == REFUSED
    assert "services.not_there" in capsys.readouterr().err
