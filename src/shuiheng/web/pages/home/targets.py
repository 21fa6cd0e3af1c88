"""Targets on the first page: which will be missed and why, those that a unit leads, what falls due."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import KeptStanding, PlaceKind
from shuiheng.adapters.records.queries_home_lists import (
    led_by,
    not_led_by,
    standing_counts,
    standings_worst_first,
)
from shuiheng.adapters.records.queries_items import next_deadlines
from shuiheng.services.permission import Action, memberships_of
from shuiheng.web.pages.home.box import GOOD, LATE, PLAIN, SOON, Desk, Line
from shuiheng.web.pages.standings.shown import show
from shuiheng.web.templatetags.shown import goal
from shuiheng.web.words_standings import MARKS, STANDINGS, WORST_FIRST

LISTED, MOST_OF_CITY, MOST_MISSING = 9, 400, 2
TONES = {"missed": LATE, "at_risk": LATE, "unknown": SOON, "on_course": PLAIN, "met": GOOD}


def worst_targets(desk: Desk) -> Sequence[Line]:
    """Return the targets that stand worst, with the reason; those that own units lead stand elsewhere."""
    seen = desk.seen(Action.FIGURES_LOOK)
    rows = standings_worst_first(seen, WORST_FIRST, _districts(desk))
    return _lines(not_led_by(seen, rows, _leading_units(desk))[:LISTED])


def verdicts(desk: Desk) -> Sequence[Line]:
    """Return how every target of the city stands, the worst first."""
    rows = standings_worst_first(desk.seen(Action.FIGURES_LOOK), WORST_FIRST)
    return _lines(rows[:MOST_OF_CITY])


def own_targets(desk: Desk) -> Sequence[Line]:
    """Return the targets of tasks that units of the reader lead, those that stand worst first."""
    units = _leading_units(desk)
    if not units:
        return []
    seen = desk.seen(Action.FIGURES_LOOK)
    rows = standings_worst_first(seen, WORST_FIRST, _districts(desk))
    return _lines(led_by(seen, rows, units)[:LISTED])


def target_counts(desk: Desk) -> Sequence[Line]:
    """Return how many targets stand how, the worst first."""
    if not desk.may(Action.FIGURES_LOOK):
        return []
    counts = standing_counts(desk.seen(Action.FIGURES_LOOK), _districts(desk))
    return [
        Line(
            address=f"{reverse('standings')}?standing={standing}",
            words=STANDINGS[standing],
            count=counts[standing],
            tone=TONES[standing],
            sign=(MARKS[standing], STANDINGS[standing]),
        )
        for standing in WORST_FIRST
        if counts.get(standing)
    ]


def deadlines(desk: Desk) -> Sequence[Line]:
    """Return the targets that fall due next."""
    rows = next_deadlines(desk.seen(Action.LOOK), desk.today, limit=LISTED)
    return [
        Line(
            address=reverse("targets"),
            name=_named(row.metric, row.scope),
            named_note="" if row.value is None else goal(row),
            on=row.deadline,
        )
        for row in rows
    ]


def _lines(rows: Iterable[KeptStanding]) -> list[Line]:
    return [_line(row) for row in rows]


def _line(row: KeptStanding) -> Line:
    """Return a target with what is asked, how it stands and why."""
    told = show(row)
    missing = "、".join(told.missing[:MOST_MISSING])
    why = told.rule or told.reason
    return Line(
        address=reverse("standing", args=[row.pk]),
        name=_named(row.target.metric, row.place.name if row.is_share else row.target.scope),
        named_note="" if told.rule or row.target.value is None else goal(row.target),
        note=_("%(why)s：%(missing)s") % {"why": why, "missing": missing} if missing else why,
        tone=TONES.get(row.standing, PLAIN),
        sign=(MARKS.get(row.standing, ""), STANDINGS.get(row.standing, "")),
    )


def _named(metric: str, scope: str) -> str:
    return f"{metric}（{scope}）" if scope else metric


def _districts(desk: Desk) -> Collection[int]:
    """Return the districts in which the reader holds a role."""
    places = [each.organisation.place for each in memberships_of(desk.request.user)]
    return {place.pk for place in places if place.kind not in (PlaceKind.CITY, PlaceKind.PROVINCE)}


def _leading_units(desk: Desk) -> Collection[int]:
    """Return the units of the reader that report on their tasks; the office itself has all targets."""
    if desk.may(Action.PERIODS_OPEN) or not desk.may(Action.PROGRESS_FILE, Action.PROGRESS_CHECK):
        return set()
    return {each.organisation_id for each in memberships_of(desk.request.user)}
