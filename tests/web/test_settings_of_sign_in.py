"""Settings behind TLS: names of cookies, and what a fresh installation holds."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from shuiheng.adapters.records.models import Account

SHOWN = (
    "from shuiheng.web import settings as s; "
    "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SIGN_IN_POLICY)"
)


@pytest.mark.parametrize(
    ("https", "shown"), [("1", "__Host-session __Host-csrf djbh"), ("0", "session csrf djbh")]
)
def test_cookies_are_bound_to_the_host_behind_tls_and_the_strict_profile_is_the_default(
    tmp_path: Path, https: str, shown: str
) -> None:
    environment = {k: v for k, v in os.environ.items() if k != "SHUIHENG_POLICY"}
    environment |= {"SHUIHENG_STATE": str(tmp_path), "SHUIHENG_HTTPS": https}
    done = subprocess.run(
        [sys.executable, "-c", SHOWN], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == shown


@pytest.mark.django_db
def test_a_fresh_database_holds_no_account_at_all() -> None:
    assert not Account.objects.exists()
