"""Pages for what went wrong, in words."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shuiheng.services.errors import UnreadableKindError
from shuiheng.services.finding_sentences import sentence_of


def _page(request: HttpRequest, status: int, title: str, says: str, remedy: str) -> HttpResponse:
    context = {"error_title": title, "says": says, "remedy": remedy, "status": status}
    return render(request, "pages/error.html", context, status=status)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404."""
    return _page(
        request, 404, _("未找到页面"), _("该页面不存在，或当前账号不能查看。"), _("请检查地址，或返回首页。")
    )


def forbidden(request: HttpRequest, exception: Exception | None = None, reason: str = "") -> HttpResponse:
    """Answer 403, also when a form's token is missing."""
    return _page(
        request,
        403,
        _("不能执行此操作"),
        _("页面已过期，或当前账号没有权限。"),
        _("请返回上一页，刷新后重试。"),
    )


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400."""
    return _page(
        request, 400, _("无法理解的请求"), _("提交的内容不完整或格式不对。"), _("请返回上一页重试。")
    )


def unreadable(request: HttpRequest, error: UnreadableKindError) -> HttpResponse:
    """Answer 409 where what is asked for rests on something that this program can no longer read."""
    said = sentence_of(error.code, error.values, language=get_language() or "zh")
    return _page(request, 409, said.name, said.says, said.remedy)


def failed(request: HttpRequest) -> HttpResponse:
    """Answer 500 without touching the database."""
    return _page(
        request,
        500,
        _("程序出错"),
        _("处理时发生错误，详情已记入日志。"),
        _("请稍后重试；仍不行时请告知系统维护人员。"),
    )
