"""What the public can report loads with its handler and its pace, and what no page could use is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from shuiheng.adapters.rulebook.errors import RulebookError
from shuiheng.adapters.rulebook.files import rulebook_folder
from shuiheng.adapters.rulebook.public_policy import FILE, public_policy, read_public_policy


def _changed(folder: Path, old: str, new: str) -> Path:
    text = (rulebook_folder() / FILE).read_text("utf-8")
    assert old in text
    (folder / FILE).parent.mkdir(parents=True)
    (folder / FILE).write_text(text.replace(old, new), "utf-8")
    return folder


def test_a_burst_pipe_goes_to_the_supplier_at_once() -> None:
    rules = public_policy()
    assert (rules.matters["burst_pipe"].handler, rules.matters["burst_pipe"].pace) == ("supplier", "urgent")
    assert list(rules.matters)[-1] == "other"
    assert rules.least_seconds < rules.form_hours * 3600


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("handler: office", "handler: mayor"),
        ("pace: urgent", "pace: soon"),
        ("least_seconds: 3", "least_seconds: 0"),
        ('alike_share: "0.45"', 'alike_share: "1.45"'),
    ],
)
def test_what_no_page_could_use_is_refused(tmp_path: Path, old: str, new: str) -> None:
    with pytest.raises(RulebookError):
        read_public_policy(_changed(tmp_path, old, new))
