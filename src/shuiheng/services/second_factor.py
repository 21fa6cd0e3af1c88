"""The second factor: codes that change with time, made by an authenticator from a kept secret."""

from __future__ import annotations

import base64
import re

import pyotp
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import Account, SecondFactor
from shuiheng.services.errors import ServiceError
from shuiheng.services.events import record_event

ISSUER = "水衡"
STEP_SECONDS, STEPS_AROUND = 30, 1
DIGITS = re.compile(r"[0-9]{6}")
CIPHER = "fernet-hkdf-sha256:"


class WrongCodeError(ServiceError):
    """The code is wrong, too old, or was used before; people are not told which."""

    def __init__(self) -> None:
        super().__init__("accounts.wrong_code")


def has_second_factor(account: Account) -> bool:
    """Return whether an account has an authenticator."""
    return SecondFactor.objects.filter(account=account, confirmed_at__isnull=False).exists()


def new_sealed_secret() -> str:
    """Return a new secret, encrypted; it can be kept in a session until it is confirmed."""
    return CIPHER + _cipher().encrypt(pyotp.random_base32().encode("ascii")).decode("ascii")


def enrolment_address(account: Account, sealed: str) -> str:
    """Return what an authenticator reads from the picture."""
    return pyotp.TOTP(open_secret(sealed)).provisioning_uri(name=account.username, issuer_name=ISSUER)


def open_secret(sealed: str) -> str:
    """Return the secret in the clear.

    Raises:
        WrongCodeError: It was sealed with a key that the installation no longer has.
    """
    try:
        return _cipher().decrypt(sealed.removeprefix(CIPHER).encode("ascii")).decode("ascii")
    except InvalidToken as error:
        raise WrongCodeError from error


def confirm_second_factor(account: Account, sealed: str, code: str) -> SecondFactor:
    """Keep the secret for an account that has none, once a first code proves that it arrived.

    Raises:
        WrongCodeError: The code does not belong to the secret.
        ServiceError: `accounts.has_factor`, the account has an authenticator already.
    """
    step = _step_of(open_secret(sealed), code)
    if step is None:
        raise WrongCodeError
    with transaction.atomic():
        Account.objects.select_for_update().get(pk=account.pk)
        if has_second_factor(account):
            raise ServiceError("accounts.has_factor")
        SecondFactor.objects.filter(account=account).delete()
        factor = SecondFactor.objects.create(
            account=account, secret=sealed, confirmed_at=timezone.now(), last_step=step
        )
        record_event(account, "second_factor.confirmed", subject=f"account:{account.pk}")
    return factor


def check_code(account: Account, code: str) -> None:
    """Accept a code once.

    Raises:
        WrongCodeError: It is wrong, too old, or not newer than the last one that was accepted.
    """
    factor = SecondFactor.objects.filter(account=account, confirmed_at__isnull=False).first()
    step = _step_of(open_secret(factor.secret), code) if factor is not None else None
    if factor is None or step is None:
        raise WrongCodeError
    newer = SecondFactor.objects.filter(pk=factor.pk, last_step__lt=step)
    if not newer.update(last_step=step):
        raise WrongCodeError


def _step_of(secret: str, code: str) -> int | None:
    """Return the step of time to which a code belongs, of those around now."""
    digits = code.replace(" ", "")
    if not DIGITS.fullmatch(digits):
        return None
    now = int(timezone.now().timestamp()) // STEP_SECONDS
    codes = pyotp.TOTP(secret)
    found = None
    for step in range(now - STEPS_AROUND, now + STEPS_AROUND + 1):
        if pyotp.utils.strings_equal(codes.generate_otp(step), digits):
            found = step
    return found


def _cipher() -> MultiFernet:
    """Return the cipher whose first key is derived from the secret key, the others from older ones."""
    return MultiFernet([_key(each) for each in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret: str | bytes) -> Fernet:
    kept = secret.encode("utf-8") if isinstance(secret, str) else secret
    derived = HKDF(SHA256(), 32, salt=None, info=b"shuiheng.second_factor").derive(kept)
    return Fernet(base64.urlsafe_b64encode(derived))
