"""A look at the XML of an .xlsx before a reader builds its cells: traps, errors, percent formats.

The reader leaves out cells that hold an error and gives numbers without their format; both are
found here. It also gives up the whole process on a cell in the last corner, so far cells are refused.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field
from html import unescape

from shuiheng.adapters.containers.errors import ContainerRefusedError
from shuiheng.adapters.containers.parts import check_markup, is_xml, part_bytes
from shuiheng.adapters.workbooks.limits import WorkbookLimits
from shuiheng.adapters.workbooks.markup import every, first, related_parts, relation_ids, tree

_Q = rb"\s?=\s?[\"']"
_FAR = re.compile(
    rb"<(?:\w{1,9}:)?c\s[^<>]{0,200}?\br" + _Q + rb"([A-Z]{2,3}[0-9]{1,7}|[A-Z][0-9]{6,7})[\"'][^<>]{0,200}>"
    rb"\s{0,20}<(?:\w{1,9}:)?(?:v|is|f)\b"
)
_MARKED = re.compile(
    rb"<(?:\w{1,9}:)?c\s([^<>]{0,300}[^<>/])>\s{0,20}"
    rb"(<(?:\w{1,9}:)?f\b[^<>]{0,900}(?:/>|>[^<]{0,9000}</(?:\w{1,9}:)?f>))?\s{0,20}"
    rb"(?:<(?:\w{1,9}:)?v\b[^<>]{0,60}>([^<]{0,40}))?"
)
_FORMULA = re.compile(rb"<(?:\w{1,9}:)?(?:f|formula[12]?|definedName)\b[^<>]{0,900}>([^<]{1,9000})")
_QUOTED = re.compile(r"\"[^\"]{0,9000}\"")
_REACHING = re.compile(
    r"\b(?:DDE|WEBSERVICE|RTD|CALL|REGISTER(?:\.ID)?|EXEC|FILTERXML|IMPORTDATA)\s{0,9}\(", re.I
)
_IS_FAULT = re.compile(rb"\bt" + _Q + rb"e[\"']")
_IS_TEXT = re.compile(rb"\bt" + _Q + rb"str[\"']")
_PLACE = re.compile(rb"\br" + _Q + rb"([A-Z]{1,3})([1-9][0-9]{0,6})[\"']")
_STYLE = re.compile(rb"\bs" + _Q + rb"([0-9]{1,6})[\"']")
_BUILT_IN_PERCENTS = (9, 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetMarks:
    """What a reader of values leaves out, by place counted from 0."""

    faults: dict[tuple[int, int], str] = field(default_factory=dict)
    percents: set[tuple[int, int]] = field(default_factory=set)


@dataclass(frozen=True, slots=True, kw_only=True)
class BookMarks:
    """The marks of each sheet by name, and how its days count."""

    sheets: dict[str, SheetMarks]
    is_1904: bool = False


def scanned(content: bytes, limits: WorkbookLimits) -> BookMarks:
    """Return the marks of an .xlsx.

    Raises:
        ContainerRefusedError: A part holds entities, a formula that reaches outside, or cells too far away.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {part.filename.lower(): part.filename for part in archive.infolist()}
        percents = _percent_styles(archive, parts, limits)
        places, is_1904 = _sheet_parts(archive, parts, limits)
        sheets: dict[str, SheetMarks] = {}
        for small, name in sorted(parts.items()):
            if not is_xml(name) or name.endswith(".rels"):
                continue
            xml = part_bytes(archive, name, limits)
            _check_encoding(xml, name)
            check_markup(xml, name)
            _check_formulas(xml, name)
            if small in places:
                sheets[places[small]] = _marks(xml, percents, limits, sheet=places[small])
    return BookMarks(sheets=sheets, is_1904=is_1904)


def _check_encoding(xml: bytes, name: str) -> None:
    """Refuse XML that is not UTF-8, in which the checks of bytes would see nothing."""
    head = xml[:200]
    stated = re.search(rb"encoding\s*=\s*[\"']([^\"']{1,40})", head)
    if b"\x00" in head or (stated and stated[1].lower() not in (b"utf-8", b"utf8", b"us-ascii")):
        raise ContainerRefusedError("odd_encoding", part=name)


def _check_formulas(xml: bytes, name: str) -> None:
    """Refuse a formula that calls another program (`app|topic!item`) or fetches from elsewhere."""
    for found in _FORMULA.finditer(xml):
        words = _QUOTED.sub("", unescape(found[1].decode("utf-8", "replace")))
        topic = words.partition("|")[2]
        if "!" in topic or _REACHING.search(words):
            raise ContainerRefusedError("active_formula", part=name)


def _marks(xml: bytes, percents: set[bytes], limits: WorkbookLimits, *, sheet: str) -> SheetMarks:
    for far in _FAR.finditer(xml):
        row, column = _numbers(far[1])
        if column >= limits.columns:
            raise ContainerRefusedError(
                "too_many_columns", sheet=sheet, cell=far[1].decode(), limit=str(limits.columns)
            )
        if row >= limits.rows:
            raise ContainerRefusedError(
                "too_many_rows", sheet=sheet, cell=far[1].decode(), limit=str(limits.rows)
            )
    return _cell_marks(xml, percents)


def _cell_marks(xml: bytes, percents: set[bytes]) -> SheetMarks:
    marks = SheetMarks()
    has_faults = _IS_FAULT.search(xml) is not None or re.search(rb"<(?:\w{1,9}:)?f\b", xml) is not None
    if not has_faults and not percents:
        return marks
    for cell in _MARKED.finditer(xml):
        attributes, formula, value = cell[1], cell[2], cell[3]
        place = _PLACE.search(attributes)
        if place is None:
            continue
        at = _numbers(place[1] + place[2])
        if _IS_FAULT.search(attributes):
            marks.faults[at] = (value or b"#N/A").decode("ascii", "replace")
        elif formula is not None and not value and not _IS_TEXT.search(attributes):
            marks.faults[at] = "="
        style = _STYLE.search(attributes)
        if style is not None and style[1] in percents:
            marks.percents.add(at)
    return marks


def _numbers(place: bytes) -> tuple[int, int]:
    """Return row and column of a place such as `AB12`, counted from 0."""
    letters = place.rstrip(b"0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + letter - 64
    return int(place[len(letters) :]) - 1, column - 1


def _percent_styles(archive: zipfile.ZipFile, parts: dict[str, str], limits: WorkbookLimits) -> set[bytes]:
    """Return the numbers of cell styles that show a percent sign."""
    if "xl/styles.xml" not in parts:
        return set()
    root = tree(part_bytes(archive, parts["xl/styles.xml"], limits))
    own = {str(each.get("numFmtId")) for each in every(root, "numFmt") if "%" in str(each.get("formatCode"))}
    known = own | {str(number) for number in _BUILT_IN_PERCENTS}
    styles = first(root, "cellXfs")
    return (
        set()
        if styles is None
        else {
            str(index).encode()
            for index, style in enumerate(every(styles, "xf"))
            if style.get("numFmtId") in known
        }
    )


def _sheet_parts(
    archive: zipfile.ZipFile, parts: dict[str, str], limits: WorkbookLimits
) -> tuple[dict[str, str], bool]:
    """Return the name of the sheet by its part, and whether days count from 1904."""
    if "xl/workbook.xml" not in parts or "xl/_rels/workbook.xml.rels" not in parts:
        raise ContainerRefusedError("damaged")
    book = tree(part_bytes(archive, parts["xl/workbook.xml"], limits))
    relations = tree(part_bytes(archive, parts["xl/_rels/workbook.xml.rels"], limits))
    targets = related_parts(relations)
    names: dict[str, str] = {}
    for sheet in every(book, "sheet"):
        names |= {targets[each]: str(sheet.get("name")) for each in relation_ids(sheet) if each in targets}
    state = first(book, "workbookPr")
    return names, state is not None and state.get("date1904") in ("1", "true")
