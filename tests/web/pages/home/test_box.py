"""A box shows what is late first, folds what is too much, and leads only where its reader may go."""

from __future__ import annotations

from datetime import date

import pytest
from django.http import HttpRequest

from office import make_account
from shuiheng.adapters.records.models import Role
from shuiheng.services.permission import Action
from shuiheng.web.pages.home.box import GOOD, LATE, PLAIN, SOON, Box, BoxRule, Desk, Line

pytestmark = pytest.mark.django_db
DAY = date(2026, 5, 2)


def _desk(*roles: Role, waiting: tuple[Line, ...] = ()) -> Desk:
    request = HttpRequest()
    request.user = make_account("somebody", *roles)
    return Desk(request=request, today=DAY, waiting={"x": waiting})


def _line(tone: str, name: str = "") -> Line:
    return Line(address="/", name=name, tone=tone)


def _rule(*lines: Line, **more: object) -> BoxRule:
    plain = {"key": "x", "title": "甲", "rights": (Action.LOOK,), "lines": lambda _desk: lines}
    return BoxRule(**(plain | more))  # type: ignore[arg-type]  # fields by name


def test_what_is_late_comes_first_and_the_order_is_kept_otherwise() -> None:
    lines = (_line(GOOD), _line(PLAIN, "a"), _line(LATE), _line(SOON), _line(PLAIN, "b"))
    box = Box(_rule(*lines), _desk())
    assert [line.tone for line in box.lines] == [LATE, SOON, PLAIN, PLAIN, GOOD]
    assert [line.name for line in box.lines if line.tone == PLAIN] == ["a", "b"]
    assert box.is_late and not Box(_rule(_line(SOON)), _desk_of("other")).is_late


def _desk_of(name: str) -> Desk:
    request = HttpRequest()
    request.user = make_account(name)
    return Desk(request=request, today=DAY)


def test_counts_come_after_own_lines_unless_the_box_asks_for_them_first() -> None:
    desk = _desk(waiting=(_line(PLAIN, "counted"),))
    assert [line.name for line in Box(_rule(_line(PLAIN, "own")), desk).lines] == ["own", "counted"]
    first = Box(_rule(_line(PLAIN, "own"), counts_first=True), desk)
    assert [line.name for line in first.lines] == ["counted", "own"]


def test_what_is_too_much_is_folded_and_not_lost() -> None:
    box = Box(_rule(*(_line(PLAIN, str(n)) for n in range(5)), most=3), _desk())
    assert [line.name for line in (*box.shown, *box.folded)] == ["0", "1", "2", "3", "4"]
    assert len(box.shown) == 3


def test_a_door_is_there_only_for_who_may_open_it() -> None:
    rule = _rule(door=("plans", Action.LOOK))
    assert Box(rule, _desk(Role.READER)).door == "plans"
    assert Box(rule, _desk_of("nobody")).door == ""


def test_an_empty_box_is_shown_only_with_something_to_say() -> None:
    desk = _desk()
    assert not Box(_rule(), desk).is_there
    assert Box(_rule(empty="没有"), desk).is_there and Box(_rule(_line(PLAIN)), desk).is_there


def test_late_and_soon_are_said_in_words_with_a_sign() -> None:
    assert [str(word) for word in _line(LATE).shown_sign or ()] == ["!", "逾期"]
    assert _line(PLAIN).shown_sign is None
    own = Line(address="/", tone=LATE, sign=("✕", "未达成"))
    assert own.shown_sign == ("✕", "未达成")
