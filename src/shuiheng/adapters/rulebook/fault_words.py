"""What is wrong with the text of a kind, in the words of its officers: `words/kind_faults.yaml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from types import MappingProxyType

from shuiheng.adapters.rulebook.errors import RulebookError
from shuiheng.adapters.rulebook.files import read_file, rulebook_folder
from shuiheng.adapters.rulebook.sources import check_checked

FILE = "words/kind_faults.yaml"
BLANK = re.escape("{}")
MOST_READ = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultWords:
    """Chinese sentences by the English ones, in which `{}` stands for what differs.

    Args:
        reasons: What is wrong.
        remedies: What to write instead.
        sorts: Words of the sorts of values.
    """

    reasons: Mapping[str, str]
    remedies: Mapping[str, str]
    sorts: Mapping[str, str]

    def reason(self, error: RulebookError) -> str:
        """Return what is wrong; in English where nobody has put it in Chinese."""
        return self._said(error.reason, self.reasons)

    def remedy(self, error: RulebookError) -> str:
        """Return what to write instead; in English where nobody has put it in Chinese."""
        return self._said(error.remedy, self.remedies)

    def _said(self, english: str, sentences: Mapping[str, str]) -> str:
        text = english[:MOST_READ]
        for form, said in sentences.items():
            found = _pattern(form).fullmatch(text)
            if found is not None:
                return said.format(*(self.sorts.get(blank, blank) for blank in found.groups()))
        return text


@cache
def kind_faults() -> FaultWords:
    """Return the sentences that the program ships."""
    return read_fault_words(rulebook_folder())


def read_fault_words(folder: Traversable) -> FaultWords:
    """Return the sentences below a folder.

    Raises:
        RulebookError: The file breaks a rule.
    """
    entry = read_file(folder, FILE)
    entry.only("reasons", "remedies", "sorts", "checked")
    check_checked(entry)
    parts: dict[str, Mapping[str, str]] = {}
    for name in ("reasons", "remedies", "sorts"):
        held = entry.at(name)
        parts[name] = MappingProxyType({key: held.take(key, str) for key in entry.take(name, dict)})
    return FaultWords(**parts)


@cache
def _pattern(form: str) -> re.Pattern[str]:
    return re.compile(re.escape(form).replace(BLANK, "(.*?)"), re.DOTALL)
