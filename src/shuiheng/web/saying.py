"""Tell the person at the page what became of a click."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.finding_sentences import sentence_of
from shuiheng.services.remind import Reminded


def say_error(request: HttpRequest, error: ServiceError) -> None:
    """Show what was wrong and what to do, on the next page."""
    sentence = sentence_of(error.code, error.values, language=get_language() or "zh")
    messages.error(request, f"{sentence.says} {sentence.remedy}".strip())


def say_reminded(request: HttpRequest, done: Reminded) -> None:
    """Say how many reminders were written, and to whom none was because of a recent one."""
    said = ngettext("已写 %(n)d 条提醒。", "已写 %(n)d 条提醒。", done.written) % {"n": done.written}
    if done.too_soon:
        said += _("近日已提醒过，未重复：%(units)s。") % {"units": "、".join(done.too_soon)}
    messages.success(request, said)


def tried(request: HttpRequest, work: Callable[[], object], *, done: str) -> bool:
    """Do `work` and say `done`, or say what was wrong; return whether it was done.

    What is not there and what is not allowed is left to the page, which answers 404.
    """
    try:
        work()
    except (NotThereError, NotPermittedError):
        raise
    except ServiceError as error:
        say_error(request, error)
        return False
    messages.success(request, done)
    return True
