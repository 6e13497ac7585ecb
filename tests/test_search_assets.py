"""The search library and its stemmers, as they ship with the engine."""

from __future__ import annotations

import pytest

from generator.search_assets import BUILT_IN, search_assets, stemmer_of, stemmers
from generator.site import Language


def test_a_language_has_the_stemmer_of_its_name_or_the_one_chosen() -> None:
    assert stemmer_of("de") == "de"
    assert stemmer_of("pt-br") == "pt"
    assert stemmer_of("pl") is None
    assert stemmer_of("pl", "ru") == "ru"
    assert stemmer_of("de", BUILT_IN) == BUILT_IN


def test_every_stemmer_has_its_files() -> None:
    assert {"de", "ru", "fr", BUILT_IN} <= stemmers()
    assert "stemmer" not in stemmers()
    for name in stemmers():
        extra = {"lunr.stemmer.support.js", f"lunr.{name}.js"} if name != BUILT_IN else set()
        assert search_assets(name).keys() == {"lunr.js"} | extra
    assert search_assets(None).keys() == {"lunr.js"}


def test_a_stemmer_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="no such stemmer"):
        Language.model_validate({"name": "Xish", "stemmer": "xx"})
