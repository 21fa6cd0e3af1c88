"""A folder of the rulebook with one small kind, for the tests of its readers."""

from __future__ import annotations

from pathlib import Path

from shuiheng.adapters.rulebook.files import rulebook_folder

WORDS = (rulebook_folder() / "words" / "programmes.yaml").read_text("utf-8")
GOOD = (Path(__file__).parent / "programme_model.yaml").read_text("utf-8")


def folder_with(tmp_path: Path, *, kind: str = GOOD, words: str = WORDS, **families: str) -> Path:
    """Return a folder that holds one kind, the words, and families by name."""
    for name in ("programmes", "programmes/families", "words"):
        (tmp_path / name).mkdir(exist_ok=True)
    (tmp_path / "programmes" / "model.yaml").write_text(kind, "utf-8")
    (tmp_path / "words" / "programmes.yaml").write_text(words, "utf-8")
    for name, text in families.items():
        (tmp_path / "programmes" / "families" / f"{name}.yaml").write_text(text, "utf-8")
    return tmp_path
