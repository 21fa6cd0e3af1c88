"""One project: its gates by stage with clause and evidence, its facts, documents and outcomes."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import GateFact, Project
from shuiheng.adapters.records.queries_gates import documents_of, past_records, project_at
from shuiheng.adapters.rulebook.gates import gate_words, shipped_gates
from shuiheng.allowances.permit_terms import PermitLife, permit_standing
from shuiheng.services.errors import NotThereError
from shuiheng.services.gates.decide_gate import GateDecision, decide_gate
from shuiheng.services.gates.keep_fact import (
    EnteredFact,
    add_gate_document,
    enter_fact,
    gate_file,
    withdraw_fact,
)
from shuiheng.services.gates.look_at_gates import look_at_gates
from shuiheng.services.gates.permit_book import terms_of
from shuiheng.services.gates.project_facts import planned_water
from shuiheng.services.permission import Action
from shuiheng.services.scope import row_for, scope
from shuiheng.web.fields import key_of, words_of
from shuiheng.web.page import page, seen
from shuiheng.web.pages.gates.projects import named
from shuiheng.web.pages.gates.shown import shown_gates
from shuiheng.web.pages.gates.terms import shown_terms
from shuiheng.web.pages.rules.shown import language
from shuiheng.web.saying import tried
from shuiheng.web.sending import attachment
from shuiheng.web.words_gates import OUTCOMES


@page(Action.GATES_LOOK)
def project_page(request: HttpRequest, key: int) -> HttpResponse:
    """Show a project held against its gates today."""
    sight, today = seen(request, Action.GATES_LOOK), timezone.localdate()
    project = project_at(sight, key)
    if project is None:
        raise Http404
    looked, words = look_at_gates(sight, project, today), gate_words()
    names = {gate.id: gate.names[language()] for gate in shipped_gates()}
    life = PermitLife(
        subject=f"project:{project.pk}", approved_on=project.approved_on, begun_on=project.begun_on
    )
    standing = permit_standing(life, terms_of(project.place, today), on=today, lead_days=0)
    context = {
        "project": project,
        "today": today,
        "stages": shown_gates(looked),
        "counts": [(outcome, looked.counts()[outcome]) for outcome in OUTCOMES],
        "kind": named(words.kinds).get(project.kind, project.kind),
        "stage": named(words.stages).get(project.stage, project.stage),
        "category": named(words.categories).get(project.category, ""),
        "reached": [
            (named(words.stages)[stage], day) for stage, day in project.days.items() if stage in words.stages
        ],
        "planned": [(named(words.waters)[kind], volume) for kind, volume in planned_water(project).items()],
        "terms": shown_terms(standing),
        "documents": documents_of(sight, project),
        "past": [(names.get(row.gate, row.gate), row) for row in past_records(sight, project)],
        "outcomes": OUTCOMES.items(),
        "may_keep": not project.is_closed and _may(request, Action.GATES_KEEP, key),
        "may_decide": not project.is_closed and _may(request, Action.GATES_DECIDE, key),
    }
    return render(request, "gates/project.html", context)


@page(Action.GATES_KEEP, methods=("POST",))
def enter_gate_fact(request: HttpRequest, key: int) -> HttpResponse:
    """Enter a fact with what shows it."""
    row_for(request.user, Action.GATES_KEEP, Project, pk=key)
    fact = EnteredFact(
        name=words_of(request.POST, "fact", limit=60),
        value=words_of(request.POST, "value", limit=60),
        evidence=words_of(request.POST, "evidence", limit=300),
        document=key_of(request.POST, "document"),
    )
    tried(request, lambda: enter_fact(request.user, key, fact), done=_("事实已登记。"))
    gate = words_of(request.POST, "gate", limit=60)
    return redirect(f"{reverse('project', args=[key])}#{gate if gate in _gates() else 'gates'}")


@page(Action.GATES_KEEP, methods=("POST",))
def withdraw_gate_fact(request: HttpRequest, key: int) -> HttpResponse:
    """Withdraw a fact that was entered by mistake."""
    fact = row_for(request.user, Action.GATES_KEEP, GateFact, pk=key)
    reason = words_of(request.POST, "reason", limit=300)
    if fact.superseded_at is None:
        tried(request, lambda: withdraw_fact(request.user, key, reason=reason), done=_("事实已撤回。"))
    return redirect("project", key=fact.project_id)


@page(Action.GATES_KEEP, methods=("POST",))
def add_document(request: HttpRequest, key: int) -> HttpResponse:
    """Keep a document of a project."""
    row_for(request.user, Action.GATES_KEEP, Project, pk=key)
    sent = request.FILES.get("file")
    content, name = (sent.read(), sent.name or "") if sent is not None else (b"", "")
    title = words_of(request.POST, "title", limit=200)
    tried(
        request,
        lambda: add_gate_document(request.user, key, title=title, content=content, name=name),
        done=_("材料已保存。"),
    )
    return redirect(f"{reverse('project', args=[key])}#documents")


@page(Action.GATES_LOOK)
def gate_document(request: HttpRequest, key: int) -> HttpResponse:
    """Send a document as a download."""
    found = gate_file(request.user, key)
    return attachment(found.content, name=found.row.original_name)


@page(Action.GATES_DECIDE, methods=("POST",))
def decide(request: HttpRequest, key: int, gate: str) -> HttpResponse:
    """Confirm the outcome of a gate."""
    row_for(request.user, Action.GATES_DECIDE, Project, pk=key)
    if gate not in _gates():
        raise NotThereError(f"gate:{gate}")
    decision = GateDecision(
        outcome=words_of(request.POST, "outcome", limit=20),
        reason=words_of(request.POST, "reason", limit=500),
        document=key_of(request.POST, "document"),
    )
    tried(request, lambda: decide_gate(request.user, key, gate, decision), done=_("结论已确认。"))
    return redirect(f"{reverse('project', args=[key])}#{gate}")


def _gates() -> set[str]:
    return {gate.id for gate in shipped_gates()}


def _may(request: HttpRequest, action: Action, key: int) -> bool:
    return scope(request.user, action, Project).filter(pk=key).exists()
