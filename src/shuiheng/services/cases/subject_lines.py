"""Lines of a list that somebody pasted, as things that cases can be about, each fault with its line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from shuiheng.adapters.rulebook.conditions import FLAG
from shuiheng.adapters.rulebook.programme_words import programme_words
from shuiheng.services.cases.score_case import FACT, read_answer

MOST_LINES, LONGEST_NAME, LONGEST_NUMBER, LONGEST_SHOWN = 500, 110, 60, 40
HEADS = frozenset({"名称", "对象名称", "name"})
_CELLS = re.compile(r"\t|[,，;；]")
_FLAGS: Mapping[str, str] = {"是": "yes", "有": "yes", "yes": "yes", "否": "no", "无": "no", "no": "no"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectLine:
    """What a line tells.

    Args:
        name: By which cases know it.
        district: Key of the place in which it lies.
        number: A number of its own, or empty.
        facts: What is known of it, by the names of facts, as words of a case answer are kept.
    """

    name: str
    district: int
    number: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFault:
    """What is wrong with a line: its number, a code, and the words for its sentence."""

    number: int
    code: str
    values: Mapping[str, str]


def read_lines(
    text: str, *, places: Mapping[str, int], facts: Sequence[str], city: int | None
) -> tuple[list[SubjectLine], list[LineFault]]:
    """Return the things of a list and its faults; blank lines and a line of headings are passed over.

    The cells of a line stand between tabs, as a worksheet copies them, or between commas.

    Args:
        text: The lines: name, district, number, then the facts.
        places: Keys of the places in which something may lie, by name.
        facts: Names of the facts in the order of their cells.
        city: Key of the place of a line without a district, or None where it must say one.
    """
    found: list[SubjectLine] = []
    faults: list[LineFault] = []
    taken: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        cells = [" ".join(cell.split()) for cell in _CELLS.split(line)]
        if not any(cells) or cells[0].lower() in HEADS:
            continue
        read = _line(cells, places=places, facts=facts, city=city)
        if isinstance(read, SubjectLine) and read.name in taken:
            read = ("case_subjects.twice", {"name": read.name, "line": str(taken[read.name])})
        if isinstance(read, SubjectLine):
            taken[read.name] = number
            found.append(read)
        else:
            faults.append(LineFault(number=number, code=read[0], values=read[1]))
    if len(found) + len(faults) > MOST_LINES:
        most = {"most": str(MOST_LINES), "count": str(len(found) + len(faults))}
        return [], [LineFault(number=0, code="case_subjects.too_many", values=most)]
    return found, faults


def _line(
    cells: Sequence[str], *, places: Mapping[str, int], facts: Sequence[str], city: int | None
) -> SubjectLine | tuple[str, dict[str, str]]:
    """Return what the cells of a line tell, or the code of what is wrong with the words for it."""
    name, district, number, *rest = (*cells, "", "")
    if not name or len(name) > LONGEST_NAME or len(number) > LONGEST_NUMBER:
        shown = (name or number)[:LONGEST_SHOWN]
        return "case_subjects.bad_name", {"name": shown, "most": str(LONGEST_NAME)}
    place = places.get(district) if district else city
    if place is None:
        where = {"name": name[:LONGEST_SHOWN], "district": district[:LONGEST_SHOWN]}
        return "case_subjects.no_district", where
    known: dict[str, str] = {}
    for fact, cell in zip(facts, rest, strict=False):
        value = _value(fact, cell) if cell else ""
        if value is None:
            word = programme_words().facts[fact].names["zh"]
            return "case_subjects.bad_fact", {"fact": word, "value": cell[:LONGEST_SHOWN]}
        known |= {fact: value} if value else {}
    return SubjectLine(name=name, district=place, number=number, facts=known)


def _value(fact: str, cell: str) -> str | None:
    """Return the value of a fact as an answer keeps it, or None where it cannot be so."""
    word = programme_words().facts[fact]
    named = {names["zh"]: code for code, names in word.choices.items()}
    value = _FLAGS.get(cell.lower(), cell) if word.form == FLAG else named.get(cell, cell)
    return None if read_answer(FACT, fact, value) is None else value
