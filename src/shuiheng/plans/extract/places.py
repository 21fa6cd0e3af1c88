"""Places and other subjects for which a value is set: districts, classes of users, named plants."""

from __future__ import annotations

import re

_NOT_PLACE = re.compile(
    r"(?:(?:示范|先行|试点|达标|重点|型|缺水|模范|文明|卫生|园林|海绵|智慧|旅游|产粮)(?:县|市|区)|城市|小区|(?:^|[各该本新老]|..)园区|灌区|地区|社区|(?<![主心老])(?:[新县各市大]|..)城区|辖区|"
    r"库区|矿区|景区|示范区|保护区|建成区|功能区|灌溉区|(?:^|[高低老各丘]|..)山区|牧区|服务区|"
    r"郊区|集聚区"
    r"|厂区|港区|片区|校区|农区|县城|分区|规划区|缓冲区|生活区|街区|省区|住宅区|"
    r"[滞蓄]洪区|控制区|受水区|水源区|超采区|禁采区|限采区|先行区"
    r"|先行县|重点县|大县|试验区|试点区|合作区|工业区|产业区|开发区县|"
    r"聚集区|安置区|治理区|河道区|涵养区|营区|院区|综合区|引领区"
    r"|门市|超市|都市|上市|全市|我市|本市|全县|我县|全区|我区|本区|行政区|"
    r"县级市|设区的?市|自治区|中心区|居住区|低涝区|影响区|水生区)$"
)
_CHAR = (
    r"(?:(?!完成|建成|开展|推进|实施)(?![和与及或的在等对将由达到])[\u4e00-\u9fff]"
    r"|和(?=浩特|田|龙|静|硕|顺|平|政))"
)
_SUFFIX = (
    r"(?:新区|经开区|高新区|开发区|市(?![级场民属直区委容域内]|政(?!府))|"
    r"县(?![级城域际乡委区处内])|区(?![域级内间委属划块位县])|"
    r"州(?![区市县])|旗|盟)"
)
_PLACE = (
    r"(?!其中|同时|试点|完成|建成|新建|改造|力争|实现|推动|推进|开展|实施|并|且|在|对|由|全|我|本|每|到|将|该|可|向|为|使|所有|大中|省市|市县|县区|设区)"
    rf"(?:(?:主城区|中心城区|老城区|城区|市区)(?!域)|(?:{_CHAR}{{1,5}}?{_SUFFIX}){{1,2}})"
)
_COLLECTIVE = (
    r"(?:各(?:级|有关|相关)?|其[他余])(?:辖市|市州|县市区|区县|县区|市县|县|市(?![政民场域])|区(?!域)|镇街|街镇|镇乡|乡镇|镇|街道|"
    r"地(?![区方域段])|州)(?:▢{2,14})?"
    r"(?:、(?:辖?市|县|区|经开区|高新区|开发区|镇|街道))*"
)
_EVERY = r"每个?(?:县|区|市|州|镇|乡|街道|行政村|村|社区|学校|园区|灌区|企业|示范[区片点])(?:▢{2,14})?"
_OFFICE = r"(?:人民政府|政府|管委会|管理委员会)?"
_SEP = r"(?:[、和与及])"
_COUNTED = re.compile(
    r""
    r"(?P<names>[\u4e00-\u9fff]{2,4}(?:、[\u4e00-\u9fff]{2,4}){1,12})(?:等)?[\d两三四五六七八九十]{1,2}个?(?:市|"
    r"县|区|州)"
)
_LEADING_PLACES = re.compile(rf"(?P<list>(?:{_COLLECTIVE}|{_EVERY}|{_PLACE})(?:{_SEP}{_PLACE})*){_OFFICE}")
_ONE = re.compile(rf"{_PLACE}")
_COLLECTIVE_ONLY = re.compile(f"{_COLLECTIVE}|{_EVERY}")
_WHOLE = re.compile(
    r"在?(?:全(?:市域|市|区|县|省|域|国|州|镇|流域|地区)|我(?:市|区|县|省|"
    r"国|州)|本(?:市|区|县|省|地区)|市域|省域|县域内)(?:范围)?内?"
)
CLASS_NOUN = (
    r"(?:企业|用水单位|取水单位|重点用能单位|单位|用水户|取水户|用户|户|"
    r"养殖场|电厂|处理厂|水厂|厂|园区|灌区|灌溉区|机构|项目|工程"
    r"|学校|高校|小区|机关|城市|县城|行政村|医院|机场|工地|船舶|货船|客船|船|车辆|楼宇|公共建筑|建筑|机组|锅炉|"
    r"装置|池塘|宾馆|酒店|公园|取水口|水库|数据中心|商场|社区|河流|水源地|泵站|设施|区域|地区|场)"
)


_GOES_ON = re.compile(r"(?:[或和与及、][^，]{0,8})?")
_OF_PLACE = re.compile(r"(?:城市|县城|机关|小区|社区|地区|区域|园区)$")
_TELLS = re.compile(
    r"(?!实现|应|全部|均|纳入|安装|配备|建立|建成|完成|开展|实行|创建|达到|要|须|可|不|全面|基本|推进|推广|禁止|节水型)"
    r"[\u4e00-\u9fff]{1,4}"
)
_RATE_BEHIND = re.compile(r"[\u4e00-\u9fff]{0,8}?(?:率|比例|占比|量)")
_MOST_PLACES = 200
_INNER = re.compile(
    r"在?(?P<place>(?:(?![和与及或的在等对将由达到新建改造完成])[\u4e00-\u9fff]){2,8}?(?:片区|工业园区?|产业园区?))"
    r"(?:范围)?内?(?=[\u4e00-\u9fff])"
)
_NO_INNER = re.compile(
    r"[^，]*(?:型|级|以上)|[各全本每该新老省市县]|国家级|省级|市级|重点|大型|中型|小型|规模|所有|试点|示范|工业|产业|高耗水|具备|有条件|条件|城市|农村|以上|及以上|钢铁|石化|化工|印染"
)
_NAMED_PART = re.compile(r"[\u4e00-\u9fff]{2,6}(?:园区|工业园|产业园|片区|新城|灌区|水库|流域|开发区|集聚区)")


def leading_places(masked: str, start: int, end: int) -> tuple[list[tuple[int, int]], int]:
    """Return the places that a phrase begins with, and where the rest begins.

    `各辖市、区` is one place. An empty list with `start` when none stands there.
    """
    counted = _COUNTED.match(masked, start, end)
    if counted is not None:
        names = re.compile(r"[^、]+").finditer(masked, *counted.span("names"))
        return [name.span() for name in names], counted.end()
    match = _LEADING_PLACES.match(masked, start, end)
    if match is None:
        return [], start
    first = _COLLECTIVE_ONLY.match(masked, start, end)
    places: list[tuple[int, int]] = []
    at = start
    if first is not None:
        places.append(first.span())
        at = first.end()
    while at < match.end("list") and len(places) < _MOST_PLACES:
        if places and masked[at] in "、和与及":
            at += 1
        one = _ONE.match(masked, at, match.end("list"))
        if one is None:
            break
        if _NOT_PLACE.search(one[0]):
            break
        places.append(one.span())
        at = one.end()
    if not places:
        return [], start
    rest = places[-1][1]
    office = re.compile(_OFFICE).match(masked, rest, end)
    return places, office.end() if office else rest


def inner_place(masked: str, start: int, end: int) -> tuple[tuple[int, int], int] | None:
    """Return a named part of the place (在河东工业园, 滨湖片区) and where the rest begins, or None."""
    found = _INNER.match(masked, start, end)
    if found is None or _NO_INNER.match(found["place"]):
        return None
    return found.span("place"), found.end()


def is_core(words: str) -> bool:
    """Return whether the words only say the built-up core, which is no district."""
    return words in {"城区", "市区", "主城区", "老城区", "中心城区"}


def is_part_named(words: str) -> bool:
    """Return whether the words name one park, plant or part of the place."""
    return bool(_NAMED_PART.fullmatch(words)) and not _NO_INNER.match(words)


def is_place(words: str) -> bool:
    """Return whether the words alone name a place or a collective of places."""
    places, rest = leading_places(words, 0, len(words))
    return len(places) == 1 and rest == len(words) and not _NOT_PLACE.search(words)


def without_whole(masked: str, start: int, end: int) -> int:
    """Return where a phrase begins behind words for the whole jurisdiction (全市, 我区)."""
    match = _WHOLE.match(masked, start, end)
    return match.end() if match else start


def _qualifies(masked: str, match: re.Match[str], end: int) -> bool:
    """Return whether the noun that ends at `end` only tells what the next one is (机关办公建筑)."""
    is_of = _OF_PLACE.search(masked, max(0, end - 4), end) is not None
    return (
        is_of
        and bool(_TELLS.fullmatch(masked, end, match.start()))
        and not _RATE_BEHIND.match(masked, match.end())
    )


def class_end(masked: str, start: int, end: int) -> int | None:
    """Return where the class of entities that begins at `start` ends, or None when none is named."""
    found: int | None = None
    for match in re.compile(CLASS_NOUN + r"(?!的)").finditer(masked, start, end):
        if found is not None and match.start() > found:
            between = masked[found : match.start()]
            if not _GOES_ON.fullmatch(between) and not _qualifies(masked, match, found):
                return found
        found = match.end()
    return found
