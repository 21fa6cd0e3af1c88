"""Documents of a water user: add one, open one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from shuiheng.services.ledger.keep_document import DocumentFields, add_document, document_file
from shuiheng.services.permission import Action
from shuiheng.web.page import page
from shuiheng.web.pages.ledger.changes import Answers, standing_user
from shuiheng.web.pages.ledger.form_page import FormPage, asked, today_typed
from shuiheng.web.pages.ledger.questions import document_asks
from shuiheng.web.sending import attachment


@page(Action.LEDGER_EDIT, methods=("GET", "POST"))
def add_user_document(request: HttpRequest, key: int) -> HttpResponse:
    """Keep a document of a user."""
    found = standing_user(request, key)

    def work(given: Answers) -> str:
        sent = request.FILES.get("file")
        content, name = (sent.read(), sent.name or "") if sent is not None else (b"", "")
        add_document(request.user, key, DocumentFields(**given), content=content, name=name)
        return reverse("water_user", args=[key])

    form = FormPage(
        title=_("增加资料"),
        done=_("资料已保存。"),
        asks=document_asks(),
        initial={"on": today_typed()},
        back=reverse("water_user", args=[key]),
        user=found.user,
        has_file=True,
    )
    return asked(request, form, work)


@page(Action.LEDGER_LOOK)
def ledger_document(request: HttpRequest, key: int) -> HttpResponse:
    """Send a document as a download."""
    found = document_file(request.user, key)
    return attachment(found.content, name=found.row.original_name)
