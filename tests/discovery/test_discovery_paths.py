"""Which addresses are no releases by default, and how an operator overrules it."""

from __future__ import annotations

import pytest

from aggregator.adapters.listing import paths
from aggregator.model import Source

SITE = "https://www.kestrel-pumps.example"
PAGE = SITE + "/de/presse/"


def source(**keys: tuple[str, ...]) -> Source:
    return Source(id="kestrel", adapter="newsroom", url=PAGE, **keys)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        (SITE + "/presse/neue-jobs-in-koeln", ""),
        (SITE + "/2026/05/kestrel-opens-plant", ""),
        (SITE + "/unternehmen/presse/meldung-12", ""),
        (SITE + "/produkte/presse/neue-pumpe", ""),
        (SITE + "/karriere/pumpenbauer-in", "jobs"),
        (SITE + "/de/stellenangebote/4711", "jobs"),
        (SITE + "/veranstaltungen/tag-der-offenen-tuer", "events"),
        (SITE + "/impressum", "legal"),
        (SITE + "/datenschutz.html", "legal"),
        (SITE + "/author/ada", "people"),
        (SITE + "/tag/pumpen/", "index"),
        (SITE + "/wp-login.php", "account"),
        (SITE + "/bilder/werk.jpg", "file"),
        (SITE + "/presse/meldung.pdf", ""),
        ("https://www.linkedin.com/company/kestrel", "social"),
        ("https://www.other.example/story", "host"),
        ("https://news.kestrel-pumps.example/story-of-the-year", ""),
        ("https://www.presseportal.de/pm/123/456", ""),
        (SITE + "/", "index"),
    ],
)
def test_what_an_address_says(url: str, why: str) -> None:
    """Whole folders tell, the words of a headline do not; a later folder of a newsroom counts more."""
    assert paths.reason(url, source(), page=PAGE) == why


def test_the_section_that_was_asked_for_is_no_reason() -> None:
    """Whoever gives the address of a blog means the blog."""
    assert paths.reason(SITE + "/blog/a-day-in-the-plant", source(), page=PAGE) == "beside"
    assert paths.reason(SITE + "/blog/a-day-in-the-plant", source(), page=SITE + "/blog/") == ""


def test_the_longest_entry_of_the_operator_decides() -> None:
    """Paths, hosts and languages; of two of a kind that fit the longer one, and of two kinds the one that leaves out."""
    mine = source(
        allow=("/karriere/news", "jobs.kestrel-pumps.example"),
        skip=("/karriere", "en", "archive.kestrel-pumps.example"),
    )
    assert paths.reason(SITE + "/karriere/news/neu", mine, page=PAGE) == ""
    assert paths.reason(SITE + "/karriere/offen", mine, page=PAGE) == "skip"
    assert paths.reason(SITE + "/en/press/x", mine, page=PAGE) == "skip"
    assert paths.reason(SITE + "/press/x?lang=en", mine, page=PAGE) == "skip"
    assert paths.reason("https://archive.kestrel-pumps.example/presse/x", mine, page=PAGE) == "skip"
    assert paths.reason("https://jobs.kestrel-pumps.example/jobs/x", mine, page=PAGE) == ""
    assert paths.reason("https://jobs.kestrel-pumps.example/karriere/x", mine, page=PAGE) == "skip"
    assert paths.reason("https://jobs.kestrel-pumps.example/x?lang=en", mine, page=PAGE) == "skip"


def test_a_list_that_lives_on_another_host_is_not_left_out() -> None:
    """Where most items stand on a newsroom's service, its host is the list's own; single strangers are left out."""
    urls = [f"https://newsroom.service.example/kestrel/{n}" for n in range(9)] + [
        "https://www.daily.example/story"
    ]
    assert paths.left_out(urls, source(), PAGE) == {"https://www.daily.example/story": "host"}
