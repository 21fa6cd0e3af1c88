"""Values held against the text of their source: the figures stand in the article, and give the value."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from shuiheng.plans.extract.numerals import ARABIC, CHARACTERS, MULTIPLE, number_of
from shuiheng.rules.parameter import DatedValue, Mark, Parameter, Value
from shuiheng.rules.source import Source

_HEADING = re.compile(r"(?m)^[ \t　]*(第[一二三四五六七八九十百零〇]{1,7}条)(?=[ \t　]|$)")
_CLAUSE = re.compile(r"第[一二三四五六七八九十百零〇]{1,7}条")
_CHAPTER = re.compile(r"(?m)^#.*$")
_DAY = re.compile(rf"({CHARACTERS}|\d{{1,2}})月({CHARACTERS}|\d{{1,2}})日")
_SHARE = re.compile(rf"(百|千)分之({CHARACTERS})")
_SIGN = re.compile(r"(\d{1,6}(?:\.\d{1,6})?)([%‰])")
_NUMBER = re.compile(rf"{ARABIC}{MULTIPLE}|{CHARACTERS}")
_OF_SIGN = {"%": 100, "‰": 1000, "百": 100, "千": 1000}
NUMBER_WORDS = {"半年": Decimal(6), "等值": Decimal(1)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Misprint:
    """What is wrong with a value beside the text of its source.

    Args:
        value: The value.
        figure: What was looked for.
        reason: `no_article`, `not_printed` in the article, or `not_given` by the printed figures.
    """

    value: DatedValue
    figure: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintCheck:
    """How many printed figures were looked for in texts, and which were not right."""

    looked_for: int
    misprints: tuple[Misprint, ...]


def check_prints(rules: Iterable[Parameter], sources: Iterable[Source], texts: Sequence[bytes]) -> PrintCheck:
    """Return how the found values stand in the texts of their sources, which are known by their hash.

    Values whose source has no text here are left out.
    """
    by_hash = {"sha256:" + hashlib.sha256(text).hexdigest(): text.decode("utf-8") for text in texts}
    articles = {
        source.id: articles_of(by_hash[source.text_hash])
        for source in sources
        if source.text_hash is not None and source.text_hash in by_hash
    }
    values = [
        value
        for rule in rules
        for value in rule.values
        if value.mark is Mark.FOUND and value.source in articles
    ]
    return PrintCheck(
        looked_for=sum(len(value.printed) for value in values),
        misprints=tuple(each for value in values for each in misprints(value, articles[value.source])),
    )


def misprints(value: DatedValue, articles: Mapping[str, str]) -> Iterator[Misprint]:
    """Yield what is wrong with a value beside the articles of its source."""
    clauses = _CLAUSE.findall(value.clause)
    absent = [clause for clause in clauses if clause not in articles]
    for clause in absent if clauses else [value.clause]:
        yield Misprint(value=value, figure=clause, reason="no_article")
    if absent or not clauses:
        return
    for figure in value.printed:
        if not any(figure in articles[clause] for clause in clauses):
            yield Misprint(value=value, figure=figure, reason="not_printed")
    given = {number for figure in value.printed for number in figures_of(figure)}
    for wanted in numbers_of(value.value):
        if wanted not in given:
            yield Misprint(value=value, figure=str(wanted), reason="not_given")


def articles_of(text: str) -> Mapping[str, str]:
    """Return the text of each article (条) of a law by its heading; the first of a heading counts."""
    plain = _CHAPTER.sub("", text)
    found = list(_HEADING.finditer(plain))
    ends = [*(each.start() for each in found[1:]), len(plain)]
    articles: dict[str, str] = {}
    for heading, end in zip(found, ends, strict=True):
        articles.setdefault(heading[1], plain[heading.start() : end].strip())
    return articles


def figures_of(printed: str) -> frozenset[Decimal | str]:
    """Return the numbers that a printed figure gives: `百分之十` and `50‰` as ratios, a day as `12-31`."""
    found: set[Decimal | str] = {number for word, number in NUMBER_WORDS.items() if word in printed}
    for day in _DAY.finditer(printed):
        month, of_month = number_of(day[1]), number_of(day[2])
        if month is not None and of_month is not None:
            found.add(f"{int(month):02d}-{int(of_month):02d}")
    rest = _DAY.sub(" ", printed)
    for share in _SHARE.finditer(rest):
        if (part := number_of(share[2])) is not None:
            found.add(part / _OF_SIGN[share[1]])
    for share in _SIGN.finditer(rest):
        found.add(Decimal(share[1]) / _OF_SIGN[share[2]])
    for word in _NUMBER.finditer(_SIGN.sub(" ", _SHARE.sub(" ", rest))):
        if (number := number_of(word[0])) is not None:
            found.add(number)
    return frozenset(found)


def numbers_of(value: Value) -> Iterator[Decimal | str]:
    """Yield the numbers and days of a value; 0 is what nothing is printed for."""
    if isinstance(value, Decimal):
        if value:
            yield value
    elif isinstance(value, str):
        if re.fullmatch(r"\d\d-\d\d", value):
            yield value
    else:
        for part in value.values() if isinstance(value, Mapping) else value:
            yield from numbers_of(part)
