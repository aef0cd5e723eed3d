"""What is followed already is told, however it is spelled and by whatever way it is read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from cli_cranes import feed, page, release
from cli_shell import Shell
from loopback import Site, serving


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        for n in range(1, 30):
            running.put(f"/presse/kran-{n}-wird-geprueft", release(n), media_type="text/html")
            running.put(f"/blog/kran-{n}-wird-geprueft", release(n), media_type="text/html")
        yield running


@pytest.fixture
def shell(tmp_path: Path, site: Site) -> Shell:
    """A newsroom is followed by its page, and was polled."""
    made = Shell(tmp_path)
    made.config("settings.toml", "pace = 0\n")
    url = site.put("/presse/", page("meldung"), media_type="text/html")
    made("sources", "add", url, "--id", "hafen", "--allow-private", "--yes")
    made("poll")
    return made


@pytest.mark.parametrize(
    "spelled", ["/presse", "/presse/?utm_source=brief&utm_medium=mail", "//presse/", "/presse/index.html"]
)
def test_another_spelling_is_the_same_address(shell: Shell, site: Site, spelled: str) -> None:
    """It is named, nothing is asked of the site, nothing is changed; exit code 2."""
    before = (shell.folder / "config/sources.toml").read_bytes()
    site.requests.clear()
    shell("sources", "add", site.url(spelled), "--allow-private", "--yes", code=2)
    assert 'is followed already, as "hafen"' in shell.err
    assert "--force adds it all the same" in shell.err
    assert site.requests == []
    assert (shell.folder / "config/sources.toml").read_bytes() == before


@pytest.mark.parametrize(
    "there",
    [
        "https://www.hafen.example/presse",
        "http://hafen.example/presse/",
        "https://hafen.example/presse?fbclid=1",
    ],
)
def test_scheme_and_www_make_no_other_address(tmp_path: Path, there: str) -> None:
    """Neither of them is asked."""
    shell = Shell(tmp_path)
    shell.config(
        "sources.toml",
        '[[source]]\nid = "hafen"\nadapter = "newsroom"\nurl = "https://www.hafen.example/presse"\n',
    )
    shell("sources", "add", there, "--yes", code=2)
    assert 'is followed already, as "hafen"' in shell.err


def test_the_feed_behind_a_page_that_is_followed(shell: Shell, site: Site) -> None:
    """Its releases are those of the page: it is told how many, and `--force` adds it all the same."""
    url = site.put("/presse/feed.xml", feed(site))
    shell("sources", "add", url, "--allow-private", "--yes", code=2)
    assert 'is followed already, as "hafen" (' in shell.err
    assert "which gave 9 of its 9 newest releases" in shell.err
    shell("sources", "add", url, "--allow-private", "--yes", "--force", "--id", "feed")
    assert 'id = "feed"' in (shell.folder / "config/sources.toml").read_text("utf-8")


def test_another_list_of_the_same_site_is_another_source(shell: Shell, site: Site) -> None:
    """Its releases are others."""
    url = site.put("/blog/feed.xml", feed(site, first=15, path="/blog"))
    shell("sources", "add", url, "--allow-private", "--yes", "--id", "blog")
    assert 'id = "blog"' in (shell.folder / "config/sources.toml").read_text("utf-8")
