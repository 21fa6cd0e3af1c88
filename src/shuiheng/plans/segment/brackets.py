"""Brackets in running text that name who answers for it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from shuiheng.plans.segment.due_days import due_segment
from shuiheng.plans.segment.unit_lists import CLOSING, OPENING, is_unit_list, looks_like_unit

LONGEST_CLAUSE = 1500
ROLE_WORDS = "牵头|主办|主责|责任|负责|组织|承办|主管|实施|落实|配合|参与|参加|协办|协同|协助|支持|完成"
PLAIN_ROLE_WORDS = "牵头|主办|主责|责任|负责|承办|配合|参与|参加|协办|协同"
_NOUNS = "(?:单位|部门|处室|科室|股室|机构|主体|领导|人|方|地区)(?:及责任人)?"
LABEL = re.compile(
    r"(?P<box>[【〔\[［])?(?:[省市区县]级)?"
    rf"(?:(?P<role>(?:{ROLE_WORDS})(?:和|及|、|/)?(?:{ROLE_WORDS})?)(?P<noun>{_NOUNS})"
    r"|(?P<person>(?:挂钩|挂点|分管|包保|包抓|联系|主管|市)(?:市?领导|责任人))"
    rf"|(?P<plain_role>{PLAIN_ROLE_WORDS})(?=[：:])"
    r"|(?P<due>(?:完成|整改|办理|计划|推进|落实)?(?:时限|期限|时间节点|时间|进度))(?:要求)?)"
    r"(?(box)[】〕\]］][：:]?|[：:])"
)
_BARE_LABEL = re.compile(rf"(?:{ROLE_WORDS})(?:单位|部门|处室)(?=[一-鿿])")
_ENDING = re.compile(
    r"(?:分别|共同|具体|统一)?(?:牵头|负责|配合|参与|参加|协同|协助|落实|实施|承担|推进)(?:负责|落实|实施|组织实施|推进|配合|完成|办理|抓好)*$"
)
_LED = re.compile(
    r"(?P<lead>[^，,；;。（(]{2,120}?)(?:共同|联合|分别)?(?:牵头|主办)(?:负责|组织实施|组织|实施|落实|推进)?"
    r"(?:[，,、；;]|会同)(?P<rest>[^。]*)$"
)
_SHARED_DUTY = re.compile(r"等?(?:按照?|根据)(?:各自)?(?:职责|职能|分工)[^，；]{0,10}$")
_LAST_SENTENCE = re.compile(r"(?<=[。；！])—{0,4}(?P<words>[^。！—]{6,400}。?)$")
_JOINED = re.compile(r"(?:配合|参与|参加|协同|协助|协办|按照?(?:各自)?(?:职责|分工)[^，；]{0,8})$")
_OPENING = re.compile(r"[（(〔﹝【\[［]")
_LABEL_AT_END = re.compile(
    rf"(?<=[。；！）)〕】\]])(?:[【［](?:{ROLE_WORDS})(?:单位|部门)[】］]|(?:{ROLE_WORDS})(?:单位|部门|处室|科室|领导|人)[：:])"
    r"[^。]{2,400}。?$"
)
_LABEL_IN_HEADING = re.compile(
    rf"[^。；：:，]{{2,40}}?(?=(?:{ROLE_WORDS})(?:单位|部门|处室)[：:])[^。；]{{2,13}}?[：:](?P<units>[^。；：:]{{2,400}})$"
)
_ONLY_CONVENTION = re.compile(r"(?:.{0,40}(?:下同|为牵头(?:单位|部门)|不再.{0,6}列出))$")
_CONVENTION = re.compile(r"[，。；,;](?=[^，。；,;]{0,40}(?:下同|不再|为牵头|为主办|落实))")
_FOR_ALL = re.compile(r"由|各|有关|相关|所有|全")


_ITEM_FIRST = re.compile(r"第[\d一二三四五六七八九十、，和及至—－\-~～第]{1,24}[项条款](?:任务|工作|措施)?由")
_PART = re.compile(r"[^，,；;。]{3,60}")
_DATES = re.compile(r"(?:20\d\d[—－\-–~至到]{1,2})?20\d\d年?|\d{1,2}[月日]|第\d|[1-4]季度")
_UNIT_WORDS = re.compile(r"牵头|负责|配合|参与|参加|协办|主办|协助|职责|分工|下同|等\d{1,2}个?(?:部门|单位)")


@dataclass(frozen=True, slots=True)
class LooseWords:
    """Where words of the task stand inside a clause, and whether they state a day."""

    start: int
    end: int
    has_day: bool


@dataclass(frozen=True, slots=True)
class ClauseBracket:
    """Where a responsibility clause stands in a text.

    Args:
        start: Index of the opening bracket, or of the label where there is none.
        inner_start: Index of the first character of the clause.
        inner_end: Index behind its last character.
        end: Index behind the closing bracket, or the end of the text when it is missing.
    """

    start: int
    inner_start: int
    inner_end: int
    end: int


def clause_brackets(text: str) -> tuple[ClauseBracket, ...]:
    """Return the clauses of `text` that name responsible units, in order.

    A bracket counts when it starts with a label (`牵头单位：`), ends in a verb of
    responsibility behind units (`…按职责分工负责`), or is a list of units behind a sentence. A
    label behind the last sentence counts without a bracket.
    """
    found: list[ClauseBracket] = []
    closings = _closings(text)
    behind = 0
    for opening in _OPENING.finditer(text):
        start = opening.start()
        if start < behind:
            continue
        bracket = _bracket_at(text, start, closings)
        if bracket is None:
            continue
        is_apart = bracket.end >= len(text.rstrip("。；")) or text[start - 1 : start] in ("。", "；", "！")
        if is_responsibility(text[start + 1 : bracket.inner_end], at_end=is_apart):
            found.append(bracket)
            behind = bracket.end
    label = _label_without_bracket(text, behind)
    if label is not None:
        found.append(ClauseBracket(*label, len(text.rstrip("。；")), len(text)))
    return tuple(found)


def _label_without_bracket(text: str, behind: int) -> tuple[int, int] | None:
    """Return where a clause without bracket and its words begin, or None.

    It stands behind the last sentence with a label, is a last sentence that only says who
    leads and who joins, or stands on the line of a heading.
    """
    label = _LABEL_AT_END.search(text, behind)
    if label is not None:
        return label.start(), label.start()
    last = _LAST_SENTENCE.search(text, behind)
    if last is not None and _assigns(last["words"].rstrip("。；")):
        return last.start(), last.start("words")
    headed = _LABEL_IN_HEADING.match(text) if behind == 0 else None
    if headed is None or not is_unit_list(headed["units"]):
        return None
    first = LABEL.search(text)
    return (first.start(), first.start()) if first is not None else None


def only_states_a_convention(inner: str) -> bool:
    """Return whether the words inside a bracket say how to read the others and name no unit."""
    if LABEL.match(inner) or _ONLY_CONVENTION.fullmatch(inner) is None:
        return False
    parts = re.split(r"[、，,；;。]", inner)
    return not any(looks_like_unit(part) and "为牵头" not in part for part in parts)


def is_responsibility(inner: str, *, at_end: bool) -> bool:
    """Return whether the words inside a bracket say who answers."""
    if len(inner) < 3 or len(inner) > LONGEST_CLAUSE:
        return False
    label = LABEL.match(inner)
    if label is not None:
        return True
    if _ITEM_FIRST.match(inner) is not None:
        return _UNIT_WORDS.search(inner) is not None
    if _BARE_LABEL.match(inner) and is_unit_list(_BARE_LABEL.sub("", inner, count=1)):
        return True
    for loose in reversed(loose_words(inner)):
        inner = inner[: loose.start].rstrip("，,；;。") + inner[loose.end :]
    inner = _without_due(inner.strip("，,；;。"))
    core = _CONVENTION.split(inner)[0].split("。")[0].rstrip("。；，、")
    verb = _ENDING.search(core)
    if verb is not None and _starts_with_unit(core):
        return _names_units(core[: verb.start()])
    return _names_lead_first(core) or (at_end and is_unit_list(core) and _is_strong(core))


def _names_lead_first(core: str) -> bool:
    """Return whether only the first units have a verb: `市水利局牵头，市财政局、市住建局`."""
    led = _LED.match(core)
    return led is not None and is_unit_list(led["lead"]) and (not led["rest"] or is_unit_list(led["rest"]))


def _assigns(sentence: str) -> bool:
    """Return whether a sentence does nothing but say who leads and who joins: `甲局牵头，乙局配合`."""
    led = _LED.match(sentence.removeprefix("由"))
    if led is None or not is_unit_list(led["lead"]) or _JOINED.search(led["rest"]) is None:
        return False
    parts = (_SHARED_DUTY.sub("", part) for part in re.split(r"[，；]", led["rest"]))
    return all(is_unit_list(_ENDING.sub("", part)) for part in parts if part)


def loose_words(inner: str) -> tuple[LooseWords, ...]:
    """Return the parts of a clause without labels that are words of the task itself.

    They hold a figure beside a day (`2025年底前完成100公里，市水利局牵头`) and no unit.
    """
    if LABEL.search(inner) is not None:
        return ()
    found = []
    for part in _PART.finditer(inner):
        text = part[0]
        if (
            re.search(r"\d", _DATES.sub("", text)) is not None
            and _UNIT_WORDS.search(text) is None
            and not any(looks_like_unit(name) for name in text.split("、"))
        ):
            found.append(LooseWords(part.start(), part.end(), has_day=due_segment(text) is not None))
    return tuple(found)


def _without_due(inner: str) -> str:
    found = due_segment(inner)
    if found is None:
        return inner
    return (inner[: found[0]].rstrip("，,；;") + inner[found[1] :]).strip("，,；;")


def _starts_with_unit(core: str) -> bool:
    first = re.split(r"[、，,；;]|会同|牵头|负责|按照?职责|等", core, maxsplit=1)[0]
    return _FOR_ALL.match(core) is not None or looks_like_unit(first.removesuffix("分别"))


def _names_units(words: str) -> bool:
    """Return whether a unit stands in `words`, before 等 or 按职责分工."""
    cut = re.sub(r"等?(?:有关|相关)?(?:部门|单位)?按照?(?:各自)?(?:职责|职能|分工).{0,8}$", "", words)
    last = re.split(r"[、，,；;]|会同|牵头|配合|和|及", cut.removesuffix("等"))[-1].removesuffix("分别")
    return cut != words or looks_like_unit(last)


def _is_strong(words: str) -> bool:
    names = re.split(r"[、，,；;]", words)
    return all(
        re.search(r"(?:局|委|办|厅|部|政府|管委会|委员会|办公室|集团|公司|银行|支行|中心)$", name)
        for name in names
        if name
    )


def _closings(text: str) -> dict[int, int]:
    """Return where each bracket closes that does; the kinds of brackets are not told apart."""
    closings: dict[int, int] = {}
    still_open: list[int] = []
    for index, char in enumerate(text):
        if char in OPENING:
            still_open.append(index)
        elif char in CLOSING and still_open:
            closings[still_open.pop()] = index
    return closings


def _bracket_at(text: str, start: int, closings: dict[int, int]) -> ClauseBracket | None:
    """Return the bracket that opens at `start`; without an end it must start with a label."""
    end = closings.get(start)
    if end is not None:
        return ClauseBracket(start, start + 1, end, end + 1) if end - start <= LONGEST_CLAUSE else None
    if len(text) - start > LONGEST_CLAUSE or LABEL.match(text, start + 1) is None:
        return None
    inner_end = max(start + 1, len(text.rstrip("。）)〕】］]")))
    return ClauseBracket(start, start + 1, inner_end, len(text))
