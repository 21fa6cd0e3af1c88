"""The hash of a row."""

from __future__ import annotations

import dataclasses
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.making import event, plain_text
from shuiheng.audit.canonical import canonical_bytes
from shuiheng.audit.errors import UnknownAlgorithmError
from shuiheng.audit.model import EventRecord
from shuiheng.audit.row_hash import digest, logged, row_hash, salted_hash


def test_a_row_hash_is_the_digest_of_a_zero_byte_and_the_canonical_bytes() -> None:
    plain = hashlib.sha256(b"\x00" + canonical_bytes(event(1)))
    assert row_hash(event(1)) == plain.hexdigest()


@pytest.mark.parametrize("field", [field.name for field in dataclasses.fields(EventRecord)])
def test_a_change_of_any_field_changes_the_hash(field: str) -> None:
    old = event(1)
    new = {"at": event(2).at, "is_refused": True, "schema": 2}.get(field, "other")
    if field in {"before", "after", "details"}:
        new = {"value": "other"}
    assert row_hash(dataclasses.replace(old, **{field: new})) != row_hash(old)


def test_sm3_gives_the_value_of_the_standard() -> None:
    if "sm3" not in hashlib.algorithms_available:
        with pytest.raises(UnknownAlgorithmError):
            digest(b"abc", algorithm="sm3")
        return
    known = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"  # GB/T 32905-2016, annex A
    assert digest(b"abc", algorithm="sm3").hex() == known
    assert logged(event(1), algorithm="sm3").row_hash != logged(event(1)).row_hash


@pytest.mark.parametrize("algorithm", ["md5", "sha1", "shake_128", ""])
def test_other_digests_are_refused(algorithm: str) -> None:
    with pytest.raises(UnknownAlgorithmError):
        row_hash(event(1), algorithm=algorithm)


@given(plain_text, plain_text)
def test_a_salted_hash_depends_on_the_value_and_on_the_salt(one: str, other: str) -> None:
    salt = b"0123456789abcdef"
    assert (salted_hash(one, salt=salt) == salted_hash(other, salt=salt)) == (one == other)
    assert salted_hash(one, salt=salt) != salted_hash(one, salt=salt[::-1])


@given(st.binary(max_size=15))
def test_a_short_salt_is_refused(salt: bytes) -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        salted_hash("张三", salt=salt)
