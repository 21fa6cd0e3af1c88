"""A tally comes back from its JSON as it was."""

from __future__ import annotations

import json
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from shuiheng.programmes.case import LevelReached, Phase
from shuiheng.programmes.tally import CaseTally, CountedSpan, DatedAmount, Lost, PhaseChange
from shuiheng.services.cases.kept_tally import read_tally, tally_json

DAYS = st.dates(date(2020, 1, 1), date(2035, 1, 1))
WORDS = st.text(max_size=8)


def _rows(each: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(each, max_size=4).map(tuple)


TALLIES = st.builds(
    CaseTally,
    case=st.just("1"),
    subject=st.just("user:1"),
    district=st.just("2"),
    aimed=WORDS,
    phases=_rows(st.builds(PhaseChange, phase=st.sampled_from(Phase), on=DAYS)),
    levels=_rows(st.builds(LevelReached, level=WORDS, on=DAYS)),
    spans=st.dictionaries(
        WORDS,
        _rows(
            st.builds(
                CountedSpan, first_on=DAYS, lost_on=st.none() | DAYS, why=st.none() | st.sampled_from(Lost)
            )
        ),
        max_size=3,
    ),
    amounts=st.dictionaries(
        WORDS,
        _rows(st.builds(DatedAmount, on=DAYS, amount=st.decimals(0, 10**9, places=3))),
        max_size=3,
    ),
)


@given(tally=TALLIES)
def test_a_tally_comes_back_from_its_json(tally: CaseTally) -> None:
    content = json.loads(json.dumps(tally_json(tally)))
    assert read_tally(content, case="1", subject="user:1", district="2") == tally
