"""What is done to a draw: recused, sealed, committed to, given its number, opened, published, ended."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import DrawRecusal, InspectionDraw
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.inspections.commit_draw import commit_draw
from shuiheng.services.inspections.keep_draw import end_recusal, recuse, void_draw
from shuiheng.services.inspections.make_draw import draw_again, enter_public_number, publish_draw
from shuiheng.services.inspections.seal_number import open_number, seal_number
from shuiheng.services.permission import Action
from shuiheng.services.scope import row_for
from shuiheng.web.fields import key_of, wanted_day, words_of
from shuiheng.web.page import page
from shuiheng.web.saying import say_error, tried

REASON, LONGEST_NUMBER, LONGEST_SOURCE = 300, 200, 300


@page(Action.INSPECTIONS_KEEP, methods=("POST",))
def add_recusal(request: HttpRequest, key: int) -> HttpResponse:
    """Say that an inspector must not go to a unit."""
    row_for(request.user, Action.INSPECTIONS_KEEP, InspectionDraw, pk=key)

    def work() -> None:
        who, unit = key_of(request.POST, "inspector"), key_of(request.POST, "organisation")
        if who is None or unit is None:
            raise ServiceError("services.nothing_chosen")
        recuse(request.user, key, who, unit, reason=words_of(request.POST, "reason", limit=REASON))

    tried(request, work, done=_("已登记回避。"))
    return redirect("inspection", key)


@page(Action.INSPECTIONS_KEEP, methods=("POST",))
def drop_recusal(request: HttpRequest, key: int) -> HttpResponse:
    """Take a recusal out of a draft."""
    found = row_for(request.user, Action.INSPECTIONS_KEEP, DrawRecusal, pk=key)
    tried(request, lambda: end_recusal(request.user, key), done=_("已取消回避。"))
    return redirect("inspection", found.draw_id)


@page(Action.INSPECTIONS_LOOK, methods=("POST",))
def seal(request: HttpRequest, key: int) -> HttpResponse:
    """Seal one's number; the slip with number and salt is shown this once and kept nowhere."""
    row = row_for(request.user, Action.INSPECTIONS_LOOK, InspectionDraw, pk=key)
    try:
        number = words_of(request.POST, "number", limit=LONGEST_NUMBER)
        opened = seal_number(request.user, key, number=number)
    except (NotThereError, NotPermittedError):
        raise
    except ServiceError as error:
        say_error(request, error)
        return redirect("inspection", key)
    answer = render(request, "inspections/slip.html", {"row": row, "opened": opened})
    answer.headers["Cache-Control"] = "no-store"
    return answer


@page(Action.INSPECTIONS_RELEASE, methods=("POST",))
def commit(request: HttpRequest, key: int) -> HttpResponse:
    """Close the register and publish its commitment."""
    tried(request, lambda: commit_draw(request.user, key), done=_("名录库已确定，承诺值已公布。"))
    return redirect("inspection", key)


@page(Action.INSPECTIONS_KEEP, methods=("POST",))
def number(request: HttpRequest, key: int) -> HttpResponse:
    """Enter the public number that was announced; the draw is then made."""
    row_for(request.user, Action.INSPECTIONS_KEEP, InspectionDraw, pk=key)
    posted = request.POST

    def work() -> None:
        enter_public_number(
            request.user,
            key,
            digits=words_of(posted, "digits", limit=LONGEST_NUMBER),
            source=words_of(posted, "source", limit=LONGEST_SOURCE),
            read_on=wanted_day(posted, "read_on"),
        )

    tried(request, work, done=_("随机数已录入，正在抽取。"))
    return redirect("inspection", key)


@page(Action.INSPECTIONS_LOOK, methods=("POST",))
def open_seal(request: HttpRequest, key: int) -> HttpResponse:
    """Open the number that one sealed."""

    def work() -> None:
        digits = words_of(request.POST, "number", limit=LONGEST_NUMBER)
        open_number(request.user, key, number=digits, salt=words_of(request.POST, "salt", limit=200))

    tried(request, work, done=_("您的随机数已开启；全部开启后即抽取。"))
    return redirect("inspection", key)


@page(Action.INSPECTIONS_KEEP, methods=("POST",))
def again(request: HttpRequest, key: int) -> HttpResponse:
    """Queue a draw again whose job failed."""
    tried(request, lambda: draw_again(request.user, key), done=_("已重新排队；同一名录库和随机数结果相同。"))
    return redirect("inspection", key)


@page(Action.INSPECTIONS_RELEASE, methods=("POST",))
def publish(request: HttpRequest, key: int) -> HttpResponse:
    """Publish the record of a draw."""
    tried(request, lambda: publish_draw(request.user, key), done=_("抽查结果已公开。"))
    return redirect("inspection", key)


@page(Action.INSPECTIONS_LOOK, methods=("POST",))
def void(request: HttpRequest, key: int) -> HttpResponse:
    """End a draw for a reason."""
    reason = words_of(request.POST, "reason", limit=REASON)
    if tried(request, lambda: void_draw(request.user, key, reason=reason), done=_("已终止。")):
        messages.info(request, _("如需抽查，请另行编制，不得重复使用原承诺值。"))
    return redirect("inspection", key)
