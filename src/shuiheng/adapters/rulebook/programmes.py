"""Kinds of programmes: `programmes/<id>.yaml`, one kind in a file, with the words of `words/programmes.yaml`.

What several kinds share stands once in `programmes/families/<name>.yaml`; a kind that says `like: <name>`
takes every field from there that it does not have itself, whole. The form is told in docs/decisions/0020, the
form of conditions in `conditions.py`, that of steps and results in `programme_steps.py`, that of criteria in
`programme_criteria.py`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources.abc import Traversable
from types import MappingProxyType

from shuiheng.adapters.rulebook.bases import read_basis
from shuiheng.adapters.rulebook.conditions import NUMBER, Vocabulary, read_group
from shuiheng.adapters.rulebook.files import read_files, rulebook_folder
from shuiheng.adapters.rulebook.places import both_names
from shuiheng.adapters.rulebook.programme_criteria import read_criteria
from shuiheng.adapters.rulebook.programme_steps import StepReading, read_result, read_steps
from shuiheng.adapters.rulebook.programme_words import (
    ProgrammeWords,
    programme_words,
    read_programme_words,
)
from shuiheng.adapters.rulebook.sources import check_checked
from shuiheng.adapters.rulebook.strict_yaml import (
    Entry,
    check_id,
    check_unlinked,
    id_of,
    one_of,
    read_entry,
)
from shuiheng.programmes.criteria import Criteria
from shuiheng.programmes.kind import (
    ONE,
    CountRule,
    CountWay,
    Measure,
    OncePer,
    ProgrammeKind,
    RateRule,
    Result,
    Serves,
    StepKind,
)
from shuiheng.rules.conditions import ALWAYS, Group

FOLDER, FAMILIES, PAST = "programmes", "programmes/families", "programmes/past"
SHARED = (
    "version",
    "from",
    "until",
    "subject",
    "measures",
    "eligibility",
    "steps",
    "criteria",
    "result",
    "counts",
    "rates",
    "serves",
    "public",
    "bases",
    "note",
)
FIELDS = ("name", "like", *SHARED, "checked")
NUMBERED = ("version", "from")  # what the register of a city says of a version, and not its text
CITY_FIELDS = ("name", *(field for field in SHARED if field not in NUMBERED), "checked")
COUNT_FIELDS = ("id", "name", "step", "measure", "ways", "once_per", "not_also")
RATE_FIELDS = ("id", "name", "count", "register", "members", "weight", "bases")
SERVES_FIELDS = ("counting", "words", "without", "units")


@cache
def shipped_programmes() -> Mapping[str, ProgrammeKind]:
    """Return the kinds of programmes that the program ships, by id.

    Raises:
        RulebookError: A file breaks a rule of the rulebook.
    """
    return read_programmes(rulebook_folder())


def read_programmes(folder: Traversable) -> Mapping[str, ProgrammeKind]:
    """Return the kinds of programmes below a folder, by id.

    Raises:
        RulebookError: A file breaks a rule, or names what does not exist.
    """
    words = read_programme_words(folder)
    entries, families = dict(read_files(folder, FOLDER)), dict(read_files(folder, FAMILIES))
    for family in families.values():
        family.only(*SHARED, "checked")
        check_checked(family)
    reading = _Reading(words=words, vocabulary=words.vocabulary, families=families, kinds=frozenset(entries))
    return MappingProxyType({name: _kind(name, entry, reading) for name, entry in entries.items()})


@cache
def past_programmes() -> Mapping[tuple[str, int], ProgrammeKind]:
    """Return the versions of kinds that were shipped before, by id and number, for cases opened under them.

    Raises:
        RulebookError: A file breaks a rule of the rulebook.
    """
    return read_past_programmes(rulebook_folder())


def read_past_programmes(folder: Traversable) -> Mapping[tuple[str, int], ProgrammeKind]:
    """Return the versions of `programmes/past/<id>-<version>.yaml` below a folder; they stand there whole.

    Raises:
        RulebookError: A file breaks a rule, or its name is not that of a version.
    """
    words = read_programme_words(folder)
    kinds = frozenset(name for name, _ in read_files(folder, FOLDER))
    reading = _Reading(words=words, vocabulary=words.vocabulary, families={}, kinds=kinds)
    found = {}
    for name, entry in read_files(folder, PAST):
        kind = _kind(name.rpartition("-")[0], entry, reading)
        if name != f"{kind.id}-{kind.version}":
            raise entry.at("version").refuse("it is not that of the name", "Name it <id>-<version>.yaml.")
        found[kind.id, kind.version] = kind
    return MappingProxyType(found)


def read_city_kind(text: str, edition: Edition) -> ProgrammeKind:
    """Return a kind that a city wrote, in the form of a shipped one without `like`, `version` and `from`.

    Raises:
        RulebookError: The text breaks a rule, or has anchors.
    """
    file = f"{edition.kind}.yaml"
    check_unlinked(text, file=file)
    entry = read_entry(text, file=file)
    entry.only(*CITY_FIELDS)
    check_checked(entry)
    words = programme_words()
    kinds = shipped_programmes()
    reading = _Reading(words=words, vocabulary=words.vocabulary, families={}, kinds=kinds)
    return _made(_Parts(own=entry, family=None), reading, edition)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """Which version of a kind a text is, and from which day on it holds (版本)."""

    kind: str
    version: int
    valid_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """What every kind is read with."""

    words: ProgrammeWords
    vocabulary: Vocabulary
    families: Mapping[str, Entry]
    kinds: Collection[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    """The fields of a kind: its own, and those of its family."""

    own: Entry
    family: Entry | None

    def holder(self, field: str) -> Entry:
        """Return the file that says the field: the kind's own where neither does."""
        if self.family is None or self.own.at(field).value is not None:
            return self.own
        return self.own if self.family.at(field).value is None else self.family

    def at(self, field: str) -> Entry:
        """Return the field."""
        return self.holder(field).at(field)

    def group(self, field: str, vocabulary: Vocabulary) -> Group:
        """Return the conditions of a field, which must be there."""
        self.holder(field).take(field, dict)
        return read_group(self.at(field), vocabulary)


def _kind(name: str, entry: Entry, reading: _Reading) -> ProgrammeKind:
    entry.only(*FIELDS)
    check_checked(entry)
    like = one_of(entry, "like", reading.families) if entry.get("like", str) is not None else ""
    parts = _Parts(own=entry, family=reading.families[like] if like else None)
    edition = Edition(
        kind=name,
        version=parts.holder("version").take("version", int),
        valid_from=parts.holder("from").take("from", date),
    )
    return _made(parts, reading, edition)


def _made(parts: _Parts, reading: _Reading, edition: Edition) -> ProgrammeKind:
    steps = read_steps(parts.at("steps"), _step_reading(parts, "steps", reading))
    result = read_result(parts.at("result"), steps, _step_reading(parts, "result", reading))
    measures = _measures(parts, reading)
    counts = _counts(parts, reading, steps, measures)
    rates = _rates(parts, reading, {count.id for count in counts})
    return ProgrammeKind(
        id=edition.kind,
        names=both_names(parts.own.at("name")),
        version=edition.version,
        valid_from=edition.valid_from,
        valid_to=_end(parts, edition.valid_from),
        subject=one_of(parts.holder("subject"), "subject", reading.words.subjects),
        measures=measures,
        eligibility=parts.group("eligibility", reading.vocabulary),
        steps=steps,
        criteria=_criteria(parts, reading, steps, result),
        result=result,
        counts=counts,
        rates=rates,
        serves=_serves(parts, {*(count.id for count in counts), *(rate.id for rate in rates)}),
        public=_public(parts, reading),
        bases=tuple(read_basis(each, parts.holder("bases")) for each in _listed(parts, "bases")),
        note=both_names(parts.at("note")) if parts.at("note").value is not None else {},
    )


def _step_reading(parts: _Parts, field: str, reading: _Reading) -> StepReading:
    return StepReading(words=reading.words, holder=parts.holder(field))


def _end(parts: _Parts, begins: date) -> date | None:
    ends = parts.holder("until").day("until")
    if ends is not None and ends <= begins:
        raise parts.at("until").refuse("it ends before it begins", "Mend the days.")
    return ends


def _criteria(
    parts: _Parts, reading: _Reading, steps: tuple[StepKind, ...], result: Result
) -> Criteria | None:
    if parts.at("criteria").value is not None:
        holder = parts.holder("criteria")
        return read_criteria(parts.at("criteria"), holder, words=reading.vocabulary, levels=result.levels)
    later = (step for step in (result.recheck, result.upgrade) if step is not None)
    if any(step.needs_score for step in (*steps, *later)):
        raise parts.at("steps").refuse("a step needs a score and there are no criteria", "Add `criteria`.")
    return None


def _listed(parts: _Parts, field: str) -> tuple[Entry, ...]:
    """Return the items of a list that must be there."""
    parts.holder(field).take(field, list)
    return tuple(parts.holder(field).each(field))


def _measures(parts: _Parts, reading: _Reading) -> tuple[Measure, ...]:
    if parts.at("measures").value is None:
        return ()
    held = parts.at("measures")
    found = []
    for name in held.itself(dict):
        entry = held.at(name)
        check_id(entry, name)
        entry.only("zh", "en", "unit")
        if name == ONE:
            raise entry.refuse(f"`{ONE}` is what each case adds anyway", "Use another name.")
        found.append(
            Measure(
                id=name,
                names={"zh": entry.take("zh", str), "en": entry.take("en", str)},
                unit=one_of(entry, "unit", reading.words.units),
            )
        )
    return tuple(found)


def _counts(
    parts: _Parts, reading: _Reading, steps: tuple[StepKind, ...], measures: tuple[Measure, ...]
) -> tuple[CountRule, ...]:
    found: list[CountRule] = []
    for entry in _listed(parts, "counts"):
        entry.only(*COUNT_FIELDS)
        ways = entry.words("ways") or tuple(CountWay)
        if not set(ways) <= set(CountWay) or len(set(ways)) != len(ways):
            raise entry.at("ways").refuse("a way is unknown or stands twice", f"Use {', '.join(CountWay)}.")
        unknown = [name for name in entry.words("not_also") if name not in reading.kinds]
        if unknown:
            raise entry.at("not_also").refuse(f"there is no kind `{unknown[0]}`", "Name other files.")
        found.append(
            CountRule(
                id=_new_id(entry, [each.id for each in found]),
                names=both_names(entry.at("name")),
                step=one_of(entry, "step", [step.id for step in steps]),
                measure=one_of(entry, "measure", [ONE, *(each.id for each in measures)])
                if entry.get("measure", str)
                else ONE,
                ways=tuple(CountWay(way) for way in ways),
                once_per=OncePer(one_of(entry, "once_per", [each.value for each in OncePer])),
                not_also=entry.words("not_also"),
            )
        )
    if not found:
        raise parts.at("counts").refuse("a kind counts for something", "Write at least one count.")
    return tuple(found)


def _rates(parts: _Parts, reading: _Reading, counts: set[str]) -> tuple[RateRule, ...]:
    found: list[RateRule] = []
    numbers = [name for name, word in reading.words.facts.items() if word.form == NUMBER]
    for entry in parts.holder("rates").each("rates"):
        entry.only(*RATE_FIELDS)
        has_members = entry.get("members", dict) is not None
        found.append(
            RateRule(
                id=_new_id(entry, [*counts, *(each.id for each in found)]),
                names=both_names(entry.at("name")),
                count=one_of(entry, "count", sorted(counts)),
                register=both_names(entry.at("register")),
                members=read_group(entry.at("members"), reading.vocabulary) if has_members else ALWAYS,
                weight=one_of(entry, "weight", numbers) if entry.get("weight", str) else "",
                bases=tuple(read_basis(each, parts.holder("rates")) for each in entry.each("bases")),
            )
        )
    return tuple(found)


def _serves(parts: _Parts, counted: set[str]) -> tuple[Serves, ...]:
    found = []
    for entry in parts.holder("serves").each("serves"):
        entry.only(*SERVES_FIELDS)
        words = entry.words("words")
        if not words:
            raise entry.refuse("it answers no words", "Write `words`.")
        found.append(
            Serves(
                counting=one_of(entry, "counting", sorted(counted)),
                words=words,
                without=entry.words("without"),
                units=entry.words("units"),
            )
        )
    return tuple(found)


def _public(parts: _Parts, reading: _Reading) -> tuple[str, ...]:
    words = tuple(each.itself(str) for each in _listed(parts, "public"))
    unknown = [word for word in words if word not in reading.words.fields]
    if unknown:
        raise parts.at("public").refuse(
            f"there is no field `{unknown[0]}`", f"Use {', '.join(reading.words.fields)}."
        )
    return words


def _new_id(entry: Entry, taken: Collection[str]) -> str:
    name = id_of(entry)
    if name in taken:
        raise entry.at("id").refuse(f"the id `{name}` stands twice", "Give each its own.")
    return name
