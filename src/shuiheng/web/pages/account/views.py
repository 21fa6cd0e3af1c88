"""Signing in."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse

from shuiheng.services.login_attempts import forget_failed_logins, record_failed_login, seconds_to_wait
from shuiheng.web.filters import plain

TOO_MANY = 429


class SignIn(LoginView):
    """The login page; whoever is in already goes on, and whoever guesses has to wait."""

    template_name = "registration/login.html"
    redirect_authenticated_user = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer an attempt, unless too many failed before."""
        wait = seconds_to_wait(self._username(), self._address())
        if wait:
            context = self.get_context_data(form=AuthenticationForm(request), wait=wait)
            response = self.render_to_response(context, status=TOO_MANY)
            response.headers["Retry-After"] = str(wait)
            return response
        return super().post(request, *args, **kwargs)

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """Count the failure."""
        record_failed_login(self._username(), self._address())
        return super().form_invalid(form)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Forget the failures of the account."""
        forget_failed_logins(self._username())
        return super().form_valid(form)

    def _username(self) -> str:
        return plain(self.request.POST.get("username", ""))[:150]

    def _address(self) -> str:
        return str(self.request.META.get("REMOTE_ADDR", ""))
