"""Behind a one-time link: look, confirm with the code, file one report."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from shuiheng.adapters.records.models import SignedLink
from shuiheng.adapters.rulebook.sign_in_policy import link_policy
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.file_progress import answer_link as file_answer
from shuiheng.services.issue_link import code_digest, is_usable, token_digest
from shuiheng.services.progress_content import ProgressContent


def find_link(token: str) -> SignedLink:
    """Return the link of a token when it can still be answered; looking does not use it up.

    Raises:
        NotThereError: It is unknown, used, revoked or over; all look the same.
    """
    found = SignedLink.objects.filter(digest=token_digest(token))
    link = found.select_related("organisation__place", "task__plan", "period").first()
    if link is None or not is_usable(link):
        raise NotThereError("link")
    return link


def confirm_link(token: str, code: str) -> SignedLink:
    """Return the link when the code is right; too many wrong ones end it.

    Raises:
        NotThereError: It cannot be answered, or no longer.
        ServiceError: `accounts.wrong_link_code`.
    """
    with transaction.atomic():
        link = _locked(token)
        is_right = constant_time_compare(link.code_digest, code_digest(token, code))
        if is_right:
            link.opened += 1
            link.save(update_fields=["opened"])
        else:
            _count_wrong(link)
        _record(link, "link.opened" if is_right else "link.refused", is_refused=not is_right)
    if not is_right:
        raise ServiceError("accounts.wrong_link_code")
    return link


def answer_link(token: str, code: str, content: ProgressContent) -> SignedLink:
    """File what the unit wrote, and use the link up, both or neither.

    Raises:
        NotThereError: The link cannot be answered, or no longer.
        ServiceError: `accounts.wrong_link_code`, or the report cannot be filed.
    """
    with transaction.atomic():
        link = _locked(token)
        if not constant_time_compare(link.code_digest, code_digest(token, code)):
            raise ServiceError("accounts.wrong_link_code")
        file_answer(link, content)
        link.used_at = timezone.now()
        link.save(update_fields=["used_at"])
        _record(link, "link.used", is_refused=False)
    return link


def _locked(token: str) -> SignedLink:
    rows = SignedLink.objects.select_for_update(of=("self",)).filter(digest=token_digest(token))
    link = rows.select_related("organisation__place", "task__plan", "period").first()
    if link is None or not is_usable(link):
        raise NotThereError("link")
    return link


def _count_wrong(link: SignedLink) -> None:
    link.wrong_codes += 1
    if link.wrong_codes >= link_policy().wrong_codes:
        link.revoked_at = timezone.now()
    link.save(update_fields=["wrong_codes", "revoked_at"])


def _record(link: SignedLink, action: str, *, is_refused: bool) -> None:
    record_event(
        None,
        action,
        subject=f"signedlink:{link.pk}",
        place=link.organisation.place,
        organisation=link.organisation,
        is_refused=is_refused,
    )
