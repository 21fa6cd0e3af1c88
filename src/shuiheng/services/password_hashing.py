"""Hashes of passwords that cost little memory, and never more of them at once than there are cores."""

from __future__ import annotations

import os
from threading import BoundedSemaphore

from django.contrib.auth.hashers import Argon2PasswordHasher

_TURNS = BoundedSemaphore(os.cpu_count() or 1)


class BoundedArgon2Hasher(Argon2PasswordHasher):
    """Argon2id with 19 MiB, two passes, one lane; a stored hash of another cost is renewed at sign-in.

    On the day when all units file, many people sign in at once. More hashes at a time than
    cores would only slow every page down; here they wait for their turn.
    """

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        """Return the hash of a password."""
        with _TURNS:
            return str(super().encode(password, salt))

    def verify(self, password: str, encoded: str) -> bool:
        """Return whether a password has this hash."""
        with _TURNS:
            return bool(super().verify(password, encoded))
