"""The list of projects, its export, and the form of a project."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shuiheng.adapters.exports import Column, ColumnForm, Sheet, write_csv, write_workbook
from shuiheng.adapters.exports.sheet import Value
from shuiheng.adapters.records.models import Project
from shuiheng.adapters.records.queries_gates import LIMIT, ProjectFilter, outcome_counts, project_at, projects
from shuiheng.adapters.records.queries_ledger import districts_of
from shuiheng.adapters.rulebook.gates import gate_words
from shuiheng.services.gates.keep_project import add_project, change_project, close_project
from shuiheng.services.permission import Action
from shuiheng.services.record_export import record_export
from shuiheng.services.scope import row_for
from shuiheng.web.exporting import export_notes, said_filter
from shuiheng.web.fields import key_of, words_of
from shuiheng.web.filters import plain
from shuiheng.web.page import page, seen
from shuiheng.web.pages.gates.asks import fields_of, project_asks, typed_project
from shuiheng.web.pages.ledger.form_page import FormPage, asked
from shuiheng.web.pages.rules.shown import language
from shuiheng.web.saying import tried
from shuiheng.web.sending import attachment
from shuiheng.web.words_gates import OUTCOMES

AT_ONCE = 50
WRITERS = {"xlsx": write_workbook, "csv": write_csv}
Answers = dict[str, Any]


@page(Action.GATES_LOOK)
def project_list(request: HttpRequest) -> HttpResponse:
    """Show the projects with how many of their gates were confirmed how."""
    sight, wanted = seen(request, Action.GATES_LOOK), wanted_projects(request)
    shown = Paginator(projects(sight, wanted), AT_ONCE).get_page(request.GET.get("page"))
    counts = outcome_counts(sight, [project.pk for project in shown])
    context = {
        "page": shown,
        "rows": [(project, counts.get(project.pk, {})) for project in shown],
        "wanted": wanted,
        "kinds": named(gate_words().kinds),
        "stages": named(gate_words().stages),
        "districts": districts_of(sight),
    }
    return render(request, "gates/list.html", context)


@page(Action.GATES_LOOK)
def projects_export(request: HttpRequest, ending: str) -> HttpResponse:
    """Send the projects that the filter leaves."""
    if ending not in WRITERS:
        raise Http404
    sight, wanted = seen(request, Action.GATES_LOOK), wanted_projects(request)
    found = list(projects(sight, wanted))
    counts: dict[int, Any] = {}
    for first in range(0, len(found), AT_ONCE):
        counts |= outcome_counts(sight, [project.pk for project in found[first : first + AT_ONCE]])
    cells = [_cells(project, counts.get(project.pk, {})) for project in found]
    filter_words = said_filter(
        [
            (_("文字"), wanted.words),
            (_("建设性质"), named(gate_words().kinds).get(wanted.kind, "")),
            (_("当前阶段"), named(gate_words().stages).get(wanted.stage, "")),
        ]
    )
    notes = export_notes(request, wanted=filter_words, order=_("登记先后"), count=len(cells))
    sheet = Sheet(title=_("建设项目"), columns=_columns(), rows=cells, notes=notes)
    record_export(request.user, "projects", rows=len(cells), action=Action.GATES_LOOK)
    return attachment(WRITERS[ending](sheet), name=f"{sheet.title}_{timezone.localdate():%Y%m%d}.{ending}")


@page(Action.GATES_KEEP, methods=("GET", "POST"))
def new_project(request: HttpRequest) -> HttpResponse:
    """Put a project into the register."""

    def work(given: Answers) -> str:
        return reverse("project", args=[add_project(request.user, fields_of(given)).pk])

    form = FormPage(
        title=_("登记建设项目"),
        done=_("项目已登记。"),
        asks=project_asks(request),
        initial={"kind": "new", "stage": "proposal"},
        back=reverse("projects"),
    )
    return asked(request, form, work)


@page(Action.GATES_KEEP, methods=("GET", "POST"))
def edit_project(request: HttpRequest, key: int) -> HttpResponse:
    """Change what is said of a project."""
    row_for(request.user, Action.GATES_KEEP, Project, pk=key)
    project = project_at(seen(request, Action.GATES_KEEP), key)
    if project is None:
        raise Http404

    def work(given: Answers) -> str:
        change_project(request.user, key, fields_of(given))
        return reverse("project", args=[key])

    form = FormPage(
        title=_("变更建设项目"),
        done=_("变更已保存。"),
        asks=project_asks(request, project),
        initial=typed_project(project),
        back=reverse("project", args=[key]),
    )
    return asked(request, form, work)


@page(Action.GATES_KEEP, methods=("POST",))
def close(request: HttpRequest, key: int) -> HttpResponse:
    """Close a project."""
    row_for(request.user, Action.GATES_KEEP, Project, pk=key)
    reason = words_of(request.POST, "reason", limit=500)
    tried(request, lambda: close_project(request.user, key, reason=reason), done=_("项目已关闭。"))
    return redirect("project", key=key)


def wanted_projects(request: HttpRequest) -> ProjectFilter:
    """Return the filter that a query asks for; unknown values are dropped."""
    query, words = request.GET, gate_words()
    kind, stage = query.get("kind", ""), query.get("stage", "")
    return ProjectFilter(
        words=plain(query.get("q", ""))[:LIMIT],
        kind=kind if kind in words.kinds else "",
        stage=stage if stage in words.stages else "",
        area=key_of(query, "area"),
        has_closed=query.get("closed") == "1",
    )


def named(names: Any) -> dict[str, str]:
    """Return codes with their names in the language of the page."""
    return {code: each[language()] for code, each in names.items()}


def _cells(project: Project, counts: dict[str, int]) -> list[Value]:
    words = gate_words()
    planned = sum(float(volume) for volume in project.planned.values()) if project.planned else None
    return [
        project.name,
        project.owner.name if project.owner is not None else project.owner_name,
        project.area.name,
        named(words.kinds).get(project.kind, project.kind),
        named(words.stages).get(project.stage, project.stage),
        planned,
        *(counts.get(outcome, 0) for outcome in OUTCOMES),
    ]


def _columns() -> list[Column]:
    number = ColumnForm.NUMBER
    return [
        Column(title=_("项目名称"), width=36),
        Column(title=_("建设单位"), width=30),
        Column(title=_("所在区县"), width=14),
        Column(title=_("建设性质"), width=12),
        Column(title=_("当前阶段"), width=14),
        Column(title=_("年计划用水量（m³）"), width=18, form=number),
        *(Column(title=str(word), width=10, form=number) for word in OUTCOMES.values()),
    ]
