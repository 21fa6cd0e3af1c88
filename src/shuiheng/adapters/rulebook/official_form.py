"""The form of official documents: measures of the standard and settings that keep it."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from importlib.resources.abc import Traversable

from shuiheng.adapters.rulebook.files import read_file, rulebook_folder
from shuiheng.adapters.rulebook.sources import check_checked
from shuiheng.adapters.rulebook.strict_yaml import Entry
from shuiheng.reports.official_form import FontRole, OfficialForm, PageForm, PlaceForm, TextForm

FILE = "documents/gb_t_9704.yaml"
PAGE = {
    "page": (
        "width_mm",
        "height_mm",
        "top_mm",
        "binding_mm",
        "text_width_mm",
        "text_height_mm",
        "tolerance_mm",
    ),
    "grid": ("lines", "characters"),
}
# Group of the file, field of the file, field of the form.
TEXT = (
    ("grid", "body_pt", "body_pt"),
    ("title", "size_pt", "title_pt"),
    ("imprint", "size_pt", "imprint_pt"),
    ("page_number", "size_pt", "page_number_pt"),
    ("free", "table_pt", "table_pt"),
    ("free", "table_line_pt", "table_line_pt"),
    ("free", "provenance_pt", "provenance_pt"),
    ("free", "letterhead_largest_pt", "letterhead_largest_pt"),
    ("setting", "grid_pitch_twips", "grid_pitch_twips"),
    ("setting", "line_pt", "line_pt"),
    ("setting", "spacing_twips", "spacing_twips"),
)
PLACES = (
    ("title", "blank_lines_before", "blank_before_title"),
    ("body", "blank_lines_before_addressees", "blank_before_addressees"),
    ("body", "blank_lines_before_annex_note", "blank_before_annex_note"),
    ("body", "first_line_characters", "first_line_characters"),
    ("body", "annex_note_characters", "annex_note_characters"),
    ("letterhead", "blank_lines_before_number", "blank_before_number"),
    ("letterhead", "below_text_top_mm", "letterhead_below_text_top_mm"),
    ("letterhead", "rule_below_number_mm", "rule_below_number_mm"),
    ("free", "letterhead_rule_pt", "letterhead_rule_pt"),
    ("free", "blank_lines_before_signature", "blank_before_signature"),
    ("annex", "title_line", "annex_title_line"),
    ("signature", "day_right_characters", "day_right_characters"),
    ("signature", "contact_left_characters", "contact_left_characters"),
    ("imprint", "side_characters", "imprint_side_characters"),
    ("imprint", "thick_rule_mm", "thick_rule_mm"),
    ("imprint", "thin_rule_mm", "thin_rule_mm"),
    ("page_number", "outer_characters", "page_number_outer_characters"),
    ("page_number", "below_text_mm", "page_number_below_text_mm"),
)
REASONED = ("setting", "free")


@cache
def load_official_form() -> OfficialForm:
    """Return the form of official documents of the rulebook.

    Raises:
        RulebookError: Its file breaks a rule.
    """
    return read_official_form(rulebook_folder())


def read_official_form(folder: Traversable) -> OfficialForm:
    """Return the form of the file below a folder; each group names its clause or its reason."""
    entry = read_file(folder, FILE)
    groups = _fields_by_group()
    entry.only("name", "source", "from", "checked", "fonts", *groups)
    check_checked(entry)
    source = entry.take("source", str)
    if not folder.joinpath("sources", f"{source}.yaml").is_file():
        raise entry.at("source").refuse(f"there is no source `{source}`", "Add its file in sources/.")
    entry.take("from", object)
    for name, fields in groups.items():
        _check_group(entry, name, fields)
    page = {field: _number(entry, group, field) for group, fields in PAGE.items() for field in fields}
    return OfficialForm(
        source=source,
        page=PageForm(**page),
        text=TextForm(**{to: _number(entry, group, field) for group, field, to in TEXT}),
        places=PlaceForm(**{to: _number(entry, group, field) for group, field, to in PLACES}),
        fonts=_fonts(entry),
    )


def _fields_by_group() -> dict[str, tuple[str, ...]]:
    pairs = [(group, field) for group, fields in PAGE.items() for field in fields]
    pairs += [(group, field) for group, field, _ in (*TEXT, *PLACES)]
    return {group: tuple(field for name, field in pairs if name == group) for group, _ in pairs}


def _check_group(entry: Entry, name: str, fields: tuple[str, ...]) -> None:
    entry.take(name, dict)
    reason = "why" if name in REASONED else "at"
    entry.at(name).only(reason, *fields)
    entry.at(name).take(reason, str)


def _number(entry: Entry, group: str, field: str) -> Decimal:
    number = entry.at(group).number(field)
    if number <= 0 and field != "spacing_twips":
        raise entry.at(group).at(field).refuse(f"`{field}` is not above zero", "Mend the number.")
    return number


def _fonts(entry: Entry) -> tuple[tuple[FontRole, tuple[str, ...]], ...]:
    entry.take("fonts", dict)
    fonts = entry.at("fonts")
    fonts.only("at", *(role.value for role in FontRole))
    fonts.take("at", str)
    named = tuple((role, fonts.words(role.value)) for role in FontRole)
    for role, names in named:
        if not names:
            raise fonts.at(role.value).refuse(f"`{role}` names no typeface", "Name at least one.")
    return named
