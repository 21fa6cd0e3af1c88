"""Workbooks made to do harm, or to be taken for what they are not; each by one known trick."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
from collections.abc import Iterator, Mapping

from adapters.workbooks.legacy_making import book_of, compound, record, text, xls_of

TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = f'<Relationships xmlns="{_PACKAGE}">{{}}</Relationships>'
BOOK = (
    f'<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}">'
    '<sheets><sheet name="表一" sheetId="1" r:id="r1"/></sheets>'
    "{}</workbook>"
)
SHEET = f'{{}}<worksheet xmlns="{MAIN}"><sheetData>{{}}</sheetData></worksheet>'
CELL = '<c r="{}" t="str"><v>{}</v></c>'
Parts = Mapping[str, str | bytes]
Case = tuple[str, bytes, str]


def zip_of(parts: Parts) -> bytes:
    """Return an archive with these parts."""
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def package(cells: str = "", *, head: str = "", names: str = "", **parts: str | bytes) -> bytes:
    """Return an .xlsx with one sheet; further parts by path with `__` for `/`."""
    row = f'<row r="1">{cells or CELL.format("A1", "x")}</row>' if not cells.startswith("<row") else cells
    own: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELATIONS.format(
            f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
        ),
        "xl/workbook.xml": BOOK.format(names),
        "xl/_rels/workbook.xml.rels": RELATIONS.format(
            f'<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        ),
        "xl/worksheets/sheet1.xml": SHEET.format(head, row),
    }
    return zip_of(own | {name.replace("__", "/"): content for name, content in parts.items()})


def with_part(path: str, content: str | bytes = b"x") -> bytes:
    """Return an .xlsx with one further part."""
    return package(**{path.replace("/", "__"): content})


def files() -> Iterator[Case]:
    """Yield name, content and cause of every hostile file."""
    yield from _archives()
    yield from _packages()
    yield from _sheets()
    yield from _false_names()
    yield from _legacy()
    yield from _open_sheets()
    yield from _texts()


def _archives() -> Iterator[Case]:
    good = package()
    yield "bomb.xlsx", with_part("xl/media/a.xml", b"0" * 30_000_000), "bomb"
    yield "parts.xlsx", package(**{f"xl__p{n}.xml": "" for n in range(300)}), "too_many_parts"
    for number, path in enumerate(("../a.xml", "/a.xml", "C:a.xml", "xl\\..\\a.xml")):
        yield f"path{number}.xlsx", _renamed(good, path), "path_escapes"
    yield "twice.xlsx", zip_of({"[Content_Types].xml": TYPES, "a.xml": "1", "A.xml": "2"}), "duplicate_part"
    yield "nested.xlsx", with_part("xl/media/a.zip"), "nested_archive"
    yield "inner.xlsx", with_part("xl/media/a.docx"), "nested_archive"
    yield "headers.xlsx", good.replace(b"xl/workbook.xml", b"xl/workbooq.xml", 1), "headers_differ"
    yield "prefix.xlsx", b"MZ" + good, "false_extension"
    yield "suffix.xlsx", good + b"%PDF-1.7", "polyglot"
    yield "cut.xlsx", good[:200], "damaged_archive"
    yield "locked_zip.xlsx", _flagged(good), "encrypted"
    yield "overlap.xlsx", _overlapping(good), "overlapping_parts"


def _renamed(content: bytes, path: str) -> bytes:
    """Return the archive with a part added under a name that zipfile would not write."""
    extra = "q" * len(path)
    return package(**{extra: "x"}).replace(extra.encode(), path.encode()) if content else b""


def _flagged(content: bytes) -> bytes:
    changed = bytearray(content)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        changed[changed.find(mark) + offset] |= 1
    return bytes(changed)


def _overlapping(content: bytes) -> bytes:
    changed = bytearray(content)
    last = changed.rfind(b"PK\x01\x02")
    changed[last + 42 : last + 46] = struct.pack("<I", 0)
    return bytes(changed)


def _packages() -> Iterator[Case]:
    yield "macro.xlsx", with_part("xl/vbaProject.bin"), "macros"
    yield "macro_sheet.xlsx", with_part("xl/macrosheets/sheet1.xml"), "macros"
    yield "dialog.xlsx", with_part("xl/dialogsheets/sheet1.xml"), "macros"
    yield "ribbon.xlsx", with_part("customUI/customUI.xml"), "macros"
    enabled = TYPES.replace("sheet.main", "sheet.macroEnabled.main")
    yield "enabled.xlsx", package(**{"[Content_Types].xml": enabled}), "macros"
    yield "object.xlsx", with_part("xl/embeddings/oleObject1.bin"), "embedded"
    yield "control.xlsx", with_part("xl/activeX/activeX1.xml"), "embedded"
    yield "program.xlsx", with_part("xl/media/a.exe"), "embedded"
    yield "link.xlsx", with_part("xl/externalLinks/externalLink1.xml"), "external_part"
    yield "query.xlsx", with_part("xl/queryTables/queryTable1.xml"), "external_part"
    yield "connection.xlsx", with_part("xl/connections.xml"), "external_part"
    yield "extension.xlsx", with_part("xl/webextensions/webextension1.xml"), "external_part"
    outside = (
        f'<Relationship Id="r1" Type="{_OFFICE}/image" TargetMode="External" Target="http://a.invalid"/>'
    )
    relations = {"xl__worksheets___rels__sheet1.xml.rels": RELATIONS.format(outside)}
    yield "picture.xlsx", package(**relations), "external_part"
    word = TYPES.replace("spreadsheetml.sheet", "wordprocessingml.document")
    yield "word.xlsx", zip_of({"[Content_Types].xml": word, "word/document.xml": "<a/>"}), "false_extension"
    yield "plain_zip.xlsx", zip_of({"a.txt": "x"}), "false_extension"
    yield "no_book.xlsx", zip_of({"[Content_Types].xml": TYPES, "xl/a.xml": "<a/>"}), "damaged"


def _sheets() -> Iterator[Case]:
    laughs = "<!DOCTYPE w [<!ENTITY a 'ha'>" + "".join(
        f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(10)
    )
    yield "laughs.xlsx", package(CELL.format("A1", "&k;"), head=laughs + "]>"), "xml_entities"
    outside = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    yield "entity.xlsx", package(CELL.format("A1", "&x;"), head=outside), "xml_entities"
    yield "shared.xlsx", with_part("xl/sharedStrings.xml", f"{outside}<sst/>"), "xml_entities"
    wide = '<?xml version="1.0" encoding="utf-16"?><worksheet/>'.encode("utf-16")
    yield "wide.xlsx", with_part("xl/worksheets/sheet1.xml", wide), "odd_encoding"
    formula = '<c r="A1"><f>{}</f><v>1</v></c>'
    yield "dde.xlsx", package(formula.format("cmd|'/C calc'!A0")), "active_formula"
    yield "dde_hidden.xlsx", package(formula.format("cmd&#124;'/C calc'!A0")), "active_formula"
    yield "web.xlsx", package(formula.format('WEBSERVICE("http://a.invalid")')), "active_formula"
    yield "rtd.xlsx", package(formula.format('rtd ("a.b",,"c")')), "active_formula"
    named = "<definedNames><definedName name=\"x\">cmd|'/C calc'!A0</definedName></definedNames>"
    yield "named.xlsx", package(names=named), "active_formula"
    corner = (
        f'<row r="1">{CELL.format("A1", "x")}</row><row r="1048576">{CELL.format("XFD1048576", "x")}</row>'
    )
    yield "corner.xlsx", package(corner), "too_many_columns"
    nameless = f'<row r="1">{CELL.format("A1", "x")}</row><row r="1048576"><c t="str"><v>x</v></c></row>'
    yield "nameless.xlsx", package(nameless), "too_many_rows"
    yield "far.xlsx", package(f'<row r="900000">{CELL.format("A900000", "x")}</row>'), "too_many_rows"
    yield "wide_row.xlsx", package(CELL.format("GS1", "x")), "too_many_columns"
    gap = f'<row r="1">{CELL.format("A1", "x")}</row><row r="400">{CELL.format("A400", "x")}</row>'
    yield "gap.xlsx", package(gap), "far_row"
    yield "long.xlsx", package(CELL.format("A1", "x" * 40_000)), "cell_too_long"
    yield "broken.xlsx", with_part("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row>"), "damaged"


def _false_names() -> Iterator[Case]:
    yield "a.xlsm", package(), "macros"
    yield "a.xlsb", package(), "macros"
    yield "a.exe.xlsx", package(), "double_extension"
    yield "表.et", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "wps_form"
    yield "a.numbers", package(), "unknown_form"
    yield "noending", package(), "unknown_form"
    yield "pdf.xlsx", b"%PDF-1.7\n", "false_extension"
    yield "rar.xlsx", b"Rar!\x1a\x07\x00", "false_extension"
    yield "web.xls", b"<html><body><table><tr><td>1</td></tr></table></body></html>", "false_extension"
    yield "page.csv", b"<html><script>alert(1)</script></html>", "false_extension"
    yield "program.csv", b"MZ" + bytes(200), "false_extension"
    yield "renamed.xls", package(), "false_extension"
    locked = "EncryptedPackage".encode("utf-16-le")
    yield "locked.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + locked, "encrypted"
    yield "empty.xlsx", b"", "empty"
    yield "large.csv", b"a," * (11 * 1024 * 1024), "too_large"


def _legacy() -> Iterator[Case]:
    rows = [["编号"], ["A1"]]
    book = book_of(rows)
    yield "macro.xls", compound({"Workbook": book, "_VBA_PROJECT_CUR": b"x"}), "macros"
    yield "object.xls", compound({"Workbook": book, "MBD00012345": b"x"}), "embedded"
    yield "locked.xls", xls_of(rows, before=record(0x002F, bytes(54))), "encrypted"
    yield "macro_sheet.xls", xls_of(rows, kind=1), "macros"
    link = record(0x01AE, struct.pack("<H", 1) + text("\x01a.xls"))
    yield "link.xls", xls_of(rows, before=link), "external_part"
    dde = record(0x01AE, struct.pack("<H", 0) + text("cmd\x03/C calc"))
    yield "dde.xls", xls_of(rows, before=dde), "dynamic_link"
    yield "old.xls", compound({"Book": book}), "too_old"
    yield "fifth.xls", xls_of(rows, edition=0x0500), "too_old"
    yield "word.xls", compound({"WordDocument": b"x"}), "false_extension"
    yield "loop.xls", compound({"Workbook": book}, loop=True), "damaged"
    yield "cut.xls", xls_of(rows)[:700], "damaged"
    yield "zip.xls", xls_of(rows) + zip_of({"a": "x"}), "polyglot"


def _open_sheets() -> Iterator[Case]:
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    plain = {"mimetype": kind, "content.xml": "<office:document-content/>"}
    yield "macro.ods", zip_of({**plain, "Basic/script-lc.xml": "<a/>"}), "macros"
    yield "object.ods", zip_of({**plain, "Object 1/content.xml": "<a/>"}), "embedded"
    yield "locked.ods", zip_of({**plain, "META-INF/manifest.xml": "<encryption-data/>"}), "encrypted"
    yield (
        "text.ods",
        zip_of({**plain, "mimetype": "application/vnd.oasis.opendocument.text"}),
        "false_extension",
    )
    yield "dde.ods", zip_of({**plain, "content.xml": "<a><table:dde-link/></a>"}), "external_part"
    yield "link.ods", zip_of({**plain, "content.xml": "<a><table:table-source/></a>"}), "external_part"
    yield "entity.ods", zip_of({**plain, "content.xml": "<!DOCTYPE a [<!ENTITY x 'y'>]><a/>"}), "xml_entities"
    yield "broken.ods", zip_of({**plain, "content.xml": "<a"}), "damaged"


def _texts() -> Iterator[Case]:
    yield "binary.csv", bytes(range(1, 9)) * 400, "not_text"
    yield "wide.csv", b",".join([b"x"] * 201), "too_many_columns"
    yield "long.csv", b'"' + b"x" * 40_000 + b'"', "cell_too_long"
    yield "gap.csv", b"a,b\n" + b"\n" * 300 + b"c,d\n", "far_row"
    yield "zip.csv", b"a,b\n" + zip_of({"a": "x"}), "polyglot"
    yield "rows.csv", b"1,2\n" * 200_001, "too_many_rows"
