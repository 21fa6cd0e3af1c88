"""Where things stand that tests need."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "shuiheng"
SHARED = ROOT.parent / "shared"

needs_real_plans = pytest.mark.skipif(
    not (SHARED / "plans").is_dir(), reason="the real plans do not stand beside this checkout"
)
