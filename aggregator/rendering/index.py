"""One page that lists every feed and the newest releases. Static, self-contained, without scripts."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any

from aggregator.model import Entry, FeedInfo
from aggregator.rendering import ALL, Site
from aggregator.rendering.markup import escape, safe_url
from aggregator.rendering.phrases import phrases, spoken_date
from aggregator.text import one_line

NEWEST = 30
"""Releases that the page lists."""


def render(groups: Iterable[tuple[str, tuple[FeedInfo, ...]]], newest: Sequence[Entry], site: Site) -> bytes:
    """The page for feeds as `rendering.grouped` gives them, and the newest entries, newest first.

    Every link is relative, so the page works under any address and from a disk. The policy in its
    head forbids everything but the one style sheet that it brings.
    """
    words = phrases(site.language)
    listed = list(groups)
    parts = [_head(site), _header(site, words), '<main id="feeds">']
    parts += [_newest(newest[:NEWEST], words, site)]
    parts += [_group(name, feeds, words) for name, feeds in listed if name]
    health = f'<p><a href="status.atom">{escape(words["status"])}</a></p>'
    footer = f"<footer><p>{escape(one_line(site.author))}</p>{health}</footer>"
    parts += ["</main>", footer, "</body>", "</html>", ""]
    return "\n".join(filter(None, parts)).encode("utf-8")


@cache
def style(name: str) -> str:
    """A style sheet of this package: ``index.css`` or ``feed.css``."""
    return (resources.files("aggregator.rendering") / name).read_text("utf-8")


def _policy() -> str:
    digest = base64.b64encode(hashlib.sha256(style("index.css").encode("utf-8")).digest()).decode("ascii")
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def _head(site: Site) -> str:
    title = escape(one_line(site.title))
    return "\n".join(
        (
            "<!doctype html>",
            f'<html lang="{escape(site.language)}">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_policy()}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="referrer" content="no-referrer">',
            f"<title>{title}</title>",
            f'<link rel="alternate" type="application/atom+xml" title="{title}" href="{ALL}.atom">',
            f"<style>{style('index.css')}</style>",
            "</head>",
            "<body>",
        )
    )


def _header(site: Site, words: Mapping[str, Any]) -> str:
    return "\n".join(
        (
            f'<a class="skip" href="#feeds">{escape(words["skip"])}</a>',
            "<header>",
            f"<h1>{escape(one_line(site.title))}</h1>",
            f'<p class="how">{escape(words["how"])}</p>',
            '<ul class="actions">',
            f'<li><a href="{ALL}.atom">{escape(words["everything"])}</a></li>',
            f'<li><a href="corrections.atom">{escape(words["corrections"])}</a></li>',
            f'<li><a href="feeds.opml">{escape(words["opml"])}</a></li>',
            "</ul>",
            "</header>",
        )
    )


def _group(name: str, feeds: Sequence[FeedInfo], words: Mapping[str, Any]) -> str:
    heading = escape(str(words.get(name, name.capitalize())))
    lines = [
        f'<section aria-labelledby="group-{escape(name)}">',
        f'<h2 id="group-{escape(name)}">{heading}</h2>',
    ]
    full, empty = [f for f in feeds if f.count], [f for f in feeds if not f.count]
    if full:
        lines += ['<ul class="feeds">', *(_feed(feed, words) for feed in full), "</ul>"]
    if empty:
        summary = escape(str(words["feeds_empty"]).format(len(empty)))
        lines += [f"<details><summary>{summary}</summary>", '<ul class="feeds">']
        lines += [*(_feed(feed, words) for feed in empty), "</ul></details>"]
    if not feeds:
        lines += [f'<p class="empty">{escape(words["nothing_here"])}</p>']
    return "\n".join((*lines, "</section>"))


def _feed(feed: FeedInfo, words: Mapping[str, Any]) -> str:
    count = (
        words["count_none"]
        if not feed.count
        else words["count_one"]
        if feed.count == 1
        else words["count_many"]
    )
    title = escape(one_line(feed.title) or feed.label)
    return (
        f'<li><a href="{escape(feed.label)}.atom">{title}</a>'
        f'<span class="count">{escape(count.format(feed.count))}</span></li>'
    )


def _newest(entries: Sequence[Entry], words: Mapping[str, Any], site: Site) -> str:
    lines = ['<section aria-labelledby="newest">', f'<h2 id="newest">{escape(words["newest"])}</h2>']
    if entries:
        lines += ['<ol class="newest">', *(_release(entry, site) for entry in entries), "</ol>"]
    else:
        lines += [f'<p class="empty">{escape(words["nothing_new"])}</p>']
    return "\n".join((*lines, "</section>"))


def _release(entry: Entry, site: Site) -> str:
    url = next((safe_url(link.href) for link in entry.links if link.rel == "alternate"), "")
    title = escape(one_line(entry.title))
    shown = (
        f'<a href="{escape(url)}" rel="noopener noreferrer">{title}</a>' if url else f"<span>{title}</span>"
    )
    language = f' lang="{escape(entry.language)}"' if entry.language else ""
    day = spoken_date(entry.published, site.language)
    names = escape(", ".join(one_line(person.name) for person in entry.authors))
    return (
        f"<li{language}>{shown}"
        f'<span class="meta" lang="{escape(site.language)}">{names} · '
        f'<time datetime="{entry.published.date().isoformat()}">{escape(day)}</time></span></li>'
    )
