from __future__ import annotations

import pytest

from shuiheng.adapters.documents.errors import DocumentRefusedError
from shuiheng.adapters.documents.html.article import (
    article,
    is_furniture_line,
    is_layout,
    is_shown,
    page_title,
    parsed_page,
    shown_children,
)

LONG = "各单位要加强用水计量管理，推进管网改造和分区，完善定额标准，建立用水台账。" * 3
PAGE = f"""<html><head><meta charset="utf-8"><title>t</title></head><body>
<div class="nav"><a href="#">首页</a></div><div class="wrap"><ul><li><a>政务</a></li></ul>
<div id="zoom"><p>{LONG}</p><p>{LONG}</p></div></div><div class="footer">版权所有</div></body></html>"""


def test_the_article_is_the_smallest_part_with_nearly_all_words() -> None:
    assert article(parsed_page(PAGE.encode())).get("id") == "zoom"


@pytest.mark.parametrize("charset", ["gb2312", "gbk", "utf-8"])
def test_the_character_set_that_the_page_names_is_used(charset: str) -> None:
    page = PAGE.replace('charset="utf-8"', f'charset="{charset}"').encode(
        "gb18030" if charset != "utf-8" else charset
    )
    assert LONG in "".join(str(part) for part in parsed_page(page).itertext())


def test_scripts_hidden_parts_and_menus_are_not_shown() -> None:
    page = "<body><script>1</script><div style='display: none'>a</div><div class='nav'>b</div><p>c</p></body>"
    body = parsed_page(f"<html>{page}</html>".encode()).find("body")
    assert body is not None
    assert [child.tag for child in shown_children(body)] == ["p"]
    assert not is_shown(body[0])


@pytest.mark.parametrize(
    "line",
    ["【字号：大 中 小】", "打印本页", "当前位置：首页 > 文件", "上一篇：通知", "主办：示例市 京ICP备1号"],
)
def test_lines_of_the_page_are_furniture(line: str) -> None:
    assert is_furniture_line(line)


@pytest.mark.parametrize(
    "line", ["一、总体要求", "关闭高耗水企业的自备水井，推进水源置换工作。", "示例市水利局"]
)
def test_lines_of_the_article_are_no_furniture(line: str) -> None:
    assert not is_furniture_line(line)


def test_a_title_apart_from_the_text_is_found() -> None:
    meta = '<html><head><meta name="ArticleTitle" content="节水方案"></head><body><p>x</p></body></html>'
    assert page_title(parsed_page(meta.encode())) == "节水方案"
    assert page_title(parsed_page("<html><body><h1>节水 方案</h1></body></html>".encode())) == "节水方案"
    assert page_title(parsed_page(b"<html><body><p>x</p></body></html>")) == ""


def test_a_table_that_only_arranges_the_page_is_known() -> None:
    layout = f"<table><tr><td><p>a</p><p>{LONG}</p><p>b</p><p>c</p></td></tr></table>"
    values = "<table><tr><td>序号</td><td>任务</td></tr><tr><td>1</td><td>检查</td></tr></table>"
    assert is_layout(parsed_page(layout.encode()))
    assert not is_layout(parsed_page(values.encode()))


@pytest.mark.parametrize("content", [b"", b"   ", b"<!-- -->"])
def test_an_empty_page_is_refused(content: bytes) -> None:
    with pytest.raises(DocumentRefusedError):
        parsed_page(content)
