"""Steps and results of programmes as the rulebook writes them.

The form of a step::

    - id: review
      name: {zh: 区县审核, en: Review by the district}
      who: [district]                            # actors of words/programmes.yaml
      after: [apply]                             # steps that must have ended; may be left out
      due: {days: 20, of: working, from: apply}  # or `of: calendar`, `from: opening`, or {day: "11-30"}
      evidence:
        - {kind: report, least: 1, reviewed: true, zh: 自评报告, en: Own assessment}
      outcomes: [go_on, return, refuse]          # go_on alone when left out
      returns_to: apply                          # a step before it
      other_than: [apply]                        # steps whose person may not end this one
      publication_days: 5                        # working days for objections
      number: true                               # a certificate number is given
      score: true                                # the pass mark must be reached
      optional: true                             # the case goes on without it
      documents: [review_opinion]
      bases: [{source: …, at: …, from: …, mark: found}]

The form of a result::

    result:
      name: {zh: 节水型企业, en: Water-saving enterprise}
      step: award                                # the step whose end gives it
      levels: [city, province]                   # the lowest first; may be left out
      valid: {months: 36}                        # without end when left out
      recheck_every: {months: 36, rule: audits/balance_test, part: every}   # the rule of the place first
      recheck: {name: …, who: …, evidence: …}    # a step without `id` and `after`
      upgrade: {name: …, who: …, evidence: …}    # needs two levels
      revocations: [{id: fraud, zh: …, en: …, bases: […]}]
      bases: […]
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from shuiheng.adapters.rulebook.bases import read_basis
from shuiheng.adapters.rulebook.parameters import shipped_rulebook
from shuiheng.adapters.rulebook.places import both_names
from shuiheng.adapters.rulebook.programme_words import ProgrammeWords
from shuiheng.adapters.rulebook.strict_yaml import Entry, id_of, one_of
from shuiheng.kernel.term import Term, TermUnit
from shuiheng.programmes.kind import (
    OPENING,
    RECHECK,
    UPGRADE,
    WITHOUT_END,
    Deadline,
    EvidenceNeed,
    Lasting,
    Reason,
    Result,
    StepKind,
    StepOutcome,
    steps_behind,
)

STEP_FIELDS = (
    "id",
    "name",
    "who",
    "after",
    "due",
    "evidence",
    "outcomes",
    "returns_to",
    "other_than",
    "publication_days",
    "number",
    "score",
    "optional",
    "documents",
    "bases",
)
RESULT_FIELDS = (
    "name",
    "step",
    "levels",
    "valid",
    "recheck_every",
    "recheck",
    "upgrade",
    "revocations",
    "bases",
)
LATER_FIELDS = ("name", "who", "evidence", "documents", "other_than", "number", "score", "bases")
TERM_UNITS = (TermUnit.MONTHS, TermUnit.YEARS)
DAY_UNITS = {"working": TermUnit.WORKDAYS, "calendar": TermUnit.DAYS}
MONTH_DAY = re.compile(r"(\d\d)-(\d\d)")
LEAP_YEAR = 2000
MOST = 9999


@dataclass(frozen=True, slots=True, kw_only=True)
class StepReading:
    """What steps are read with: the words, and the file that says who checked it."""

    words: ProgrammeWords
    holder: Entry


def read_steps(entry: Entry, reading: StepReading) -> tuple[StepKind, ...]:
    """Return the steps of a field, in their order.

    Raises:
        RulebookError: A step has not its form, or names a step that does not stand before it.
    """
    found: list[StepKind] = []
    for each in entry.items() if entry.value is not None else ():
        each.only(*STEP_FIELDS)
        name = id_of(each)
        if name in (OPENING, RECHECK, UPGRADE):
            raise each.at("id").refuse(f"`{name}` has a sense of its own", "Use another id.")
        found.append(_step(each, name, found, reading))
    if not found:
        raise entry.refuse("a kind has steps", "Write at least one step.")
    return tuple(found)


def read_result(entry: Entry, steps: tuple[StepKind, ...], reading: StepReading) -> Result:
    """Return the result of a field.

    Raises:
        RulebookError: It has not its form, or names a step or level that does not exist.
    """
    entry.only(*RESULT_FIELDS)
    levels = _words(entry, "levels", reading.words.levels)
    has_recheck, has_upgrade = entry.get("recheck", dict), entry.get("upgrade", dict)
    has_cycle = entry.get("recheck_every", dict) is not None
    if has_cycle is not (has_recheck is not None):
        raise entry.refuse("`recheck` and `recheck_every` go together", "Write both or none.")
    if has_upgrade is not None and not levels[1:]:
        raise entry.at("upgrade").refuse("there is no level to rise to", "Write two `levels`.")
    step = one_of(entry, "step", [each.id for each in steps])
    if next(each for each in steps if each.id == step).is_optional:
        raise entry.at("step").refuse("an optional step cannot give the result", "Name another step.")
    _check_returns(entry, steps, step)
    return Result(
        names=both_names(entry.at("name")),
        step=step,
        levels=levels,
        validity=_lasting(entry, "valid"),
        recheck_every=_lasting(entry, "recheck_every"),
        recheck=_later(entry.at("recheck"), RECHECK, steps, reading) if has_recheck else None,
        upgrade=_later(entry.at("upgrade"), UPGRADE, steps, reading) if has_upgrade else None,
        revocations=tuple(_reason(each, reading) for each in entry.each("revocations")),
        bases=tuple(read_basis(each, reading.holder) for each in entry.each("bases")),
    )


def _check_returns(entry: Entry, steps: tuple[StepKind, ...], result: str) -> None:
    """Raise RulebookError when a step behind the result sends the case back before it."""
    behind = steps_behind(steps, result) - {result}
    for step in steps:
        if step.id in behind and step.returns_to and result in steps_behind(steps, step.returns_to):
            raise entry.at("step").refuse(f"`{step.id}` returns what was given", "Return to a later step.")


def _lasting(entry: Entry, field: str) -> Lasting:
    if entry.get(field, dict) is None:
        return WITHOUT_END
    held = entry.at(field)
    held.only("months", "rule", "part")
    months, rule = _positive(held, "months"), held.get("rule", str) or ""
    if months is None and not rule:
        raise held.refuse("it has no length", "Write `months`, or a `rule` with its `part`.")
    term = Term(count=months, unit=TermUnit.MONTHS) if months is not None else None
    if not rule:
        return Lasting(term=term)
    declared = shipped_rulebook()[one_of(held, "rule", shipped_rulebook())]
    part = one_of(held, "part", [name for name, unit in declared.fields.items() if unit in TERM_UNITS])
    return Lasting(term=term, rule=rule, part=part, unit=TermUnit(declared.fields[part]))


def _later(entry: Entry, name: str, steps: tuple[StepKind, ...], reading: StepReading) -> StepKind:
    entry.only(*LATER_FIELDS)
    return _step(entry, name, steps, reading)


def _step(entry: Entry, name: str, before: Collection[StepKind], reading: StepReading) -> StepKind:
    known = [step.id for step in before]
    if name in known:
        raise entry.refuse(f"the id `{name}` stands twice", "Give each step its own.")
    outcomes = _words(entry, "outcomes", [each.value for each in StepOutcome]) or (StepOutcome.GO_ON.value,)
    if StepOutcome.GO_ON.value not in outcomes:
        raise entry.at("outcomes").refuse("the case never goes on", "Add `go_on`.")
    returns_to = one_of(entry, "returns_to", known) if entry.get("returns_to", str) else ""
    if bool(returns_to) is not (StepOutcome.RETURN.value in outcomes):
        raise entry.refuse("`return` and `returns_to` go together", "Write both or none.")
    who = _words(entry, "who", reading.words.actors)
    if not who:
        raise entry.refuse("nobody may end the step", "Write `who`.")
    return StepKind(
        id=name,
        names=both_names(entry.at("name")),
        who=who,
        after=_words(entry, "after", known),
        deadline=_deadline(entry.at("due"), known) if entry.get("due", dict) is not None else None,
        evidence=_needs(entry, reading),
        outcomes=frozenset(StepOutcome(word) for word in outcomes),
        returns_to=returns_to,
        other_than=_words(entry, "other_than", known),
        publication_days=_positive(entry, "publication_days"),
        needs_number=bool(entry.get("number", bool)),
        needs_score=bool(entry.get("score", bool)),
        is_optional=bool(entry.get("optional", bool)),
        documents=_words(entry, "documents", reading.words.documents),
        bases=tuple(read_basis(each, reading.holder) for each in entry.each("bases")),
    )


def _deadline(entry: Entry, known: Collection[str]) -> Deadline:
    if entry.get("day", str) is not None:
        entry.only("day")
        return Deadline(month_day=_month_day(entry))
    entry.only("days", "of", "from")
    days = _positive(entry, "days")
    if days is None:
        raise entry.refuse("`days` is missing", "Write days with `of` and `from`, or a `day` of the year.")
    unit = DAY_UNITS[one_of(entry, "of", DAY_UNITS)]
    return Deadline(
        term=Term(count=days, unit=unit),
        after=one_of(entry, "from", [OPENING, *known]),
    )


def _month_day(entry: Entry) -> tuple[int, int]:
    found = MONTH_DAY.fullmatch(entry.take("day", str))
    try:
        named = date(LEAP_YEAR, int(found[1]), int(found[2])) if found else None
    except ValueError:
        named = None
    if named is None:
        raise entry.at("day").refuse("it is no day of the year", 'Write it as "11-30".')
    return named.month, named.day


def _needs(entry: Entry, reading: StepReading) -> tuple[EvidenceNeed, ...]:
    found: dict[str, EvidenceNeed] = {}
    for each in entry.each("evidence"):
        need = _evidence(each, reading)
        if need.kind in found:
            raise each.refuse(f"`{need.kind}` is asked twice in one step", "Raise `least` instead.")
        found[need.kind] = need
    return tuple(found.values())


def _evidence(entry: Entry, reading: StepReading) -> EvidenceNeed:
    entry.only("kind", "least", "reviewed", "zh", "en")
    return EvidenceNeed(
        kind=one_of(entry, "kind", reading.words.evidence),
        names={"zh": entry.take("zh", str), "en": entry.take("en", str)},
        least=_positive(entry, "least") or 1,
        is_reviewed=bool(entry.get("reviewed", bool)),
    )


def _reason(entry: Entry, reading: StepReading) -> Reason:
    entry.only("id", "zh", "en", "bases")
    return Reason(
        id=id_of(entry),
        names={"zh": entry.take("zh", str), "en": entry.take("en", str)},
        bases=tuple(read_basis(each, reading.holder) for each in entry.each("bases")),
    )


def _words(entry: Entry, field: str, allowed: Collection[str]) -> tuple[str, ...]:
    found = entry.words(field)
    for word in found:
        if word not in allowed or found.count(word) > 1:
            known = ", ".join(allowed) or "nothing here"
            raise entry.at(field).refuse(f"`{word}` is unknown here or stands twice", f"Use {known}.")
    return found


def _positive(entry: Entry, field: str) -> int | None:
    found = entry.get(field, int)
    if found is not None and not 1 <= found <= MOST:
        raise entry.at(field).refuse(f"`{field}` is not from 1 to {MOST}", "Mend the number.")
    return found
