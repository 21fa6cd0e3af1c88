"""The form in which programs read indicators, series and figures."""

from __future__ import annotations

from typing import Annotated, Any

from ninja import Field, Schema

from shuiheng.web.api.schemas import KEY_MAX, TargetOut

Year = Annotated[int, Field(ge=1949, le=2100)]


class PlaceOut(Schema):
    """A city or district."""

    id: int
    slug: str
    name: str
    kind: str
    code: str
    parent: int | None = None


class PlacePage(Schema):
    """One helping of places."""

    items: list[PlaceOut]
    next_cursor: int | None = None


class UnitOut(Schema):
    """A unit; its names stand in `zh` and `en`."""

    id: str
    names: dict[str, str] = Field(default_factory=dict)


class FactKindOut(Schema):
    """A fact that a formula asks for."""

    id: str
    names: dict[str, str]
    unit: UnitOut


class ClauseOut(Schema):
    """A clause on which a definition rests, with the title of its source."""

    source: str
    title: str
    clause: str
    mark: str


class PartOut(Schema):
    """What can be meant in several ways, with the formula of each; `usual` is meant when nothing is said."""

    id: str
    names: dict[str, str]
    usual: str
    choices: dict[str, dict[str, str]]
    formulas: dict[str, str]


class DefinitionVersionOut(Schema):
    """An indicator as it is defined from a day on."""

    number: int
    valid_from: str
    valid_to: str | None = None
    formula: str
    unit: UnitOut
    price_basis: dict[str, str]
    scope: dict[str, str]
    needs_base_year: bool
    facts: list[FactKindOut]
    parts: list[PartOut]
    clauses: list[ClauseOut]


class IndicatorOut(Schema):
    """An indicator with all versions of its definition."""

    id: str
    names: dict[str, str]
    better: str
    course: str
    note: dict[str, str]
    versions: list[DefinitionVersionOut]


class IndicatorPage(Schema):
    """One helping of indicators."""

    items: list[IndicatorOut]
    next_cursor: int | None = None


class SeriesAsked(Schema):
    """Which series: of what, of which place, for which years."""

    of: str = Field(
        "indicator:water_use_total",
        max_length=80,
        pattern=r"^(use|(indicator|fact):[a-z][a-z0-9_]{0,60})$",
        description="`indicator:` or `fact:` with an id, or `use` for the water that meters tell by month.",
        examples=["indicator:water_use_total", "fact:gdp", "use"],
    )
    place: int | None = Field(None, ge=1, le=KEY_MAX, description="Key of a place; the own city unless told.")
    first: Year | None = None
    last: Year | None = None
    base_year: Year | None = Field(None, description="The year with which an indicator compares.")
    choice: list[Annotated[str, Field(max_length=120)]] = Field(
        default_factory=list,
        max_length=8,
        description="`part:choice`, where an indicator can be meant in several ways.",
    )


class SeriesOut(Schema):
    """A series; values are decimals as text, and null where they are not known."""

    of: str
    place: int
    place_name: str
    unit: UnitOut
    points: list[dict[str, Any]]


class TargetStandingOut(Schema):
    """How a target stood when it was judged last; `unknown` names what is missing."""

    place: int
    place_name: str
    on: str
    standing: str
    why: str
    served_by: str
    problem: str
    is_share: bool
    value: str | None = None
    path: str | None = None
    distance: str | None = None
    up_to: str | None = None
    since: str
    indicator: str | None = None
    missing: list[Any]


class JudgedTargetOut(TargetOut):
    """A target of the register with how it stands, for its city and for districts that have a share."""

    standings: list[TargetStandingOut]


class JudgedTargetPage(Schema):
    """One helping of targets."""

    items: list[JudgedTargetOut]
    next_cursor: int | None = None


class FigureDerivationOut(Schema):
    """An official figure with the tree from its value to the facts."""

    figure: int
    subject: str
    place: int
    year: int
    up_to: str
    value: str | None = None
    unit: str
    digest: str
    code_version: str
    released_at: str
    is_superseded: bool
    derivation: dict[str, Any]
