"""What cannot be done with a case, with names of steps, people and evidence in the language of the reader."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from shuiheng.adapters.records.models import Account
from shuiheng.adapters.rulebook.programme_words import programme_words
from shuiheng.programmes.kind import ProgrammeKind
from shuiheng.services.errors import ServiceError
from shuiheng.services.permission import Actor
from shuiheng.web import words
from shuiheng.web.pages.rules.shown import language
from shuiheng.web.words_cases import BLANKS, EVENTS, OUTCOMES, PHASES

Namer = Callable[[str], str]
_SORTS = {
    "StepEnded": "step_ended",
    "EvidenceAdded": "evidence_added",
    "EvidenceReviewed": "evidence_reviewed",
    "Published": "published",
    "Objected": "objected",
    "ObjectionSettled": "objection_settled",
    "Withdrawn": "withdrawn",
    "Revoked": "revoked",
    "Opened": "opened",
    "withdrawal": "withdrawn",
    "revocation": "revoked",
    "publication": "published",
    "evidence": "evidence_added",
    "review of evidence": "evidence_reviewed",
}


def named(error: ServiceError, kind: ProgrammeKind, reader: Actor) -> ServiceError:
    """Return an error of a case with names in place of ids; a value that is no id stays as it is."""
    namers = _namers(kind, reader)
    values = {name: _listed(value, namers.get(name)) for name, value in error.values.items()}
    return ServiceError(error.code, **values)


def fact_name(name: str) -> str:
    """Return the name of a fact in the language of the page."""
    word = programme_words().facts.get(name)
    return word.names[language()] if word is not None else name


def step_names(kind: ProgrammeKind) -> Mapping[str, str]:
    """Return the names of the steps of a kind by their ids."""
    steps = (*kind.steps, kind.result.recheck, kind.result.upgrade)
    return {step.id: step.names[language()] for step in steps if step is not None}


def criterion_names(kind: ProgrammeKind) -> Mapping[str, str]:
    """Return the names of the criteria of a kind by their ids."""
    leaves = kind.criteria.leaves() if kind.criteria is not None else ()
    return {leaf.id: leaf.names[language()] for leaf in leaves}


def _namers(kind: ProgrammeKind, reader: Actor) -> Mapping[str, Namer]:
    known, told = programme_words(), language()
    actors = {code: word.names[told] for code, word in known.actors.items()}
    evidence = {code: names[told] for code, names in known.evidence.items()}
    steps = step_names(kind)
    reasons = {each.id: each.names[told] for each in kind.result.revocations}
    measures = {each.id: each.names[told] for each in kind.measures}
    levels = {code: names[told] for code, names in known.levels.items()}
    possible: dict[str, str] = {str(k): str(v) for k, v in OUTCOMES.items()}
    possible |= reasons | measures | levels
    criteria = criterion_names(kind)
    events = {code: words.word(EVENTS, sort) for code, sort in _SORTS.items()} | {
        code: words.word(EVENTS, code) for code in EVENTS
    }
    tables: Mapping[str, Mapping[str, str]] = {
        "step": steps | evidence,
        "waits_for": steps,
        "who": actors,
        "actor": actors,
        "needs": evidence,
        "level": levels,
        "measure": measures,
        "possible": possible,
        "reason": reasons,
        "criterion": criteria,
        "event": events | steps,
        "happened": events,
        "kind": {kind.id: kind.names[told]} | evidence,
    }
    found: dict[str, Namer] = {name: _from(table) for name, table in tables.items()}
    found["phase"] = lambda code: words.word(PHASES, code)
    found["outcome"] = lambda code: words.word(OUTCOMES, code)
    found["word"] = lambda code: words.word(BLANKS, code)
    found["name"] = lambda code: criteria.get(code) or fact_name(code)
    found["person"] = lambda code: _person(code, reader)
    return found


def _from(table: Mapping[str, str]) -> Namer:
    return lambda code: table.get(code, code)


def _listed(value: str, name: Namer | None) -> str:
    """Return a list of ids with commas as one of names, each once in a row."""
    if name is None or not value:
        return value
    found = dict.fromkeys(name(each) for each in value.split(", "))
    return ("、" if language() == "zh" else ", ").join(found)


def _person(key: str, reader: Actor) -> str:
    """Return the name of who may not do both: always the reader, who has just tried."""
    is_reader = isinstance(reader, Account) and str(reader.pk) == key
    return reader.shown_name if isinstance(reader, Account) and is_reader else key
