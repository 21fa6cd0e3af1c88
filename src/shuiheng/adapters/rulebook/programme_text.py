"""The text of a shipped kind of programme as one whole, for a city to start its own version from."""

from __future__ import annotations

from functools import cache
from importlib.resources.abc import Traversable

import yaml

from shuiheng.adapters.rulebook.files import rulebook_folder
from shuiheng.adapters.rulebook.programmes import CITY_FIELDS, FAMILIES, FOLDER
from shuiheng.adapters.rulebook.strict_yaml import FAST_LOADER, read_entry


@cache
def shipped_text(kind: str) -> str:
    """Return the text of a shipped kind with what it takes from its family, in the order of the fields.

    Raises:
        KeyError: There is no such kind.
    """
    return whole_text(kind, rulebook_folder())


def whole_text(kind: str, folder: Traversable) -> str:
    """Return the text of the kind of a folder with what it takes from its family.

    Each field keeps its own lines, with the comments behind it.

    Raises:
        KeyError: There is no such kind.
    """
    place = folder.joinpath(FOLDER, f"{kind}.yaml")
    if not place.is_file():
        raise KeyError(kind)
    own = _blocks(place.read_text("utf-8"))
    like = read_entry(own["like"], file=FOLDER).take("like", str) if "like" in own else ""
    family = _blocks(folder.joinpath(FAMILIES, f"{like}.yaml").read_text("utf-8")) if like else {}
    blocks = {**family, **own}
    return "".join(blocks[field] for field in CITY_FIELDS if field in blocks)


def _blocks(text: str) -> dict[str, str]:
    """Return the lines of each field of a text."""
    node = yaml.compose(text, Loader=FAST_LOADER)
    lines = text.splitlines()
    keys = [(key.value, key.start_mark.line) for key, _ in node.value] if node is not None else []
    ends = [line for _, line in keys[1:]] + [len(lines)]
    return {
        name: "\n".join(lines[start:end]).rstrip() + "\n"
        for (name, start), end in zip(keys, ends, strict=True)
    }
