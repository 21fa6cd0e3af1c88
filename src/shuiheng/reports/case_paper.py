"""What documents of a case print: the case with its words, and which step has produced which document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from shuiheng.programmes.case import CaseState, Phase
from shuiheng.programmes.events import CaseEvent, Revoked, StepEnded
from shuiheng.programmes.kind import ProgrammeKind, StepKind, StepOutcome
from shuiheng.programmes.scoring import Score
from shuiheng.reports.wording import day_words, listed
from shuiheng.rules.basis import Basis
from shuiheng.rules.parameter import Mark

DRAFT = "【草稿】"
RETURN_NOTICE, RECHECK_NOTICE, REVOCATION_NOTICE = "return_notice", "recheck_notice", "revocation_notice"
PUBLICATION, DECISION = "publication_text", "decision"
BLANK = "　"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperWords:
    """Words that documents of cases print, by their ids, in Chinese.

    Args:
        actors: Who acts in steps.
        evidence: Kinds of evidence.
        documents: Documents.
        levels: Levels.
        units: Units of measures.
        fields: Fields that are public.
        facts: Facts that criteria ask for.
        sources: Titles of sources of law.
    """

    actors: Mapping[str, str]
    evidence: Mapping[str, str]
    documents: Mapping[str, str]
    levels: Mapping[str, str]
    units: Mapping[str, str]
    fields: Mapping[str, str]
    facts: Mapping[str, str]
    sources: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePaper:
    """A case as its documents print it (事项文书).

    Args:
        key: Key of the case, by which its figures can be found again.
        kind: The version of its kind under which it was opened.
        state: What its events come to.
        events: Its events in their order.
        subject: Name of what it is about.
        district: Name of the district in which it is counted.
        words: Words for ids.
        score: Its score by what is known, or None.
        paper_score: Its score on paper, where what is known here does not bear it; or None.
        titles: Titles of pieces of evidence by their keys.
        dues: By step, the day by which it is due.
        open_until: By step, the last day on which objections are taken.
        recheck_on: Day by which its result is looked at again, or None.
        commissioned: Name of a third party that works on it, or nothing.
        note: What is to be known of it.
    """

    key: str
    kind: ProgrammeKind
    state: CaseState
    events: tuple[CaseEvent, ...]
    subject: str
    district: str
    words: PaperWords
    score: Score | None = None
    paper_score: Decimal | None = None
    titles: Mapping[str, str] = field(default_factory=dict)
    dues: Mapping[str, date] = field(default_factory=dict)
    open_until: Mapping[str, date] = field(default_factory=dict)
    recheck_on: date | None = None
    commissioned: str = ""
    note: str = ""

    @property
    def name(self) -> str:
        """Return the name of its kind."""
        return self.kind.names["zh"]

    @property
    def is_title(self) -> bool:
        """Return whether its subject bears a title once it is reached, and has not only passed something."""
        result = self.kind.result
        return bool(result.levels) or result.names == self.kind.names

    @property
    def level(self) -> str:
        """Return the word of the level that was reached, or else is aimed at; empty without levels."""
        return self.words.levels.get(self.state.level or self.aimed, "")

    @property
    def aimed(self) -> str:
        """Return the level that is aimed at, which is the lowest unless another was said."""
        levels = self.kind.result.levels
        return self.state.opened.level or (levels[0] if levels else "")


def papers_of(kind: ProgrammeKind) -> tuple[str, ...]:
    """Return the documents of cases of a kind: those of its steps, and the revocation of a result."""
    further = (REVOCATION_NOTICE,) if kind.result.revocations else ()
    return tuple(dict.fromkeys((*kind.documents, *further)))


def producing_step(kind: ProgrammeKind, document: str, state: CaseState) -> StepKind:
    """Return the step that produces a document: the last of those that have ended, else the first.

    Only the result's own step stands for what no step produces, such as its revocation.
    """
    result = kind.result
    every = (*kind.steps, *(each for each in (result.recheck, result.upgrade) if each is not None))
    found = [step for step in every if document in step.documents]
    ended = [step for step in found if step.id in state.ended]
    return ended[-1] if ended else found[0] if found else kind.step(result.step)


def is_draft(paper: CasePaper, document: str) -> bool:
    """Return whether what a document says has not been done yet; it then bears the word 草稿."""
    state, step = paper.state, producing_step(paper.kind, document, paper.state)
    if document == REVOCATION_NOTICE:
        return state.phase is not Phase.REVOKED
    if document == RETURN_NOTICE:
        return returned(paper) is None
    if document == RECHECK_NOTICE:
        return state.phase is not Phase.REACHED
    if document == PUBLICATION and step.id in state.published:
        return False
    return step.id not in state.ended


def returned(paper: CasePaper) -> StepEnded | None:
    """Return the last time that a step sent the case back, or None."""
    found = [
        each for each in paper.events if isinstance(each, StepEnded) and each.outcome is StepOutcome.RETURN
    ]
    return found[-1] if found else None


def revoked(paper: CasePaper) -> Revoked | None:
    """Return by which event the result was taken away, or None."""
    return next((each for each in reversed(paper.events) if isinstance(each, Revoked)), None)


def produced_on(paper: CasePaper, document: str) -> date | None:
    """Return the day on which what a document says was done, or None in a draft."""
    if is_draft(paper, document):
        return None
    state, step = paper.state, producing_step(paper.kind, document, paper.state)
    if document == REVOCATION_NOTICE:
        ended = revoked(paper)
        return ended.on if ended is not None else state.last_on
    if document == RETURN_NOTICE:
        back = returned(paper)
        return back.on if back is not None else None
    if document == RECHECK_NOTICE:
        return state.levels[-1].on
    if document == PUBLICATION and step.id in state.published:
        return state.published[step.id]
    return state.ended[step.id].on


def who_words(paper: CasePaper, step: StepKind) -> str:
    """Return who may end a step, or as whom it was ended."""
    ended = paper.state.ended.get(step.id)
    actors = (ended.actor,) if ended is not None else step.who
    return listed(paper.words.actors.get(each, each) for each in actors)


def day_or_blank(day: date | None) -> str:
    """Return a day in words, or the blanks of a form."""
    return "　　年　月　日" if day is None else day_words(day)


def basis_words(paper: CasePaper, bases: tuple[Basis, ...]) -> str:
    """Return the clauses that were found in their sources, as documents name them; nothing without any."""
    found = [each for each in bases if each.mark is Mark.FOUND]
    named = dict.fromkeys(
        f"《{paper.words.sources.get(each.source, each.source)}》{each.clause}" for each in found
    )
    return listed(named)


def grounds(paper: CasePaper, step: StepKind) -> str:
    """Return the words `依据…，` for a step, or nothing where no clause was found for it or its kind."""
    named = basis_words(paper, step.bases) or basis_words(paper, paper.kind.bases)
    return f"依据{named}，" if named else ""
