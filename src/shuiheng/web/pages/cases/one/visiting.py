"""The form of a visit on a phone, filled in with or without a network (现场核查表)."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from shuiheng.services.cases.answer_case import may_answer
from shuiheng.services.cases.case_actors import actors_for
from shuiheng.services.cases.case_course import kind_of
from shuiheng.services.cases.file_visit import LONGEST_LINE, LONGEST_RECORD, file_visit, visit_step
from shuiheng.services.cases.keep_case import state_of
from shuiheng.services.cases.visit_entries import visit_from
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.permission import Action
from shuiheng.services.rules.rulebook_now import rulebook_now
from shuiheng.web.filters import plain
from shuiheng.web.page import page, seen
from shuiheng.web.pages.cases.one.named import named
from shuiheng.web.pages.cases.one.views import account_of, case_in_sight, sheet_of
from shuiheng.web.pages.rules.shown import language
from shuiheng.web.saying import say_error

REFUSED = 422
PHONE_FORM = "X-Phone-Form"  # by which form-worker.js knows what it may keep


@page(Action.CASES_STEP, methods=("GET", "POST"))
def case_visit_form(request: HttpRequest, key: int) -> HttpResponse:
    """Show the form of a visit to those who make it, and take it where there is a network."""
    row = case_in_sight(seen(request, Action.CASES_STEP), key)
    kind = kind_of(row)
    step = visit_step(kind, state_of(row))
    if step is None or not actors_for(account_of(request), row) & set(step.who):
        raise Http404
    typed = {name: plain(text) for name, text in request.POST.items()}
    status = 200
    if request.method == "POST":
        try:
            file_visit(request.user, key, visit_from(typed | {"step": step.id}))
        except (NotThereError, NotPermittedError):
            raise
        except ServiceError as error:
            say_error(request, named(error, kind, request.user))
            status = REFUSED
        else:
            messages.success(request, _("已保存现场核查记录，须由另一人复核。"))
            return redirect("case", key)
    sheet = None
    if may_answer(account_of(request), row):
        sheet = sheet_of(row, kind, timezone.localdate(), book=rulebook_now(row.place))
    context = {
        "row": row,
        "step": step,
        "step_name": step.names[language()],
        "kind_name": kind.names[language()],
        "asked": sheet.asked if sheet is not None else (),
        "typed": typed,
        "is_refused": status == REFUSED,
        "limits": {"line": LONGEST_LINE, "record": LONGEST_RECORD},
    }
    response = render(request, "cases/one/visit.html", context, status=status)
    response.headers[PHONE_FORM] = "1"
    return response
