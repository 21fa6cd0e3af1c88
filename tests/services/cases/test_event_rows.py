"""Events come back from their rows as they were."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from shuiheng.adapters.records.models import CaseEvent as EventRow
from shuiheng.programmes.events import (
    CaseEvent,
    EvidenceAdded,
    EvidenceReviewed,
    Objected,
    ObjectionSettled,
    Opened,
    Published,
    Revoked,
    StepEnded,
    Withdrawn,
)
from shuiheng.programmes.kind import StepOutcome
from shuiheng.services.cases.event_rows import SORTS, event_content, read_event, sort_of

WORDS = st.text(max_size=12)
HEAD = {"on": st.dates(date(2020, 1, 1), date(2035, 1, 1)), "by": st.integers(1, 10**9).map(str)}
AMOUNTS = st.dictionaries(WORDS, st.decimals(0, 10**9, places=3), max_size=3)
EVENTS: st.SearchStrategy[CaseEvent] = st.one_of(
    st.builds(Opened, **HEAD, subject=WORDS, district=WORDS, level=WORDS),
    st.builds(EvidenceAdded, **HEAD, key=WORDS, step=WORDS, kind=WORDS),
    st.builds(EvidenceReviewed, **HEAD, key=WORDS, is_accepted=st.booleans()),
    st.builds(Published, **HEAD, step=WORDS),
    st.builds(Objected, **HEAD, key=WORDS),
    st.builds(ObjectionSettled, **HEAD, key=WORDS, is_upheld=st.booleans()),
    st.builds(
        StepEnded,
        **HEAD,
        actor=WORDS,
        step=WORDS,
        outcome=st.sampled_from(StepOutcome),
        reason=WORDS,
        number=WORDS,
        level=WORDS,
        valid_until=st.none() | st.dates(),
        amounts=AMOUNTS,
        passed_levels=st.frozensets(WORDS, max_size=3),
    ),
    st.builds(Withdrawn, **HEAD, reason=WORDS),
    st.builds(Revoked, **HEAD, reason=WORDS),
)


@given(event=EVENTS)
def test_an_event_comes_back_from_its_row(event: CaseEvent) -> None:
    row = EventRow(
        sort=sort_of(event), on=event.on, content=event_content(event), entered_by_id=int(event.by)
    )
    assert read_event(row) == event


def test_every_sort_of_event_has_a_word() -> None:
    later = {EvidenceAdded, EvidenceReviewed, Published, Objected, ObjectionSettled, StepEnded}
    assert set(SORTS.values()) == {Opened, Withdrawn, Revoked} | later
