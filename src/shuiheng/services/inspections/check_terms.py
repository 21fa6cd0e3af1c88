"""By when what follows from a check has to be done, and how many go there, by the rulebook of the city."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shuiheng.adapters.records.models import Place
from shuiheng.allowances.errors import BadRuleError
from shuiheng.kernel.citation import Citation
from shuiheng.kernel.derivation_json import citation_json
from shuiheng.programmes.inspection_terms import WHOLE, InspectionDue, counts_of, inspection_dues
from shuiheng.rules.errors import NotInForceError, UnknownRuleError
from shuiheng.rules.parameter import Asked
from shuiheng.services.errors import ServiceError
from shuiheng.services.rules.rulebook_now import area_of_city, rulebook_now
from shuiheng.services.work_calendar import work_calendar

TEAM, PUBLICATION = "inspections/team", "inspections/publication"
RECTIFICATION, PROCEDURE = "inspections/rectification", "inspections/procedure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A last day with the rule that sets it."""

    on: date
    citation: Citation

    @property
    def kept(self) -> dict[str, object]:
        """Return the citation as a row keeps it."""
        return dict(citation_json(self.citation))


def team_size(city: Place, on: date) -> int:
    """Return how many inspectors go to an object at least.

    Raises:
        ServiceError: `checks.no_rule`.
    """
    try:
        value = rulebook_now(city).value(TEAM, Asked(area=area_of_city(city), on=on))
        return counts_of(value)[WHOLE]
    except (NotInForceError, UnknownRuleError, BadRuleError) as error:
        raise ServiceError("checks.no_rule", rule=TEAM, day=on.isoformat()) from error


def publish_by(city: Place, recorded_on: date) -> Due:
    """Return by when the result of a check is published.

    Raises:
        ServiceError: `checks.no_rule`.
    """
    return _due(city, PUBLICATION, WHOLE, recorded_on)


def mend_by(city: Place, served_on: date) -> Due:
    """Return by when what was found is mended, where the officer sets nothing else.

    Raises:
        ServiceError: `checks.no_rule`.
    """
    return _due(city, RECTIFICATION, "mend", served_on)


def look_by(city: Place, proved_on: date) -> Due:
    """Return by when somebody looks again at what was mended.

    Raises:
        ServiceError: `checks.no_rule`.
    """
    return _due(city, RECTIFICATION, "look_again", proved_on)


def procedure_due(city: Place, part: str, starts_on: date) -> Due:
    """Return by when a part of the procedure of a penalty ends: `decide`, `deliver`, `pay`.

    Raises:
        ServiceError: `checks.no_rule`.
    """
    return _due(city, PROCEDURE, part, starts_on)


def _due(city: Place, rule: str, part: str, starts_on: date) -> Due:
    try:
        book = rulebook_now(city)
        value = book.value(rule, Asked(area=area_of_city(city), on=starts_on))
        found: tuple[InspectionDue, ...] = inspection_dues(
            book[rule], value, {part: starts_on}, calendar=work_calendar()
        )
    except (NotInForceError, UnknownRuleError, BadRuleError) as error:
        raise ServiceError("checks.no_rule", rule=rule, day=starts_on.isoformat()) from error
    return Due(on=found[0].due.on, citation=found[0].citation)
