"""Shuiheng (水衡): runs a city's water-saving action plan from its text to its figures.

For analysts: `shuiheng.open(address, token=...)` or `shuiheng.open(folder, account=...)` gives the targets,
indicators and series of a city as tables; see `shuiheng.notebook`.
"""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """Return `open`, which is imported when it is first asked for; the core needs nothing of it."""
    if name == "open":
        return import_module("shuiheng.notebook").open_city
    raise AttributeError(name)
