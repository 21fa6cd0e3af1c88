"""What the pages of counts show of a target: its words, its value, and how far the cases are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.http import HttpRequest
from django.utils import timezone

from shuiheng.adapters.records.models import RegisterTarget
from shuiheng.adapters.records.queries_counts import COUNTABLE, CountFilter, countable_targets
from shuiheng.adapters.records.sight import Sight
from shuiheng.programmes.counting import Stage
from shuiheng.programmes.target_counting import Kinds
from shuiheng.services.cases.count_target import CountingDesk, TargetCount, count_targets, desk_of
from shuiheng.services.cases.link_json import HowCounted
from shuiheng.services.cases.link_targets import LinkedTarget, linked_targets
from shuiheng.web.filters import plain
from shuiheng.web.words_counts import STATES, fact_name, gap_reason, level_name, served_names

FINEST = Decimal("0.01")
SHOWN_STAGES = (Stage.PLANNED, Stage.UNDER_WAY, Stage.DONE, Stage.LOST)
FIRST_YEAR = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCount:
    """A target in a table of counts.

    Args:
        found: What counts for it.
        state: A word of `words_counts.STATES`.
        served: Names of what serves it.
        level: Name of the level that is asked for, or nothing.
        reason: Why nothing serves it.
        missing: Names of what would have to be known.
        stages: How many cases are at each shown stage.
    """

    found: TargetCount
    state: str
    served: Sequence[str]
    level: str
    reason: str
    missing: Sequence[str]
    stages: Sequence[tuple[str, int]]

    @property
    def target(self) -> RegisterTarget:
        """Return the target."""
        return self.found.linked.target

    @property
    def narrowed(self) -> Sequence[str]:
        """Return the words by which fewer cases may be meant than are counted."""
        scope = self.found.meant.words
        return (*self.found.linked.how.narrowed_by, *((scope,) if scope else ()))

    @property
    def value(self) -> Decimal | None:
        """Return the value, a share rounded to what is shown."""
        return rounded(self.found.value) if self.found.is_rate else self.found.value

    @property
    def short(self) -> Decimal | None:
        """Return what is still missing."""
        return rounded(self.found.short) if self.found.is_rate else self.found.short

    @property
    def is_counted(self) -> bool:
        """Return whether cases are counted for it."""
        return self.found.count is not None

    @property
    def is_moving(self) -> bool:
        """Return whether there is a case at any stage that is shown."""
        return self.is_counted and any(cases for _, cases in self.stages)


def rounded(value: Decimal | None) -> Decimal | None:
    """Return a share in the form that is shown."""
    return None if value is None else value.quantize(FINEST, rounding=ROUND_HALF_UP)


def day_from(query: Mapping[str, str]) -> date:
    """Return the day that a page is asked for; today for none, for one ahead, and for nonsense."""
    today = timezone.localdate()
    try:
        asked = date.fromisoformat(query.get("on", ""))
    except ValueError:
        return today
    return asked if asked.year >= FIRST_YEAR and asked <= today else today


def filter_of(query: Mapping[str, str]) -> tuple[CountFilter, str]:
    """Return the filter that a query asks for, and the state of the link; unknown values are dropped."""
    kind, state = query.get("kind", ""), query.get("state", "")
    wanted = CountFilter(
        plan=plain(query.get("plan", ""))[:60],
        kind=kind if kind in COUNTABLE else "",
        words=plain(query.get("q", ""))[:60],
    )
    return wanted, state if state in STATES else ""


def counts_for(seen: Sight, wanted: CountFilter, state: str, on: date) -> list[ShownCount]:
    """Return what counts for the targets that a filter leaves, in the order of their plans."""
    linked = linked_targets(countable_targets(seen, wanted))
    return [each for each in counted(linked, on) if not state or each.state == state]


def counted(linked: Sequence[LinkedTarget], on: date) -> list[ShownCount]:
    """Return what counts for some targets, of whichever cities."""
    desks: dict[int, CountingDesk] = {}
    groups: dict[int, list[LinkedTarget]] = {}
    for each in linked:
        place = each.target.plan.place
        if place.pk not in desks:
            desks[place.pk] = desk_of(place, on)
        groups.setdefault(place.pk, []).append(each)
    found: dict[int, ShownCount] = {}
    for key, own in groups.items():
        found |= {
            each.linked.target.pk: show(each, desks[key].kinds) for each in count_targets(desks[key], own)
        }
    return [found[each.target.pk] for each in linked]


def show(found: TargetCount, kinds: Kinds) -> ShownCount:
    """Return what a table shows of a target."""
    how = found.linked.how
    sums = found.stage_sums()
    return ShownCount(
        found=found,
        state=_state(found.linked),
        served=served_names(how, kinds),
        level=level_name(how.question.level) if how.question is not None and how.question.level else "",
        reason=_reason(found.linked, how),
        missing=[fact_name(each) for each in found.missing],
        stages=[(stage.value, sums[stage]) for stage in SHOWN_STAGES],
    )


def states_of(shown: Iterable[ShownCount]) -> dict[str, int]:
    """Return how many targets are in each state."""
    counts = dict.fromkeys(STATES, 0)
    for each in shown:
        counts[each.state] += 1
    return counts


def wanted_key(request: HttpRequest, name: str) -> str:
    """Return a key that a query names, or nothing."""
    value = request.GET.get(name, "")
    return value if value.isascii() and value.isdecimal() and len(value) <= 18 else ""


def _state(linked: LinkedTarget) -> str:
    if linked.is_left_out:
        return "left_out"
    if linked.is_confirmed:
        return "confirmed"
    return "open" if linked.how.is_linked else "unlinked"


def _reason(linked: LinkedTarget, how: HowCounted) -> str:
    if linked.is_left_out and linked.choice is not None:
        return linked.choice.reason
    return gap_reason(how)
