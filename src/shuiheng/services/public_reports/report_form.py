"""The form of the public: a mark that it was opened by somebody who took time, and what was typed into it."""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from time import time

from django.core import signing
from django.utils.crypto import salted_hmac

from shuiheng.adapters.records.models import Place
from shuiheng.adapters.rulebook.public_policy import public_policy
from shuiheng.services.errors import ServiceError
from shuiheng.services.public_reports.open_cities import districts_of

SALT, SECONDS_OF_HOUR = "shuiheng.public_report.form", 3600
LONGEST = {"words": 1000, "spot": 200, "name": 40, "phone": 20, "latitude": 12, "longitude": 12}
FEWEST_SIGNS = 5
CODE_SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 10
_PHONE = re.compile(r"\+?\d[\d\- ]{4,18}")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedReport:
    """What was typed into the form, as it was typed."""

    kind: str = ""
    words: str = ""
    spot: str = ""
    district: str = ""
    latitude: str = ""
    longitude: str = ""
    name: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadReport:
    """What was typed, as values."""

    kind: str
    words: str
    spot: str
    district: Place | None
    latitude: Decimal | None
    longitude: Decimal | None
    name: str
    phone: str


def new_form(city: Place) -> str:
    """Return the mark of a form that is opened now."""
    return signing.dumps([city.pk, int(time()), secrets.token_hex(8)], salt=SALT)


def check_form(city: Place, mark: str, *, trap: str) -> None:
    """Let a form pass that a person filled.

    Args:
        city: Of which city it is.
        mark: What `new_form` gave.
        trap: What stands in the field that no person sees.

    Raises:
        ServiceError: `public_reports.not_a_person`; `public_reports.too_fast`; `public_reports.form_old`.
    """
    policy = public_policy()
    if trap:
        raise ServiceError("public_reports.not_a_person")
    try:
        place, opened, _ = signing.loads(mark, salt=SALT, max_age=policy.form_hours * SECONDS_OF_HOUR)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise ServiceError("public_reports.form_old") from error
    if place != city.pk:
        raise ServiceError("public_reports.form_old")
    if time() - opened < policy.least_seconds:
        raise ServiceError("public_reports.too_fast")


def read_form(city: Place, typed: TypedReport) -> ReadReport:
    """Return what was typed as values.

    Raises:
        ServiceError: `public_reports.field` names the first field that is missing or cannot be so.
    """
    for name, limit in LONGEST.items():
        if len(getattr(typed, name)) > limit:
            raise ServiceError("public_reports.field", field=name)
    words, spot, phone = typed.words.strip(), typed.spot.strip(), typed.phone.strip()
    if typed.kind not in public_policy().matters:
        raise ServiceError("public_reports.field", field="kind")
    if len(plain_signs(words)) < FEWEST_SIGNS:
        raise ServiceError("public_reports.field", field="words")
    if not plain_signs(spot):
        raise ServiceError("public_reports.field", field="spot")
    if phone and not _PHONE.fullmatch(unicodedata.normalize("NFKC", phone)):
        raise ServiceError("public_reports.field", field="phone")
    latitude, longitude = _degrees(typed, "latitude", 90), _degrees(typed, "longitude", 180)
    if (latitude is None) != (longitude is None):
        raise ServiceError("public_reports.field", field="latitude" if latitude is None else "longitude")
    return ReadReport(
        kind=typed.kind,
        words=words,
        spot=spot,
        district=_district(city, typed.district),
        latitude=latitude,
        longitude=longitude,
        name=typed.name.strip(),
        phone=unicodedata.normalize("NFKC", phone),
    )


def plain_signs(text: str) -> str:
    """Return the letters and digits of a text, small and in their usual width."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).lower() if sign.isalnum())


def words_digest(text: str) -> str:
    """Return a digest that is the same for texts of the same letters and digits."""
    return hashlib.sha256(plain_signs(text).encode("utf-8")).hexdigest()


def form_digest(mark: str, typed: TypedReport) -> str:
    """Return by what the same form with the same words is known when it comes again."""
    said = "\n".join((mark, typed.kind, typed.words, typed.spot, typed.name, typed.phone))
    return hashlib.sha256(said.encode("utf-8", errors="replace")).hexdigest()


def code_of(digest: str) -> str:
    """Return the code of the report of a form; the form sent again gives the same."""
    number = int(salted_hmac("shuiheng.public_report.code", digest, algorithm="sha256").hexdigest(), 16)
    signs = []
    for _ in range(CODE_LENGTH):
        number, place = divmod(number, len(CODE_SIGNS))
        signs.append(CODE_SIGNS[place])
    return "".join(signs)


def code_digest(number: str, code: str) -> str:
    """Return what is kept of a code."""
    return hashlib.sha256(f"{number}\n{typed_code(code)}".encode()).hexdigest()


def typed_code(text: str) -> str:
    """Return a number or a code as it is kept, however it was typed."""
    return _SPACES.sub("", unicodedata.normalize("NFKC", text)).upper()


def _degrees(typed: TypedReport, name: str, most: int) -> Decimal | None:
    text = unicodedata.normalize("NFKC", getattr(typed, name)).strip()
    if not text:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation as error:
        raise ServiceError("public_reports.field", field=name) from error
    if not value.is_finite() or abs(value) > most:
        raise ServiceError("public_reports.field", field=name)
    return round(value, 6)


def _district(city: Place, key: str) -> Place | None:
    if not key:
        return None
    for place in districts_of(city):
        if str(place.pk) == key:
            return place
    raise ServiceError("public_reports.field", field="district")
