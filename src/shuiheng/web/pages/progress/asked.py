"""What a request asks for, read from its fields; odd values are dropped or answered with 404."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.web.templatetags.progress_words import refusal_sentence

LONGEST_KEY = 11


def key_from(text: str | None) -> int | None:
    """Return the key that a text holds, or None."""
    plain = text or ""
    return int(plain) if plain.isdecimal() and plain.isascii() and len(plain) <= LONGEST_KEY else None


def keys_from(texts: list[str], *, most: int = 2000) -> list[int]:
    """Return the keys that texts hold, each once."""
    found = (key_from(text) for text in texts[:most])
    return list(dict.fromkeys(key for key in found if key is not None))


def day_from(text: str | None) -> date | None:
    """Return the day that a text such as 2026-05-01 holds, or None."""
    try:
        return date.fromisoformat((text or "").strip())
    except ValueError:
        return None


def by_target(fields: Mapping[str, str], mark: str) -> dict[int, str]:
    """Return what stands in fields such as `value-12` or `unit-12`, by key of the target."""
    found = {}
    for name, text in fields.items():
        key = key_from(name.removeprefix(f"{mark}-")) if name.startswith(f"{mark}-") else None
        if key is not None:
            found[key] = text
    return found


def say_refusal(request: HttpRequest, error: ServiceError) -> None:
    """Put a refusal into the messages of the next page; what is not theirs stays a 404."""
    if isinstance(error, NotThereError | NotPermittedError):
        raise Http404 from error
    sentence = refusal_sentence(error)
    messages.error(request, f"{sentence.says} {sentence.remedy}")


def back_to(request: HttpRequest, otherwise: str) -> HttpResponseRedirect:
    """Return to the page from which a form was sent, when it is one of this site."""
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/")
    return redirect(wanted if is_ours else otherwise)
