"""Every Chinese message has its English, with the same blanks."""

from __future__ import annotations

import re

from web.catalogue import WEB, english, messages

CHINESE = re.compile(r"[一-鿿]")
BLANK = re.compile(r"%\(\w+\)[sd]")
OWN_NAME = "简体中文"  # a language is named in itself
IN_TEMPLATE = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}|<!--.*?-->", re.S)


def test_every_message_has_its_english() -> None:
    assert len(messages()) > 300
    assert not messages() - english().keys()


def test_the_catalogue_holds_no_message_that_nobody_uses() -> None:
    assert not english().keys() - messages()


def test_a_translation_has_the_blanks_of_its_message() -> None:
    wrong = [key for key, text in english().items() if set(BLANK.findall(key)) != set(BLANK.findall(text))]
    assert not wrong


def test_no_english_holds_chinese() -> None:
    assert not [key for key, text in english().items() if CHINESE.search(text)]


def test_no_template_says_chinese_outside_a_message() -> None:
    bare = {}
    for path in (WEB / "templates").rglob("*.html"):
        text = path.read_text("utf-8").replace(OWN_NAME, "")
        text = re.sub(r"{% blocktranslate.*?{% endblocktranslate %}", "", text, flags=re.S)
        found = [line.strip() for line in IN_TEMPLATE.sub("", text).splitlines() if CHINESE.search(line)]
        if found:
            bare[path.name] = found
    assert not bare
