"""Enter a fact of a project with what shows it, and keep the documents of a project."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import Account, GateDocument, GateFact, Project
from shuiheng.adapters.rulebook.gates import gate_words
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.file_store import keep_file, kept_content, shown_name
from shuiheng.services.gates.keep_project import LONG, open_project, tell_project
from shuiheng.services.gates.project_facts import fact_value
from shuiheng.services.keep_evidence import media_type_of
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import row_for

EVIDENCE_LENGTH = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class EnteredFact:
    """A fact with what shows it.

    Args:
        name: Name of the fact.
        value: What it is: `yes` or `no`, a word of its choices, or a number.
        evidence: What shows it: a document with its number and page.
        document: Key of a kept document of the project, or None.
    """

    name: str
    value: str
    evidence: str
    document: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GateFile:
    """A kept document with its row."""

    row: GateDocument
    content: bytes


def enter_fact(actor: Actor, project: int, what: EnteredFact) -> GateFact:
    """Enter a fact of a project; an earlier entry of it is superseded and stays to be looked at.

    Raises:
        ServiceError: `gates.fact_value`: it has not the form of the fact; `gates.evidence_needed`,
            `gates.closed`.
        NotThereError, NotPermittedError: The project or document is not there, or there is no such fact.
    """
    account = require(actor, Action.GATES_KEEP)
    with transaction.atomic():
        row = open_project(account, Action.GATES_KEEP, project)
        word = gate_words().facts.get(what.name)
        if word is None or word.origin == "project":
            raise NotThereError(f"fact:{what.name}")
        if fact_value(word, what.value.strip()) is None:
            raise ServiceError("gates.fact_value", value=what.value.strip()[:40])
        if not what.evidence.strip():
            raise ServiceError("gates.evidence_needed")
        document = document_of(row, what.document)
        now = timezone.now()
        before = row.facts.filter(name=what.name, superseded_at__isnull=True).first()
        if before is not None:
            before.superseded_at = now
            before.save(update_fields=["superseded_at"])
        fact = GateFact.objects.create(
            project=row,
            name=what.name,
            value=what.value.strip(),
            evidence=what.evidence.strip()[:EVIDENCE_LENGTH],
            document=document,
            entered_by=account,
            entered_at=now,
        )
        tell_project(
            account,
            "project.fact_entered",
            row,
            before={"fact": what.name, "value": before.value} if before is not None else None,
            after={"fact": fact.name, "value": fact.value, "evidence": fact.evidence},
        )
    return fact


def withdraw_fact(actor: Actor, key: int, *, reason: str) -> GateFact:
    """Withdraw a fact that was entered by mistake; it stays to be looked at.

    Raises:
        ServiceError: `gates.reason_needed`, `gates.closed`.
        NotThereError, NotPermittedError: It is not the actor's, or it stands no longer.
    """
    account = require(actor, Action.GATES_KEEP)
    with transaction.atomic():
        fact = row_for(account, Action.GATES_KEEP, GateFact, pk=key, superseded_at__isnull=True)
        project = open_project(account, Action.GATES_KEEP, fact.project_id)
        fact.refresh_from_db()
        if fact.superseded_at is not None:
            raise NotThereError(f"gatefact:{key}")
        if not reason.strip():
            raise ServiceError("gates.reason_needed")
        fact.superseded_at = timezone.now()
        fact.save(update_fields=["superseded_at"])
        tell_project(
            account,
            "project.fact_withdrawn",
            project,
            reason=reason.strip()[:EVIDENCE_LENGTH],
            before={"fact": fact.name, "value": fact.value},
        )
    return fact


def add_gate_document(actor: Actor, project: int, *, title: str, content: bytes, name: str) -> GateDocument:
    """Keep a document of a project; the same file twice is kept once.

    Raises:
        EmptyFileError, FileTooLargeError, ServiceError: It is not taken, or has no title; `gates.closed`.
        NotThereError, NotPermittedError: The project is not the actor's.
    """
    account = require(actor, Action.GATES_KEEP)
    row_for(account, Action.GATES_KEEP, Project, pk=project)
    if not title.strip():
        raise ServiceError("gates.field", field="title")
    media_type_of(content, name)
    with transaction.atomic():
        row = open_project(account, Action.GATES_KEEP, project)
        twin = row.documents.filter(sha256=hashlib.sha256(content).hexdigest()).first()
        if twin is not None:
            return twin
        return _kept(account, row, title.strip()[:LONG], content=content, name=name)


def gate_file(actor: Actor, key: int) -> GateFile:
    """Return a document to whoever may look at its project; the look is written down.

    Raises:
        NotThereError, NotPermittedError: It is not there, or not the actor's.
    """
    account = require(actor, Action.GATES_LOOK)
    row = row_for(account, Action.GATES_LOOK, GateDocument, pk=key)
    content = kept_content(row.stored_name)
    if hashlib.sha256(content).hexdigest() != row.sha256:
        raise NotThereError(f"gatedocument:{key}")
    with transaction.atomic():
        tell_project(account, "project.document_opened", row.project, after={"title": row.title})
    return GateFile(row=row, content=content)


def document_of(project: Project, key: int | None) -> GateDocument | None:
    """Return a document of a project by its key, or None without a key.

    Raises:
        NotThereError: It is not one of this project.
    """
    if key is None:
        return None
    found = project.documents.filter(pk=key).first()
    if found is None:
        raise NotThereError(f"gatedocument:{key}")
    return found


def _kept(account: Account, project: Project, title: str, *, content: bytes, name: str) -> GateDocument:
    kept = keep_file(content)
    document = GateDocument.objects.create(
        project=project,
        title=title,
        stored_name=kept.name,
        sha256=kept.sha256,
        original_name=shown_name(name),
        byte_count=kept.byte_count,
        added_by=account,
        added_at=timezone.now(),
    )
    tell_project(
        account,
        "project.document_added",
        project,
        after={"title": document.title, "sha256": document.sha256},
    )
    return document
