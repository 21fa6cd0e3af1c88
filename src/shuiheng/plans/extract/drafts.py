"""A target while its passage is being read, and the memory that a reading keeps."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from shuiheng.plans.extract.clauses import without_leading_marks
from shuiheng.plans.extract.context import Parsed
from shuiheng.plans.model import Alternative, Operator, Target, TargetKind


@dataclass(slots=True, kw_only=True)
class Draft:
    """A target of a passage before it has an id; fields as in `Target`, places in the wording.

    `parent` is the draft of which it is a share; `is_list` tells that a list goes on behind it.
    """

    start: int
    end: int
    metric: str
    kind: TargetKind
    op: Operator
    value: Decimal | None
    unit: str | None
    value_max: Decimal | None = None
    scope: str | None = None
    baseline_year: int | None = None
    deadline: date | None = None
    annual: bool = False
    cumulative: bool | None = None
    stretch: tuple[Operator, Decimal] | None = None
    is_hedged: bool = False
    parent: Draft | None = None
    confidence: float = 1.0
    alternatives: tuple[Alternative, ...] = ()


@dataclass(slots=True, kw_only=True)
class Memory:
    """What the reading of a sentence remembers for the next item.

    Args:
        sentence: Number of the sentence.
        last: Last draft of the passage.
        last_sentence: Sentence of that draft.
        total: Last draft that states a metric for the whole jurisdiction or subject.
        subject: Places that are the subject of the sentence.
        subject_is_class: Whether that subject is a class with a cut-off, which a semicolon ends.
        rated: Class for which the rates of the following clauses are, or nothing.
        trade: Trade that the opening words of the passage name (`钢铁行业。…`), or nothing.
        subject_words: Noun phrase that is the subject of the sentence, for 区内 and 其.
        owns_sentence: Whether that phrase is a clause of its own (`X的Y，必须…`) and holds for all of it.
        makes: Whether a verb of making governs the list of this clause.
        base_year: Year of comparison of the last reduction.
        each_year: Number of the last sentence that set something for each year, or -1.
        each_year_at: Where the value stands that did so.
        lists_places: Whether the clause lists places with values.
    """

    sentence: int = -1
    last: Draft | None = None
    total: Draft | None = None
    subject: tuple[str, ...] = ()
    subject_is_class: bool = False
    rated: tuple[str, ...] = ()
    trade: tuple[str, ...] = ()
    subject_words: str | None = None
    owns_sentence: bool = False
    last_sentence: int = -1
    makes: bool = False
    base_year: int | None = None
    each_year: int = -1
    each_year_at: int = 0
    lists_places: bool = False
    drafts: list[Draft] = field(default_factory=list)


def finished(drafts: list[Draft], parsed: Parsed) -> tuple[Target, ...]:
    """Return the drafts as targets with local ids, in the order of the text."""
    order = {id(draft): f"#{index}" for index, draft in enumerate(drafts)}
    return tuple(_target(draft, order, parsed) for draft in drafts)


def _target(draft: Draft, order: dict[int, str], parsed: Parsed) -> Target:
    wording = parsed.surface.wording
    start = without_leading_marks(parsed.surface.masked, draft.start, draft.end)
    start = start if start < draft.end else draft.start
    return Target(
        id=order[id(draft)],
        task=None,
        quote=wording.text[start : draft.end],
        span=wording.span_of(start, draft.end),
        page=parsed.context.page,
        metric=draft.metric,
        scope=draft.scope,
        kind=draft.kind,
        op=draft.op,
        value=draft.value,
        value_max=draft.value_max,
        unit=draft.unit,
        baseline_year=draft.baseline_year if draft.kind is TargetKind.REDUCTION else None,
        deadline=draft.deadline,
        annual=draft.annual,
        cumulative=draft.cumulative,
        stretch=draft.stretch,
        is_hedged=draft.is_hedged,
        part_of=order.get(id(draft.parent)) if draft.parent is not None else None,
        confidence=round(draft.confidence, 3),
        alternatives=draft.alternatives,
    )
