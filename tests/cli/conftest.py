"""A plan file for the commands."""

from __future__ import annotations

from pathlib import Path

import pytest

from office import TEXT, _own_state, officer  # noqa: F401  used by name


@pytest.fixture
def plan_file(tmp_path: Path) -> Path:
    """The made-up plan as a text file."""
    path = tmp_path / "qinghe.txt"
    path.write_text(TEXT, "utf-8")
    return path
