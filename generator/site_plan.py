"""What the site consists of: its pages in every language, each with the day of its last change."""

from __future__ import annotations

from collections.abc import Sequence

from generator.dataset import Dataset
from generator.exports.pages import changed_pages
from generator.finish import SitePlan
from generator.routes import Routes
from generator.views.page import Page


def site_plan(dataset: Dataset, pages: Sequence[Page]) -> SitePlan:
    """The plan of the site for sitemaps and the check of links; all languages have all pages."""
    site, days = dataset.site, changed_pages(dataset, Routes(dataset))
    planned = {page.url: days.get(page.url) for page in pages}
    return SitePlan(
        site_url=site.address,
        languages=site.codes,
        default=site.source_language,
        pages=dict.fromkeys(site.codes, planned),
    )
