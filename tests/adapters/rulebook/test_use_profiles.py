"""The profiles of the rulebook are whole, and a broken file is refused with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from shuiheng.adapters.rulebook.errors import RulebookError
from shuiheng.adapters.rulebook.use_classes import use_classes
from shuiheng.adapters.rulebook.use_profiles import read_use_profiles, use_profiles

DAY = ", ".join(["1"] * 24)
MONTHS = ", ".join(["1"] * 12)
FILE = """
mark: default
classes:
  industry:
    workday: [{day}]
    saturday: [{day}]
    sunday: [{day}]
    months: [{months}]
own: {{weeks: {weeks}, fewest_told_share: "{share}"}}
checked: {{day: null, by: null}}
"""


def _folder(
    tmp_path: Path, *, day: str = DAY, months: str = MONTHS, weeks: str = "4", share: str = "0.8"
) -> Path:
    (tmp_path / "metering").mkdir()
    text = FILE.format(day=day, months=months, weeks=weeks, share=share)
    (tmp_path / "metering" / "profiles.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def test_every_profile_is_of_a_class_of_use_and_bears_its_name() -> None:
    classes = use_profiles().classes
    assert classes and set(classes) <= set(use_classes())
    assert all(profile.id == f"class:{name}" for name, profile in classes.items())
    assert all(len(profile.hours) == 168 and all(profile.hours) for profile in classes.values())


@pytest.mark.parametrize(
    "wrong",
    [{"day": "1, 2"}, {"months": "1, 2"}, {"day": ", ".join(["-1"] * 24)}, {"weeks": "0"}, {"share": "1.2"}],
)
def test_a_profile_that_is_not_whole_is_refused(tmp_path: Path, wrong: dict[str, str]) -> None:
    with pytest.raises(RulebookError, match=r"profiles\.yaml"):
        read_use_profiles(_folder(tmp_path, **wrong))


def test_the_form_of_the_test_itself_is_read(tmp_path: Path) -> None:
    assert set(read_use_profiles(_folder(tmp_path)).classes) == {"industry"}
