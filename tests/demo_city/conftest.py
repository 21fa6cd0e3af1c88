"""The package `demo` stands beside the sources and is not installed."""

from __future__ import annotations

import sys

from places import ROOT

if str(ROOT) not in sys.path:
    sys.path.append(str(ROOT))
