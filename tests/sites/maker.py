"""Builds one invented site: releases, their articles, the chrome and all that is no release but looks like one."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from html import escape, unescape
from typing import Any
from urllib.parse import urljoin, urlsplit
from zoneinfo import ZoneInfo

from .articles import SHAPES, section
from .kit import NOW, Body, Moved, Page, Release, Site, answer, kept
from .prose import Writer, long_date, slug
from .skins import SKINS, Link, Sheet, json_ld

HTML = "text/html; charset=utf-8"
PathOf = Callable[[int, date, str], str]


class Maker:
    """One site in the making. `bad` collects the paths that are no releases."""

    def __init__(
        self,
        name: str,
        company: str,
        language: str = "de",
        *,
        skin: str = "typo3",
        section: str = "/presse",
        ending: str = "",
        zone: str = "Europe/Berlin",
        show: Callable[[date], str] | None = None,
        marks: Sequence[str] = ("og", "time", "dateline"),
        titles: str = "titles",
        press: bool = True,
    ) -> None:
        self.name, self.company, self.language = name, company, language
        self.skin, self.section, self.ending = skin, section, ending
        self.press = press
        self.zone, self.marks = ZoneInfo(zone), tuple(marks)
        self.show = show or (lambda d: long_date(d, language))
        self.writer = Writer(language, company, name, titles)
        self.dice = self.writer.dice
        self.label = self.writer.label
        self.pages: dict[str, Page] = {}
        self.wire: dict[str, Page] = {}
        self.bad: list[str] = []
        self._menu: list[tuple[str, str, list[Link]]] = []
        self.home_link: Link = (self.label("home"), "/")

    # -- releases -------------------------------------------------------------------------------------------
    def take(
        self,
        count: int,
        newest: date,
        path: PathOf,
        *,
        gap: tuple[int, int] = (3, 11),
        minutes: bool = False,
        deck: bool = False,
        title: Callable[[int], str] | None = None,
        body: Callable[[Release], str] | None = None,
    ) -> list[Release]:
        """So many releases, newest first, working days only, with their article pages."""
        out: list[Release] = []
        day = newest
        for n in range(count):
            headline = title(n) if title else self.writer.title()
            when: date = day
            if minutes:
                at = time(self.dice.randint(7, 17), self.dice.choice((0, 5, 15, 30, 42)))
                when = datetime.combine(day, at, self.zone)
            release = Release(
                path(count - n, day, slug(headline)), headline, when, self.writer.deck() if deck else ""
            )
            out.append(release)
            self.add_article(release, body)
            day = self.workday(day - timedelta(days=self.dice.randint(*gap)))
        return out

    @staticmethod
    def workday(day: date) -> date:
        return day - timedelta(days=max(0, day.weekday() - 4))

    def add_article(self, release: Release, body: Callable[[Release], str] | None = None) -> None:
        at = release.url_path
        pages, key = (self.wire, at.removeprefix("%%WIRE%%")) if at.startswith("%%") else (self.pages, at)
        pages[key] = partial(self._article, release, body or self.article)

    def _article(self, release: Release, body: Callable[[Release], str], _: str) -> Body:
        crumbs = ((self.label("press"), self.section),)
        head = self.article_head(release)
        main = body(release)
        return self.page(
            release.title, main, path=release.url_path, head=head, crumbs=crumbs, aside=self.contact()
        )

    def moment(self, release: Release) -> str:
        """The date as machines read it."""
        when = release.published
        if when is None:
            return ""
        return when.isoformat()

    def article_head(self, release: Release) -> str:
        out = ""
        when = self.moment(release)
        if "og" in self.marks:
            out += '<meta property="og:type" content="article">'
            out += f'<meta property="article:published_time" content="{when}">' if when else ""
        if "jsonld" in self.marks:
            data: dict[str, Any] = {
                "@context": "https://schema.org",
                "@type": "NewsArticle",
                "headline": release.title,
            }
            data |= {"datePublished": when} if when else {}
            out += json_ld(data | {"publisher": {"@type": "Organization", "name": self.company}})
        return out

    def article(self, release: Release) -> str:
        """Date, deck, text, boilerplate and related teasers; the headline stands in the skin."""
        return SHAPES.get(self.skin, section)(self, release) + self.related(release)

    def related(self, release: Release) -> str:
        """Teasers of other releases below an article, with other dates."""
        hits = [r for r in self._all if r is not release][:3] if hasattr(self, "_all") else []
        rows = "".join(
            f'<li><a href="{escape(r.url_path)}">{escape(r.title)}</a> <span>{self.show(r.day) if r.day else ""}</span></li>'
            for r in hits
        )
        return f'<div class="related"><h3>{self.label("related")}</h3><ul>{rows}</ul></div>' if rows else ""

    # -- pages ----------------------------------------------------------------------------------------------
    def page(self, title: str, main: str, **parts: Any) -> Body:
        """A whole page in this site's skin."""
        return SKINS[self.skin](self, Sheet(title, main, **parts)).encode("utf-8"), HTML

    def put(self, path: str, title: str, main: str, **parts: Any) -> str:
        self.pages[path] = self.page(title, main, path=path, **parts)
        return path

    def stub(self, title: str, path: str) -> None:
        """A page that is there and says something, and is no release."""
        if path not in self.pages:
            self.pages[path] = lambda _: self.page(title, self._some_text(path), path=path)

    def _some_text(self, seed: str) -> str:
        return "".join(f"<p>{escape(p)}</p>" for p in self.writer.paragraphs(seed, 2))

    def navigation(self) -> list[tuple[str, str, list[Link]]]:
        """Groups of the main menu: (name, path, links)."""
        if self._menu:
            return self._menu
        nav = self.writer.words["nav" + self.writer.voice]
        out = self._menu
        for group, names in nav.items():
            base = "/" + slug(group)
            out.append((group, base + self.ending, [(n, f"{base}/{slug(n)}{self.ending}") for n in names]))
        if not self.press:
            return out
        press = [
            (self.label("releases"), self.section),
            (self.label("gallery"), f"/media/{slug(self.label('gallery'))}{self.ending}"),
        ]
        out.append((self.label("press"), self.section, press))
        return out

    def footer(self, css: str) -> str:
        """Columns of links, social links, legal links, a year that is no date."""
        columns = "".join(
            f'<div class="{css}"><h4>{escape(name)}</h4><ul>'
            + "".join(f'<li><a href="{p}">{escape(n)}</a></li>' for n, p in links[:5])
            + "</ul></div>"
            for name, _, links in self.navigation()[:5]
        )
        legal = "".join(
            f'<a href="/{slug(self.label(k))}{self.ending}">{self.label(k)}</a> '
            for k in ("imprint", "privacy", "terms")
        )
        social = "".join(
            f'<a href="https://{s}.example/{slug(self.company)}" rel="noopener">{s}</a> '
            for s in ("linkedin", "youtube", "instagram")
        )
        return f'{columns}<div class="{css} social">{social}</div><div class="{css} legal"><p>&copy; 2026 {escape(self.company)}</p>{legal}</div>'

    # -- what is no release ---------------------------------------------------------------------------------
    def not_a_release(self, title: str, path: str) -> str:
        self.bad.append(path)
        if not urlsplit(path).path.endswith((".pdf", ".jpg", ".zip")):
            self.stub(title, path)
        else:
            self.pages.setdefault(
                path,
                (
                    b"%PDF-1.4\n% invented\n" if path.endswith(".pdf") else b"\xff\xd8\xff\xe0",
                    "application/octet-stream",
                ),
            )
        return path

    def others(
        self, slot: str, base: str, count: int, days: Sequence[int], ending: str | None = None
    ) -> list[tuple[str, str, date]]:
        """(title, path, date) of jobs, events, posts or files; `days` from NOW, repeated with a step."""
        today = NOW.date()
        pool = list(self.writer.words["slots"][slot])
        self.dice.shuffle(pool)
        out = []
        for n in range(count):
            title = pool[n % len(pool)]
            path = f"{base}/{slug(title)}{f'-{n}' if n >= len(pool) else ''}{self.ending if ending is None else ending}"
            out.append(
                (title, self.not_a_release(title, path), today + timedelta(days=days[n % len(days)] + n))
            )
        return out

    def rows(self, found: Sequence[tuple[str, str, date]], shape: str = "ul", css: str = "list") -> str:
        """Such rows as markup: ul, cards, table, dl or articles."""
        one = {
            "ul": '<li class="{c}__item"><span class="{c}__date">{d}</span> <a href="{u}">{t}</a></li>',
            "cards": '<div class="{c}-card"><a href="{u}"><h3>{t}</h3></a><p class="date">{d}</p></div>',
            "table": '<tr><td>{d}</td><td><a href="{u}">{t}</a></td></tr>',
            "dl": '<dt>{d}</dt><dd><a href="{u}">{t}</a></dd>',
            "articles": '<article class="{c}"><time datetime="{i}">{d}</time><h3><a href="{u}">{t}</a></h3></article>',
        }[shape]  # fmt: skip
        inner = "\n".join(
            one.format(c=css, d=self.show(d), i=d.isoformat(), u=escape(u), t=escape(t)) for t, u, d in found
        )
        wrap = {"ul": "ul", "table": "table", "dl": "dl"}.get(shape, "div")
        return f'<{wrap} class="{css}">{inner}</{wrap}>'

    def section_of(self, name: str, inner: str, css: str = "block") -> str:
        return f'<section class="{css}"><h2>{self.label(name)}</h2>{inner}</section>'

    def jobs(self, count: int = 5, shape: str = "ul", base: str = "/jobs") -> str:
        return self.section_of(
            "jobs", self.rows(self.others("job", base, count, (-3, -9, -14)), shape, "jobs")
        )

    def events(self, count: int = 4, shape: str = "ul", base: str = "/events") -> str:
        return self.section_of(
            "events", self.rows(self.others("event", base, count, (6, 19, 33, -8)), shape, "events")
        )

    def blog(self, count: int = 4, shape: str = "ul", base: str = "/blog") -> str:
        return self.section_of(
            "blog", self.rows(self.others("blogpost", base, count, (-2, -13, -30)), shape, "posts")
        )

    def downloads(self, count: int = 4, shape: str = "ul", base: str = "/downloads") -> str:
        return self.section_of(
            "downloads",
            self.rows(self.others("report", base, count, (-60, -120, -200), ".pdf"), shape, "downloads"),
        )

    def products(self, count: int = 6, base: str = "/shop") -> str:
        cards = "".join(
            f'<div class="product"><a href="{u}"><img src="{u}.jpg" alt=""><span>{escape(t)}</span></a><b>{n * 37 + 49},00 €</b></div>'
            for n, (t, u, _) in enumerate(self.others("product", base, count, (0,)))
        )
        return self.section_of("products", cards)

    def gallery(self, count: int = 6, base: str = "/media/images") -> str:
        cards = "".join(
            f'<figure><a href="{u}" title="{escape(t)}"><img src="{u}" alt="{escape(t)}"></a><figcaption>{escape(t)}, {self.show(d)}</figcaption></figure>'
            for t, u, d in self.others("blogpost", base, count, (-4, -20), ".jpg")
        )
        return self.section_of("gallery", cards)

    def tags(self, count: int = 8, base: str = "/tag") -> str:
        links = "".join(
            f'<a class="tag" href="{u}">{escape(t)} ({n + 3})</a> '
            for n, (t, u, _) in enumerate(self.others("product", base, count, (0,)))
        )
        return self.section_of("tags", links, "tagcloud")

    def archive(self, base: str = "/archiv", months: int = 10) -> str:
        """Links to months, each with a number of releases."""
        rows = []
        for n in range(months):
            year, number = divmod(2026 * 12 + 4 - n, 12)
            name = (
                long_date(date(year, number + 1, 1), self.language).lstrip("0123456789. ").removeprefix("de ")
            )
            path = self.not_a_release(name, f"{base}/{year}/{number + 1:02d}{self.ending}")
            rows.append(f'<li><a href="{path}">{name}</a> ({n % 4 + 2})</li>')
        return self.section_of("archive", f"<ul>{''.join(rows)}</ul>", "widget widget_archive")

    def contact(self) -> str:
        who = self.writer.press_person()
        return (
            f'<div class="contact-card"><h3>{self.label("contact")}</h3><p>{who}<br>{escape(self.company)}<br>'
            f'<a href="mailto:press@{slug(self.company)}.example">press@{slug(self.company)}.example</a><br><a href="tel:+490000000">+49 000 0000</a></p></div>'
        )

    def newsletter(self) -> str:
        return f'<form class="newsletter" action="/newsletter" method="post"><label>{self.label("newsletter")}<input type="email" name="mail"></label><button>OK</button></form>'

    def filters(self, years: Sequence[int] = (2026, 2025, 2024, 2023)) -> str:
        options = "".join(f'<option value="{y}">{y}</option>' for y in years)
        topics = "".join(
            f'<option value="{n}">{escape(t)}</option>'
            for n, t in enumerate(self.writer.words["slots"]["product"][:6])
        )
        return (
            f'<form class="filter" method="get"><select name="year"><option>{self.label("year")}</option>{options}</select>'
            f'<select name="topic"><option>{self.label("topic")}</option>{topics}</select><input type="search" name="q"><button>OK</button></form>'
        )

    # -- the whole ------------------------------------------------------------------------------------------
    def site(self, entry: str, releases: Sequence[Release], **fields: Any) -> Site:
        """The finished site: every local link of its list pages answers."""
        more = tuple(fields.pop("more", ()))
        self._all = [*releases, *more]
        fields.setdefault("language", self.language)
        fields.setdefault("company", self.company)
        for name, at, links in self.navigation():
            for label, path in ((name, at), *links):
                self.stub(label, path)
                self.bad.append(path)
        lists = [p for p, b in self.pages.items() if isinstance(b, tuple) and b[1] == HTML]
        lists += [
            p for p in (entry, fields.get("listing", entry)) if p not in {r.url_path for r in self._all}
        ]
        fields.setdefault("zone", str(self.zone))
        wrong = dict.fromkeys((*self.bad, *lists, *fields.pop("not_releases", ())))
        for path in (
            "/",
            *[p for p, b in self.pages.items() if isinstance(b, tuple) and b[1].startswith("text/html")],
        ):
            self._answer_links(path)
        return Site(
            self.name, entry, self.pages, tuple(releases), more, tuple(wrong), wire=self.wire, **fields
        )

    def _answer_links(self, path: str) -> None:
        if path not in self.pages:
            self.stub(self.company, path)
        got = answer(self.pages, path)
        if not got or isinstance(got, Moved):
            return
        text = got[0].decode("utf-8", "replace")
        for href, name in re.findall(
            r"""<a[^>]*?\shref=["']([^"'#]+)["'][^>]*>(?:<[^>]+>)*([^<]*)""", text, re.I
        ):
            at = urljoin(path, unescape(href)).removeprefix("%%BASE%%")
            if at.startswith("/") and not at.startswith("//") and kept(self.pages, at) is None:
                self.stub(unescape(name).strip() or self.company, at)
