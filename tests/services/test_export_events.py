"""The export of the log, through the rights of its reader, and what a verifier finds in it."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from django.db import connection, transaction

from office import make_account
from services.log_making import become_owner, verdict, write_events
from shuiheng.adapters.records.models import Account, Event, Role, Seal, SealedEvent
from shuiheng.audit import verify
from shuiheng.audit.canonical import canonical_text
from shuiheng.audit.proof import proof_holds, proof_json
from shuiheng.services import seal_events as sealing
from shuiheng.services.errors import NotPermittedError, NotThereError
from shuiheng.services.event_rows import remade_hash
from shuiheng.services.export_events import event_proof, export_events
from shuiheng.services.found_city import found_city, join
from shuiheng.services.permission import Action
from shuiheng.services.seal_events import seal_events


@pytest.fixture
def auditor(db: None) -> Account:
    """An auditor of the made-up city."""
    return make_account("shen", Role.AUDITOR)


@pytest.fixture
def sealed(officer: Account, monkeypatch: pytest.MonkeyPatch) -> list[Event]:
    """Sixty events in seals of ten."""
    monkeypatch.setattr(sealing, "MOST_LEAVES", 10)
    write_events(officer, 60 - Event.objects.count())
    seal_events()
    return list(Event.objects.order_by("sealed__seal__sequence", "sealed__place"))


def _package(actor: Account, action: Action = Action.EVENTS_LOOK) -> zipfile.ZipFile:
    target = io.BytesIO()
    export_events(actor, action, target)
    return zipfile.ZipFile(target)


def test_the_package_verifies_itself_on_a_bare_python(
    sealed: list[Event], auditor: Account, tmp_path: Path
) -> None:
    _package(auditor).extractall(tmp_path)
    done = subprocess.run(
        [sys.executable, "-I", "-S", "verify.py", "events.jsonl"],
        cwd=tmp_path,
        check=False,
        capture_output=True,
    )
    assert done.returncode == 0, done.stdout
    assert "60 rows" in done.stdout.decode("utf-8", "replace")
    assert "verify.py" in (tmp_path / "README.txt").read_text("utf-8")


def test_an_auditor_reads_the_events_of_the_city_and_of_no_other(
    sealed: list[Event], auditor: Account
) -> None:
    other = Account.objects.create(username="zhao")
    join(other, found_city("白石市", slug="baishi", is_synthetic=True), Role.OFFICE_CLERK)
    secret = write_events(other, 4, action="secret.kept")
    seal_events()
    text = _package(auditor).read("events.jsonl").decode()
    assert "secret.kept" not in text and secret[0].key not in text
    assert sealed[-1].key in text
    seen = verify.check_log(io.BytesIO(text.encode()), {})
    assert seen.withheld >= 4 and seen.rows == SealedEvent.objects.count()
    assert json.loads(text.splitlines()[0])["city"] == "qinghe"


def test_an_export_is_an_event_and_needs_the_right(
    sealed: list[Event], auditor: Account, officer: Account
) -> None:
    _package(auditor)
    assert Event.objects.filter(action="events.exported", actor=auditor).count() == 1
    with pytest.raises(NotPermittedError):
        _package(officer)
    with pytest.raises(NotPermittedError):
        _package(auditor, Action.EVENTS_LOOK_AUDIT)


def test_a_proof_for_one_event_leads_to_its_seal(sealed: list[Event], auditor: Account) -> None:
    row = sealed[33]
    proof = event_proof(auditor, Action.EVENTS_LOOK, row.key or "")
    assert proof_holds(proof)
    value = Seal.objects.get(sequence=row.sealed.seal.sequence).value
    content = io.BytesIO(canonical_text(proof_json(proof)).encode())
    said = verify.check_proof(content, {row.sealed.seal.sequence: value})
    assert said == f"{row.sealed.seal.sequence}:{value}"


def test_no_proof_for_what_is_not_sealed_or_not_in_sight(
    sealed: list[Event], auditor: Account, officer: Account
) -> None:
    fresh = write_events(officer, 1)[0]
    with pytest.raises(NotThereError):
        event_proof(auditor, Action.EVENTS_LOOK, fresh.key or "")
    with pytest.raises(NotThereError):
        event_proof(auditor, Action.EVENTS_LOOK, "00000000-0000-4000-8000-000000000000")
    with pytest.raises(NotPermittedError):
        event_proof(officer, Action.EVENTS_LOOK, sealed[0].key or "")


def _change(rows: list[Event], chance: Random) -> int:
    """Change a row together with its own hash."""
    at = chance.randrange(len(rows))
    row = rows[at]
    name, value = chance.choice(
        [
            ("reason", "另有缘由"),
            ("subject", "task:999"),
            ("after", {"n": "x"}),
            ("is_refused", True),
            ("role", ""),
        ]
    )
    setattr(row, name, value)
    row.row_hash = remade_hash(row) if chance.random() < 0.7 else row.row_hash
    row.save()
    return at


def _delete(rows: list[Event], chance: Random) -> int:
    at = chance.randrange(len(rows))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM records_event WHERE id = %s", [rows[at].pk])
    return at


def _swap(rows: list[Event], chance: Random) -> int:
    """Let two events change their places."""
    one, two = sorted(chance.sample(range(len(rows)), 2))
    held = [SealedEvent.objects.get(event=rows[at]) for at in (one, two)]
    steps = ((-1, held[0].pk), (held[0].event_id, held[1].pk), (held[1].event_id, held[0].pk))
    with connection.cursor() as cursor:
        for step in steps:
            cursor.execute("UPDATE records_sealedevent SET event_id = %s WHERE id = %s", step)
    return one


@pytest.mark.parametrize("hand", [_change, _delete, _swap])
def test_what_the_owner_of_the_database_alters_is_found_and_the_first_bad_row_named(
    sealed: list[Event], hand: Callable[[list[Event], Random], int]
) -> None:
    chance = Random(5)  # noqa: S311  the same alterations each time
    become_owner()
    for _ in range(10):
        with transaction.atomic():
            at = hand([Event.objects.get(pk=row.pk) for row in sealed], chance)
            said = verdict()
            assert isinstance(said, verify.LogError)
            assert said.values["row"] == at + 1
            transaction.set_rollback(True)
    assert isinstance(verdict(), verify.Seen)


def test_a_row_that_is_taken_out_of_its_seal_too_is_found_at_the_seal(sealed: list[Event]) -> None:
    become_owner()
    SealedEvent.objects.filter(event=sealed[23]).delete()
    said = verdict()
    assert isinstance(said, verify.LogError)
    assert (said.code, said.values["seal"]) == ("audit.seal_leaves_changed", 3)


def test_a_cut_tail_is_found_with_the_seal_that_was_printed(sealed: list[Event]) -> None:
    last = Seal.objects.get(sequence=6)
    become_owner()
    SealedEvent.objects.filter(seal=last).delete()
    last.delete()
    assert isinstance(verdict(), verify.Seen)
    said = verdict({6: last.value})
    assert isinstance(said, verify.LogError) and said.code == "audit.anchor_missing"
