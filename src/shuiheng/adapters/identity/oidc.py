"""OpenID Connect: the code flow with PKCE, state and nonce, and a signed token that is checked."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

import jwt

from shuiheng.adapters.identity.errors import IdentityError
from shuiheng.adapters.identity.fetching import check_address, fetch_json
from shuiheng.adapters.identity.port import Identity, Started

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA")
CLOCK_SECONDS = 60
LENGTH = 32
BASIC = "client_secret_basic"


class OidcProvider:
    """A provider that follows OpenID Connect Core and publishes its configuration.

    Args:
        issuer: Its address, as it names itself.
        client: The name under which this installation is known to it.
        secret: The secret that goes with the name.
    """

    def __init__(self, *, issuer: str, client: str, secret: str) -> None:
        self.issuer = issuer
        self.client = client
        self.secret = secret

    def start(self, *, callback: str) -> Started:
        """Return where to send a person; state, nonce and verifier are new each time."""
        kept = {name: secrets.token_urlsafe(LENGTH) for name in ("state", "nonce", "verifier")}
        digest = hashlib.sha256(kept["verifier"].encode("ascii")).digest()
        query = {
            "response_type": "code",
            "client_id": self.client,
            "redirect_uri": callback,
            "scope": "openid profile",
            "state": kept["state"],
            "nonce": kept["nonce"],
            "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii"),
            "code_challenge_method": "S256",
        }
        page = self._endpoint(self._configuration(), "authorization_endpoint")
        return Started(address=f"{page}{'&' if '?' in page else '?'}{urlencode(query)}", kept=kept)

    def finish(self, started: Started, *, answer: Mapping[str, str], callback: str) -> Identity:
        """Return the person whom the provider's signed token names.

        Raises:
            IdentityError: State, issuer, code, signature, audience, nonce or time does not fit.
        """
        if not hmac.compare_digest(answer.get("state", "").encode(), started.kept["state"].encode()):
            raise IdentityError("the state is not the one that was sent")
        if "error" in answer or not answer.get("code"):
            raise IdentityError(f"no code: {answer.get('error', '')[:80]}")
        known = self._configuration()
        if answer.get("iss", self.issuer) != self.issuer:
            raise IdentityError("the answer is of another issuer")
        token = self._token(known, answer["code"], started.kept["verifier"], callback)
        claims = self._claims(known, token)
        if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), started.kept["nonce"].encode()):
            raise IdentityError("the nonce is not the one that was sent")
        if claims.get("azp", self.client) != self.client:
            raise IdentityError("the token is for another client")
        return Identity(subject=str(claims["sub"]), name=str(claims.get("name", "")))

    def _configuration(self) -> dict[str, Any]:
        known = fetch_json(f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
        if known.get("issuer") != self.issuer:
            raise IdentityError("the provider names itself otherwise")
        return known

    def _endpoint(self, known: Mapping[str, Any], name: str) -> str:
        address = known.get(name)
        if not isinstance(address, str):
            raise IdentityError(f"the provider has no {name}")
        check_address(address)
        return address

    def _token(self, known: Mapping[str, Any], code: str, verifier: str, callback: str) -> str:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": callback,
            "code_verifier": verifier,
        }
        headers: dict[str, str] = {}
        if BASIC in known.get("token_endpoint_auth_methods_supported", [BASIC]):
            pair = f"{quote(self.client, safe='')}:{quote(self.secret, safe='')}"
            headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode('ascii')}"
        else:
            form |= {"client_id": self.client, "client_secret": self.secret}
        token = fetch_json(self._endpoint(known, "token_endpoint"), form=form, headers=headers).get(
            "id_token"
        )
        if not isinstance(token, str):
            raise IdentityError("the provider gives no token")
        return token

    def _claims(self, known: Mapping[str, Any], token: str) -> dict[str, Any]:
        keys = fetch_json(self._endpoint(known, "jwks_uri"))
        try:
            head = jwt.get_unverified_header(token)
            key = self._key(keys, head)
            claims: dict[str, Any] = jwt.decode(
                token,
                key,
                algorithms=[head["alg"]],
                audience=self.client,
                issuer=self.issuer,
                leeway=CLOCK_SECONDS,
                options={"require": ["iss", "sub", "aud", "exp", "iat"]},
            )
        except jwt.PyJWTError as error:
            raise IdentityError(f"the token does not hold: {error}") from error
        return claims

    def _key(self, keys: Mapping[str, Any], head: Mapping[str, Any]) -> jwt.PyJWK:
        if head.get("alg") not in ALGORITHMS:
            raise IdentityError("the token is signed in a way that is not accepted")
        listed = keys.get("keys")
        for each in listed if isinstance(listed, list) else ():
            if isinstance(each, dict) and each.get("kid") == head.get("kid") and each.get("kty") != "oct":
                return jwt.PyJWK(each, algorithm=str(head["alg"]))
        raise IdentityError("the token is signed with an unknown key")
