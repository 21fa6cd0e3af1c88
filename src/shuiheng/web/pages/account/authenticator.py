"""The picture and the letters by which an authenticator learns its secret."""

from __future__ import annotations

import segno
from django.utils.safestring import SafeString, mark_safe

from shuiheng.adapters.records.models import Account
from shuiheng.services.second_factor import enrolment_address, open_secret

GROUP = 4


def enrolment(account: Account, sealed: str) -> dict[str, object]:
    """Return what the page of binding shows: the picture, and the secret in groups of letters."""
    secret = open_secret(sealed)
    groups = " ".join(secret[at : at + GROUP] for at in range(0, len(secret), GROUP))
    return {"picture": _picture(enrolment_address(account, sealed)), "secret": groups}


def _picture(address: str) -> SafeString:
    """Return the address as an inline drawing; it holds numbers only and no style."""
    drawing = segno.make(address, error="m").svg_inline(scale=4, border=2, omitsize=True, svgclass="qr")
    return mark_safe(drawing)  # noqa: S308  made by segno from modules, nothing of it is text of a person
