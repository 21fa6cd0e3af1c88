"""One label for all spellings of one unit, so that its page holds all its work."""

from __future__ import annotations

import re

from shuiheng.plans import OrganisationTerm, PlanKnowledge, UnitMention

LEVELS = "省市区县"
_LEVEL = re.compile(rf"[{LEVELS}](?!场|政[园管公工]|容)")
_ABOVE = re.compile(r"国家|全国|中国|中央|人民银行|省(?!直)")
_OWN_PLACE = re.compile(rf"(?!各)[一-鿿]{{2,6}}?[{LEVELS}]")


class UnitLabels:
    """Labels for the units of one plan.

    Args:
        jurisdiction: Place of the plan (`示例市`), possibly empty.
        knowledge: The dictionary of organisations.
    """

    def __init__(self, jurisdiction: str, knowledge: PlanKnowledge) -> None:
        self.place = jurisdiction
        self.terms = {term.id: term for term in knowledge.organisations}

    def label(self, mention: UnitMention) -> str:
        """Return the full standard name: `示例市水利局` for `市水务局`, `水利局` and `示例市水利局`.

        The name is cut into a prefix and the organisation. An organisation of the
        dictionary gets its standard name; a prefix that only says the level, or none,
        stands for the place of the plan.
        """
        name = mention.full_name or mention.name
        term = self.terms.get(mention.organisation or "")
        prefix, body = _cut(name, term)
        return self._placed(prefix, body)

    def _placed(self, prefix: str, body: str) -> str:
        whole = prefix + body
        if not self.place or whole.startswith(self.place[:-1]) or _ABOVE.match(whole):
            return whole
        if prefix == self.place[-1:] or (not prefix and not _OWN_PLACE.match(body)):
            return self.place + body
        return whole


def _cut(name: str, term: OrganisationTerm | None) -> tuple[str, str]:
    """Return prefix and organisation, the latter by its standard name when it is known."""
    for ending in sorted((term.name, *term.aliases), key=len, reverse=True) if term else ():
        if ending and name.endswith(ending):
            return name[: len(name) - len(ending)], term.name if term else ending
    if len(name) > 2 and _LEVEL.match(name):
        return name[0], name[1:]
    return "", name
