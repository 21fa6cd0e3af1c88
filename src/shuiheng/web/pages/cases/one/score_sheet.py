"""The score of a case as a sheet: each criterion with its bounds, its clause, and where figures come from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import CaseAnswer
from shuiheng.adapters.rulebook.conditions import MEMBER, NUMBER, FactWord
from shuiheng.adapters.rulebook.programme_words import programme_words
from shuiheng.programmes.criteria import Criteria, CriteriaGroup, Criterion, CriterionRule
from shuiheng.programmes.kind import ProgrammeKind
from shuiheng.programmes.points import GIVEN
from shuiheng.programmes.scoring import CriterionScore, Score
from shuiheng.rules.conditions import RULE, Known
from shuiheng.rules.parameter import Mark
from shuiheng.services.cases.answer_case import choices_of
from shuiheng.services.cases.score_case import ANSWERED, CRITERION, FACT, Facts
from shuiheng.services.charges.write_notices import source_titles
from shuiheng.web import words
from shuiheng.web.pages.cases.one.named import fact_name
from shuiheng.web.pages.rules.shown import language
from shuiheng.web.words_cases import YES_NO


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFact:
    """A figure on which a criterion rests.

    Args:
        name: What it is.
        value: Its value in words; empty where it is not known.
        source: Where it came from, in words of the program or as a person entered it.
        answer: The answer of a person, or None.
    """

    name: str
    value: str
    source: str
    answer: CaseAnswer | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """A heading or a criterion of the sheet.

    Args:
        depth: How deep it lies in the tree.
        name: Its name.
        weight: The most points of a heading or criterion; None for a veto.
        line: What the criterion gives, or None for a heading.
        facts: The figures on which it rests, and those that are missing.
        source: Title of the document of its clause.
        clause: The clause.
        is_template: Whether its clause was not found in its source.
    """

    depth: int
    name: str
    weight: Decimal | None
    line: CriterionScore | None = None
    facts: Sequence[ShownFact] = ()
    source: str = ""
    clause: str = ""
    is_template: bool = False

    @property
    def is_veto(self) -> bool:
        """Return whether it is a criterion without points that lets a case fail."""
        return self.line is not None and self.line.criterion.rule is CriterionRule.VETO

    @property
    def truth(self) -> str:
        """Return the word for whether a veto holds."""
        return self.line.truth.name if self.line is not None else ""

    @property
    def is_open(self) -> bool:
        """Return whether its points are not known yet."""
        return self.line is not None and self.line.points.least != self.line.points.most


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedAnswer:
    """A field by which a person answers.

    Args:
        sort: `criterion` or `fact`.
        name: Id of the criterion, or name of the fact.
        label: What the page calls it.
        most: The most points, or None.
        unit: Unit of a number.
        choices: Codes and words of what it can be; empty for a number.
        value: The answer that stands.
        earlier: The points before the case was sent back, where none were given since.
    """

    sort: str
    name: str
    label: str
    most: Decimal | None
    unit: str
    choices: Sequence[tuple[str, str]]
    value: str
    earlier: str = ""

    @property
    def field(self) -> str:
        """Return the name of its field in the form."""
        return f"{self.sort}-{self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreSheet:
    """The score of a case as its page shows it.

    Args:
        score: The score, or None where none can be given.
        rows: Its lines in the order of the tree.
        marks: Level, its name, its pass mark, and the verdict.
        missing: Names of what is missing.
        asked: What a person can answer.
    """

    score: Score | None
    rows: Sequence[SheetRow] = ()
    marks: Sequence[tuple[str, Decimal, str]] = ()
    missing: Sequence[str] = ()
    asked: Sequence[AskedAnswer] = field(default=())


def score_sheet(
    kind: ProgrammeKind, score: Score | None, facts: Facts, answers: Sequence[CaseAnswer]
) -> ScoreSheet | None:
    """Return the sheet of a score; None for a kind without criteria.

    Args:
        kind: The kind.
        score: The score by what is known, or None.
        facts: What is known.
        answers: The standing answers of persons, and points of earlier rounds, the earliest first.
    """
    if kind.criteria is None:
        return None
    asked = _asked(kind.criteria, facts, answers)
    if score is None:
        return ScoreSheet(score=None, asked=asked)
    by_key = {each.pk: each for each in answers}
    lines = {line.criterion.id: line for line in score.lines}
    levels = programme_words().levels
    return ScoreSheet(
        score=score,
        rows=[row for group in kind.criteria.groups for row in _rows(group, 0, lines, facts, by_key)],
        marks=[
            (levels[level][language()] if level else _("合格"), mark, score.verdict(level).value)
            for level, mark in kind.criteria.pass_marks.items()
        ],
        missing=[missing_name(kind.criteria, name) for name in score.missing],
        asked=asked,
    )


def missing_name(criteria: Criteria, name: str) -> str:
    """Return what is missing, in words: a fact, a list, the points of a criterion, a rule."""
    if name.startswith(GIVEN):
        leaves = {leaf.id: leaf.names[language()] for leaf in criteria.leaves()}
        return leaves.get(name.removeprefix(GIVEN), name)
    if name.startswith(MEMBER):
        return _("应办名单")
    return _("规则值") + " " + name.removeprefix(RULE) if name.startswith(RULE) else fact_name(name)


def said_value(name: str, value: object) -> str:
    """Return the value of a fact in words."""
    word = programme_words().facts.get(name)
    if isinstance(value, bool):
        return words.word(YES_NO, "yes" if value else "no")
    if word is not None and str(value) in word.choices:
        return word.choices[str(value)][language()]
    if isinstance(value, Decimal):
        return _number(value, word)
    return str(value)


def _number(value: Decimal, word: FactWord | None) -> str:
    if word is not None and word.unit == "ratio":
        return f"{value * 100:.4f}".rstrip("0").rstrip(".") + " %"
    plain = f"{value:,.4f}".rstrip("0").rstrip(".")
    return f"{plain} {_unit(word.unit)}".strip() if word is not None else plain


def _unit(code: str) -> str:
    """Return a unit in words; one that the words do not name stands as it is."""
    names = programme_words().units.get(code)
    return names[language()] if names is not None else code


def _rows(
    group: CriteriaGroup,
    depth: int,
    lines: Mapping[str, CriterionScore],
    facts: Facts,
    answers: Mapping[int, CaseAnswer],
) -> Iterator[SheetRow]:
    yield SheetRow(depth=depth, name=group.names[language()], weight=group.weight or None)
    for item in group.items:
        if isinstance(item, CriteriaGroup):
            yield from _rows(item, depth + 1, lines, facts, answers)
        elif item.id in lines:
            yield _row(lines[item.id], depth + 1, facts, answers)


def _row(line: CriterionScore, depth: int, facts: Facts, answers: Mapping[int, CaseAnswer]) -> SheetRow:
    leaf = line.criterion
    names = sorted(leaf.facts)
    if leaf.rule is CriterionRule.MANUAL:
        names.append(f"{GIVEN}{leaf.id}")
    return SheetRow(
        depth=depth,
        name=leaf.names[language()],
        weight=None if leaf.rule is CriterionRule.VETO else leaf.points,
        line=line,
        facts=[_fact(name, facts.get(name), answers) for name in names],
        source=source_titles().get(line.citation.source, line.citation.source),
        clause=line.citation.clause,
        is_template=leaf.basis is None or leaf.basis.mark is not Mark.FOUND,
    )


def _fact(name: str, known: Known | None, answers: Mapping[int, CaseAnswer]) -> ShownFact:
    is_points = name.startswith(GIVEN)
    label = _("评定分") if is_points else _("应办名单") if name.startswith(MEMBER) else fact_name(name)
    if known is None:
        return ShownFact(name=label, value="", source="", answer=None)
    key = known.origin.removeprefix(ANSWERED)
    answer = answers.get(int(key)) if known.origin.startswith(ANSWERED) and key.isdecimal() else None
    return ShownFact(
        name=label,
        value=said_value(name, known.value),
        source=answer.source if answer is not None else known.origin,
        answer=answer,
    )


def _asked(criteria: Criteria, facts: Facts, answers: Sequence[CaseAnswer]) -> list[AskedAnswer]:
    """Return what a person can answer: manual points, and facts that no ledger and no reading tells."""
    standing = {(each.sort, each.name): each.value for each in answers if each.superseded_at is None}
    earlier = {each.name: each.value for each in answers if each.is_earlier_round}
    found: dict[str, AskedAnswer] = {}
    for leaf in criteria.leaves():
        for name in sorted(leaf.facts):
            known = facts.get(name)
            is_told = known is not None and not known.origin.startswith(ANSWERED)
            if not is_told and not name.startswith(MEMBER):
                found.setdefault(name, _asked_fact(name, standing.get((FACT, name), "")))
        if leaf.rule is CriterionRule.MANUAL:
            value = standing.get((CRITERION, leaf.id), "")
            found[f"{GIVEN}{leaf.id}"] = _asked_points(leaf, value, "" if value else earlier.get(leaf.id, ""))
    return list(found.values())


def _asked_points(leaf: Criterion, value: str, earlier: str) -> AskedAnswer:
    return AskedAnswer(
        sort=CRITERION,
        name=leaf.id,
        label=leaf.names[language()],
        most=leaf.points,
        unit="",
        choices=(),
        value=value,
        earlier=earlier,
    )


def _asked_fact(name: str, value: str) -> AskedAnswer:
    word = programme_words().facts[name]
    codes = choices_of(name) if word.form != NUMBER else []
    return AskedAnswer(
        sort=FACT,
        name=name,
        label=word.names[language()],
        most=None,
        unit=_("比率，1 即 100%") if word.unit == "ratio" else _unit(word.unit),
        choices=[(code, _choice(word, code)) for code in codes],
        value=value,
    )


def _choice(word: FactWord, code: str) -> str:
    return word.choices[code][language()] if code in word.choices else words.word(YES_NO, code)
