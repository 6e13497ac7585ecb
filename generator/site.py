"""The settings of a site, from ``content/site.yaml``."""

from __future__ import annotations

from urllib.parse import urlsplit

from pydantic import ValidationInfo, field_validator

from generator.model.codes import Branch, Host, LicenceId
from generator.model.fields import (
    Boolean,
    Date,
    DateField,
    Integer,
    Model,
    Slug,
    Text,
    Url,
    UrlPattern,
    refused,
)
from generator.model.release import Version

# The clock of a build stands at the state of the data; archives count from 1980 and to 2105.
FIRST_STATE, LAST_STATE = 1980, 2099


class Language(Model):
    """A language of the site. ``name`` is its own name for itself.

    ``reviewed`` says whether a native speaker has read its words; ``case_forms`` are the forms of
    names that its patterns may ask for.
    """

    name: Text
    reviewed: Boolean = False
    case_forms: tuple[Slug, ...] = ()


class Licence(Model):
    """The licence of the data and words: its SPDX id, such as ``CC-BY-4.0``, and its text."""

    id: LicenceId
    address: Url


class Site(Model):
    """What the generator must know of a site besides its facts and words.

    ``languages`` are BCP 47 codes in the order of the switcher, ``source_language`` the one that
    others are translated from; ``address`` is where the site is
    published, with any sub-path; ``repository`` with ``branch`` is where its content can be
    edited; ``report`` where a fault can be reported, with ``{title}`` and ``{address}`` of the page
    in it; ``licence`` is that of the data and words; ``as_of`` is the state of the data, which
    the build uses in place of a clock. ``earliest`` is before everything that the sources tell of.
    ``at_least`` are the fewest records of a kind that there should be, so that lost files are
    noticed.

    ``version`` is that of the data as last released (``model.release``). ``published`` is the day
    of their first publication and ``authority`` the host of that day: both are part of the
    permanent identifiers of records, and stay when the site moves.
    """

    languages: dict[Slug, Language]
    source_language: Slug
    address: Url
    repository: Url
    branch: Branch = "main"
    report: UrlPattern | None = None
    licence: Licence | None = None
    as_of: DateField
    earliest: DateField | None = None
    version: Version | None = None
    published: DateField | None = None
    authority: Host | None = None
    at_least: dict[Slug, Integer] = {}

    @field_validator("source_language")
    @classmethod
    def _is_a_language(cls, code: str, info: ValidationInfo) -> str:
        languages = info.data.get("languages")
        if languages is not None and code not in languages:
            raise refused(
                "the source language is not one of the languages", "one of " + ", ".join(languages)
            )
        return code

    @field_validator("as_of")
    @classmethod
    def _is_one_date(cls, date: Date) -> Date:
        if date.is_interval:
            raise refused("the state of the data is one date", "a year, month or day")
        if not FIRST_STATE <= date.start.year <= LAST_STATE:
            expected = f"a date of {FIRST_STATE} to {LAST_STATE}"
            raise refused("the state of the data is of no year that a build can have", expected)
        return date

    @field_validator("address")
    @classmethod
    def _ends_with_slash(cls, address: str) -> str:
        if not address.endswith("/"):
            raise refused("the address does not end with a slash", "https://host/path/")
        return address

    @property
    def host(self) -> str:
        """The host that permanent identifiers name: that of the first publication."""
        return self.authority or urlsplit(self.address).hostname or ""

    @property
    def tag(self) -> str:
        """What permanent identifiers begin with: a tag URI (RFC 4151) of the first publication."""
        return f"tag:{self.host},{(self.published or self.as_of).first.isoformat()}:"

    def edit_address(self, path: str, line: int | None = None) -> str:
        """Where a file of the repository can be edited, at a line if the host goes there."""
        anchor = f"#L{line}" if line else ""
        return f"{self.repository.rstrip('/')}/edit/{self.branch}/{path}{anchor}"

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of all languages, in order."""
        return tuple(self.languages)
