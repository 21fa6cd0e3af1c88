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


HOUR_SECONDS, DAY_HOURS, MINUTE_SECONDS = 3600, 24, 60
LONG_HOURS = 48
"""From so many hours on a length of time is said in days."""
_UNITS = {"zh": (" 天", " 小时", " 分钟"), "en": (" days", " h", " min")}


def length_of_time(seconds: float, *, language: str) -> str:
    """Return a length of time as people say it: `3 天`, `5 小时`, `20 分钟`."""
    days, hours, minutes = _UNITS["en" if language.startswith("en") else "zh"]
    long = seconds / HOUR_SECONDS
    if long >= LONG_HOURS:
        return f"{long / DAY_HOURS:,.1f}".removesuffix(".0") + days
    if long >= 1:
        return f"{long:.1f}".removesuffix(".0") + hours
    return f"{seconds / MINUTE_SECONDS:.0f}{minutes}"


class _Blanks(dict[str, str]):
    """Blanks of a template; one that nobody filled is shown as an ellipsis."""

    def __missing__(self, name: str) -> str:
        return "…"


def sentence_of(code: str, values: Mapping[str, object], *, language: str) -> Sentence:
    """Return the sentence for `code`; a code that the rulebook does not know is its own name.

    Where a value is named `hours`, the sentence may say it as `{time}`, in days when it is long.

    Args:
        code: Code of a finding or an error.
        values: Names and values for the blanks.
        language: `zh` or `en`, or a longer tag that begins so.
    """
    text = finding_texts("en" if language.startswith("en") else "zh").get(code)
    if text is None:
        return Sentence(name=code, says=", ".join(f"{k}: {v}" for k, v in values.items()), remedy="")
    blanks = _Blanks({name: str(value) for name, value in values.items()})
    if "hours" in blanks:
        blanks["time"] = length_of_time(float(blanks["hours"]) * HOUR_SECONDS, language=language)
    return Sentence(name=text.name, says=text.says.format_map(blanks), remedy=text.remedy.format_map(blanks))
