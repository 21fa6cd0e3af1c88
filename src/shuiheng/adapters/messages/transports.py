"""Mail by SMTP and short messages by HTTP; each carries the key of the message.

A message may be handed over twice when the power fails between the handing over and the
note of it. The key is the Message-ID of the mail and the `id` of the short message, so that
the receiver's side drops the second one.
"""

from __future__ import annotations

import hashlib
import json
import smtplib
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

SECONDS = 15
SERVER_FAULT, TOO_MANY = 500, 429


class TransportError(Exception):
    """A message did not go out.

    Args:
        reason: What the other side said.
        is_final: Whether trying again is of no use, as with an address that does not exist.
    """

    def __init__(self, reason: str, *, is_final: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.is_final = is_final


class Transport(Protocol):
    """One way out."""

    def send(self, *, address: str, title: str, text: str, key: str) -> None:
        """Hand one message over; TransportError when it was not taken."""
        ...


class MailTransport:
    """Mail through the server of the settings."""

    def send(self, *, address: str, title: str, text: str, key: str) -> None:
        """Hand one mail over."""
        digest = hashlib.sha256(key.encode()).hexdigest()[:32]
        host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2] or "localhost"
        mail = EmailMessage(
            subject=" ".join(title.split()),
            body=text,
            to=[address],
            headers={"Message-ID": f"<{digest}@{host}>"},
            connection=get_connection(timeout=SECONDS),
        )
        try:
            mail.send()
        except smtplib.SMTPRecipientsRefused as error:
            raise TransportError(str(error)[:200], is_final=True) from error
        except (smtplib.SMTPException, OSError) as error:
            raise TransportError(str(error)[:200] or type(error).__name__) from error


class SmsTransport:
    """Short messages through the HTTP gateway of the settings.

    Args:
        url: Where one JSON object per message is posted: `id`, `phone`, `title`, `text`.
        token: Sent as bearer token; may be empty.
    """

    def __init__(self, url: str, token: str = "") -> None:
        self.url = url
        self.token = token

    def send(self, *, address: str, title: str, text: str, key: str) -> None:
        """Hand one short message over."""
        body = json.dumps({"id": key, "phone": address, "title": title, "text": text}).encode()
        request = urllib.request.Request(self.url, data=body, method="POST")  # noqa: S310  an address of the settings
        request.add_header("Content-Type", "application/json")
        if self.token:
            request.add_header("Authorization", f"Bearer {self.token}")
        try:
            with urllib.request.urlopen(request, timeout=SECONDS):  # noqa: S310  an address of the settings
                return
        except urllib.error.HTTPError as error:
            error.close()
            is_final = error.code < SERVER_FAULT and error.code != TOO_MANY
            raise TransportError(f"HTTP {error.code}", is_final=is_final) from error
        except OSError as error:
            raise TransportError(str(error)[:200] or type(error).__name__) from error


def transports() -> Mapping[str, Transport]:
    """Return the ways out that are configured, by channel."""
    found: dict[str, Transport] = {}
    if settings.MAIL_IS_ON:
        found["mail"] = MailTransport()
    if settings.SMS_URL:
        found["sms"] = SmsTransport(settings.SMS_URL, settings.SMS_TOKEN)
    return found
