"""The measures of an official document (公文), as values that the rulebook fills."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class FontRole(StrEnum):
    """Where a typeface is used."""

    BODY = "body"
    FIRST_LEVEL = "first_level"
    SECOND_LEVEL = "second_level"
    TITLE = "title"
    PAGE_NUMBER = "page_number"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageForm:
    """Paper and margins in millimetres, and the grid of lines and characters."""

    width_mm: Decimal
    height_mm: Decimal
    top_mm: Decimal
    binding_mm: Decimal
    text_width_mm: Decimal
    text_height_mm: Decimal
    tolerance_mm: Decimal
    lines: Decimal
    characters: Decimal

    @property
    def bottom_mm(self) -> Decimal:
        """White below the text."""
        return self.height_mm - self.top_mm - self.text_height_mm

    @property
    def outer_mm(self) -> Decimal:
        """White on the side away from the binding."""
        return self.width_mm - self.binding_mm - self.text_width_mm


@dataclass(frozen=True, slots=True, kw_only=True)
class TextForm:
    """Sizes of type in points, and the settings by which a line holds its characters."""

    body_pt: Decimal
    title_pt: Decimal
    imprint_pt: Decimal
    page_number_pt: Decimal
    table_pt: Decimal
    table_line_pt: Decimal
    provenance_pt: Decimal
    letterhead_largest_pt: Decimal
    grid_pitch_twips: Decimal
    line_pt: Decimal
    spacing_twips: Decimal

    @property
    def character_pt(self) -> Decimal:
        """Width of one character of the body with its spacing."""
        return self.body_pt + self.spacing_twips / 20


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceForm:
    """Where the parts stand: blank lines, characters from the side, millimetres, rules."""

    blank_before_title: Decimal
    blank_before_addressees: Decimal
    blank_before_annex_note: Decimal
    blank_before_number: Decimal
    blank_before_signature: Decimal
    annex_title_line: Decimal
    first_line_characters: Decimal
    annex_note_characters: Decimal
    day_right_characters: Decimal
    contact_left_characters: Decimal
    imprint_side_characters: Decimal
    page_number_outer_characters: Decimal
    page_number_below_text_mm: Decimal
    letterhead_below_text_top_mm: Decimal
    rule_below_number_mm: Decimal
    thick_rule_mm: Decimal
    thin_rule_mm: Decimal
    letterhead_rule_pt: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialForm:
    """Everything that a writer must know of the form of an official document (公文格式).

    Args:
        source: Id of the standard in the rulebook.
        page: Paper, margins, grid.
        text: Sizes and settings.
        places: Where the parts stand.
        fonts: Names of typefaces for each role: the first is printed, the others stand in.
    """

    source: str
    page: PageForm
    text: TextForm
    places: PlaceForm
    fonts: tuple[tuple[FontRole, tuple[str, ...]], ...]

    def font(self, role: FontRole) -> str:
        """Return the name of the typeface for a role."""
        return dict(self.fonts)[role][0]
