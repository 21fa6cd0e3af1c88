"""A kind of programme as its officer reads it: steps, criteria, counts and clauses in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from shuiheng.adapters.rulebook.programme_words import programme_words
from shuiheng.programmes.criteria import CriteriaGroup, Criterion, CriterionRule
from shuiheng.programmes.kind import (
    ONE,
    OPENING,
    CountRule,
    Deadline,
    EvidenceNeed,
    Lasting,
    ProgrammeKind,
    StepKind,
    StepOutcome,
)
from shuiheng.rules.basis import Basis
from shuiheng.rules.parameter import Mark
from shuiheng.web.pages.kinds.condition_words import condition_words, fact_name, figure, plain
from shuiheng.web.pages.rules.shown import known_sources, language, words_now
from shuiheng.web.words import word
from shuiheng.web.words_gates import OPERATORS
from shuiheng.web.words_kinds import DAYS, ONCE_PER, RULES, WAYS

OWN_SOURCE = "shuiheng-defaults"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownClause:
    """A clause as a page cites it; `source` is empty where the rulebook has no such document."""

    title: str
    source: str
    clause: str
    mark: str
    is_found: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownStep:
    """A step in words.

    Args:
        title: Its name.
        who: Who may end it.
        after: What must have ended before.
        due: By when; empty without a deadline.
        evidence: What it needs.
        terms: What else it asks: publication, number, pass mark, a second person.
        ends: How it may end otherwise than by going on.
        documents: What it produces.
        clauses: On what it rests.
    """

    title: str
    who: str
    after: str
    due: str
    evidence: tuple[str, ...]
    terms: tuple[str, ...]
    ends: tuple[str, ...]
    documents: str
    clauses: tuple[ShownClause, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCriterion:
    """A line of the tree of criteria; a group has no rule.

    Args:
        depth: How deep it stands.
        title: Its name.
        points: What it gives at most; a group what its items give together.
        rule: How it gives its points, in one word.
        how: By what, in words.
        marks: Bonus, watched, days, whom it concerns.
        clause: Its own clause, or None.
    """

    depth: int
    title: str
    points: str
    rule: str = ""
    how: str = ""
    marks: tuple[str, ...] = ()
    clause: ShownClause | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCount:
    """A count or rate in words, with the words of plans that it answers."""

    title: str
    terms: str
    words: str


def named(names: Mapping[str, str]) -> str:
    """Return a name in the language of the page."""
    return names.get(language()) or names.get("zh", "")


def listed(parts: Iterable[str]) -> str:
    """Return words as a list in one line."""
    return ("、" if language() == "zh" else ", ").join(parts)


def clauses_of(bases: Iterable[Basis]) -> tuple[ShownClause, ...]:
    """Return clauses as a page cites them."""
    return tuple(_clause(each) for each in bases)


def steps_of(kind: ProgrammeKind) -> tuple[ShownStep, ...]:
    """Return the steps of a kind, in their order."""
    return tuple(_step(kind, each) for each in kind.steps)


def later_steps_of(kind: ProgrammeKind) -> tuple[tuple[str, ShownStep], ...]:
    """Return when something is done after the award, and what: the recheck and the rise to a higher level."""
    found = []
    if kind.result.recheck is not None:
        cycle = _("每%(term)s复核") % {"term": lasting_words(kind.result.recheck_every)}
        found.append((cycle, _step(kind, kind.result.recheck)))
    if kind.result.upgrade is not None:
        found.append(("", _step(kind, kind.result.upgrade)))
    return tuple(found)


def lasting_words(lasting: Lasting) -> str:
    """Return for how long something holds."""
    term = "" if lasting.term is None else f"{lasting.term.count}{word(DAYS, lasting.term.unit.value)}"
    if lasting.rule:
        return _("按本市规定，没有规定的%(term)s") % {"term": term or _("不限")}
    return term or _("长期")


def levels_of(kind: ProgrammeKind) -> str:
    """Return the levels of the result from low to high, with their pass marks where there are criteria."""
    marks = kind.criteria.pass_marks if kind.criteria is not None else {}
    names = programme_words().levels
    said = [
        named(names[level]) + (_("（%(mark)s分）") % {"mark": plain(marks[level])} if level in marks else "")
        for level in kind.result.levels
    ]
    return " → ".join(said)


def criteria_of(kind: ProgrammeKind) -> tuple[ShownCriterion, ...]:
    """Return the lines of the tree of criteria; nothing for a kind without."""
    if kind.criteria is None:
        return ()
    return tuple(line for group in kind.criteria.groups for line in _group(group, 0))


def counts_of(kind: ProgrammeKind) -> tuple[ShownCount, ...]:
    """Return the counts and rates of a kind, with the words of targets that they answer."""
    measures = {each.id: each for each in kind.measures}
    units = programme_words().units
    found = []
    for count in kind.counts:
        measure = measures.get(count.measure)
        amount = "" if measure is None else f"{named(measure.names)}（{named(units[measure.unit])}）"
        found.append(
            ShownCount(
                title=named(count.names), terms=_terms(kind, count, amount), words=_said(kind, count.id)
            )
        )
    for rate in kind.rates:
        of = next(each for each in kind.counts if each.id == rate.count)
        parts = [f"{named(of.names)} ÷ {named(rate.register)}", condition_words(rate.members)]
        if rate.weight:
            parts.append(_("按%(fact)s加权") % {"fact": fact_name(rate.weight)})
        terms = "；".join(filter(None, parts))
        found.append(ShownCount(title=named(rate.names), terms=terms, words=_said(kind, rate.id)))
    return tuple(found)


def documents_of(kind: ProgrammeKind) -> str:
    """Return the documents that a kind produces."""
    return listed(named(programme_words().documents[each]) for each in kind.documents)


def public_of(kind: ProgrammeKind) -> str:
    """Return the fields that may be published."""
    return listed(named(programme_words().fields[each]) for each in kind.public)


def _step(kind: ProgrammeKind, step: StepKind) -> ShownStep:
    words = programme_words()
    return ShownStep(
        title=named(step.names),
        who=listed(named(words.actors[each].names) for each in step.who),
        after=listed(named(kind.step(each).names) for each in step.after),
        due="" if step.deadline is None else _due(kind, step.deadline),
        evidence=tuple(_need(each) for each in step.evidence),
        terms=tuple(_asked(kind, step)),
        ends=tuple(_ends(kind, step)),
        documents=listed(named(words.documents[each]) for each in step.documents),
        clauses=clauses_of(step.bases),
    )


def _due(kind: ProgrammeKind, deadline: Deadline) -> str:
    if deadline.month_day is not None:
        month, day = deadline.month_day
        return _("每年%(month)d月%(day)d日前") % {"month": month, "day": day}
    start = _("立项") if deadline.after == OPENING else named(kind.step(deadline.after).names)
    term = "" if deadline.term is None else f"{deadline.term.count}{word(DAYS, deadline.term.unit.value)}"
    return _("自“%(start)s”起%(term)s内") % {"start": start, "term": term}


def _need(need: EvidenceNeed) -> str:
    many = f" ×{need.least}" if need.least > 1 else ""
    return named(need.names) + many + (_("（另一人复核）") if need.is_reviewed else "")


def _asked(kind: ProgrammeKind, step: StepKind) -> Iterator[str]:
    if step.is_optional:
        yield _("可以省略")
    if step.publication_days is not None:
        yield _("公示%(days)d个工作日，异议未决或成立的不往下办") % {"days": step.publication_days}
    if step.needs_score:
        yield _("得分须达到及格分")
    if step.needs_number:
        yield _("填写证书或登记编号")
    if step.other_than:
        others = listed(named(kind.step(each).names) for each in step.other_than)
        yield _("与办“%(steps)s”的不是同一人") % {"steps": others}


def _ends(kind: ProgrammeKind, step: StepKind) -> Iterator[str]:
    if StepOutcome.RETURN in step.outcomes:
        yield _("可退回到“%(step)s”") % {"step": named(kind.step(step.returns_to).names)}
    if StepOutcome.REFUSE in step.outcomes:
        yield _("可不予通过")


def _group(group: CriteriaGroup, depth: int) -> Iterator[ShownCriterion]:
    points = plain(group.weight) if group.weight else ""
    yield ShownCriterion(depth=depth, title=named(group.names), points=points)
    for item in group.items:
        if isinstance(item, CriteriaGroup):
            yield from _group(item, depth + 1)
        else:
            yield _criterion(item, depth + 1)


def _criterion(item: Criterion, depth: int) -> ShownCriterion:
    return ShownCriterion(
        depth=depth,
        title=named(item.names),
        points=plain(item.points) if item.points else "",
        rule=word(RULES, item.rule.value),
        how=_how(item),
        marks=tuple(_marks(item)),
        clause=None if item.basis is None else _clause(item.basis),
    )


def _how(item: Criterion) -> str:
    if item.rule is CriterionRule.MANUAL:
        return ""
    if item.slope is not None:
        slope = item.slope
        said = {
            "fact": fact_name(item.fact),
            "full": figure(slope.full_at, item.fact),
            "zero": figure(slope.zero_at, item.fact),
        }
        words = _("%(fact)s %(full)s 得满分，%(zero)s 不得分") % said
        step = "" if slope.per is None else figure(slope.per, item.fact)
        return words + (_("，每差%(step)s扣一级") % {"step": step} if step else _("，其间按比例"))
    if item.bands:
        bands = (
            _("%(sign)s%(limit)s 得%(points)s分")
            % {
                "sign": f"{word(OPERATORS, band.operator.value)} ",
                "limit": figure(band.limit, item.fact),
                "points": plain(band.points),
            }
            for band in item.bands
        )
        return f"{fact_name(item.fact)}：{'；'.join(bands)}"
    return condition_words(item.passes)


def _marks(item: Criterion) -> Iterator[str]:
    if item.is_bonus:
        yield _("加分项")
    if item.is_watched:
        yield _("认定后按读数监测")
    if item.applies.parts:
        yield _("适用于：%(conditions)s") % {"conditions": condition_words(item.applies)}
    if item.valid_from is not None:
        yield _("自%(day)s起") % {"day": item.valid_from.isoformat()}
    if item.valid_to is not None:
        yield _("%(day)s起不再评") % {"day": item.valid_to.isoformat()}


def _terms(kind: ProgrammeKind, count: CountRule, amount: str) -> str:
    ended = _("“%(step)s”办结之日起计") % {"step": named(kind.step(count.step).names)}
    what = _("件数") if count.measure == ONE else amount
    ways = listed(word(WAYS, each.value) for each in count.ways)
    return "；".join([what, ended, word(ONCE_PER, count.once_per.value), ways])


def _said(kind: ProgrammeKind, counting: str) -> str:
    return listed(each for serves in kind.serves if serves.counting == counting for each in serves.words)


def _clause(basis: Basis) -> ShownClause:
    is_own = basis.source == OWN_SOURCE
    source = known_sources().get(basis.source)
    title = f"《{source.title}》" if source is not None else basis.source
    return ShownClause(
        title=_("本程序的设置") if is_own else title,
        source="" if is_own or source is None else source.id,
        clause=basis.clause,
        mark=words_now().marks[basis.mark.value],
        is_found=basis.mark is Mark.FOUND,
    )
