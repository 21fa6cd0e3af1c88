"""The rules of forecasts and warnings load, and what cannot be is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from shuiheng.adapters.rulebook.errors import RulebookError
from shuiheng.adapters.rulebook.files import rulebook_folder
from shuiheng.adapters.rulebook.warning_policy import FILE, read_warning_policy, warning_policy
from shuiheng.allowances.forecast import Season


def test_the_less_is_known_of_a_season_the_wider_is_the_scatter() -> None:
    scatter = warning_policy().forecast.scatter
    assert [scatter[each] for each in Season] == sorted(scatter.values())
    assert set(scatter) == set(Season)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("base_months: 5", "base_months: 12"),
        ("most_years: 3", "most_years: 0"),
        ("prior_years: 3", "prior_years: 0"),
        ("recent_days: 45", "recent_days: 0"),
        ("even: ", "odd: "),
    ],
)
def test_what_cannot_be_is_refused(tmp_path: Path, old: str, new: str) -> None:
    text = (rulebook_folder() / FILE).read_text("utf-8")
    assert old in text
    (tmp_path / FILE).parent.mkdir(parents=True)
    (tmp_path / FILE).write_text(text.replace(old, new), "utf-8")
    with pytest.raises(RulebookError):
        read_warning_policy(tmp_path)
