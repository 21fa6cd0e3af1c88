"""Dated values of the rulebook: `parameters/<place>/<topic>/<name>.yaml`, one rule of one place each.

The id of a rule is `<topic>/<name>`, the same in every place. Its name, unit, shape and fields are
declared once, in the file of the nation (`cn`); the file of another place holds its values and may repeat
the declaration, which then must agree. The form of a file::

    name: {en: Progressive surcharge over plan, zh: 超计划用水累进加价}
    unit: ratio                # unit of a number; left out for records and words
    shape: record              # number, numbers, bands, record or text
    better: lower              # where the stricter side lies, if there is one
    fields: {mode: text, bands: list, up_to: ratio, multiple: times}
    choices: {mode: [additional, total]}   # words that a field takes; one that is not here takes any
    values:
      - from: 2020-01-17       # first day; there is no value before it
        to: null               # first day on which it no longer holds
        value: {mode: additional, bands: [{up_to: "0.10", multiple: "1"}, {up_to: null, multiple: "2"}]}
        source: some-source    # a file in sources/
        at: 第十三条            # article or place in the source
        printed: [百分之十, 一倍]  # the figures as the source prints them
        mark: found            # found, known or default
        recorded: 2026-11-22   # day from which the rulebook knew it
        withdrawn: null        # day from which it no longer believed it
        earlier: null          # why it begins before its source came into force, where it does
        note: null             # what a user of the value has to know
    checked: {day: null, by: null}
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources.abc import Traversable

from shuiheng.adapters.rulebook.errors import RulebookError
from shuiheng.adapters.rulebook.files import read_files, rulebook_folder
from shuiheng.adapters.rulebook.parameter_values import FIELD_KINDS, TEXT, UNITS, read_value
from shuiheng.adapters.rulebook.places import area_of, both_names, read_places
from shuiheng.adapters.rulebook.sources import check_checked, read_sources
from shuiheng.adapters.rulebook.strict_yaml import Entry
from shuiheng.rules.in_force import Rulebook
from shuiheng.rules.parameter import Better, Check, DatedValue, Mark, Parameter, Shape
from shuiheng.rules.source import Source

DECLARED = ("name", "unit", "shape", "better", "fields", "choices")
ID = re.compile(r"[a-z][a-z0-9_]*")
OF_A_VALUE = (
    *("from", "to", "value", "source", "at", "printed", "mark", "recorded", "withdrawn", "earlier", "note"),
)
WITHOUT_UNIT = (Shape.TEXT, Shape.RECORD, Shape.BANDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Of which rule and place the values of a file are."""

    rule: Parameter
    area: str
    sources: Mapping[str, Source]


@cache
def shipped_rulebook() -> Rulebook:
    """Return the rules that the program ships, with the values of all places.

    Raises:
        RulebookError: A file breaks a rule.
    """
    return Rulebook(read_parameters(rulebook_folder()))


def read_parameters(folder: Traversable) -> Mapping[str, Parameter]:
    """Return the rules below a folder by id.

    Raises:
        RulebookError: A file breaks a rule, or says other than the file of the nation.
    """
    sources = {source.id: source for source in read_sources(folder)}
    rules: dict[str, Parameter] = {}
    values: dict[str, list[DatedValue]] = {}
    for rule, area, entry in _files(folder):
        entry.only(*DECLARED, "values", "checked")
        if area and rule not in rules:
            raise entry.refuse(f"`{rule}` is not declared", f"Declare it in parameters/cn/{rule}.yaml.")
        declared = _declared(rule, entry, rules.get(rule))
        rules.setdefault(rule, declared)
        place = _Place(rule=declared, area=area, sources=sources)
        values.setdefault(rule, []).extend(_values(entry, place))
    return {rule: replace(rules[rule], values=tuple(values[rule])) for rule in sorted(rules)}


def _files(folder: Traversable) -> Iterator[tuple[str, str, Entry]]:
    """Yield rule, place and content of every file; those of the nation come first."""
    top = folder.joinpath("parameters")
    if not top.is_dir():
        return
    places = read_places(folder)
    for place in _folders(top, "parameters"):
        area = area_of(place.name)
        for topic in _folders(place, f"parameters/{place.name}"):
            for name, entry in read_files(folder, f"parameters/{place.name}/{topic.name}"):
                if area is None or area not in places:
                    raise entry.refuse(
                        f"unknown place `{place.name}`", "Add it to places.yaml, or mend the folder."
                    )
                if not ID.fullmatch(topic.name) or not ID.fullmatch(name):
                    raise entry.refuse(f"`{topic.name}/{name}` is no id", "Use small letters, digits and _.")
                yield f"{topic.name}/{name}", area, entry


def _folders(place: Traversable, path: str) -> Iterator[Traversable]:
    """Yield the folders in a folder by name; a file of values does not belong beside them."""
    for child in sorted(place.iterdir(), key=lambda each: each.name):
        if child.is_dir():
            yield child
        elif child.name.endswith(".yaml"):
            raise RulebookError(
                f"{path}/{child.name}", 1, "the file lies beside the folders", "Move it to its topic."
            )


def _declared(rule: str, entry: Entry, known: Parameter | None) -> Parameter:
    """Return the rule as a file declares it, without values; what it repeats must agree."""
    if known is None:
        return _declaration(rule, entry)
    told = [name for name in DECLARED if entry.at(name).value is not None]
    if told:
        here = _declaration(rule, entry)
        for name, field in (("name", "names"), *((each, each) for each in DECLARED[1:])):
            if getattr(here, field) != getattr(known, field):
                raise entry.at(name).refuse(
                    f"`{name}` is not as the file of the nation declares it",
                    "Repeat it as it stands, or leave it out.",
                )
    return known


def _declaration(rule: str, entry: Entry) -> Parameter:
    entry.take("name", dict)
    shape = Shape(one_of(entry, "shape", Shape))
    unit = entry.get("unit", str) or ""
    if shape not in WITHOUT_UNIT and unit not in UNITS:
        raise entry.at("unit").refuse(f"unknown unit `{unit}`", f"Use {', '.join(sorted(UNITS))}.")
    if shape in WITHOUT_UNIT and unit:
        raise entry.at("unit").refuse("a record or a word has no unit", "Give the units in `fields`.")
    better = one_of(entry, "better", Better) if entry.at("better").value is not None else None
    return Parameter(
        id=rule,
        names=both_names(entry.at("name")),
        unit=unit,
        shape=shape,
        better=Better(better) if better else None,
        fields=_fields(entry, shape),
        choices=_choices(entry),
        values=(),
    )


def _fields(entry: Entry, shape: Shape) -> Mapping[str, str]:
    fields = entry.get("fields", dict) or {}
    has_fields = shape in (Shape.RECORD, Shape.BANDS)
    if bool(fields) is not has_fields:
        raise entry.at("fields").refuse(
            "only records and bands have fields, and they need them", "Mend `shape` or `fields`."
        )
    for name in fields:
        one_of(entry.at("fields"), name, FIELD_KINDS)
    return {str(name): str(kind) for name, kind in fields.items()}


def _choices(entry: Entry) -> Mapping[str, tuple[str, ...]]:
    """Return the words of each field that chooses; they are declared for fields of words only."""
    choices = entry.get("choices", dict) or {}
    fields = entry.get("fields", dict) or {}
    for name in choices:
        if fields.get(name) != TEXT:
            raise entry.at("choices").at(name).refuse(f"`{name}` is no field of words", "Declare it as text.")
        if not entry.at("choices").words(name):
            raise entry.at("choices").at(name).refuse("no word is given", "Give words, or leave it out.")
    return {str(name): entry.at("choices").words(name) for name in choices}


def _values(entry: Entry, place: _Place) -> Iterator[DatedValue]:
    entry.take("values", list)
    check_checked(entry)
    checked = entry.at("checked")
    by, on = checked.get("by", str), checked.day("day")
    check = Check(by=by, on=on) if by is not None and on is not None else None
    seen: set[tuple[date, date]] = set()
    for each in entry.each("values"):
        value = _value(each, place, check)
        start = (value.valid_from, value.recorded_on)
        if start in seen:
            raise each.refuse(
                f"two values begin on {value.valid_from} and were recorded on one day", "Keep one of them."
            )
        seen.add(start)
        yield value


def _value(entry: Entry, place: _Place, check: Check | None) -> DatedValue:
    entry.only(*OF_A_VALUE)
    if entry.at("value").value is None:
        raise entry.refuse("a value is missing", "Give `value`, or leave the entry out: unknown is no value.")
    begins, recorded = entry.take("from", date), entry.take("recorded", date)
    mark = Mark(one_of(entry, "mark", Mark))
    printed = entry.words("printed")
    if mark is Mark.FOUND and not printed:
        raise entry.refuse("a value found in its source lacks the figures printed there", "Add `printed`.")
    ends, withdrawn = entry.day("to"), entry.day("withdrawn")
    for name, day, first in (("to", ends, begins), ("withdrawn", withdrawn, recorded)):
        if day is not None and day <= first:
            raise entry.at(name).refuse("it ends before it begins", "Mend the days.")
    return DatedValue(
        rule=place.rule.id,
        area=place.area,
        valid_from=begins,
        valid_to=ends,
        value=read_value(entry.at("value"), place.rule),
        source=_source(entry, begins, place.sources),
        clause=entry.take("at", str),
        printed=printed,
        mark=mark,
        check=check if check is not None and recorded <= check.on else None,
        recorded_on=recorded,
        withdrawn_on=withdrawn,
        note=entry.get("note", str) or "",
    )


def _source(entry: Entry, begins: date, sources: Mapping[str, Source]) -> str:
    """Return the id of the source, which must be known and in force on the first day."""
    name = entry.take("source", str)
    if name not in sources:
        raise entry.at("source").refuse(f"there is no source `{name}`", "Add its file in sources/.")
    effective = sources[name].effective_on
    is_early = effective is not None and begins < effective
    if is_early and entry.get("earlier", str) is None:
        raise entry.at("from").refuse(
            f"it begins before its source, in force from {effective}",
            "Mend the day, or say why in `earlier`.",
        )
    if not is_early and entry.get("earlier", str) is not None:
        raise entry.at("earlier").refuse("it does not begin before its source", "Leave `earlier` out.")
    return name


def one_of(entry: Entry, name: str, known: Iterable[str]) -> str:
    """Return the field `name`, which must be one of the words known."""
    word = entry.take(name, str)
    words = [str(each) for each in known]
    if word not in words:
        raise entry.at(name).refuse(f"unknown word `{word}`", f"Use {', '.join(sorted(words))}.")
    return word
