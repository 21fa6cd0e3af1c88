"""Where the rulebook's files stand in the installed package."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable

from shuiheng.adapters.rulebook.errors import RulebookError
from shuiheng.adapters.rulebook.strict_yaml import Entry, read_entry


def rulebook_folder() -> Traversable:
    """Return the folder of the rulebook that the package ships."""
    return files("shuiheng") / "rulebook"


def read_file(folder: Traversable, path: str) -> Entry:
    """Return the content of one file below the folder.

    Raises:
        RulebookError: The file is missing or breaks a rule of the rulebook.
    """
    place = folder.joinpath(*path.split("/"))
    if not place.is_file():
        raise RulebookError(path, 1, "the file is missing", "Install the package again, or restore the file.")
    return read_entry(place.read_text("utf-8"), file=path)


def read_files(folder: Traversable, path: str) -> Iterator[tuple[str, Entry]]:
    """Yield name without ending and content of each YAML file in a sub-folder, sorted by name."""
    place = folder.joinpath(*path.split("/"))
    if not place.is_dir():
        return
    for child in sorted(place.iterdir(), key=lambda each: each.name):
        if child.name.endswith(".yaml"):
            yield (
                child.name.removesuffix(".yaml"),
                read_entry(child.read_text("utf-8"), file=f"{path}/{child.name}"),
            )
