"""How far a date governs: which deadline holds at each place of a passage."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from shuiheng.plans.extract.clauses import Clause
from shuiheng.plans.extract.dates import DateMark, DateUse
from shuiheng.plans.extract.places import leading_places
from shuiheng.plans.extract.quantities import Quantity
from shuiheng.plans.extract.surface import Surface
from shuiheng.plans.model import Alternative

_LINK = re.compile(r"[、和与及，▢]|以及|及其")
_OPENS_ANEW = re.compile(
    r"(?:同时|并|每年|全[市区县省]|我[市区县省]|[一二三四五两\d]年内)*(?:新建|建成|建设|完成|创建|打造|开展|实施|改造|更新|培育|推进|推动|组织|推广|引导)"
)
_OWN_GOAL = re.compile(r"达到|控制|提高|提升|保持|降|不低于|不高于|不少于|[率比][例重]?(?:\d|为|≥|≤)")
_OPENS_PARTS = re.compile(r"其中|各|分别|具体")
_ONLY_OPENS = re.compile(r"其中|分别为|具体为|具体如下|包括")
_ONLY_DONE = re.compile(
    r"(?:前|底)?(?:全部|基本|全面|要|力争|确保|应|须|均)*(?:完成|建成|投用|"
    r"投运|竣工|投产|达标|落实到位|到位|完工)$"
)


@dataclass(frozen=True, slots=True)
class Reign:
    """What a date says at one place.

    Args:
        marks: The dates that govern together (`2022年、2025年`), none when no date does.
        is_past: Whether they tell of results.
        is_inherited: Whether they stand in an earlier sentence.
        day_before: A deadline taken over from an earlier passage, or None.
        row_due: Deadline of the whole task, which holds where its words give none, or None.
        is_reached_back: Whether a later clause gives them (`…，2022年底前完成`).
    """

    marks: tuple[DateMark, ...] = ()
    is_past: bool = False
    is_inherited: bool = False
    day_before: date | None = None
    row_due: date | None = None
    is_reached_back: bool = False

    @property
    def days(self) -> tuple[date, ...]:
        """The days that it sets, one for each date; a period between years sets one for each year."""
        said = tuple(mark.day for mark in self.marks if mark.day is not None)
        around = self.day_before or self.row_due
        return said or ((around,) if around else ())

    @property
    def is_from_row(self) -> bool:
        """Whether only the row or bracket of the task gives the day."""
        is_said = any(mark.day is not None for mark in self.marks)
        return self.row_due is not None and self.day_before is None and not is_said

    @property
    def is_explicit(self) -> bool:
        """Whether the words of the sentence, or the row of the task, give the day."""
        return self.is_from_row or (bool(self.marks) and not self.is_inherited)

    @property
    def day(self) -> date | None:
        """The last of its days, or None."""
        return self.days[-1] if self.days else None

    @property
    def years(self) -> tuple[date, ...]:
        """The end of every year of a single period, for values given year by year."""
        if len(self.marks) != 1 or self.marks[0].first_year is None or self.marks[0].year is None:
            return ()
        first, last = self.marks[0].first_year, self.marks[0].year
        return tuple(date(year, 12, 31) for year in range(first, last + 1)) if last - first < 20 else ()

    @property
    def alternatives(self) -> tuple[Alternative, ...]:
        """Other readings of the deadline."""
        if self.is_from_row:
            return (Alternative(field="deadline", value="null", reason="from_row_due"),)
        if not self.marks or self.is_past:
            return ()
        last = self.marks[-1]
        if last.day is None and last.other_day is not None:
            return (Alternative(field="deadline", value=last.other_day.isoformat(), reason="year_not_said"),)
        if last.day is None or not last.is_year_before:
            return ()
        earlier = date(last.day.year - 1, 12, 31)
        return (Alternative(field="deadline", value=earlier.isoformat(), reason="year_before"),)

    @property
    def confidence(self) -> float:
        """How sure the deadline is."""
        if self.is_from_row or (self.day_before and not self.marks):
            return 0.8
        sure = 0.95 if self.is_inherited else 1.0
        if self.marks and self.marks[-1].is_year_before:
            sure = min(sure, 0.75)
        return min(sure, 0.7) if self.marks and self.marks[-1].is_inferred else sure


NO_REIGN = Reign()


@dataclass(frozen=True, slots=True)
class Governance:
    """The reigns of a passage, by the place where each begins."""

    starts: tuple[int, ...]
    reigns: tuple[Reign, ...]

    def at(self, place: int) -> Reign:
        """Return the reign that holds at `place`."""
        index = bisect_right(self.starts, place) - 1
        return self.reigns[index] if index >= 0 else NO_REIGN


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryRule:
    """What a deadline does beyond its sentence.

    Args:
        keeps: Whether it also holds for the sentences behind its own (sections of main targets).
        day_before: Deadline that holds until the first date, or None.
        row_due: Deadline of the whole task, or None.
    """

    keeps: bool = False
    day_before: date | None = None
    row_due: date | None = None


def governance_of(
    surface: Surface,
    *,
    clauses: Sequence[Clause],
    marks: Sequence[DateMark],
    quantities: Sequence[Quantity],
    rule: CarryRule,
) -> Governance:
    """Return where which date governs.

    Args:
        surface: The passage.
        clauses: Its clauses.
        marks: Its dates.
        quantities: Its quantities, dates left out.
        rule: What holds beyond a sentence.
    """
    events: list[tuple[int, Reign]] = []
    around = Reign(row_due=rule.row_due) if rule.row_due else NO_REIGN
    current = replace(around, day_before=rule.day_before)
    had_figures, place, sentence_start = False, 0, 0
    outer: Reign | None = None
    starts = [quantity.start for quantity in quantities]
    all_figures = _sentences_of_figures(surface.masked, clauses, starts)
    for index, clause in enumerate(clauses):
        if index == 0 or clauses[index - 1].sentence != clause.sentence:
            sentence_start = clause.start
            divides = had_figures and clause.sentence in all_figures and _divides(surface.masked, clause)
            carries = rule.keeps or divides
            if index and not carries:
                current = around
            current = replace(current, is_inherited=index > 0 and bool(current.marks))
            events.append((clause.start, current))
            had_figures, outer = False, None
        elif outer is not None and clauses[index - 1].mark == "；":
            current, outer = outer, None
            events.append((clause.start, current))
        place, groups = _groups(surface, clause, marks, place)
        if outer is None and current.day is not None and _gives_steps(surface.masked, clause, groups):
            outer = current
        for group in groups:
            current = replace(around, marks=group, is_past=group[0].use is DateUse.PAST)
            events.append((clause.start if group[0] is groups[0][0] else group[0].start, current))
        had_figures = had_figures or bisect_left(starts, clause.end) > bisect_left(starts, clause.start)
        if groups and _ONLY_DONE.match(surface.masked[groups[-1][-1].end : clause.end]):
            _reach_back(events, sentence_start, current)
    events.sort(key=lambda event: event[0])
    return Governance(tuple(start for start, _ in events), tuple(reign for _, reign in events))


def _divides(masked: str, clause: Clause) -> bool:
    """Return whether a sentence divides the total before it, and states nothing of its own."""
    if _OPENS_ANEW.match(masked, clause.start, clause.end) is not None:
        return False
    places, _ = leading_places(masked, clause.start, clause.end)
    is_part = places or _OPENS_PARTS.match(masked, clause.start, clause.end)
    return bool(is_part) or _OWN_GOAL.search(masked, clause.start, clause.end) is None


def _gives_steps(masked: str, clause: Clause, groups: Sequence[tuple[DateMark, ...]]) -> bool:
    """Return whether the dates of a clause only divide what it sets into years (`2023年5公里、2024年8公里`).

    Such dates do not govern what stands behind the next semicolon.
    """
    return len(groups) > 1 or (len(groups) == 1 and masked.startswith("其中", clause.start))


def _reach_back(events: list[tuple[int, Reign]], sentence_start: int, reign: Reign) -> None:
    """Let `…，2022年底前完成` also govern the clauses before it that have no date."""
    for position in range(len(events) - 2, -1, -1):
        start, before = events[position]
        if start < sentence_start or before.marks:
            return
        events[position] = (start, replace(reign, is_reached_back=True))


def _groups(
    surface: Surface, clause: Clause, marks: Sequence[DateMark], place: int
) -> tuple[int, list[tuple[DateMark, ...]]]:
    """Return the governing dates of a clause; dates that are only joined by 、 or 和 go together."""
    while place < len(marks) and marks[place].start < clause.start:
        place += 1
    groups: list[list[DateMark]] = []
    while place < len(marks) and marks[place].start < clause.end:
        mark = marks[place]
        place += 1
        if mark.use not in {DateUse.DEADLINE, DateUse.PAST}:
            continue
        linked = (
            groups
            and groups[-1][-1].use is mark.use
            and _LINK.fullmatch(surface.masked[groups[-1][-1].end : mark.start])
        )
        if linked:
            groups[-1].append(mark)
        else:
            groups.append([mark])
    return place, [tuple(group) for group in groups]


def _sentences_of_figures(masked: str, clauses: Sequence[Clause], starts: Sequence[int]) -> set[int]:
    """Return the sentences whose every clause gives a figure, as the breakdown of a total does."""
    without = {
        c.sentence
        for c in clauses
        if not _ONLY_OPENS.fullmatch(masked, c.start, c.end)
        and bisect_right(starts, c.end - 1) <= bisect_left(starts, c.start)
    }
    return {clause.sentence for clause in clauses} - without
