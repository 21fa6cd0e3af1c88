"""Settings for an installation behind TLS."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


def _check(tmp_path: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "shuiheng.web.settings",
        "SHUIHENG_STATE": str(tmp_path),
        **variables,
    }
    command = [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_the_deploy_check_is_clean_behind_tls(tmp_path: Path) -> None:
    done = _check(
        tmp_path, SHUIHENG_HTTPS="1", SHUIHENG_SECRET_KEY="k3-" * 20 + "Zq7!", SHUIHENG_HOSTS="water.example"
    )
    assert done.returncode == 0, done.stderr


def test_the_secret_key_is_kept_in_the_state_folder(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text("kept-key", "ascii")
    shown = subprocess.run(
        [sys.executable, "-c", "from shuiheng.web import settings; print(settings.SECRET_KEY)"],
        env={**os.environ, "SHUIHENG_STATE": str(tmp_path), "SHUIHENG_SECRET_KEY": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert shown.stdout.strip() == "kept-key"


@pytest.mark.parametrize("url", ["postgresql://u@127.0.0.1:5432/db", ""])
def test_sqlite_writers_queue_and_postgres_needs_no_such_option(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from shuiheng.web import settings

    if url:
        monkeypatch.setenv("SHUIHENG_DATABASE_URL", url)
    else:
        monkeypatch.delenv("SHUIHENG_DATABASE_URL", raising=False)
    options = settings._database().get("OPTIONS", {})
    assert options.get("transaction_mode") == (None if url else "IMMEDIATE")
