"""From where a request comes."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest

from shuiheng.services.sign_in import Visitor


def visitor_of(request: HttpRequest) -> Visitor:
    """Return the address of the person behind a request, and the browser's name.

    Behind a trusted proxy the address is the last one of X-Forwarded-For, which that proxy
    wrote itself; everything before it is the visitor's own word and is not believed.
    """
    address = str(request.META.get("REMOTE_ADDR", ""))
    if settings.TRUSTED_PROXIES:
        told = request.headers.get("X-Forwarded-For", "").split(",")[-1].strip()
        address = told if _is_address(told) else address
    return Visitor(address=address, device=request.headers.get("User-Agent", "")[:200])


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
