"""Signing in."""

from __future__ import annotations

from django.contrib.auth.views import LoginView


class SignIn(LoginView):
    """The login page; whoever is in already goes on."""

    template_name = "registration/login.html"
    redirect_authenticated_user = True
