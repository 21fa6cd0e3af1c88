"""The workflow of progress in the rulebook."""

from __future__ import annotations

from pathlib import Path

import pytest

from shuiheng.adapters.rulebook import RulebookError
from shuiheng.adapters.rulebook.workflow import progress_workflow, read_workflow, status_limits

TEXT = """expected_roles: [lead]
states: {draft: {zh: 草稿, en: Draft}, filed: {zh: 已上报, en: Filed}}
steps:
  - {action: file, from: draft, to: filed, rights: [progress.file]}
"""


def _write(folder: Path, text: str) -> Path:
    (folder / "workflow").mkdir()
    (folder / "workflow" / "progress.yaml").write_text(text, "utf-8")
    return folder


def test_a_step_is_found_by_action_and_state(tmp_path: Path) -> None:
    step = read_workflow(_write(tmp_path, TEXT)).steps["file", "draft"]
    assert (step.after, step.rights, step.needs_reason, step.not_by) == (
        "filed",
        ("progress.file",),
        False,
        (),
    )


@pytest.mark.parametrize(
    "text",
    [
        TEXT + "  - {action: file, from: draft, to: filed, rights: [progress.file]}\n",
        TEXT.replace("to: filed", "to: gone"),
        TEXT.replace("rights: [progress.file]", "rights: []"),
        TEXT.replace("rights", "right"),
        TEXT.replace(", en: Draft", ""),
    ],
)
def test_a_table_that_is_not_whole_does_not_load(tmp_path: Path, text: str) -> None:
    with pytest.raises(RulebookError):
        read_workflow(_write(tmp_path, text))


def test_the_shipped_files_load() -> None:
    assert len(progress_workflow().steps) == 13
    assert status_limits().soon_days > 0
    assert 0 < status_limits().pace_margin < 1
