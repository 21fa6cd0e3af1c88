"""What the first page is made of: boxes of lines, each line a link to where the work is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.http import HttpRequest
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _

from shuiheng.adapters.records.sight import Sight
from shuiheng.services.permission import Action, may
from shuiheng.services.scope import sight

Words = Promise | str
LATE, SOON, PLAIN, GOOD = "late", "soon", "plain", "good"
SIGNS: Mapping[str, tuple[str, Words]] = {LATE: ("!", _("逾期")), SOON: ("◷", _("临近"))}
WEIGHTS: Mapping[str, int] = {LATE: 0, SOON: 1, PLAIN: 2, GOOD: 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a box.

    Args:
        address: What it opens.
        words: What it says, in the language of the reader.
        name: What records call it, shown as it is.
        count: How many there are.
        note: What is said beside it.
        named_note: What records say beside it.
        on: The day by which it is due.
        tone: A word of `WEIGHTS`.
        sign: A sign with its word in place of those of the tone.
    """

    address: str
    words: Words = ""
    name: str = ""
    count: int | None = None
    note: Words = ""
    named_note: str = ""
    on: date | None = None
    tone: str = PLAIN
    sign: tuple[str, Words] | None = None

    @property
    def shown_sign(self) -> tuple[str, Words] | None:
        """The sign with its word, so that nothing is told by colour alone."""
        return self.sign or SIGNS.get(self.tone)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Somebody at the first page on a day, with the counts of what waits for each box."""

    request: HttpRequest
    today: date
    waiting: Mapping[str, Sequence[Line]] = field(default_factory=dict)

    def may(self, *actions: Action) -> bool:
        """Return whether the reader may do one of some actions."""
        return any(may(self.request.user, action) for action in actions)

    def seen(self, action: Action) -> Sight:
        """Return what the reader may see by the right to an action."""
        return sight(self.request.user, action)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxRule:
    """What a box holds and who has it.

    Args:
        key: Its id.
        title: Its heading.
        rights: Whoever holds one of these has it.
        lines: Returns its lines; what waits under its key comes after them.
        door: Name of the page that shows all of it, and the right to that page.
        empty: What it says when it has no line; a box without is left out then.
        most: How many lines are shown; the rest stands behind a word.
        template: How its lines are laid out.
        unless: Who holds one of these has another box in its place.
        counts_first: Whether what waits under its key comes before its lines.
        is_wide: Whether it stands across the page above the others.
    """

    key: str
    title: Words
    rights: Sequence[Action]
    lines: Callable[[Desk], Sequence[Line]]
    door: tuple[str, Action] | None = None
    empty: Words = ""
    most: int = 5
    template: str = "home/lines.html"
    unless: Sequence[Action] = ()
    counts_first: bool = False
    is_wide: bool = False


class Box:
    """A box as a page shows it."""

    def __init__(self, rule: BoxRule, desk: Desk) -> None:
        self.rule, self.desk = rule, desk

    @cached_property
    def lines(self) -> Sequence[Line]:
        """All lines, what is late first."""
        own, waiting = self.rule.lines(self.desk), self.desk.waiting.get(self.rule.key, ())
        found = [*waiting, *own] if self.rule.counts_first else [*own, *waiting]
        return sorted(found, key=lambda line: WEIGHTS[line.tone])

    @property
    def shown(self) -> Sequence[Line]:
        """The lines that stand on the page."""
        return self.lines[: self.rule.most]

    @property
    def folded(self) -> Sequence[Line]:
        """The lines behind a word."""
        return self.lines[self.rule.most :]

    @property
    def door(self) -> str:
        """Name of the page that shows all of it, when the reader may open it."""
        name, action = self.rule.door or ("", None)
        return name if action is not None and self.desk.may(action) else ""

    @property
    def is_late(self) -> bool:
        """Whether a line of it is late."""
        return any(line.tone == LATE for line in self.lines)

    @property
    def is_there(self) -> bool:
        """Whether it is shown."""
        return bool(self.lines or self.rule.empty)
