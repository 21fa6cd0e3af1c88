"""One label for all spellings of one unit, so that its page holds all its work."""

from __future__ import annotations

from shuiheng.plans import OrganisationTerm, PlanKnowledge, UnitMention

LEVELS = ("省", "市", "区", "县")


class UnitLabels:
    """Labels for the units of one plan.

    Args:
        jurisdiction: Place of the plan (`示例市`), possibly empty.
        knowledge: The dictionary of organisations.
    """

    def __init__(self, jurisdiction: str, knowledge: PlanKnowledge) -> None:
        self.jurisdiction = jurisdiction
        self.terms = {term.id: term for term in knowledge.organisations}

    def label(self, mention: UnitMention) -> str:
        """Return the full standard name (`示例市水利局`) for `市水务局`, else the words as written."""
        name = self._with_place(mention.full_name or mention.name)
        term = self.terms.get(mention.organisation or "")
        return self._with_standard_name(name, term) if term else name

    def _with_place(self, name: str) -> str:
        """Write out the place in `市水利局` when the plan is of a city of that level."""
        place = self.jurisdiction
        if place and place[-1] in LEVELS and name.startswith(place[-1]) and len(name) > 2:
            return place + name[1:]
        return name

    def _with_standard_name(self, name: str, term: OrganisationTerm) -> str:
        endings = sorted((term.name, *term.aliases), key=len, reverse=True)
        for ending in endings:
            if ending and name.endswith(ending):
                before = name[: len(name) - len(ending)]
                return (before or self._own_place(name)) + term.name
        return name

    def _own_place(self, name: str) -> str:
        """A bare name (`水利局`) means the unit of the plan's own place."""
        return self.jurisdiction if self.jurisdiction and self.jurisdiction not in name else ""
