"""Addresses: the same in all languages, from ids, and relative wherever a page links."""

from __future__ import annotations

import posixpath
from pathlib import PurePosixPath
from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.kinds import KINDS
from generator.routes import Routes, file_of, relative, relative_file
from tests.helpers import toy_data

slugs = st.from_regex(r"[a-z]{1,3}", fullmatch=True)
urls = st.lists(slugs, max_size=4).map(lambda parts: "".join(f"{part}/" for part in parts))
targets = st.one_of(urls, st.builds("{}#{}".format, urls, slugs))


@pytest.mark.parametrize(
    ("identifier", "address"),
    [
        ("alder", "regions/alder/"),
        ("kestria", "countries/kestria/"),
        ("note-1", "sources/note-1/"),
        ("alder-cedar-2015", "agreements/alder-cedar-2015/"),
        ("forum-2", "forums/forum-2/"),
        ("alder-works", "organisations/alder-works/"),
        ("alder-city", "regions/alder/#alder-city"),
        ("alder-trade-2019", "regions/alder/#alder-trade-2019"),
        ("cedar-buses", "regions/cedar/#cedar-buses"),
        ("cedar-buses.large", "regions/cedar/#cedar-buses.large"),
        ("orlen-2020", "regions/alder/#orlen-2020"),
        ("alder-city-cedar-port", "regions/alder/#alder-city-cedar-port"),
        ("shared-forests", "programmes/#shared-forests"),
    ],
)
def test_the_address_of_a_record(identifier: str, address: str) -> None:
    routes = Routes(toy_data())
    assert routes[identifier] == address


def test_every_record_has_an_address_and_no_two_the_same() -> None:
    data = toy_data()
    routes = Routes(data)
    addresses = [routes[identifier] for identifier in data.items]
    assert len(set(addresses)) == len(addresses)
    for item in data.items.values():
        address = routes[item.id]
        assert address.isascii()
        assert (address == f"{KINDS[item.kind].plural}/{item.id}/") == KINDS[item.kind].has_page
        assert KINDS[item.kind].has_page or address.endswith(f"/#{item.id}")


def test_unknown_ids_have_none() -> None:
    with pytest.raises(KeyError):
        Routes(toy_data())["nowhere"]


@pytest.mark.parametrize(
    ("source", "target", "link"),
    [
        ("regions/north/", "sources/fn-1/", "../../sources/fn-1/"),
        ("regions/north/", "regions/south/", "../south/"),
        ("regions/north/", "regions/", "../"),
        ("regions/north/", "", "../../"),
        ("", "regions/north/", "regions/north/"),
        ("", "", "./"),
        ("regions/", "regions/", "./"),
        ("regions/north/", "regions/north/#fact", "#fact"),
        ("regions/", "regions/north/#fact", "north/#fact"),
        ("regions/north/", "programmes/#p", "../../programmes/#p"),
        ("agreements/by-year/2019/", "agreements/a/", "../../a/"),
    ],
)
def test_links_between_pages(source: str, target: str, link: str) -> None:
    assert relative(source, target) == link


@given(urls, targets)
def test_a_relative_link_leads_to_its_target(source: str, target: str) -> None:
    root = "https://example.org/sub/en/"
    assert urljoin(root + source, relative(source, target)) == root + target
    assert not relative(source, target).startswith("/")


@given(urls, targets)
def test_a_link_between_files_leads_to_the_file_of_its_target(source: str, target: str) -> None:
    path, _, anchor = target.partition("#")
    link, _, found = relative_file(source, target).partition("#")
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(file_of(source)), link))
    assert joined == file_of(path)
    assert found == anchor


@given(st.lists(urls, min_size=2, max_size=2, unique=True))
def test_two_pages_never_share_a_file(pair: list[str]) -> None:
    one, other = (file_of(url) for url in pair)
    assert one != other
    assert PurePosixPath(one).suffix == ".md"


@pytest.mark.parametrize(
    ("url", "file"),
    [
        ("", "index.md"),
        ("regions/", "regions/index.md"),
        ("regions/north/", "regions/north/index.md"),
        ("agreements/by-year/2019/", "agreements/by-year/2019/index.md"),
    ],
)
def test_the_file_of_a_page(url: str, file: str) -> None:
    assert file_of(url) == file
