"""What the sites of the third set share: a maker whose every page is the site's own markup, and small pieces.

Nothing here draws a list or a page: each site does so itself, as its product does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from html import escape
from typing import Any, TypeVar

from sites.kit import Body, Release
from sites.maker import HTML, Maker
from sites.prose import MONTHS
from sites.skins import Sheet

T = TypeVar("T")
Chrome = Callable[["Desk", Sheet], str]
Shape = Callable[["Desk", Release], str]


class Desk(Maker):
    """One site in the making whose chrome and articles are functions of the site's own file."""

    def __init__(
        self, name: str, company: str, language: str, chrome: Chrome, shape: Shape, **options: Any
    ) -> None:
        menu = options.pop("menu", None)
        super().__init__(name, company, language, **options)
        self.chrome, self.shape = chrome, shape
        if menu:
            self._menu = list(menu)

    def page(self, title: str, main: str, **parts: Any) -> Body:
        """A whole page in the site's own chrome."""
        return self.chrome(self, Sheet(title, main, **parts)).encode("utf-8"), HTML

    def article(self, release: Release) -> str:
        return self.shape(self, release)

    def paras(self, release: Release, count: int = 0) -> str:
        """The text of an article."""
        return "".join(f"<p>{escape(p)}</p>" for p in self.writer.paragraphs(release.url_path, count))

    def lead(self, release: Release, limit: int = 160) -> str:
        """The first words of an article, as lists cut them."""
        text = self.writer.paragraphs(release.url_path)[0]
        return escape(text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0] + " …")


def e(text: str) -> str:
    """Text as it stands in markup."""
    return escape(text)


def chunks(rows: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """The rows page by page."""
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def years(releases: Sequence[Release]) -> dict[int, list[Release]]:
    """The releases by year, in their order."""
    out: dict[int, list[Release]] = {}
    for r in releases:
        assert r.day
        out.setdefault(r.day.year, []).append(r)
    return out


def short(release: Release, language: str, length: int = 3) -> str:
    """The first letters of the month's name."""
    assert release.day
    return MONTHS[language].split()[release.day.month - 1][:length]


def pdf(desk: Desk, path: str) -> str:
    """A file that is there."""
    desk.pages[path] = (b"%PDF-1.7\n%invented\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n", "application/pdf")
    return path


def rss(desk: Desk, releases: Sequence[Release], path: str, home: str, *, extra: str = "") -> str:
    """An RSS 2.0 feed as content management systems write it."""
    items = "".join(
        f"<item><title>{escape(r.title)}</title><link>%%BASE%%{escape(r.url_path)}</link>"
        f'<guid isPermaLink="true">%%BASE%%{escape(r.url_path)}</guid>'
        f"<pubDate>{r.day:%a, %d %b %Y} {getattr(r.published, 'hour', 9):02d}:00:00 +0000</pubDate>"
        f"<description>{desk.lead(r)}</description></item>"
        for r in releases
    )
    text = (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>'
        f"<title>{escape(desk.company)}</title><link>%%BASE%%{home}</link><description>{escape(desk.company)}</description>"
        f'<atom:link href="%%BASE%%{path}" rel="self" type="application/rss+xml"/>{extra}{items}</channel></rss>'
    )
    desk.pages[path] = (text.encode(), "application/rss+xml; charset=utf-8")
    return path


def sitemap(desk: Desk, paths: Sequence[tuple[str, str]]) -> None:
    """sitemap.xml of (path, lastmod) and a robots.txt that names it."""
    rows = "".join(f"<url><loc>%%BASE%%{escape(p)}</loc><lastmod>{m}</lastmod></url>" for p, m in paths)
    text = f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>'
    desk.pages["/sitemap.xml"] = (text.encode(), "application/xml")
    robots(desk, "User-agent: *\nDisallow: /search\nSitemap: %%BASE%%/sitemap.xml\n")


def robots(desk: Desk, text: str) -> None:
    desk.pages["/robots.txt"] = (text.encode(), "text/plain")
