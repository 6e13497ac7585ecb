"""What others call things: codes of countries, languages, money and licences, branches and hosts.

Each has the form that its standard gives it, so that it can stand in an address, an attribute or a
file of another program as it is.
"""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from generator.model.fields import is_host, one_text, refused


def _code(pattern: str, message: str, expected: str) -> Any:
    """The type of a text that matches a pattern."""
    form = re.compile(pattern, re.ASCII)

    def checked(value: Any) -> str:
        text = one_text(value)
        if not form.fullmatch(text):
            raise refused(message, expected)
        return text

    schema = {"type": "string", "pattern": f"^{pattern}$"}
    return Annotated[str, BeforeValidator(checked), WithJsonSchema(schema)]


def _host(value: Any) -> str:
    text = one_text(value)
    if not is_host(text):
        raise refused("this is not the name of a host", "a name such as example.org")
    return text


# ISO 3166-1 alpha-2, and ISO 3166-2: a country, and up to three letters or digits.
CountryCode = _code("[A-Z]{2}", "this is not the code of a country", "two capital letters")
RegionCode = _code(
    "[A-Z]{2}-[A-Z0-9]{1,3}", "this is not the code of a region", "a code such as XX-ABC"
)
# BCP 47 (RFC 5646), as far as its form.
LanguageTag = _code(
    "[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,8}",
    "this is not a language",
    "a code such as en or pt-BR",
)
# ISO 4217.
Currency = _code("[A-Z]{3}", "this is not the code of a currency", "three capital letters")
# SPDX (annex D of ISO/IEC 5962): an identifier.
LicenceId = _code(
    r"[A-Za-z0-9][A-Za-z0-9.+-]{0,63}", "this is not the id of a licence", "one such as CC-BY-4.0"
)
# git-check-ref-format(1), without what an address would have to escape.
Branch = _code(
    r"[A-Za-z0-9_][A-Za-z0-9_.-]*(?:/[A-Za-z0-9_][A-Za-z0-9_.-]*){0,8}",
    "this is not the name of a branch",
    "a name such as main",
)
Host = Annotated[str, BeforeValidator(_host), WithJsonSchema({"type": "string"})]

__all__ = [
    "Branch",
    "CountryCode",
    "Currency",
    "Host",
    "LanguageTag",
    "LicenceId",
    "RegionCode",
]
