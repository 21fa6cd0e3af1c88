"""Every page of the site, for every role."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from access.rows import HEAD
from access.world import City, make_city
from shuiheng.adapters.records import models as tables
from shuiheng.adapters.records.models import PlanVersion, Role
from shuiheng.adapters.rulebook import role_rules
from shuiheng.adapters.rulebook.routes import ACCOUNT
from web.addresses import UNIT, Visitors, addresses

CHINESE = re.compile(r"[一-鿿]")
LATIN = re.compile(r"[A-Za-z]{2,}")
FILES = {"xlsx", "csv", "CSV", "PDF", "PNG", "SVG", "JSON", "GeoJSON"}
SIGNS = {"KB", "MB", "SHA", "Ctrl", "Enter", "km", "MPa", "DN", "BOD", "GDP"}
ALLOWED = FILES | SIGNS
OWN_WORDS = re.compile(rf"{HEAD}\w*")
OK, LED_ON, NOT_THERE, NO_SUCH_METHOD = 200, 302, 404, 405
NOT_ALWAYS_THERE = {
    "norm_book": "the made-up batch brought readings and no norms",
    "marked_norm_book": "the made-up batch brought readings and no norms",
    "check_form": "the form of a check is for the inspectors of its team",
    "use_norm": "a norm is asked for by standard and number",
    "replay": "the made-up job wrote a list and replayed nothing",
    "replay_export": "the made-up job wrote a list and replayed nothing",
    "evidence_preview": "the file of a made-up report is no picture",
    "marked_batch": "the made-up batch is an interval file and no workbook",
    "marked_case_book": "the made-up batch of cases came by no workbook",
    "ledger_book": "the made-up batch brought readings and no ledger",
    "case": "the made-up case is of a kind that nobody ships",
    "case_document": "the made-up case is of a kind that nobody ships",
    "case_document_file": "the made-up case is of a kind that nobody ships",
    "case_visit_form": "the made-up case is of a kind that nobody ships",
    "case_evidence": "the made-up piece of evidence has no file",
    "case_picture": "the made-up piece of evidence has no file",
    "marked_ledger_book": "the made-up batch brought readings and no ledger",
    "figure_fact": "the made-up figure rests on no settled months",
    "fact_user": "the made-up user took no water of the year",
    "events_proof": "an event that was not sealed yet has no proof",
    "events_business_proof": "an event that was not sealed yet has no proof",
    "events_administration_proof": "an event that was not sealed yet has no proof",
    "events_audit_proof": "an event that was not sealed yet has no proof",
}
BUDGET, LEAST_PAGES = 30, 150
TABS = ("doubts", "tasks", "targets", "duties", "thresholds", "sources", "findings", "removed", "history")


class _Words(HTMLParser):
    """Collects the words of a page outside elements that show words of a document."""

    VOID = frozenset({"meta", "link", "img", "input", "br", "hr"})

    def __init__(self) -> None:
        super().__init__()
        self.stack: list[bool] = []
        self.words: list[str] = []
        self.inline: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        is_document = "data-doc" in names or tag in {"script", "title", "style"}
        if tag == "style" or "style" in names or any(name.startswith("on") for name in names):
            self.inline.append(self.get_starttag_text() or tag)
        if tag == "script" and "src" not in names and names.get("type") != "application/json":
            self.inline.append("script")
        shown = [names.get(name) or "" for name in ("aria-label", "placeholder")]
        shown += (
            []
            if "data-doc" in names or "u-lead" in (names.get("class") or "")
            else [names.get("title") or ""]
        )
        if not any(self.stack) and "unit" not in (names.get("class") or "") and tag != "h1":
            self.words += shown
        if tag not in self.VOID:
            self.stack.append(is_document)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID and self.stack:
            self.stack.pop()

    def handle_data(self, data: str) -> None:
        if not any(self.stack) and data.strip():
            self.words.append(data.strip())


def _parsed(html: str) -> _Words:
    parser = _Words()
    parser.feed(html)
    return parser


@pytest.fixture
def city(db: None) -> City:
    """A city with a published plan and a row in every table."""
    return make_city("a", "青禾市", units=UNIT)


@pytest.fixture
def visitors(city: City) -> Visitors:
    """Browsers of its people."""
    return Visitors(city)


def _pages(visitors: Visitors) -> Iterator[tuple[str, Client]]:
    """Paths of all pages that answer GET with HTML, each with somebody who may open it."""
    for address in addresses(visitors.city):
        if "GET" in address.methods and not address.name.startswith("api."):
            yield address.path, visitors.at(address)
    plan = visitors.city.row(tables.PlanDocument).slug
    reading = f"/plans/{plan}/1/"
    paths = [f"{reading}tab/{tab}/" for tab in TABS]
    paths += ["/tasks/?by=path", "/tasks/?by=deadline&q=水", "/search/?q=水利局", "/targets/?year=2027"]
    paths += ["/duties/?year=2027", "/compare/?way=align", f"{reading}?tab=targets", "/units/青禾市水利局/"]
    one = f"{plan}:1"
    paths += [f"/compare/?old={one}&new={one}", f"/compare/?old=rulebook:cn_national_2019&new={one}"]
    for path in paths:
        yield path, visitors.of(Role.OFFICE_CLERK)


@dataclass(frozen=True)
class Answer:
    """What one page answered: the words are None where it is no HTML."""

    path: str
    name: str
    status: int
    queries: int
    words: _Words | None


def _walk(visitors: Visitors) -> Iterator[Answer]:
    """Open every page once; what the first answer of all works out and keeps is not the price of a page."""
    visitors.of(Role.OFFICE_CLERK).get("/")
    of_name = {address.path: address.name for address in addresses(visitors.city)}
    for path, client in _pages(visitors):
        with CaptureQueriesContext(connection) as queries:
            response = client.get(path)
        is_html = response.headers.get("Content-Type", "").startswith("text/html") and not response.streaming
        words = _parsed(response.content.decode("utf-8")) if is_html else None
        response.close()
        yield Answer(path, of_name.get(path, ""), response.status_code, len(queries), words)


_walked: dict[str, list[Answer]] = {}  # by language; one walk takes seconds and many tests read it


@pytest.fixture
def answers(request: pytest.FixtureRequest, db: None) -> list[Answer]:
    """The answers of every page in Chinese."""
    if "zh" not in _walked:
        _walked["zh"] = list(_walk(request.getfixturevalue("visitors")))
    return _walked["zh"]


def test_whoever_has_the_right_sees_every_page(answers: list[Answer]) -> None:
    wrong = {each.path: each.status for each in answers if each.status not in (OK, LED_ON)}
    known = {each.path for each in answers if each.name in NOT_ALWAYS_THERE}
    assert not {path: status for path, status in wrong.items() if path not in known}
    assert len(answers) > LEAST_PAGES


def test_pages_of_a_version_open_before_it_is_published(office: Client, ready: PlanVersion) -> None:
    reading = f"/plans/{ready.plan.slug}/{ready.sequence}/"
    paths = ["/", "/tasks/", "/units/", "/search/?q=水", reading, *(f"{reading}tab/{tab}/" for tab in TABS)]
    assert {path: office.get(path).status_code for path in paths} == dict.fromkeys(paths, OK)
    assert office.get("/units/青禾市水利局/").status_code == NOT_THERE  # nothing is published yet


@pytest.mark.any_database("rights are decided before the database is asked for rows")
def test_a_reader_gets_404_where_the_right_is_missing_and_only_there(visitors: Visitors) -> None:
    allowed, looker = role_rules()[Role.READER].reaches, visitors.of(Role.READER)
    for address in addresses(visitors.city):
        if address.needs in allowed or address.needs == ACCOUNT:
            continue
        for method in address.methods & {"GET", "POST"}:
            status = looker.generic(method, address.path).status_code
            assert status == NOT_THERE, f"{method} {address.path} {status}"


def test_a_stranger_is_sent_to_the_login_page(client: Client, city: City) -> None:
    for address in addresses(city):
        response = client.generic(min(address.methods), address.path)
        if address.name.startswith("api."):
            assert response.status_code in (LED_ON, 401, NOT_THERE), address.path
        else:
            assert response.status_code == 302 and response["Location"].startswith("/login/"), address.path


def test_a_fragment_sends_a_stranger_to_the_login_page(client: Client, ready: PlanVersion) -> None:
    response = client.get("/plans/", headers={"HX-Request": "true"})
    assert (response.status_code, response["HX-Redirect"]) == (204, "/login/")


def test_a_route_answers_only_to_its_methods(visitors: Visitors) -> None:
    for address in addresses(visitors.city):
        if address.methods == {"POST"}:
            assert visitors.at(address).get(address.path).status_code == NO_SUCH_METHOD, address.path


def test_no_page_costs_more_queries_than_its_budget(answers: list[Answer]) -> None:
    assert not {each.path: each.queries for each in answers if each.queries > BUDGET}
    assert sum(each.queries for each in answers) > len(answers)


def test_no_page_holds_inline_script_or_style(answers: list[Answer]) -> None:
    assert not {each.path: each.words.inline for each in answers if each.words and each.words.inline}
    assert _parsed("<p onclick='x()'><style>p{}</style><script>x()</script>").inline == [
        "<p onclick='x()'>",
        "<style>",
        "script",
    ]


def _text(client: Client, path: str) -> str:
    return client.get(path).content.decode("utf-8")


def test_every_answer_carries_the_content_policy(
    client: Client, office: Client, published: PlanVersion
) -> None:
    for response in (client.get("/login/"), office.get("/"), office.get("/nowhere/")):
        policy = response["Content-Security-Policy"]
        assert "unsafe" not in policy and "script-src 'self'" in policy
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Referrer-Policy"] == "same-origin"


def test_chinese_pages_hold_no_latin_words(client: Client, looker: Client, answers: list[Answer]) -> None:
    leaks = {}
    texts = {each.path: each.words for each in answers if each.words}
    texts["/nowhere/"] = _parsed(_text(looker, "/nowhere/"))
    texts["/login/"] = _parsed(_text(client, "/login/"))
    for path, parsed in texts.items():
        words = OWN_WORDS.sub("", " ".join(parsed.words))
        found = set(LATIN.findall(words)) - ALLOWED
        if found:
            leaks[path] = found
    assert not leaks


@pytest.mark.any_database("the words of a page; its queries are asked in the walk in Chinese")
def test_english_pages_hold_no_chinese_words(visitors: Visitors) -> None:
    leaks = {}
    for address in addresses(visitors.city):
        visitors.at(address).cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    visitors.of(Role.OFFICE_CLERK).cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    texts = {each.path: each.words for each in _walk(visitors) if each.words}
    texts["/nowhere/"] = _parsed(_text(visitors.of(Role.OFFICE_CLERK), "/nowhere/"))
    for path, parsed in texts.items():
        found = [word for word in parsed.words if CHINESE.search(word)]
        if found and not path.endswith("/text/"):
            leaks[path] = found
    assert not leaks


def test_what_the_browser_prefers_does_not_change_the_language(office: Client) -> None:
    assert "工作概览" in office.get("/", headers={"Accept-Language": "en-US,en"}).content.decode()


def test_words_of_a_document_are_never_markup(officer: object, office: Client, ready: PlanVersion) -> None:
    hostile = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    text = hostile + ready.source_json["text"][len(hostile) :]
    PlanVersion.objects.filter(pk=ready.pk).update(source_json=ready.source_json | {"text": text}, sha256="x")
    page = _text(office, f"/plans/{ready.plan.slug}/1/")
    assert "<script>alert" not in page and "<img src=x" not in page
    assert "&lt;script&gt;" in page


def test_a_made_up_plan_is_announced_on_every_page(office: Client, published: PlanVersion) -> None:
    assert "均为虚构" not in _text(office, "/")
    published.plan.is_synthetic = True
    published.plan.save()
    for path in ("/", "/tasks/", "/upload/", f"/plans/{published.plan.slug}/1/"):
        assert "均为虚构" in _text(office, path)


@pytest.mark.parametrize(
    "query", ["?page=x", "?year=99999", "?plan=%00", "?kind=%27", "?by=zzz", "?start=-1"]
)
def test_a_strange_query_is_answered(office: Client, published: PlanVersion, query: str) -> None:
    for path in ("/tasks/", "/targets/", "/duties/", "/findings/", "/units/", "/search/"):
        assert office.get(path + query).status_code == 200, path
