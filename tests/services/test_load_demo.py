"""Loading plans from folders."""

from __future__ import annotations

from pathlib import Path

import pytest

from office import TEXT
from shuiheng.adapters.records.models import Account, PlanDocument, PlanVersion, VersionState
from shuiheng.services import load_demo as module
from shuiheng.services.load_demo import load_demo


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """A folder with one plan in two forms, and one with another plan."""
    made_up, real = tmp_path / "made_up", tmp_path / "real"
    made_up.mkdir()
    real.mkdir()
    (made_up / "city.txt").write_text(TEXT, "utf-8")
    (made_up / "gold.json").write_text("{}", "utf-8")
    (real / "other.txt").write_text(TEXT.replace("青禾", "临江"), "utf-8")
    return made_up, real


def test_every_plan_is_loaded_once_and_published(officer: Account, folders: tuple[Path, Path]) -> None:
    said: list[str] = []
    for _ in range(2):
        assert load_demo(officer, made_up=folders[0], real=folders[1], say=said.append) == 2
    assert PlanVersion.objects.filter(state=VersionState.PUBLISHED).count() == 2
    assert PlanDocument.objects.get(jurisdiction="青禾市").is_synthetic
    assert not PlanDocument.objects.get(jurisdiction="临江市").is_synthetic
    assert len(said) == 4


def test_of_several_forms_the_one_with_most_structure_is_taken(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a.txt", "a.pdf", "a.docx", "b.txt", "gold.json")]
    assert [path.name for path in module._one_form_of_each(paths)] == ["a.docx", "b.txt"]
