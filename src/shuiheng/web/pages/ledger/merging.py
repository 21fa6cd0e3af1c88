"""Join two entries that are one water user, and part them again."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shuiheng.adapters.records.models import UserMerge, WaterUser
from shuiheng.services.errors import ServiceError
from shuiheng.services.ledger.like_users import like_users
from shuiheng.services.ledger.merge_users import merge_users, undo_merge
from shuiheng.services.permission import Action
from shuiheng.services.scope import row_for, scope
from shuiheng.web.fields import words_of
from shuiheng.web.page import page
from shuiheng.web.pages.ledger.asks import Ask
from shuiheng.web.pages.ledger.changes import Answers, standing_user
from shuiheng.web.pages.ledger.form_page import FormPage, asked
from shuiheng.web.saying import tried

ASKS = (
    Ask(
        name="other",
        label=gettext_lazy("重复的户号"),
        limit=40,
        is_needed=True,
        hint=gettext_lazy("可在上表中选定，也可直接填写户号。"),
    ),
    Ask(
        name="reason",
        label=gettext_lazy("合并理由"),
        limit=300,
        is_needed=True,
        is_long=True,
        hint=gettext_lazy("例如“同一单位重复建户，见供水合同”。"),
    ),
)


@page(Action.LEDGER_EDIT, methods=("GET", "POST"))
def merge_user(request: HttpRequest, key: int) -> HttpResponse:
    """Join another entry of the same city into this one."""
    found = standing_user(request, key)

    def work(given: Answers) -> str:
        rows = scope(request.user, Action.LEDGER_EDIT, WaterUser)
        other = rows.filter(city=found.user.city_id, number=given["other"]).first()
        if other is None:
            raise ServiceError("ledger.field", field="other")
        merge_users(request.user, key, other.pk, reason=given["reason"])
        return reverse("water_user", args=[key])

    form = FormPage(
        title=_("合并重复的用水户"),
        done=_("已合并；可在本页撤销。"),
        asks=ASKS,
        initial={"other": request.GET.get("other", "")[:40]},
        back=reverse("water_user", args=[key]),
        user=found.user,
        further={"candidates": like_users(request.user, found.user)},
        template="ledger/merge.html",
    )
    return asked(request, form, work)


@page(Action.LEDGER_EDIT, methods=("POST",))
def part_users(request: HttpRequest, key: int) -> HttpResponse:
    """Undo a merge; everything that moved goes back."""
    merge = row_for(request.user, Action.LEDGER_EDIT, UserMerge, pk=key)
    reason = words_of(request.POST, "reason", limit=300)
    tried(request, lambda: undo_merge(request.user, key, reason=reason), done=_("合并已撤销。"))
    return redirect("water_user", key=merge.kept_id)
