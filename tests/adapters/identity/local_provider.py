"""A provider of identities on 127.0.0.1 that follows the rules, and can be told to break one."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "shuiheng", "s3cret:/+"
SUBJECT = "u-100"


class LocalProvider:
    """What the provider knows and what it has given out.

    Args:
        address: Its address.
        fault: The rule that it breaks, or nothing.
    """

    def __init__(self, address: str, fault: str = "") -> None:
        self.address = address
        self.fault = fault
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.codes: dict[str, dict[str, str]] = {}
        self.tickets: dict[str, str] = {}
        self.asked: list[str] = []

    def sign_in(self, address: str) -> str:
        """Return where the browser of a person who proves to be `SUBJECT` is sent back to."""
        parts = urlsplit(address)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path == "/login":
            ticket = f"ST-{secrets.token_hex(8)}"
            self.tickets[ticket] = query["service"]
            return f"{query['service']}&{urlencode({'ticket': ticket})}"
        code = secrets.token_hex(8)
        self.codes[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def configuration(self) -> dict[str, Any]:
        """Return what the provider publishes about itself."""
        return {
            "issuer": "https://other.example" if self.fault == "other_name" else self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": "http://192.0.2.1/token" if self.fault == "plain" else f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
        }

    def keys(self) -> dict[str, Any]:
        """Return the public key."""
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [public | {"kid": "k1", "use": "sig"}]}

    def token(self, form: dict[str, str], authorization: str) -> dict[str, Any] | None:
        """Return tokens for a code, once; None when anything in the request does not fit."""
        asked = self.codes.pop(form.get("code", ""), None)
        pair = base64.b64decode(authorization.removeprefix("Basic ")).decode()
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if asked is None or asked["redirect_uri"] != form.get("redirect_uri"):
            return None
        if asked["code_challenge"] != challenge or pair != f"{CLIENT}:s3cret%3A%2F%2B":
            return None
        return {"access_token": "x", "token_type": "Bearer", "id_token": self._signed(asked["nonce"])}

    def validated(self, query: dict[str, str]) -> str:
        """Return the answer of CAS for a ticket, which holds once and for its service only."""
        service = self.tickets.pop(query.get("ticket", ""), None)
        inner = f"<cas:authenticationSuccess><cas:user>{SUBJECT}</cas:user></cas:authenticationSuccess>"
        if service is None or service != query.get("service"):
            inner = '<cas:authenticationFailure code="INVALID_TICKET">no</cas:authenticationFailure>'
        head = '<!DOCTYPE a [<!ENTITY u "admin">]>' if self.fault == "entity" else ""
        inner = inner.replace(SUBJECT, "&u;") if self.fault == "entity" else inner
        return (
            f'{head}<cas:serviceResponse xmlns:cas="http://www.yale.edu/tp/cas">{inner}</cas:serviceResponse>'
        )

    def _signed(self, nonce: str) -> str:
        now = int(time.time())
        claims: dict[str, Any] = {
            "iss": self.address,
            "sub": SUBJECT,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": nonce,
            "name": "赵工",
        }
        claims |= {
            "nonce": {"nonce": "another"},
            "issuer": {"iss": "https://evil.example"},
            "audience": {"aud": "other-client"},
            "party": {"aud": [CLIENT, "other"], "azp": "other"},
            "expired": {"exp": now - 300},
        }.get(self.fault, {})
        if self.fault == "no_subject":
            del claims["sub"]
        if self.fault == "none":
            return jwt.encode(claims, None, algorithm="none", headers={"kid": "k1"})  # type: ignore[arg-type]  # no key
        if self.fault == "shared_key":
            return jwt.encode(claims, "k" * 64, algorithm="HS256", headers={"kid": "k1"})
        key = self.key
        if self.fault == "other_key":
            key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        return jwt.encode(claims, key, "RS256", headers={"kid": "k9" if self.fault == "kid" else "k1"})


class _Answers(BaseHTTPRequestHandler):
    provider: LocalProvider

    def log_message(self, *_arguments: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Answer for the configuration, the keys, or a ticket."""
        parts, provider = urlsplit(self.path), self.provider
        provider.asked.append(parts.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if provider.fault == "redirect":
            self._send("", status=302, location="http://127.0.0.1:9/")
        elif provider.fault == "huge":
            self._send("x" * 600_000)
        elif parts.path == "/.well-known/openid-configuration":
            self._send(json.dumps(provider.configuration()))
        elif parts.path == "/keys":
            self._send(json.dumps(provider.keys()))
        elif parts.path == "/serviceValidate":
            self._send(provider.validated(query))
        else:
            self._send("", status=404)

    def do_POST(self) -> None:
        """Answer for a code."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = {name: values[0] for name, values in parse_qs(body).items()}
        tokens = self.provider.token(form, self.headers.get("Authorization", ""))
        self._send(json.dumps(tokens or {"error": "invalid_grant"}), status=200 if tokens else 400)

    def _send(self, text: str, *, status: int = 200, location: str = "") -> None:
        content = text.encode()
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@contextmanager
def local_provider(fault: str = "") -> Iterator[LocalProvider]:
    """Run a provider until the block ends."""
    answers = type("Answers", (_Answers,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), answers)
    provider = LocalProvider(f"http://127.0.0.1:{server.server_port}", fault)
    answers.provider = provider  # type: ignore[attr-defined]  # the class made above
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
