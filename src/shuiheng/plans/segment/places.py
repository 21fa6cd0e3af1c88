"""The place that a plan is for, by its title and its issuers."""

from __future__ import annotations

import re

_LEVEL = "自治区|特别行政区|省|自治州|市|州|盟|自治县|县|区|旗|镇|乡|街道"
_ONE = re.compile(rf"[一-鿿]{{1,8}}?(?:{_LEVEL})(?:(?:市|县|区|旗)(?![域级城内]))?")
_NOT_A_NAME = re.compile(
    r"关于|推进|推动|加快|加强|建设|实施|全面|国家|发展|创建|促进|本市|我市|全市|全省|全区|全县|各|^城市|[一-鿿]{2}城市$|城乡|乡镇|园区|灌区|小区|社区|城区|流域|库区|示范|地区|县域|城镇|农村|节水|用水|水利|进一步|强化|落实|印发|办公室|人民政府"
)
_NATION = re.compile(
    r"^(?:国家|全国|中国|中华人民共和国|水利部|住房和?城乡建设部|国务院|中共中央|[一-鿿]{2,12}部(?!门|分)|国家[一-鿿]{2,14}(?:委员会|委|局|署))"
)
_FRONT = re.compile(r"^(?:《|“|\d{4}(?:[-—－~～至]\d{4})?年?度?|关于印发|关于|印发|中共|转发)+")

NATION = "全国"


def jurisdiction_of(title: str, issuers: tuple[str, ...]) -> str | None:
    """Return the place named at the front of the title, else the place of an issuer.

    A plan of a ministry or of the State Council is for the whole nation (`全国`).
    """
    for words in (title, *issuers, *(part for part in title.split("关于")[1:])):
        place = place_at_front(words)
        if place is not None:
            return place
    if any(_NATION.match(_FRONT.sub("", words)) for words in (title, *issuers)):
        return NATION
    return None


def place_at_front(words: str) -> str | None:
    """Return the place name with which `words` start, years and quotes aside."""
    bare = _FRONT.sub("", words)
    names: list[str] = []
    at = 0
    while len(names) < 3 and (found := _ONE.match(bare, at)) is not None:
        if len(found[0]) < 2 or _NOT_A_NAME.search(found[0]):
            break
        names.append(found[0])
        at = found.end()
    return "".join(names) or None
