"""Everything that one request writes carries one id."""

from __future__ import annotations

from shuiheng.adapters.records.models import Account
from shuiheng.services.events import record_event
from shuiheng.services.request_context import current_request, in_request


def test_outside_a_request_there_is_no_id() -> None:
    assert current_request() == ""


def test_inside_a_request_the_id_is_the_one_given_or_a_new_one() -> None:
    with in_request("r-1") as key:
        assert (key, current_request()) == ("r-1", "r-1")
    with in_request() as first:
        pass
    with in_request() as second:
        assert current_request() == second != first
    assert current_request() == ""


def test_a_request_inside_another_gives_the_outer_id_back() -> None:
    with in_request("outer"):
        with in_request("inner"):
            assert current_request() == "inner"
        assert current_request() == "outer"


def test_an_id_ends_with_its_request_even_when_that_fails() -> None:
    try:
        with in_request("r-1"):
            raise KeyError
    except KeyError:
        pass
    assert current_request() == ""


def test_events_of_one_request_carry_its_id(officer: Account) -> None:
    with in_request("r-1"):
        events = [record_event(officer, "x.done", subject=f"x:{number}") for number in range(2)]
    assert [event.request for event in events] == ["r-1", "r-1"]
    assert record_event(officer, "x.done", subject="x:3").request == ""
