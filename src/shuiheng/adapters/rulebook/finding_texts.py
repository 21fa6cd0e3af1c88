"""What people read about a finding or an error, by code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from types import MappingProxyType

from shuiheng.adapters.rulebook.errors import RulebookError
from shuiheng.adapters.rulebook.files import read_files, rulebook_folder
from shuiheng.adapters.rulebook.strict_yaml import Entry

LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingText:
    """Name, sentence and remedy of a code; `{blanks}` are filled from the finding's values.

    A text without a name is named by the first clause of its sentence.
    """

    name: str
    says: str
    remedy: str


@cache
def finding_texts(language: str) -> Mapping[str, FindingText]:
    """Return the texts of all codes in `zh` or `en`.

    Raises:
        KeyError: There are no texts in this language.
        RulebookError: A file breaks a rule, or two files have the same code.
    """
    if language not in LANGUAGES:
        raise KeyError(language)
    return MappingProxyType(read_texts(rulebook_folder())[language])


def read_texts(folder: Traversable) -> dict[str, dict[str, FindingText]]:
    """Return the texts below a folder, by language and code; each code has both languages."""
    texts: dict[str, dict[str, FindingText]] = {language: {} for language in LANGUAGES}
    for _, entry in read_files(folder, "findings"):
        for code in entry.itself(dict):
            if code in texts["zh"]:
                raise RulebookError(
                    entry.file, entry.at(code).line, f"the code `{code}` stands in another file", "Keep one."
                )
            entry.at(code).only(*LANGUAGES)
            for language in LANGUAGES:
                texts[language][code] = _text(entry.at(code), language)
    return texts


def _text(entry: Entry, language: str) -> FindingText:
    entry.take(language, dict)
    text = entry.at(language)
    text.only("name", "says", "remedy")
    says = text.take("says", str)
    name = text.get("name", str) or _short(says)
    return FindingText(name=name, says=says, remedy=text.take("remedy", str))


def _short(says: str) -> str:
    """Return the first clause of a sentence as its name, an ellipsis in place of each blank."""
    clause = re.split(r"[，。；;.,]", says, maxsplit=1)[0]
    return re.sub(r"\{[^{}]*\}", "…", clause)
