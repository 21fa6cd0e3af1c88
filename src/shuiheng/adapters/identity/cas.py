"""CAS, the log-in server of many Chinese administrations and universities: a ticket that holds once."""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Mapping
from urllib.parse import urlencode

from lxml import etree

from shuiheng.adapters.identity.errors import IdentityError
from shuiheng.adapters.identity.fetching import check_address, fetch
from shuiheng.adapters.identity.port import Identity, Started

NAMESPACE = {"cas": "http://www.yale.edu/tp/cas"}
TICKET = re.compile(r"ST-[A-Za-z0-9._-]{1,250}")
LENGTH = 32


class CasProvider:
    """A server of the CAS protocol, version 2 or 3.

    Args:
        server: Its address, up to but without `/login`.
    """

    def __init__(self, *, server: str) -> None:
        self.server = server.rstrip("/")

    def start(self, *, callback: str) -> Started:
        """Return where to send a person; the service address carries a new state."""
        check_address(self.server)
        kept = {"state": secrets.token_urlsafe(LENGTH)}
        query = urlencode({"service": _service(callback, kept["state"])})
        return Started(address=f"{self.server}/login?{query}", kept=kept)

    def finish(self, started: Started, *, answer: Mapping[str, str], callback: str) -> Identity:
        """Return the person to whom the server gave the ticket.

        Raises:
            IdentityError: The state is another, or the server does not know the ticket.
        """
        state = started.kept["state"]
        if not hmac.compare_digest(answer.get("state", "").encode(), state.encode()):
            raise IdentityError("the state is not the one that was sent")
        ticket = answer.get("ticket", "")
        if not TICKET.fullmatch(ticket):
            raise IdentityError("there is no ticket")
        query = urlencode({"service": _service(callback, state), "ticket": ticket})
        return _identity(fetch(f"{self.server}/serviceValidate?{query}"))


def _service(callback: str, state: str) -> str:
    return f"{callback}?{urlencode({'state': state})}"


def _identity(answer: bytes) -> Identity:
    if b"<!DOCTYPE" in answer:
        raise IdentityError("the answer defines entities")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(answer, parser)
    except etree.XMLSyntaxError as error:
        raise IdentityError("the answer is no XML") from error
    if root.tag != f"{{{NAMESPACE['cas']}}}serviceResponse":
        raise IdentityError("the answer is of another form")
    users = root.findall("cas:authenticationSuccess/cas:user", NAMESPACE)
    subject = (users[0].text or "").strip() if len(users) == 1 else ""
    if not subject:
        raise IdentityError("the server does not know the ticket")
    return Identity(subject=subject)
