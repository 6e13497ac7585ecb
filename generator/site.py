"""The settings of a site, from ``content/site.yaml``."""

from __future__ import annotations

from pydantic import ValidationInfo, field_validator

from generator.model.fields import (
    Boolean,
    Date,
    DateField,
    Integer,
    Model,
    Slug,
    Text,
    Url,
    refused,
)


class Language(Model):
    """A language of the site. ``name`` is its own name for itself.

    ``reviewed`` says whether a native speaker has read its words; ``case_forms`` are the forms of
    names that its patterns may ask for.
    """

    name: Text
    reviewed: Boolean = False
    case_forms: tuple[Slug, ...] = ()


class Site(Model):
    """What the generator must know of a site besides its facts and words.

    ``languages`` are BCP 47 codes in the order of the switcher; ``address`` is where the site is
    published, with any sub-path; ``repository`` with ``branch`` is where its content can be
    edited; ``as_of`` is the state of the data, which the build uses in place of a clock.
    ``earliest`` is before everything that the sources tell of. ``at_least`` are the fewest records
    of a kind that there should be, so that lost files are noticed.
    """

    languages: dict[Slug, Language]
    source_language: Slug
    address: Url
    repository: Url
    branch: Text = "main"
    as_of: DateField
    earliest: DateField | None = None
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
        return date

    @field_validator("address")
    @classmethod
    def _ends_with_slash(cls, address: str) -> str:
        if not address.endswith("/"):
            raise refused("the address does not end with a slash", "https://host/path/")
        return address

    def edit_address(self, path: str, line: int | None = None) -> str:
        """Where a file of the repository can be edited, at a line if the host goes there."""
        anchor = f"#L{line}" if line else ""
        return f"{self.repository.rstrip('/')}/edit/{self.branch}/{path}{anchor}"

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of all languages, in order."""
        return tuple(self.languages)
