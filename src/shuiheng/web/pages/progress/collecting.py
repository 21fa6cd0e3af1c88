"""Reporting by workbook: fetch the form, send it back, look at its effect, take it in, undo it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import ImportBatch, RegisterTarget
from shuiheng.adapters.records.queries_progress import batches_of
from shuiheng.adapters.workbooks import ENDINGS
from shuiheng.kernel import Severity
from shuiheng.services.answer_doubts import answer_doubts
from shuiheng.services.collect_progress import check_workbook, finding_words, issue_form, marked_workbook
from shuiheng.services.commit_batch import commit_batch, undo_batch
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.permission import Action
from shuiheng.services.scope import row_for
from shuiheng.web.filters import plain
from shuiheng.web.page import page, seen
from shuiheng.web.pages.progress.asked import say_refusal
from shuiheng.web.pages.progress.diffs import changes_of
from shuiheng.web.pages.progress.reporting import desk_at
from shuiheng.web.sending import attachment

LINES_SHOWN = 300


@page(Action.IMPORTS_MAKE, methods=("GET", "POST"))
def collect(request: HttpRequest, period: int, unit: int) -> HttpResponse:
    """Offer the form of a unit and take it back."""
    desk = desk_at(request, period, unit)
    refused: ServiceError | None = None
    file = request.FILES.get("file")
    if request.method == "POST" and file is not None:
        try:
            batch = check_workbook(
                request.user, file.read(), period=desk.period.pk, unit=desk.unit.pk, name=file.name or ""
            )
            return redirect("batch", batch.pk)
        except (NotThereError, NotPermittedError):
            raise
        except ServiceError as error:
            refused = error
    context = {
        "desk": desk,
        "refused": refused,
        "batches": batches_of(seen(request, Action.IMPORTS_MAKE), desk.period, desk.unit.pk),
        "endings": ",".join(f".{ending}" for ending in ENDINGS),
    }
    return render(request, "progress/collect.html", context, status=422 if refused else 200)


@page(Action.IMPORTS_MAKE)
def collect_form(request: HttpRequest, period: int, unit: int) -> HttpResponse:
    """Send the stamped workbook of a unit for a period."""
    name, content = issue_form(request.user, period=period, unit=unit)
    return attachment(content, name=name)


@page(Action.IMPORTS_MAKE)
def batch_page(request: HttpRequest, batch: int) -> HttpResponse:
    """Show what a returned workbook would change, or changed, and what is wrong with it."""
    row = row_for(request.user, Action.IMPORTS_MAKE, ImportBatch, pk=batch)
    effect = row.counts.get("effect", [])
    language, reasons = get_language() or "zh", row.counts.get("reasons", {})
    targets = _targets(request, effect)
    context = {
        "batch": row,
        "lines": [
            (line, list(changes_of(line["before"], line["after"], targets))) for line in effect[:LINES_SHOWN]
        ],
        "hidden": max(0, len(effect) - LINES_SHOWN),
        "findings": [
            (each, finding_words(each, language=language), reasons.get(str(each["row"]), ""))
            for each in row.findings
        ],
        "doubts": [
            (number, [finding_words(each, language=language) for each in row.findings if _asks(each, number)])
            for number in row.counts.get("unanswered", [])
        ],
    }
    return render(request, "progress/batch.html", context)


def _asks(finding: dict[str, Any], number: int) -> bool:
    """Return whether a finding wants a reason for this row."""
    return finding["row"] == number and finding["severity"] == Severity.WARN


def _targets(request: HttpRequest, effect: list[dict[str, Any]]) -> dict[int, RegisterTarget]:
    tasks = [line["task"] for line in effect]
    return {row.pk: row for row in seen(request, Action.REGISTER_LOOK)(RegisterTarget).filter(task__in=tasks)}


@page(Action.IMPORTS_MAKE)
def batch_marked(request: HttpRequest, batch: int) -> HttpResponse:
    """Send the user's own workbook back with its errors marked."""
    row = row_for(request.user, Action.IMPORTS_MAKE, ImportBatch, pk=batch)
    try:
        content = marked_workbook(request.user, row.pk)
    except ServiceError as error:
        say_refusal(request, error)
        return redirect("batch", row.pk)
    stem = row.original_name.rsplit(".", 1)[0]
    return attachment(content, name=f"{stem}_{_('校验结果')}.xlsx")


@page(Action.IMPORTS_MAKE, methods=("POST",))
def batch_answer(request: HttpRequest, batch: int) -> HttpResponse:
    """Keep the reasons that rows of a workbook want."""
    row = row_for(request.user, Action.IMPORTS_MAKE, ImportBatch, pk=batch)
    wanted = row.counts.get("unanswered", [])
    try:
        answer_doubts(
            request.user, row.pk, {each: plain(request.POST.get(f"reason-{each}", "")) for each in wanted}
        )
        messages.success(request, _("已保存情况说明。"))
    except ServiceError as error:
        say_refusal(request, error)
    return redirect("batch", row.pk)


@page(Action.IMPORTS_MAKE, methods=("POST",))
def batch_commit(request: HttpRequest, batch: int) -> HttpResponse:
    """Take a checked workbook in."""
    try:
        row = commit_batch(request.user, batch, is_filed=request.POST.get("file") == "1")
        count = row.counts["new"] + row.counts["changed"]
        if row.state == "running":
            messages.success(request, _("行数较多，正在后台写入，可在任务中心查看进度。"))
        else:
            said = ngettext("已写入 %(n)d 项。", "已写入 %(n)d 项。", count) % {"n": count}
            messages.success(request, said)
    except ServiceError as error:
        say_refusal(request, error)
    return redirect("batch", batch)


@page(Action.IMPORTS_MAKE, methods=("POST",))
def batch_undo(request: HttpRequest, batch: int) -> HttpResponse:
    """Put back what stood before a batch."""
    row = row_for(request.user, Action.IMPORTS_MAKE, ImportBatch, pk=batch)
    try:
        undo_batch(request.user, row.pk, reason=plain(request.POST.get("reason", "")))
        messages.success(request, _("该批次已撤销，恢复为写入前的内容。"))
    except ServiceError as error:
        say_refusal(request, error)
    return redirect("batch", row.pk)
