"""The sentence and the remedy of a finding or an error, from the rulebook, blanks filled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shuiheng.adapters.rulebook import finding_texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """What people read about a finding or an error."""

    name: str
    says: str
    remedy: str


class _Blanks(dict[str, str]):
    """Blanks of a template; one that nobody filled is shown as an ellipsis."""

    def __missing__(self, name: str) -> str:
        return "…"


def sentence_of(code: str, values: Mapping[str, object], *, language: str) -> Sentence:
    """Return the sentence for `code`; a code that the rulebook does not know is its own name.

    Args:
        code: Code of a finding or an error.
        values: Names and values for the blanks.
        language: `zh` or `en`, or a longer tag that begins so.
    """
    text = finding_texts("en" if language.startswith("en") else "zh").get(code)
    if text is None:
        return Sentence(name=code, says=", ".join(f"{k}: {v}" for k, v in values.items()), remedy="")
    blanks = _Blanks({name: str(value) for name, value in values.items()})
    return Sentence(name=text.name, says=text.says.format_map(blanks), remedy=text.remedy.format_map(blanks))
