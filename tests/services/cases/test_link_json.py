"""How a target is counted comes back from its JSON as it went in."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from shuiheng.programmes.kind import CountWay
from shuiheng.programmes.target_counting import TargetQuestion
from shuiheng.programmes.target_link import Served
from shuiheng.services.cases.link_json import HowCounted, how_json, read_how

WORDS = st.text("abc", min_size=1, max_size=3)
QUESTIONS = st.builds(
    TargetQuestion,
    served=st.lists(st.builds(Served, WORDS, WORDS), min_size=1, max_size=3).map(tuple),
    level=st.sampled_from(["", "city"]),
    way=st.sampled_from([None, *CountWay]),
    since=st.none() | st.dates(date(2015, 1, 1), date(2030, 1, 1)),
    year=st.none() | st.integers(2015, 2030),
)
LISTS = st.lists(WORDS, max_size=2).map(tuple)


@given(
    st.builds(
        HowCounted,
        question=st.none() | QUESTIONS,
        indicators=LISTS,
        duties=LISTS,
        narrowed_by=LISTS,
        basis=st.sampled_from(["", "metric"]),
        gap=st.sampled_from(["", "outside"]),
        gap_words=st.sampled_from(["", "energy"]),
    )
)
def test_what_was_kept_is_read_as_it_was(how: HowCounted) -> None:
    assert read_how(how_json(how)) == how


def test_nothing_is_nothing() -> None:
    assert read_how({}) == HowCounted() and not HowCounted().is_linked
    assert HowCounted(duties=("allowance",)).is_linked
