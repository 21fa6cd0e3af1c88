"""What a phone made without a network has the same effect as one entry, however often it is sent."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta

import pytest
from django.utils import timezone

from services.inspections.check_city import PNG, CheckedCity
from shuiheng.adapters.records.models import Account, Check, CheckState, EntryReceipt
from shuiheng.programmes.receipts import Receipt, SentEntry
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.inspections import check_entries as _entries  # noqa: F401  makes its kinds known
from shuiheng.services.inspections.check_steps import content_digest
from shuiheng.services.take_entry import take_entry

pytestmark = pytest.mark.django_db
KEY = "0" * 31


def send(
    account: Account, kind: str, content: bytes, *, number: int = 1, media: str = "text/plain"
) -> Receipt:
    sent = SentEntry(key=f"{KEY}{number}", sha256=hashlib.sha256(content).hexdigest(), content=content)
    return take_entry(account, sent, kind, media_type=media, kept_at="2026-10-01T02:00:00.000Z")


def form(checked: CheckedCity, **changes: object) -> bytes:
    now = timezone.now()
    said = {
        "result": "to_mend",
        "begun_at": (now - timedelta(hours=2)).isoformat(),
        "ended_at": (now - timedelta(hours=1)).isoformat(),
        "summary": "二号口没有装表",
        "is_certificate_shown": "1",
        f"a-{checked.question}": "no",
    }
    return json.dumps(said | changes).encode()


def test_a_form_that_is_sent_again_is_taken_once(checked: CheckedCity) -> None:
    row, content = checked.check(), form(checked)
    first = send(checked.inspectors[0], f"check_form:{row.pk}", content)
    assert send(checked.inspectors[0], f"check_form:{row.pk}", content) == first
    assert EntryReceipt.objects.get().outcome == f"check:{row.pk}"
    with pytest.raises(ServiceError, match=r"programmes\.entry_changed"):
        send(checked.inspectors[0], f"check_form:{row.pk}", form(checked, summary="改写"))
    row.refresh_from_db()
    assert row.state == CheckState.UNDER_WAY and row.summary == "二号口没有装表"


def test_photo_form_and_signature_of_two_phones_make_a_record(checked: CheckedCity) -> None:
    row = checked.check()
    one, two = checked.inspectors
    send(one, f"check_photo:{row.pk}:0", PNG, number=2, media="image/png")
    file = row.files.get()
    assert file.question == checked.question and file.taken_at is not None and file.added_by == one
    send(one, f"check_form:{row.pk}", form(checked), number=3)
    send(two, f"check_sign:{row.pk}", content_digest(Check.objects.get(pk=row.pk)).encode(), number=2)
    row.refresh_from_db()
    assert row.state == CheckState.FINDING_OPEN


def test_what_is_refused_leaves_no_receipt_so_that_it_can_be_sent_again(checked: CheckedCity) -> None:
    row = checked.check()
    with pytest.raises(ServiceError, match=r"checks\.certificate_needed"):
        send(checked.inspectors[0], f"check_form:{row.pk}", form(checked, is_certificate_shown=""))
    assert not EntryReceipt.objects.exists()
    send(checked.inspectors[0], f"check_form:{row.pk}", form(checked))
    assert EntryReceipt.objects.count() == 1


@pytest.mark.parametrize(
    ("kind", "content", "code"),
    [
        ("check_form", b"{", "checks.bad_form"),
        ("check_form", b"[]", "checks.bad_form"),
        ("check_form", b'{"result": ["x"]}', "checks.field_missing"),
        ("check_form", b'{"result": "good"}', "checks.bad_form"),
        ("check_form", b"{}", "checks.field_missing"),
        ("check_sign", b"short", "checks.bad_form"),
        ("check_photo", b"MZ", "checks.file_kind"),
        ("unknown", b"", "services.entry_kind"),
    ],
)
def test_what_cannot_be_read_is_refused(checked: CheckedCity, kind: str, content: bytes, code: str) -> None:
    row = checked.check()
    with pytest.raises(ServiceError) as refused:
        send(checked.inspectors[0], f"{kind}:{row.pk}", content)
    assert refused.value.code == code


def test_a_check_of_others_is_not_there(checked: CheckedCity) -> None:
    row = checked.check()
    row.team.filter(inspector=checked.entries[1]).delete()
    for kind, content in (("check_form", form(checked)), ("check_photo", PNG)):
        with pytest.raises(NotThereError):
            send(checked.inspectors[1], f"{kind}:{row.pk}", content, media="image/png")
