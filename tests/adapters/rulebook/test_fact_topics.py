"""Every fact that can be entered stands in one topic, and each topic names who usually has it."""

from __future__ import annotations

from pathlib import Path

import pytest

from shuiheng.adapters.rulebook.errors import RulebookError
from shuiheng.adapters.rulebook.fact_topics import FILE, fact_topics, read_topics, topic_of
from shuiheng.adapters.rulebook.files import rulebook_folder
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book


def test_every_fact_that_can_be_entered_stands_in_one_topic() -> None:
    told = [fact for topic in fact_topics() for fact in topic.facts]
    assert len(told) == len(set(told))
    assert set(told) == {fact for fact, origin in indicator_book().origins.items() if origin != "calendar"}
    assert topic_of("gdp").id == "economy" and topic_of("gdp").supplied_by == ("statistics",)


@pytest.mark.parametrize(
    ("before", "after"),
    [("[gdp, ", "[gdp, gdp, "), ("[statistics]", "[moon]"), ("[gdp, ", "[gdp, moon, ")],
)
def test_a_fact_that_stands_twice_or_is_unknown_does_not_load(
    tmp_path: Path, before: str, after: str
) -> None:
    folder = tmp_path / "rulebook"
    for source in (rulebook_folder() / "indicators").iterdir():
        if source.name.endswith(".yaml"):
            (folder / "indicators").mkdir(parents=True, exist_ok=True)
            (folder / "indicators" / source.name).write_text(source.read_text("utf-8"), "utf-8")
    (folder / "indicators" / "definitions").mkdir()
    (folder / "organisations.yaml").write_text(
        (rulebook_folder() / "organisations.yaml").read_text("utf-8"), "utf-8"
    )
    file = folder / FILE
    file.write_text(file.read_text("utf-8").replace(before, after, 1), "utf-8")
    with pytest.raises(RulebookError):
        read_topics(folder)
