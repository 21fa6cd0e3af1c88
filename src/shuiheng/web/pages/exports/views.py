"""Downloads: every table as a workbook or CSV, a plan as JSON or as a responsibility table."""

from __future__ import annotations

import json

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from shuiheng.adapters.exports import write_csv, write_responsibility, write_workbook
from shuiheng.adapters.exports.responsibility import ResponsibilityRow
from shuiheng.adapters.records.models import Account, PlanVersion
from shuiheng.adapters.records.queries_items import published_plans
from shuiheng.adapters.records.queries_plans import version_at
from shuiheng.plans import Plan
from shuiheng.plans.plan_json import plan_json
from shuiheng.services.permission import Action
from shuiheng.services.plan_at_work import NotCompiledError, WorkingPlan, plan_at_work
from shuiheng.services.record_export import record_export
from shuiheng.web.filters import filter_from
from shuiheng.web.page import page, seen
from shuiheng.web.pages.exports.tables import SHEETS, filled_sheet
from shuiheng.web.sending import attachment

WRITERS = {"xlsx": write_workbook, "csv": write_csv}


@page(Action.EXPORT)
def export_table(request: HttpRequest, table: str, ending: str) -> HttpResponse:
    """Send a table with the filter of the page from which it was asked."""
    if table not in SHEETS or ending not in WRITERS or not isinstance(request.user, Account):
        raise Http404
    wanted = filter_from(request.GET)
    now = timezone.localtime()
    plan_title = dict(published_plans(seen(request))).get(wanted.plan, "")
    sheet = filled_sheet(
        seen(request, Action.EXPORT),
        table,
        wanted,
        user=request.user.shown_name,
        at=now.strftime("%Y-%m-%d %H:%M"),
        plan_title=plan_title,
    )
    record_export(request.user, table, rows=len(sheet.rows))
    whose = plan_title[:40] or _("全部方案")
    return attachment(WRITERS[ending](sheet), name=f"{whose}_{sheet.title}_{now:%Y%m%d}.{ending}")


def _work(request: HttpRequest, slug: str, sequence: int) -> tuple[PlanVersion, WorkingPlan]:
    version = version_at(seen(request), slug, sequence)
    if version is None:
        raise Http404
    try:
        return version, plan_at_work(version)
    except NotCompiledError as error:
        raise Http404 from error


@page(Action.EXPORT)
def export_json(request: HttpRequest, slug: str, sequence: int) -> HttpResponse:
    """Send the plan with its decisions in the compiled-plan format."""
    version, work = _work(request, slug, sequence)
    record_export(request.user, "plan_json", rows=len(work.decided.plan.tasks))
    text = json.dumps(plan_json(work.decided.plan), ensure_ascii=False, indent=1)
    return attachment(text.encode("utf-8"), name=f"{version.plan.title[:60]}.json")


@page(Action.EXPORT)
def export_responsibility(request: HttpRequest, slug: str, sequence: int) -> HttpResponse:
    """Send the responsibility table as a Word document."""
    version, work = _work(request, slug, sequence)
    with translation.override("zh-hans"):  # an official document, whatever language the reader chose
        content, title = _responsibility(version, work.decided.plan)
    record_export(request.user, "responsibility", rows=len(work.decided.plan.tasks))
    return attachment(content, name=f"{title[:60]}.docx")


def _responsibility(version: PlanVersion, plan: Plan) -> tuple[bytes, str]:
    """Return the document and its title."""
    rows = [
        ResponsibilityRow(
            path=tuple(heading.text for heading in task.path),
            text=task.text,
            lead=task.lead,
            joint=task.participants,
        )
        for task in plan.tasks
    ]
    bound = [unit for convention in plan.conventions for unit in convention.units]
    at = timezone.localtime().strftime("%Y-%m-%d %H:%M")
    notes = [_("以上各项均由以下单位落实：%(units)s") % {"units": "、".join(bound)}] if bound else []
    notes.append(_("第 %(n)d 版，%(at)s 由水衡导出。") % {"n": version.sequence, "at": at})
    title = _("%(title)s任务分工表") % {"title": version.plan.title}
    return write_responsibility(title, rows, notes=notes), title
