"""Ways to damage a file: its bytes, the parts of an archive, the tags of XML, the words of a text."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from copy import deepcopy
from random import Random

from lxml import etree

CONTROLS = "\x00\x01\x08\x0b\x0c\x1b\x7f\x85\u2028\u202e\ufeff\ufffe\ud7ff\U000e0001"
HUGE = ("9" * 400, "1e999999", "-1", "0", "2147483648", "NaN", "４２" * 40, "亿" * 50, "零" * 80)
BRACKETS = "（）〔〕【】()[]《》“”"
TAG = re.compile(r"<[^<>]{0,200}>")
NUMBER = re.compile(r"\d+")


def damaged_bytes(content: bytes, random: Random) -> bytes:
    """Return the bytes with some flipped, cut, doubled, moved or foreign."""
    wounds: list[Callable[[bytearray, Random], None]] = [_flip, _cut, _double, _insert, _zero]
    changed = bytearray(content)
    for _ in range(random.randint(1, 6)):
        if changed:
            random.choice(wounds)(changed, random)
    return bytes(changed)


def _flip(changed: bytearray, random: Random) -> None:
    for _ in range(random.randint(1, 12)):
        changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)


def _cut(changed: bytearray, random: Random) -> None:
    start = random.randrange(len(changed))
    end = len(changed) if random.random() < 0.5 else min(len(changed), start + random.randint(1, 400))
    del changed[start:end]


def _double(changed: bytearray, random: Random) -> None:
    start = random.randrange(len(changed))
    changed[start:start] = changed[start : start + random.randint(1, 2000)]


def _insert(changed: bytearray, random: Random) -> None:
    start = random.randrange(len(changed))
    changed[start:start] = random.randbytes(random.randint(1, 64))


def _zero(changed: bytearray, random: Random) -> None:
    start = random.randrange(len(changed))
    end = min(len(changed), start + random.randint(1, 64))
    changed[start:end] = bytes(end - start)


def damaged_archive(content: bytes, random: Random) -> bytes:
    """Return the archive with parts swapped, dropped, doubled, emptied or their XML damaged."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    for _ in range(random.randint(1, 3)):
        parts = _damaged_parts(parts, random)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts:
            archive.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    changed = out.getvalue()
    return damaged_bytes(changed, random) if random.random() < 0.1 else changed


def _damaged_parts(parts: list[tuple[str, bytes]], random: Random) -> list[tuple[str, bytes]]:
    one, other = random.randrange(len(parts)), random.randrange(len(parts))
    main = next((at for at, (name, _) in enumerate(parts) if name.endswith("document.xml")), one)
    way = random.random()
    if way < 0.1:
        first, second = parts[one], parts[other]
        parts[one], parts[other] = (first[0], second[1]), (second[0], first[1])
    elif way < 0.15 and len(parts) > 1:
        del parts[one]
    elif way < 0.2:
        parts[one] = (parts[one][0], b"")
    elif way < 0.25:
        parts[one] = (parts[one][0], damaged_bytes(parts[one][1] or b"x", random))
    elif way < 0.75:
        parts[main] = (parts[main][0], rearranged(parts[main][1], random))
    else:
        at = main if random.random() < 0.8 else one
        parts[at] = (parts[at][0], damaged_markup(parts[at][1], random))
    return parts


def rearranged(content: bytes, random: Random) -> bytes:
    """Return XML that is still well formed, with elements moved, doubled, dropped, or absurd attributes."""
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return content
    for _ in range(random.randint(1, 8)):
        elements = list(root.iter(etree.Element))[1:]
        if not elements:
            break
        one, other = random.choice(elements), random.choice(elements)
        way = random.random()
        if way < 0.3:
            other.append(deepcopy(one))
        elif way < 0.45 and one.getparent() is not None:
            one.getparent().remove(one)
        elif way < 0.6 and one not in other.iterancestors() and one is not other:
            other.append(one)
        elif way < 0.8 and one.attrib:
            one.set(random.choice(list(one.attrib)), random.choice((*HUGE, "", "restart", "true")))
        else:
            one.text = random.choice(("", "（牵头单位：", "到2025年，建成3个", "1．", "市水利局、" * 5))
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def damaged_markup(content: bytes, random: Random) -> bytes:
    """Return XML or HTML with tags dropped, doubled, moved, nested deeply, or numbers made absurd."""
    text = content.decode("utf-8", "replace")
    for _ in range(random.randint(1, 5)):
        text = random.choice(_MARKUP)(text, random)
    return text.encode("utf-8", "replace")


def _place(pattern: re.Pattern[str], text: str, random: Random) -> re.Match[str] | None:
    """Return a match near a random place, without listing them all."""
    return pattern.search(text, random.randrange(len(text) + 1)) or pattern.search(text)


def _drop_tag(text: str, random: Random) -> str:
    tag = _place(TAG, text, random)
    return text if tag is None else text[: tag.start()] + text[tag.end() :]


def _copy_tag(text: str, random: Random) -> str:
    tag = _place(TAG, text, random)
    at = random.randrange(len(text) + 1)
    return text if tag is None else text[:at] + tag.group() * random.choice((1, 2, 300)) + text[at:]


def _absurd_number(text: str, random: Random) -> str:
    found = _place(NUMBER, text, random)
    return text if found is None else text[: found.start()] + random.choice(HUGE) + text[found.end() :]


def _entity(text: str, random: Random) -> str:
    at = random.randrange(len(text) + 1)
    words = ("&bogus;", "&#0;", "&#x110000;", "<![CDATA[", "]]>", "<!--", "<?x", "&", "<", "<table><tr><td>")
    return text[:at] + random.choice(words) + text[at:]


def _move_slice(text: str, random: Random) -> str:
    start, to = random.randrange(len(text) + 1), random.randrange(len(text) + 1)
    length = random.randint(1, 3000)
    piece, rest = text[start : start + length], text[:start] + text[start + length :]
    return rest[:to] + piece + rest[to:]


_MARKUP = (_drop_tag, _copy_tag, _absurd_number, _entity, _move_slice)


def damaged_text(text: str, random: Random) -> str:
    """Return a text with brackets shuffled, control characters, long lines, absurd numbers."""
    for _ in range(random.randint(1, 5)):
        text = random.choice(_WORDS)(text, random)
    return text


def _shuffle_brackets(text: str, random: Random) -> str:
    marks = [char for char in text if char in BRACKETS]
    random.shuffle(marks)
    left = iter(marks)
    return "".join(next(left) if char in BRACKETS else char for char in text)


def _control(text: str, random: Random) -> str:
    at = random.randrange(len(text) + 1)
    return text[:at] + random.choice(CONTROLS) * random.choice((1, 1, 50)) + text[at:]


def _one_line(text: str, random: Random) -> str:
    return text.replace("\n", random.choice(("", " ", "\t", "。", "、"))) * random.choice((1, 2, 5))


def _drop_marks(text: str, random: Random) -> str:
    mark = random.choice("，。；、：（）\n\t%％")
    return text.replace(mark, random.choice(("", mark * 2, mark * 40)))


def _repeat_piece(text: str, random: Random) -> str:
    start = random.randrange(len(text) + 1)
    piece = text[start : start + random.randint(1, 30)]
    return text[:start] + piece * random.choice((2, 50, 200)) + text[start:]


_WORDS = (_shuffle_brackets, _control, _absurd_number, _one_line, _drop_marks, _repeat_piece, _move_slice)
