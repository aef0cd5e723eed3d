"""What `sources add` tells of newsrooms and of pages that are none, and that a "no" is taken for one."""

from __future__ import annotations

import gzip
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from cli_shell import TEXT, Shell, environment
from loopback import Site, rss, serving
from sites import catalogue
from sites.kit import serve


def _add(shell: Shell, site: str, *more: str, code: int = 0) -> str:
    shell.config("settings.toml", "pace = 0\n")
    with serve(catalogue.site(site)) as running:
        return shell("sources", "add", running.entry, "--allow-private", *more, code=code)


def _typed(shell: Shell, answer: str, *args: str) -> tuple[int, str]:
    """The exit code, and what stands on the terminal of somebody who types the answer."""
    ours, theirs = pty.openpty()
    try:
        os.write(ours, f"{answer}\n".encode())
        code = subprocess.run(
            [sys.executable, "-m", "aggregator", *args],
            cwd=shell.folder, stdin=theirs, stderr=theirs, stdout=theirs, env=environment(), timeout=60, check=False,
        ).returncode  # fmt: skip
        return code, os.read(ours, 100_000).decode()
    finally:
        os.close(ours)
        os.close(theirs)


def test_what_was_chosen_is_named_after_what_was_tried(shell: Shell) -> None:
    """The feed of the blog is passed over, the list on the page taken; each line says what became of its way."""
    _add(shell, "blog_feed", "--dry-run")
    lines = shell.err.splitlines()
    (blog,) = [at for at, line in enumerate(lines) if "/blog/rss.xml" in line]
    (chosen,) = [at for at, line in enumerate(lines) if line.startswith("chosen: the list on the page")]
    assert lines[blog].endswith(": not taken")
    assert blog < chosen


def test_the_feed_that_a_companys_own_newsroom_goes_to_is_shown_before(shell: Shell) -> None:
    """Also of a company that is not configured and has no legal form; it is there after the first poll."""
    shown = _add(shell, "two_items", "--yes", "--id", "nest", "--company", "Swift Nest Boxes")
    assert shown.count("company/swift-nest-boxes") == 2
    assert 'title = "Swift Nest Boxes, ' in (shell.folder / "config" / "sources.toml").read_text("utf-8")
    shown = _add(shell, "jsonld_list", "--dry-run")
    assert shown.count("company/osterley-transit") == 10


def test_a_list_that_is_none_of_releases_is_said_to_be_passed_over(shell: Shell) -> None:
    """Forty dated events are no forty releases; the remedy is no error of its own."""
    _add(shell, "only_events", "--yes", code=2)
    assert "not taken" in shell.err
    assert "releases, 40" not in shell.err
    assert shell.err.count("error:") == 1
    assert not (shell.folder / "config" / "sources.toml").exists()


def test_a_saved_list_is_no_source_and_the_way_out_is_named(shell: Shell) -> None:
    """It would give nothing, today and for ever."""
    (shell.folder / "saved.html").write_bytes(catalogue.site("typo3_news").pages["/unternehmen/presse"][0])  # type: ignore[index]
    shell("sources", "add", "saved.html", "--yes", code=1)
    assert "web address" in shell.err
    assert not (shell.folder / "config" / "sources.toml").exists()


def test_who_says_no_has_changed_nothing_and_is_told_so(shell: Shell) -> None:
    """The same for every question: exit code 0, not that of an interruption."""
    (shell.folder / "a-name-that-is-longer-than-any-column").mkdir()
    (shell.folder / "a-name-that-is-longer-than-any-column" / "halle.txt").write_text(TEXT, "utf-8")
    shell("sources", "add", "a-name-that-is-longer-than-any-column", "--yes")
    id = "a-name-that-is-longer-than-any-column"
    before = (shell.folder / "config" / "sources.toml").read_bytes()
    code, screen = _typed(shell, "n", "sources", "remove", id)
    assert (code, "nothing was changed" in screen) == (0, True)
    assert (shell.folder / "config" / "sources.toml").read_bytes() == before
    assert id in shell("sources", "list"), "an id that is cut cannot be typed"
    shell("poll")
    assert id in shell("status").split("Times are")[0]


def test_a_list_of_feeds_is_an_address_too(shell: Shell) -> None:
    """Whatever the file is called, as with `sources import`; the answer is awaited before anything is written."""
    listed = '<opml version="2.0"><body><outline type="rss" text="Werk" xmlUrl="https://werk.example/feed"/></body></opml>'
    for name in ("feeds.opml", "feeds.xml"):
        (shell.folder / name).write_text(listed, "utf-8")
        assert shell("sources", "add", name, "--dry-run").split() == ["werk", "https://werk.example/feed"]
    assert not (shell.folder / "config" / "sources.toml").exists()
    shell("sources", "add", "feeds.opml", "--yes")
    assert json.loads(shell("sources", "list", "--json"))[0]["url"] == "https://werk.example/feed"


def _sitemaps(site: Site) -> tuple[str, str]:
    """A compressed sitemap, and an index of it and of one that is not there."""
    pages = "".join(f"<url><loc>{site.url(f'/presse/kran-{n}-wird-geprueft')}</loc></url>" for n in range(5))
    for n in range(5):
        text = TEXT.replace("Neue Halle eröffnet", f"Halle {n} eröffnet").replace("140", f"{n * 37 + 140}")
        page = "".join(f"<p>{line}</p>" for line in text.split("\n\n")[1:])
        title = f"Halle {n} eröffnet"
        site.put(f"/presse/kran-{n}-wird-geprueft", f"<html lang=de><title>{title}</title><h1>{title}</h1>{page}</html>",
                 media_type="text/html")  # fmt: skip
    packed = site.put(
        "/presse.xml.gz", gzip.compress(f"<urlset>{pages}</urlset>".encode()), media_type="application/gzip"
    )
    parts = f"<sitemap><loc>{packed}</loc></sitemap><sitemap><loc>{site.url('/away.xml')}</loc></sitemap>"
    return packed, site.put(
        "/index.xml", f"<sitemapindex>{parts}</sitemapindex>", media_type="application/xml"
    )


def test_a_sitemap_is_an_address_too(shell: Shell) -> None:
    """Compressed, or an index: its pieces are read before it is judged, and the one that is missing is named."""
    shell.config("settings.toml", "pace = 0\n")
    with serving() as site:
        for url in _sitemaps(site):
            shown = shell("sources", "add", url, "--allow-private", "--dry-run")
            assert sum(f"Halle {n} eröffnet" in shown for n in range(5)) == 5
            assert "chosen: the sitemap" in shell.err
        assert "/away.xml: the server answered 404" in shell.err


@pytest.mark.parametrize("way", ["newsroom", "sitemap", "article"])
def test_one_way_or_none(shell: Shell, way: str) -> None:
    """`--as` is meant: where an address is a feed and another way was asked for, nothing is added."""
    shell.config("settings.toml", "pace = 0\n")
    with serving() as site:
        url = site.put("/feed.xml", rss(("1", "Halle eröffnet", "Die Halle ist eröffnet. " * 20)))
        shell("sources", "add", url, "--allow-private", "--yes", "--as", way, code=2)
        assert "a feed, 1 items" in shell.err
        assert "Halle" in shell("sources", "add", url, "--allow-private", "--dry-run", "--as", "feed")


def test_a_release_may_be_a_pdf_document(shell: Shell) -> None:
    """A single one, watched as a page would be; what is neither is named."""
    pytest.importorskip("pypdf")
    golden = Path(__file__).parents[1] / "golden" / "adapters" / "pdf"
    with serving() as site:
        url = site.put("/halle.pdf", (golden / "one_page.pdf").read_bytes(), media_type="application/pdf")
        assert "2026-" in shell("sources", "add", url, "--allow-private", "--dry-run")
        assert "watched for changes" in shell.err
        url = site.put("/scan.pdf", (golden / "scanned.pdf").read_bytes(), media_type="application/pdf")
        shell("sources", "add", url, "--allow-private", "--yes", code=2)
        assert "pictures of pages and no text" in shell.err


def test_what_was_asked_for_by_guess_is_told_of_too(shell: Shell) -> None:
    """Where the list on the page won, the feed was looked for."""
    _add(shell, "only_events", "--yes", code=2)
    assert "usual addresses of feeds" in shell.err
    _add(shell, "typo3_news", "--dry-run")
    assert "usual addresses of feeds" in shell.err


def test_a_wall_in_place_of_the_page_is_told(shell: Shell) -> None:
    """A robot check that answers 200: not merely a page without a list."""
    shell.config("settings.toml", "pace = 0\n")
    page = "<title>Just a moment...</title><script src='/cdn-cgi/challenge-platform/x'></script>"
    with serving() as site:
        url = site.put("/presse", page, media_type="text/html")
        shell("sources", "add", url, "--allow-private", "--yes", code=2)
    assert "walled: a wall of Cloudflare in place of the list" in shell.err


def test_what_is_followed_already_may_be_looked_at(shell: Shell) -> None:
    """A dry run changes nothing, so it shows what the address gives; to add it again is a mistake."""
    (shell.folder / "texts").mkdir()
    (shell.folder / "texts" / "halle.txt").write_text(TEXT, "utf-8")
    shell("sources", "add", "texts", "--yes")
    assert "Neue Halle eröffnet" in shell("sources", "add", "texts", "--dry-run")
    assert 'texts is followed already, as "texts"; nothing was changed' in shell.err
    shell("sources", "add", "texts", "--yes", code=2)


def test_whoever_cannot_be_asked_is_told_before_anything_is_fetched(shell: Shell) -> None:
    """Not after a minute of polite reading."""
    with serving() as site:
        url = site.put("/feed.xml", rss(("1", "Neue Halle eröffnet", TEXT)))
        shell("sources", "add", url, "--allow-private", code=2)
        assert "--yes" in shell.err
        assert site.requests == []
