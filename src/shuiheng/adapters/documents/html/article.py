"""Finding the article in a saved web page: what is left when the furniture is out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree, html

from shuiheng.adapters.documents.errors import DocumentRefusedError
from shuiheng.adapters.documents.text.encoding import decoded

Element = etree._Element
_CHARSET = re.compile(rb"<meta\b[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]{2,20})", re.I)
_FURNITURE = {
    "script", "style", "noscript", "nav", "header", "footer", "form", "iframe", "button", "select",
    "svg", "template", "aside", "object", "embed", "audio", "video", "map", "input", "textarea", "head",
}  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_FURNITURE_NAME = re.compile(
    r"(?:^|[\s_-])(?:nav|menu|footer|foot|header|crumbs?|breadcrumbs?|share|toolbar|sidebar|copyright|"
    r"bdsharebuttonbox|pagination|qrcode|weixin)(?:$|[\s_-])",
    re.I,
)
_FURNITURE_LINE = re.compile(
    r"【?\s*(?:字\s*[号体]|打\s*印|关\s*闭|分享到?|扫一扫|上一[篇条]|下一[篇条]|浏览次数|点击[数率量]|访问量|"
    r"当前位置|您?(?:现在)?所在的?位置|首页\s*[>＞»/|]|版权所有|主办单位?|承办单位?|技术支持|网站地图|联系我们|"
    r"网站标识码|无障碍|收藏本页|我要纠错|返回顶部|责任编辑|信息来源|发布(?:日期|时间|机构)|来源)"
    r"|.{0,60}(?:ICP备|公网安备|[大中小]\s*】\s*【|字号\s*[:：]|发布时间\s*[:：]|浏览次数\s*[:：])"
)
_MOST_OF_TEXT = 0.82
_TABLE_PARTS = {"table", "tbody", "thead", "tfoot", "tr", "td", "th"}


def parsed_page(content: bytes) -> Element:
    """Return the tree of a page, in the character set that it names.

    Raises:
        DocumentRefusedError: There is nothing in it.
    """
    named = _CHARSET.search(content[:4096])
    charset = named[1].decode("ascii").lower() if named else ""
    if charset in ("gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk"):
        text = content.decode("gb18030", "replace")
    else:
        text = decoded(content)
    # A declared encoding on text that is decoded already would be refused by the parser.
    text = re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", text)
    try:
        root: Element | None = html.fromstring(
            text, parser=html.HTMLParser(no_network=True, remove_comments=True)
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise DocumentRefusedError("documents.damaged") from None
    if root is None:
        raise DocumentRefusedError("documents.damaged")
    return root


def is_shown(element: Element) -> bool:
    """Return whether an element is part of what a reader came for."""
    if not isinstance(element.tag, str) or element.tag in _FURNITURE or element.get("hidden") is not None:
        return False
    if _HIDDEN.search(element.get("style", "")):
        return False
    names = f"{element.get('class', '')} {element.get('id', '')}"
    return not (_FURNITURE_NAME.search(names) and _weight(element) < 1500)


def shown_children(element: Element) -> Iterator[Element]:
    """Yield the children of an element that a reader sees."""
    for child in element:
        if is_shown(child):
            yield child


def article(root: Element) -> Element:
    """Return the smallest element that holds nearly all words that are no links."""
    current = root.find("body") if root.tag == "html" else root
    if current is None:
        return root
    while True:
        weights = [(child, _weight(child)) for child in shown_children(current)]
        total = sum(weight for _, weight in weights) + len((current.text or "").strip())
        best = max(weights, key=lambda pair: pair[1], default=None)
        if best is None or total < 40 or best[1] < _MOST_OF_TEXT * total:
            return current
        if best[0].tag == "table" and not is_layout(best[0]):
            return current
        if best[0].tag in ("p", "h1", "h2", "li", "span", "b", "strong"):
            return current
        current = best[0]


def page_title(root: Element) -> str:
    """Return the title of the article as the page states it apart from the text, or nothing."""
    for name in ("ArticleTitle", "articletitle"):
        for meta in root.iter("meta"):
            if meta.get("name", "") == name and meta.get("content"):
                return str(meta.get("content")).strip()
    heads = [head for head in root.iter("h1") if _text(head)]
    return _text(heads[0]) if len(heads) == 1 else ""


def is_furniture_line(line: str) -> bool:
    """Return whether a short line belongs to the page, not to the article."""
    plain = line.strip()
    return len(plain) <= 120 and _FURNITURE_LINE.match(plain) is not None and not plain.endswith("。")


def is_layout(table: Element) -> bool:
    """Return whether a table only arranges a page: one cell, or another table inside with most words."""
    cells = list(table.iter("td", "th"))
    if len(cells) <= 1:
        return True
    whole = len(_text(table)) or 1
    inner = sum(len(_text(other)) for other in table.iter("table") if other is not table)
    if inner > 0.4 * whole:
        return True
    heaviest = max(cells, key=lambda cell: len(_text(cell)))
    blocks = sum(1 for _ in heaviest.iter("p", "div", "br"))
    return len(_text(heaviest)) > 0.85 * whole and blocks >= 4


def _text(element: Element) -> str:
    return re.sub(r"\s+", "", "".join(str(part) for part in element.itertext()))


def _weight(element: Element) -> int:
    """Return how many characters of an element are neither links nor hidden furniture."""
    links = sum(len(_text(link)) for link in element.iter("a"))
    hidden = sum(len(_text(part)) for part in element.iter("script", "style", "noscript"))
    return max(len(_text(element)) - links - hidden, 0)
