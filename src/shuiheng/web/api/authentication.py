"""How a program says for whom it acts: a session of the site, or a bearer token."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja.security import APIKeyCookie, HttpBearer

from shuiheng.adapters.records.models import Account
from shuiheng.services.api_token import account_of_token
from shuiheng.services.permission import remember_memberships


class SessionOfSite(APIKeyCookie):
    """The session of somebody who is signed in; changes need the token against forged requests."""

    param_name = "sessionid"

    def authenticate(self, request: HttpRequest, key: str | None) -> Account | None:
        """Return the account of the session, or None."""
        if isinstance(request.user, Account):
            remember_memberships(request.user)
            return request.user
        return None


class BearerToken(HttpBearer):
    """A token that was made by `shuiheng user token`."""

    def authenticate(self, request: HttpRequest, token: str) -> Any | None:
        """Return the account of the token, or None."""
        account = account_of_token(token)
        if account is not None:
            remember_memberships(account)
            request.user = account
        return account
