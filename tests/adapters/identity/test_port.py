"""Every provider has the shape of the port."""

from __future__ import annotations

import inspect

import pytest

from shuiheng.adapters.identity.cas import CasProvider
from shuiheng.adapters.identity.oidc import OidcProvider
from shuiheng.adapters.identity.port import IdentityProvider


@pytest.mark.parametrize("provider", [CasProvider, OidcProvider])
@pytest.mark.parametrize("name", ["start", "finish"])
def test_a_provider_takes_and_gives_what_the_port_says(provider: type, name: str) -> None:
    wanted, found = (inspect.signature(getattr(each, name)) for each in (IdentityProvider, provider))
    assert [(each.name, each.kind) for each in wanted.parameters.values()] == [
        (each.name, each.kind) for each in found.parameters.values()
    ]
    assert wanted.return_annotation == found.return_annotation
