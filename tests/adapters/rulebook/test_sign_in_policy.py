"""The profiles of signing in."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from places import PACKAGE
from shuiheng.adapters.rulebook import RulebookError
from shuiheng.adapters.rulebook.sign_in_policy import (
    link_policy,
    read_policies,
    role_groups,
    roles_by_kind,
    sign_in_policies,
    weak_words,
)

TEXT = (PACKAGE / "rulebook" / "policies" / "password.yaml").read_text("utf-8")


def _folder(tmp_path: Path, text: str) -> Path:
    shutil.copytree(PACKAGE / "rulebook" / "sources", tmp_path / "sources")
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "password.yaml").write_text(text, "utf-8")
    return tmp_path


def test_the_profiles_say_what_they_are_to_say() -> None:
    graded, verified = sign_in_policies()["djbh"], sign_in_policies()["asvs"]
    assert (graded.min_length, graded.classes, verified.min_length, verified.classes) == (10, 3, 12, 1)
    assert {name: rule.expiry_days for name, rule in graded.by_group.items()} == {
        "staff": 180,
        "enterprise": 180,
        "privileged": 90,
    }
    assert all(rule.expiry_days is None for rule in verified.by_group.values())
    for profile in (graded, verified):
        assert profile.by_group["staff"].needs_second_factor
        assert profile.by_group["privileged"].needs_second_factor
        assert (profile.by_group["staff"].idle_minutes, profile.by_group["privileged"].idle_minutes) == (
            30,
            15,
        )
        assert profile.absolute_hours == 12 and profile.lockout.lock_after == 10
    assert not any(rule.needs_second_factor for rule in sign_in_policies()["demo"].by_group.values())


def test_the_other_files_load() -> None:
    assert role_groups()["audit_administrator"] == "privileged"
    assert "partner_clerk" in roles_by_kind()["department"]
    assert link_policy().wrong_codes == 5
    assert [len(word) for word in weak_words()] == sorted((len(word) for word in weak_words()), reverse=True)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (("source: owasp-asvs-5", "source: hearsay"), "no such source"),
        (("min_length: 10", "min_length: ten"), "expected int"),
        (("    at: 8.1.4.1\n", ""), "`at` is missing"),
        (("absolute_hours: 12", "absolut: 12"), "unknown field"),
        (("needs_second_factor: true}", "needs_second_factor: 1}"), "expected bool"),
        (("checked: {day: null, by: null}", "checked: {day: null, by: 王工}"), "without a person"),
    ],
)
def test_a_faulty_file_does_not_load(tmp_path: Path, change: tuple[str, str], reason: str) -> None:
    assert change[0] in TEXT
    with pytest.raises(RulebookError, match=reason):
        read_policies(_folder(tmp_path, TEXT.replace(*change)))
