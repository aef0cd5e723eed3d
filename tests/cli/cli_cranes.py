"""An invented newsroom of a harbour, whose cranes are inspected: its list, its pages and its feed."""

from __future__ import annotations

from loopback import Site


def title(n: int) -> str:
    return f"Kran {n} wird in Halle {n * 7} geprüft und wieder übergeben"


def page(box: str, first: int = 1) -> str:
    """An invented newsroom whose list stands in boxes of this class."""
    rows = "".join(
        f'<div class="{box}"><time datetime="2026-10-{n:02}">{n}. Oktober 2026</time>'
        f'<h3><a href="/presse/kran-{n}-wird-geprueft">{title(n)}</a></h3>'
        f"<p>Die Prüfung des Krans {n} dauerte zwei Wochen.</p></div>"
        for n in range(first, first + 9)
    )
    main = f"<main><h1>Pressemitteilungen</h1>{rows}</main>"
    return f"<html lang=de><head><title>Presse</title></head><body>{main}</body></html>"


def release(n: int) -> str:
    """The page of one of them."""
    words = " ".join(
        f"Teil{n * 31 + k} wurde von Gruppe{n * 17 + k} in Halle{n * 13 + k} vermessen." for k in range(12)
    )
    head = f"<html lang=de><head><title>Kran {n}</title></head><body><main><h1>{title(n)}</h1>"
    return (
        f"{head}<time datetime='2026-10-{n:02}'>{n}. Oktober 2026</time><p>{words}</p></main></body></html>"
    )


def feed(site: Site, first: int = 1, path: str = "/presse") -> str:
    """The feed of the same nine releases."""
    rows = "".join(
        f"<item><guid isPermaLink='false'>{n}</guid><title>{title(n)}</title>"
        f"<link>{site.url(f'{path}/kran-{n}-wird-geprueft')}</link>"
        f"<pubDate>{n:02} Oct 2026 08:00:00 +0200</pubDate><description>Zwei Wochen.</description></item>"
        for n in range(first, first + 9)
    )
    return (
        f"<rss version='2.0'><channel><title>Hafen</title><link>{site.url(path)}</link>{rows}</channel></rss>"
    )
