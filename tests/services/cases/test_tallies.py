"""What is read from the rows of cases counts as a plain recount of their events does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from office import make_account, the_office
from programmes.made import course, day, ended, kind, to_award
from programmes.plain_count import first_reached, holds, new_in_year
from shuiheng.adapters.records.models import Account, Place, PlaceKind, ProgrammeCase
from shuiheng.programmes.events import CaseEvent, Revoked, Withdrawn
from shuiheng.programmes.kind import CountRule, CountWay
from shuiheng.programmes.tally import tally_of
from shuiheng.programmes.target_counting import TargetQuestion, count_for
from shuiheng.programmes.target_link import Served
from shuiheng.services.cases.kept_tally import tally_json
from shuiheng.services.cases.tallies import tallies_of

pytestmark = pytest.mark.django_db
KINDS = {"school": kind()}
BUILT = Served("school", "built")
_numbers = count(1)


def history(start: int, stop: int, level: str, rises: int, lost: int) -> list[CaseEvent]:
    """Return the events of a case: so far as it came, whether it rose, and whether it was taken away."""
    events = to_award(level=level)[:stop]
    events = [replace(event, on=event.on + timedelta(days=start)) for event in events]
    is_awarded = stop >= len(to_award())
    if not is_awarded:
        return [*events, Withdrawn(on=day(start + 30), by="clerk", reason="x")] if lost else events
    events[-1] = replace(events[-1], valid_until=day(start + 20 + 3 * 365))
    if rises and level != "province":
        events.append(ended("upgrade", start + 20 + rises, number="B", level="province"))
    if lost:
        events.append(Revoked(on=day(start + 400 + lost), by="head", reason="fraud"))
    return events


def a_city() -> Place:
    """Return a city of its own."""
    name = f"city{next(_numbers)}"
    return Place.objects.create(slug=name, name=name, kind=PlaceKind.CITY)


def keep(city: Place, account: Account, events: list[CaseEvent], **more: Any) -> ProgrammeCase:
    """Return the row of a case with the tally of its events, about a subject that has no other."""
    name = f"name:{next(_numbers)}"
    events = [replace(events[0], subject=name), *events[1:]]  # type: ignore[type-var]  # the opening
    tally = tally_of(course(), name, events)
    return ProgrammeCase.objects.create(
        place=city,
        district=city,
        kind="school",
        kind_version=1,
        subject_key=name,
        subject_name=name,
        opened_on=events[0].on,
        last_on=events[-1].on,
        tally=tally_json(tally),
        event_count=len(events),
        made_by=account,
        made_at="2026-01-01T00:00:00Z",
        **more,
    )


@settings(max_examples=30)
@given(
    histories=st.lists(
        st.builds(
            history,
            st.integers(0, 500),
            st.integers(1, len(to_award())),
            st.sampled_from(["city", "province"]),
            st.integers(0, 300),
            st.sampled_from([0, 0, 1, 200]),
        ),
        max_size=6,
    ),
    days=st.lists(st.integers(0, 2000), min_size=1, max_size=4),
)
@pytest.mark.parametrize("level", ["", "province"])
def test_counts_of_the_rows_are_those_of_a_plain_recount(
    histories: list[list[CaseEvent]], days: list[int], level: str
) -> None:
    city, account = a_city(), Account.objects.get_or_create(username="maker")[0]
    for events in histories:
        keep(city, account, events)
    tallies = tallies_of(city, KINDS, {"school"})
    asked = {"step": "award", "level": level}
    for on in map(day, days):
        plain = {
            CountWay.STANDING: [each for each in histories if holds(each, on, **asked)],
            CountWay.CUMULATIVE: [each for each in histories if first_reached(each, on, **asked)],
            CountWay.IN_YEAR: [each for each in histories if new_in_year(each, on, **asked)],
        }
        for way, expected in plain.items():
            question = TargetQuestion(served=(BUILT,), level=level, way=way)
            assert count_for(question, KINDS, tallies, on).value == len(expected)


def test_all_kinds_are_read_in_one_query(django_assert_num_queries: Any, db: None) -> None:
    city, account = the_office().place, make_account("li")
    keep(city, account, history(0, 99, "city", 0, 0))
    keep(a_city(), account, history(0, 99, "city", 0, 0))
    kinds = {**KINDS, "college": kind(id="college")}
    with django_assert_num_queries(1):
        tallies = tallies_of(city, kinds, {"school", "college", "mill"})
    assert {name: len(each) for name, each in tallies.items()} == {"school": 1, "college": 0}


def test_a_case_of_an_older_version_counts_nothing_by_a_count_that_is_new(db: None) -> None:
    city = the_office().place
    keep(city, make_account("li"), history(0, 99, "city", 0, 0))
    rule = CountRule(id="later", names={}, step="award")
    newer = {"school": kind(counts=(*kind().counts, rule))}
    question = TargetQuestion(served=(Served("school", "later"),))
    assert count_for(question, newer, tallies_of(city, newer, {"school"}), date(2025, 1, 1)).value == 0
