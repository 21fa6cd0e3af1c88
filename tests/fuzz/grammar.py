"""Random text in the words that plans are made of: mostly sense, sometimes none."""

from __future__ import annotations

from random import Random

from shuiheng.kernel import Span
from shuiheng.plans.document import Block, BlockKind, Cell, MergeEvidence, SourceDocument

DATES = (
    "到2025年，",
    "2024年底前",
    "2023年6月底前",
    "“十四五”期间",
    "2021—2025年",
    "二〇二六年底",
    "每年",
    "2020年前",
    "截至2022年底，已",
    "9999年13月",
)
SUBJECTS = (
    "全市用水总量",
    "漏损率",
    "年用水量1万立方米以上的企业",
    "各县（市、区）",
    "再生水利用率",
    "节水型小区",
    "农田灌溉水有效利用系数",
    "临江区、云湖区、安渡市",
    "其中省级",
    "DN300以上管道",
    "万元GDP用水量",
)
VERBS = (
    "控制在",
    "达到",
    "不低于",
    "较2020年分别下降",
    "降至",
    "建成",
    "完成",
    "新增",
    "每年提高",
    "超过",
    "不得",
    "力争",
    "≥",
    "≤",
    "每季度报送",
    "纳入",
    "不超过",
    "由",
)
NUMBERS = (
    "10",
    "8.5",
    "1,234",
    "三十五",
    "百分之六十五",
    "两成",
    "1~2",
    "3至5",
    "0.618",
    "１２",
    "4.84亿",
    "9" * 60,
    "1e308",
    "-0",
    "半",
    "零点五八",
    "〇",
    "万",
    "10%和12",
    "",
)
UNITS = (
    "%",
    "％",
    "万立方米",
    "m³",
    "个",
    "家",
    "座",
    "公里",
    "万亩",
    "个百分点",
    "吨标准煤",
    "级",
    "",
    "元/立方米",
    "倍",
)
ENDS = ("。", "；", "，", "、", "", "\n", "。\n", "…", "！", "：")
BRACKETS = (
    "（牵头单位：市水利局；参与单位：市住建局、市发改委）",
    "（市水利局牵头，市财政局、市教育局等按职责分工负责）",
    "〔水利部、农业农村部按职责分工负责〕",
    "（责任部门：节水处，完成期限：6月底）",
    "(牵头单位:A;配合单位:B",
    "）",
    "（（（",
    "【责任单位：",
    "（其中省级3家）",
    "《节约用水条例》（国务院令第776号）",
    "GB/T 12452-2008",
)
HEADS = (
    "一、",
    "（一）",
    "1.",
    "1．",
    "（1）",
    "第一章 ",
    "①",
    "第三条　",
    "附件1",
    "专栏2 ",
    "十一、",
    "注：",
    "",
)
CELLS = (
    "",
    "序号",
    "牵头单位",
    "参与单位",
    "2025年",
    "指标",
    "单位",
    "合计",
    "≥95",
    "—",
    "约束性",
    "市水利局、市财政局",
    "完成时限",
)


def sentence(random: Random) -> str:
    """Return a clause or two."""
    parts = []
    for _ in range(random.randint(1, 4)):
        part = [random.choice(choices) for choices in (DATES, SUBJECTS, VERBS, NUMBERS, UNITS, ENDS)]
        if random.random() < 0.2:
            random.shuffle(part)
        parts.append("".join(piece for piece in part if random.random() < 0.9))
    if random.random() < 0.4:
        parts.append(random.choice(BRACKETS))
    return "".join(parts)


def paragraph(random: Random) -> str:
    """Return an enumerator and some sentences."""
    return random.choice(HEADS) + "".join(sentence(random) for _ in range(random.randint(0, 4)))


def text(random: Random) -> str:
    """Return a whole plan as text, with flattened tables in between."""
    lines: list[str] = []
    for _ in range(random.randint(1, 25)):
        if random.random() < 0.15:
            join = random.choice(("\t", "\n\t", "  ", "\n"))
            for _ in range(random.randint(1, 6)):
                lines.append(join.join(_cell(random) for _ in range(random.randint(1, 7))))
        else:
            lines.append(paragraph(random))
    return random.choice(("\n", "\n\n", "\r\n")).join(lines)


def document(random: Random) -> SourceDocument:
    """Return a document as a reader could leave it, with tables of any shape."""
    pieces: list[str] = []
    blocks: list[Block] = []
    offset = 0
    for _ in range(random.randint(0, 12)):
        if random.random() < 0.4:
            block, words = _table(random, offset)
        else:
            words = paragraph(random)
            kind = random.choice([kind for kind in BlockKind if kind is not BlockKind.TABLE])
            level = random.choice((None, 1, 2, 3, 9))
            block = Block(kind=kind, span=Span(offset, offset + len(words)), level=level)
        blocks.append(block)
        pieces.append(words)
        offset += len(words) + 1
    return SourceDocument(name="fuzz.docx", media_type="", text="\n".join(pieces), blocks=tuple(blocks))


def _cell(random: Random) -> str:
    return random.choice(CELLS) if random.random() < 0.6 else sentence(random)


def _table(random: Random, start: int) -> tuple[Block, str]:
    rows, columns = random.randint(1, 8), random.randint(1, 8)
    cells: list[Cell] = []
    words: list[str] = []
    offset = start
    taken: set[tuple[int, int]] = set()
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            height, width = _room(random, taken, (row, column), (rows, columns))
            taken |= {(row + down, column + right) for down in range(height) for right in range(width)}
            text = _cell(random)
            cells.append(
                Cell(
                    row=row,
                    column=column,
                    row_span=height,
                    column_span=width,
                    span=Span(offset, offset + len(text)),
                    is_header=row == 0 and random.random() < 0.5,
                    merge=random.choice(list(MergeEvidence)),
                )
            )
            words.append(text)
            offset += len(text) + 1
    joined = "\t".join(words)
    span = Span(start, start + len(joined))
    table = Block(kind=BlockKind.TABLE, span=span, cells=tuple(cells), row_count=rows, column_count=columns)
    return table, joined


def _room(
    random: Random, taken: set[tuple[int, int]], at: tuple[int, int], size: tuple[int, int]
) -> tuple[int, int]:
    """Return how many rows and columns a cell at `at` covers without meeting another."""
    if random.random() < 0.6:
        return 1, 1
    height, width = random.randint(1, size[0] - at[0]), random.randint(1, size[1] - at[1])
    covered = {(at[0] + down, at[1] + right) for down in range(height) for right in range(width)}
    return (height, width) if not covered & taken else (1, 1)
