"""Rates over a dated list."""

from __future__ import annotations

from decimal import Decimal

from programmes.made import course, day, kind, opened, to_award
from shuiheng.programmes.counting import Count, CountQuestion, count_cases
from shuiheng.programmes.events import CaseEvent
from shuiheng.programmes.kind import CountWay
from shuiheng.programmes.rates import ListMember, rate_of
from shuiheng.programmes.tally import tally_of


def _count(*subjects: str) -> Count:
    tallies = []
    for subject in subjects:
        events: list[CaseEvent] = [opened(subject=subject), *to_award()[1:]]
        tallies.append(tally_of(course(), subject, events))
    question = CountQuestion(rule=kind().counts[0], on=day(30), way=CountWay.STANDING)
    return count_cases(tallies, question)


def _member(subject: str, weight: str | None = "1", *, first: int = 0, last: int | None = None) -> ListMember:
    return ListMember(
        subject=subject,
        district="d1",
        from_on=day(first),
        to_on=None if last is None else day(last),
        weight=None if weight is None else Decimal(weight),
    )


def test_a_rate_is_of_one_list_and_a_subject_outside_it_raises_nothing() -> None:
    rate = rate_of(_count("a", "x"), [_member("a"), _member("b"), _member("c"), _member("d")], day(30))
    assert (rate.value, rate.outside) == (Decimal("0.25"), ("x",))


def test_a_list_is_that_of_the_day() -> None:
    members = [_member("a"), _member("b", last=30), _member("c", first=31)]
    assert rate_of(_count("a"), members, day(29)).value == Decimal("0.5")
    assert rate_of(_count("a"), members, day(30)).value == 1


def test_a_rate_by_volume_weighs_and_is_unknown_while_a_weight_is() -> None:
    members = [_member("a", "300"), _member("b", "100")]
    assert rate_of(_count("a"), members, day(30)).value == Decimal("0.75")
    rate = rate_of(_count("a"), [*members, _member("c", None)], day(30))
    assert (rate.value, rate.unweighed, rate.numerator, rate.denominator) == (None, ("c",), 300, 400)


def test_an_empty_list_has_no_rate() -> None:
    assert rate_of(_count("a"), [], day(30)).value is None
    assert rate_of(_count("a"), [_member("b", "0")], day(30)).value is None
