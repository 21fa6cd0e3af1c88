"""What the pages of standings show of a row: its value, its rule in words, what is missing, what changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import KeptStanding, StandingTurn
from shuiheng.adapters.records.queries_standings import (
    Key,
    StandingFilter,
    leads_of,
    standings_in_sight,
    turns_up_to,
)
from shuiheng.adapters.records.sight import Sight
from shuiheng.indicators.standing_change import causes_of
from shuiheng.services.demand_words import SIGNS, language_of, printed_unit, shown_amount
from shuiheng.web import words
from shuiheng.web.filters import plain
from shuiheng.web.words_counts import language
from shuiheng.web.words_standings import CAUSES, PROBLEMS, STANDINGS, WHYS, cause_name, missing_name

FINEST: Mapping[str, Decimal] = {"系数": Decimal("0.0001")}
USUAL, FINE, ONE = Decimal("0.01"), Decimal("0.0001"), Decimal(1)
LARGE = Decimal(10**8)
MOST_CAUSES, MOST_MISSING = 3, 6
LONGEST_YEAR, LONGEST_KEY = 4, 18
FIRST_YEAR = 2000
_LONG = Context(prec=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCause:
    """One cause of a change, in words."""

    kind: str
    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownChange:
    """What changed of a target since a day.

    Args:
        before: How it stood.
        value: What its value was.
        causes: Why it changed.
        more: How many further causes there are.
    """

    before: str
    value: str
    causes: Sequence[ShownCause]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownStanding:
    """A target on the board.

    Args:
        row: How it stands.
        value: Its value in the unit of the plan, rounded to what is shown.
        rule: The comparison in words, with what was compared.
        reason: Why it stands so.
        missing: Names of what is missing to know.
        leads: The units that lead its task.
        chapter: The heading of the plan under which it stands.
        change: What changed since the day that is compared with, or None.
    """

    row: KeptStanding
    value: str
    rule: str
    reason: str
    missing: Sequence[str]
    leads: Sequence[str] = ()
    chapter: str = ""
    change: ShownChange | None = None


def filter_of(query: Mapping[str, str]) -> StandingFilter:
    """Return the filter that a query asks for; unknown values are dropped."""
    standing, year = query.get("standing", ""), query.get("year", "")
    return StandingFilter(
        plan=plain(query.get("plan", ""))[:60],
        standing=standing if standing in STANDINGS else "",
        place=_key(query.get("place", "")),
        unit=_key(query.get("unit", "")),
        year=year
        if year == "none" or (year.isascii() and year.isdecimal() and len(year) <= LONGEST_YEAR)
        else "",
        words=plain(query.get("q", ""))[:60],
    )


def since_of(query: Mapping[str, str]) -> date | None:
    """Return the day with which a page compares, or None; a day ahead and nonsense are dropped."""
    try:
        asked = date.fromisoformat(query.get("since", ""))
    except ValueError:
        return None
    return asked if asked.year >= FIRST_YEAR and asked <= timezone.localdate() else None


def board_lines(sight: Sight, wanted: StandingFilter, since: date | None = None) -> list[ShownStanding]:
    """Return the targets that a filter leaves, in the order of their plans."""
    rows = list(standings_in_sight(sight, wanted))
    leads = leads_of(sight, rows)
    before = turns_up_to(sight, since, {row.target_id for row in rows}) if since else {}
    return [_line(row, leads, before if since else None) for row in rows]


def show(row: KeptStanding) -> ShownStanding:
    """Return what a page shows of one standing."""
    return _line(row, {}, None)


def amount_of(row: KeptStanding, value: Decimal | str | None) -> str:
    """Return a value of a target in the unit in which its plan prints it, rounded to what is shown."""
    if value is None:
        return ""
    tongue = language_of(language())
    multiple = printed_unit(row.target, language=tongue).multiple
    finest = FINEST.get(row.target.unit, USUAL if multiple < LARGE else FINE) * multiple
    steps = (Decimal(value) / finest).quantize(ONE, rounding=ROUND_HALF_UP, context=_LONG)
    return shown_amount(steps * finest, row.target, language=tongue)


def rule_words(row: KeptStanding) -> str:
    """Return what was compared with what; nothing without a value, or for a milestone.

    Where both look alike as they are shown, that they were compared unrounded is said.
    """
    ask = row.content.get("ask") or {}
    if row.value is None or ask.get("limit") is None or row.target.value is None:
        return ""
    value, limit = amount_of(row, row.value), amount_of(row, ask["limit"])
    if ask.get("upper") is not None:
        asked = f"{limit}—{amount_of(row, ask['upper'])}"
    else:
        asked = f"{SIGNS.get(ask['comparison'], '')} {limit}"
    if row.why == "path" and row.path is not None:
        return _path_words(row, value, asked) + _unrounded(row, row.path)
    if row.standing in ("met", "on_course"):
        said = _("%(value)s，满足 %(asked)s") % {"value": value, "asked": asked}
    else:
        said = _("%(value)s，要求 %(asked)s") % {"value": value, "asked": asked}
    return said + (_unrounded(row, ask["limit"]) or _unrounded(row, ask.get("upper")))


def _path_words(row: KeptStanding, value: str, asked: str) -> str:
    """Return a value beside what its path asks on the day, and the target."""
    sign = row.content["ask"]["comparison"]
    return _("%(value)s，按进度%(day)s应为 %(sign)s %(path)s；目标 %(asked)s") % {
        "value": value,
        "day": row.up_to.isoformat() if row.up_to else "",
        "sign": {">": "≥", "<": "≤"}.get(sign, SIGNS.get(sign, "")),
        "path": amount_of(row, row.path),
        "asked": asked,
    }


def _unrounded(row: KeptStanding, bound: Decimal | str | None) -> str:
    """Return that a value was compared unrounded, where it looks like its bound and is not."""
    if row.value is None or bound is None or Decimal(bound) == row.value:
        return ""
    return _("（比较时不取整）") if amount_of(row, bound) == amount_of(row, row.value) else ""


def change_of(row: KeptStanding, before: StandingTurn | None) -> ShownChange | None:
    """Return what changed since a turn; None where nothing did."""
    if before is None:
        return ShownChange(before="", value="", causes=(), more=0)
    is_same = before.standing == row.standing and before.value == row.value
    causes = causes_of(before.content, row.content)
    if is_same and all(each.kind == "time" for each in causes):
        return None
    shown = shown_causes(before.content, row.content)
    return ShownChange(
        before=before.standing,
        value=amount_of(row, before.value),
        causes=shown[:MOST_CAUSES],
        more=max(0, len(shown) - MOST_CAUSES),
    )


def shown_causes(before: Mapping[str, object], after: Mapping[str, object]) -> list[ShownCause]:
    """Return why what was told differs, in words."""
    return [
        ShownCause(
            kind=words.word(CAUSES, each.kind),
            name=cause_name(each.kind, each.of),
            before=each.before or "",
            after=each.after or "",
        )
        for each in causes_of(before, after)
    ]


def changed(lines: Iterable[ShownStanding]) -> list[ShownStanding]:
    """Return the lines of which something changed."""
    return [each for each in lines if each.change is not None]


def reason_of(row: KeptStanding) -> str:
    """Return why a target stands as it does."""
    return words.word(PROBLEMS, row.problem) if row.problem else words.word(WHYS, row.why)


def _line(
    row: KeptStanding, leads: Mapping[int, Sequence[str]], before: Mapping[Key, StandingTurn] | None
) -> ShownStanding:
    task = row.target.task
    return ShownStanding(
        row=row,
        value=amount_of(row, row.value),
        rule=rule_words(row),
        reason=reason_of(row),
        missing=[missing_name(str(code)) for code in row.missing],
        leads=leads.get(row.target.task_id or 0, ()),
        chapter=task.path_text.split(" / ")[0] if task is not None else "",
        change=None if before is None else change_of(row, before.get((row.target_id, row.place_id))),
    )


def _key(value: str) -> str:
    return value if value.isascii() and value.isdecimal() and len(value) <= LONGEST_KEY else ""
