"""Files made to do harm, each by one known trick; small on disk, large or endless in what they ask."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    'officeDocument" Target="word/document.xml"/></Relationships>'
)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def files() -> Iterator[tuple[str, bytes]]:
    """Yield (name, content) of every hostile file."""
    yield from _words()
    yield from _pages()
    yield from _archives()
    yield from _prints()


def word_file(body: str, *, head: str = "", parts: dict[str, bytes] | None = None) -> bytes:
    """Return a Word file with `body` in its document part."""
    document = f'<?xml version="1.0"?>{head}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return archive(
        {
            "[Content_Types].xml": CONTENT_TYPES.encode(),
            "_rels/.rels": RELATIONS.encode(),
            "word/document.xml": document.encode(),
            **(parts or {}),
        }
    )


def archive(parts: dict[str, bytes]) -> bytes:
    """Return an archive of the parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    return out.getvalue()


def texts(scale: int = 1) -> dict[str, str]:
    """Return texts that tempt a careless rule to look at each place from each other place."""
    return {
        "open_brackets": "（" * (40_000 * scale),
        "closed_brackets": "）" * (40_000 * scale),
        "nested_pairs": "（牵头单位：" * (4_000 * scale) + "）" * (4_000 * scale),
        "one_long_line": "到2025年，建成节水型小区3个、" * (6_000 * scale),
        "only_separators": "、" * (60_000 * scale),
        "only_digits": "1" * (60_000 * scale),
        "digits_and_dots": "1.1." * (15_000 * scale),
        "chinese_digits": "一万亿零" * (12_000 * scale),
        "spaces": " \t　" * (20_000 * scale),
        "line_feeds": "\n" * (60_000 * scale),
        "headings": "一、\n（一）\n1.\n" * (6_000 * scale),
        "quotes": "“" * (30_000 * scale) + "《" * (30_000 * scale),
        "same_unit": "（" + "市水利局、" * (8_000 * scale) + "牵头）",
        "years": "2020年" * (15_000 * scale),
        "ranges": "1-2-3~4至5—" * (6_000 * scale),
        "shares": "其中" * (20_000 * scale) + "3家",
        "ratios": "较2015年分别降低1%、2%和" * (4_000 * scale),
        "tabs": "\t" * (60_000 * scale),
        "lone_surrogate_bytes": b"\xed\xa0\x80".decode("latin-1") * (2_000 * scale),
        "wide_rows": ("1" + "\t" * 300 + "牵头单位" + "\t" * 300 + "\n") * (8 * scale),
        "line_separators": "\u2028" * (4_000 * scale) + "附件",
        "directions": "\u202e市水利局\u202c" * (3_000 * scale),
        "combining": "漏" + "\u0301" * (30_000 * scale),
    }


def _words() -> Iterator[tuple[str, bytes]]:
    for name, text in texts().items():
        yield f"{name}.txt", text.encode("utf-8", "surrogatepass")
    yield "nulls.txt", b"\x00" * 50_000
    yield "half_character.txt", "节水".encode()[:-1] * 5_000
    yield "utf16.txt", "到2025年，漏损率控制在9%以内。".encode("utf-16")
    yield "not_text.txt", bytes(range(256)) * 200
    yield "empty.txt", b""


def _pages() -> Iterator[tuple[str, bytes]]:
    head = b"<!DOCTYPE html><html><body>"
    yield "deep.html", head + b"<div>" * 20_000 + "到2025年".encode()
    yield "spans.html", head + b'<table><tr><td rowspan="99999" colspan="99999">x</td></tr></table>'
    yield (
        "many_spans.html",
        head + b"<table>" + b'<tr><td rowspan="1000" colspan="1000">x</td></tr>' * 200 + b"</table>",
    )
    yield (
        "bad_spans.html",
        head + b'<table><tr><td rowspan="-1" colspan="1e9">x</td><td rowspan="\xe4\xba\x8c">',
    )
    yield "nested_tables.html", head + b"<table><tr><td>" * 2_000
    yield "entities.html", head + b"&#1114112;&#55296;&bogus;&amp" * 5_000
    yield "bad_charset.html", b'<meta charset="rot13"><p>x</p>' + head
    yield "never_closed.html", head + b"<!-- " + b"x" * 50_000
    yield "script.html", head + b"<script>" + b"while(1);" * 5_000
    yield "attributes.html", head + b"<p " + b"a=1 " * 20_000 + b">x</p>"


def _archives() -> Iterator[tuple[str, bytes]]:
    outside = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    laughs = "<!DOCTYPE w [<!ENTITY a 'ha'>" + "".join(
        f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(10)
    )
    paragraph = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    yield "outside_entity.docx", word_file(paragraph.format("&x;"), head=outside)
    yield "many_laughs.docx", word_file(paragraph.format("&k;"), head=laughs + "]>")
    yield "bomb.docx", word_file("", parts={"word/media/a.xml": b"0" * 30_000_000})
    yield "climbing.docx", word_file("", parts={"../../etc/cron.d/x": b"x"})
    yield "many_parts.docx", word_file("", parts={f"word/p{n}.xml": b"x" for n in range(3_000)})
    yield "macro.docx", word_file("", parts={"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"})
    yield "deep.docx", word_file("<w:tbl><w:tr><w:tc>" * 3_000 + "</w:tc></w:tr></w:tbl>" * 3_000)
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="{}"/><w:vMerge/></w:tcPr><w:p/></w:tc>'
    wide = "".join(cell.format(n) for n in (99_999_999, -3, 0, "x"))
    yield "absurd_spans.docx", word_file(f"<w:tbl><w:tr>{wide}</w:tr></w:tbl>")
    yield (
        "skipped_columns.docx",
        word_file(
            '<w:tbl><w:tr><w:trPr><w:gridBefore w:val="99999999"/></w:trPr><w:tc><w:p/></w:tc></w:tr></w:tbl>'
        ),
    )
    yield "no_document.docx", archive({"[Content_Types].xml": CONTENT_TYPES.encode()})
    yield "no_archive.docx", b"PK\x03\x04" + b"\x00" * 400
    yield "really_text.docx", "到2025年，漏损率控制在9%以内。".encode()
    yield "really_word.txt", word_file("<w:p/>")
    yield "really_word.pdf", word_file("<w:p/>")


def _prints() -> Iterator[tuple[str, bytes]]:
    yield "only_a_head.pdf", b"%PDF-1.7\n"
    yield "no_end.pdf", b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
    loop = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>endobj\ntrailer<</Root 1 0 R/Size 3>>\n%%EOF"
    )
    yield "pages_in_a_circle.pdf", loop
    yield "many_pages.pdf", loop.replace(b"/Count 1", b"/Count 99999999")
    yield "nested_arrays.pdf", b"%PDF-1.4\n1 0 obj" + b"[" * 50_000 + b"endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    yield (
        "encrypted.pdf",
        loop.replace(b"/Root 1 0 R", b"/Root 1 0 R/Encrypt<</Filter/Standard/V 1/R 2/P -4>>"),
    )
