"""Sentences by which a document says how it is to be read (约定)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from shuiheng.plans.model import Convention, UnitMention, UnitRole
from shuiheng.plans.segment.unit_lists import listed_units, looks_like_unit
from shuiheng.plans.wording import Wording

FIRST_IS_LEAD = "first_is_lead"
BEFORE_COMMA_IS_LEAD = "before_comma_is_lead"
BINDS_UNITS = "binds_units"
MARKED_IS_LEAD = "marked_is_lead"
MARKS = "★☆*＊▲△●○#"

_FIRST = re.compile(
    r"[^。；（）()，,]{0,24}(?:(?:列|排)(?:名|在|于)?(?:第一|首位|最前|前)(?:位|名)?|第一个)(?:的|者)?(?:责任|牵头|负责)?(?:单位|部门)?(?:的)?(?:为|是|即为|系|作为)(?:牵头|主要责任|主办|第一责任|负责)(?:单位|部门)?(?:，下同)?"
)
_COMMA = re.compile(
    r"[^。；（）()，,]{0,12}(?:首个|第一个)?逗号(?:之)?前(?:的|面)?(?:面的)?(?:单位|部门)?(?:均)?(?:为|是)(?:牵头|主办|主要责任)(?:单位|部门)?(?:，下同)?"
)
_MARKED = re.compile(
    rf"(?:(?:带|标|加|注)(?:有|注)?[“\"]?[{MARKS}][”\"]?|(?<![一-鿿])[{MARKS}])(?:号|标记)?的?(?:责任)?(?:单位|部门)?(?:为|是)牵头(?:单位|部门)?"
)
_VERB_BEHIND = re.compile(r"(?:组织|具体|负责|牵头|统筹|参照|认真|共同|分别|抓好|按照?职责(?:分工)?)+$")
_BINDS = re.compile(
    r"(?:以上|以下|上述|本方案|所有|下列|各项)(?:[^。；（）()，,由需]{0,16})(?:，)?(?:均需|均须|均由|需要|还需|都需|需|须|由)(?P<units>[^。；]{2,80}?)"
    r"(?:按照?职责分工|按照?职责|参照|具体|负责|共同|组织|认真|贯彻|抓好|推进){0,3}(?:落实|执行|实施|办理)(?=[，。；）)]|不再|$)(?:，?(?:以下)?不再(?:逐一|一一|单独)?列出)?(?:，下同)?"
)
_BINDS_BY_REFERENCE = re.compile(
    r"(?:附件|附表|分工表|上表|表中|本表|以上|上述)[^。；（）()，,]{0,12}，?(?P<units>[^。；，,]{2,80}?)"
    r"(?:应当?|要)?(?:参照|对照|结合实际|按照?职责)(?:具体|分别|抓好|认真|组织|贯彻){0,2}(?:落实|执行|实施|办理)(?=[，。；）)]|$)"
)

_SAME_BELOW = re.compile(r"[，。；、]?下同")
_LEADS = ((FIRST_IS_LEAD, _FIRST), (BEFORE_COMMA_IS_LEAD, _COMMA), (MARKED_IS_LEAD, _MARKED))


@dataclass(frozen=True, slots=True)
class Practice:
    """What the stated conventions ask of every clause of a document.

    Args:
        conventions: All of them, in order.
    """

    conventions: tuple[Convention, ...] = ()

    def says(self, code: str) -> bool:
        """Return whether the document states the convention `code`."""
        return any(convention.code == code for convention in self.conventions)

    def bound_units(self, listed: tuple[UnitMention, ...]) -> tuple[UnitMention, ...]:
        """Return the units that a note binds in every task, without those already listed."""
        names = {unit.name for unit in listed}
        bound = []
        for convention in self.conventions:
            for name in convention.units:
                if name not in names:
                    names.add(name)
                    bound.append(UnitMention(name=name, role=UnitRole.BOUND, span=convention.span))
        return tuple(bound)


def conventions_in(words: Wording) -> tuple[Convention, ...]:
    """Return the conventions that a passage states, in order."""
    found = []
    for code, pattern in _LEADS:
        match = pattern.search(words.text)
        if match is not None:
            found.append(_convention(code, words.part(match.start(), match.end())))
    return (*found, *_binding(words))


def _binding(words: Wording) -> tuple[Convention, ...]:
    """Return the notes that bind units in every task; one sentence is taken once."""
    for pattern in (_BINDS, _BINDS_BY_REFERENCE):
        found = []
        for match in pattern.finditer(words.text):
            units = _units(words.part(match.start("units"), match.end("units")))
            if units:
                found.append(_convention(BINDS_UNITS, words.part(match.start(), match.end()), units))
        if found:
            return tuple(found)
    return ()


def without_conventions(words: Wording) -> Wording:
    """Return the words of a clause without the conventions stated inside it."""
    kept = words
    for pattern in (_BINDS, _FIRST, _COMMA, _MARKED, _SAME_BELOW):
        match = pattern.search(kept.text)
        if match is not None and (
            pattern is not _BINDS or _units(kept.part(match.start("units"), match.end("units")))
        ):
            start = len(kept.text[: match.start()].rstrip("，；,;"))
            before, behind = kept.part(0, start), kept.part(match.end(), len(kept))
            kept = Wording(before.text + behind.text, before.offsets + behind.offsets)
    return kept


def _units(words: Wording) -> tuple[str, ...]:
    """Return the units that a note binds; a verb behind each (`…政府组织，…政府落实`) is dropped."""
    names: list[str] = []
    for unit in listed_units(words):
        name = _VERB_BEHIND.sub("", unit.wording.text)
        if not looks_like_unit(name):
            return ()
        names.append(name)
    return tuple(names)


def _convention(code: str, words: Wording, units: tuple[str, ...] = ()) -> Convention:
    return Convention(code=code, quote=words.text, span=words.span_of(0, len(words)), units=units)
