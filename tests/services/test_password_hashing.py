"""What a hash costs, and that no more are made at once than there are cores."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher, check_password, make_password

from shuiheng.adapters.records.models import Account
from shuiheng.services import password_hashing
from shuiheng.services.password_hashing import BoundedArgon2Hasher


def test_a_new_hash_is_argon2id_with_19_mib_two_passes_and_one_lane() -> None:
    kept = make_password("a good password")
    assert kept.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert check_password("a good password", kept)
    assert not check_password("another password", kept)


@pytest.mark.django_db
def test_a_hash_of_another_cost_is_renewed_when_its_owner_signs_in() -> None:
    dear = Argon2PasswordHasher()
    dear.memory_cost = 32 * 1024
    account = Account.objects.create(username="li", password=dear.encode("a good password", "saltsaltsalt"))
    assert "m=32768" in account.password
    assert account.check_password("a good password")
    account.refresh_from_db()
    assert "m=19456,t=2,p=1" in account.password


def test_no_more_hashes_are_made_at_once_than_there_are_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    now, most, lock = [0], [0], threading.Lock()

    def slow(self: Any, password: str, encoded: str) -> bool:
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        time.sleep(0.01)
        with lock:
            now[0] -= 1
        return True

    monkeypatch.setattr(Argon2PasswordHasher, "verify", slow)
    monkeypatch.setattr(password_hashing, "_TURNS", threading.BoundedSemaphore(2))
    hasher = BoundedArgon2Hasher()
    threads = [threading.Thread(target=hasher.verify, args=("x", "y")) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most[0] == 2
