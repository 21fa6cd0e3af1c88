"""One's own account: password, authenticator, sessions."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shuiheng.services.change_password import change_password
from shuiheng.services.end_sessions import end_own_session
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.own_account import own_roles, own_sessions, own_sign_ins
from shuiheng.services.password_policy import active_policy, rules_for
from shuiheng.services.second_factor import confirm_second_factor, has_second_factor, new_sealed_secret
from shuiheng.web.filters import plain
from shuiheng.web.pages.account.authenticator import enrolment
from shuiheng.web.pages.account.views import SECRET, WRONG, repeated
from shuiheng.web.visitor import visitor_of


@never_cache
@require_GET
def own_account(request: HttpRequest) -> HttpResponse:
    """Show one's roles, authenticator, sessions and last sign-ins."""
    context = {
        "roles": own_roles(request.user),
        "sessions": own_sessions(request.user),
        "this_session": request.session.session_key,
        "sign_ins": own_sign_ins(request.user),
        "has_factor": has_second_factor(request.user),
        "rules": rules_for(request.user),
        "policy": active_policy(),
    }
    return render(request, "account/own.html", context)


@never_cache
@sensitive_post_parameters("old", "new", "again")
@require_http_methods(["GET", "POST"])
def own_password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; other sessions end."""
    context: dict[str, object] = {"policy": active_policy()}
    if request.method == "GET":
        return render(request, "account/password.html", context)
    try:
        change_password(
            request.user,
            repeated(request),
            old=request.POST.get("old", ""),
            visitor=visitor_of(request),
            session_key=request.session.session_key,
        )
    except ServiceError as error:
        return render(request, "account/password.html", context | {"error": error}, status=WRONG)
    update_session_auth_hash(request, request.user)
    messages.success(request, _("密码已修改，其他设备上的登录已退出。"))
    return redirect("account")


@never_cache
@require_http_methods(["GET", "POST"])
def own_factor(request: HttpRequest) -> HttpResponse:
    """Bind an authenticator to one's own account."""
    if has_second_factor(request.user):
        return redirect("account")
    sealed = request.session.setdefault(SECRET, new_sealed_secret())
    context = enrolment(request.user, sealed)
    if request.method == "GET":
        return render(request, "account/factor.html", context)
    try:
        confirm_second_factor(request.user, sealed, plain(request.POST.get("code", "")))
    except ServiceError as error:
        return render(request, "account/factor.html", context | {"error": error}, status=WRONG)
    del request.session[SECRET]
    messages.success(request, _("已绑定验证器，下次登录须输入验证码。"))
    return redirect("account")


@require_POST
def end_session(request: HttpRequest, key: int) -> HttpResponse:
    """End one of one's own sessions."""
    try:
        end_own_session(request.user, key)
    except NotThereError as error:
        raise Http404 from error
    messages.success(request, _("已退出该设备上的登录。"))
    return redirect("account")
