"""The inside of an article's page, as different systems write it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from .kit import Release

if TYPE_CHECKING:
    from .maker import Maker


def paragraphs(m: Maker, r: Release) -> list[str]:
    """The text, escaped; begins with a dateline where the site has them."""
    out = m.writer.paragraphs(r.title)
    if "dateline" in m.marks and r.day:
        out[0] = f"{m.writer.home}, {m.show(r.day)} – {out[0]}"
    return [escape(p) for p in out]


def shown_date(m: Maker, r: Release, css: str) -> str:
    """The visible date, "" where the site tells none."""
    if "time" not in m.marks or not r.day:
        return ""
    return f'<time class="{css}" datetime="{m.moment(r)}">{m.show(r.day)}</time>'


def about(m: Maker, tag: str = "h3") -> str:
    return f"<{tag}>{m.label('about')} {escape(m.company)}</{tag}><p>{escape(m.writer.about())}</p>"


def section(m: Maker, r: Release) -> str:
    """Date above, deck in bold, paragraphs, end mark."""
    deck = f'<p class="lead">{escape(r.deck)}</p>' if r.deck else ""
    text = "".join(f"<p>{p}</p>" for p in paragraphs(m, r))
    return f'<div class="article-body"><p>{shown_date(m, r, "date")}</p>{deck}{text}<p>{m.label("ends")}</p>{about(m)}</div>'


def post(m: Maker, r: Release) -> str:
    """WordPress: entry meta with author and category, share links, previous and next."""
    text = "".join(f"<p>{p}</p>\n" for p in paragraphs(m, r))
    meta = f'<div class="entry-meta">{shown_date(m, r, "entry-date published")} <span class="byline">{escape(m.company)}</span></div>'
    share = (
        '<div class="sharedaddy"><a href="https://social.example/share?u=1" rel="nofollow">Share</a></div>'
    )
    deck = f"<p><strong>{escape(r.deck)}</strong></p>" if r.deck else ""
    return f'<article class="post hentry">{meta}<div class="entry-content">{deck}{text}{about(m, "h4")}</div>{share}</article>'


def components(m: Maker, r: Release) -> str:
    """AEM and headless: each paragraph is a component; two decks in a list; a quote of its own."""
    parts = paragraphs(m, r)
    deck = f'<div class="text"><ul><li>{escape(r.deck)}</li></ul></div>' if r.deck else ""
    text = "".join(f'<div class="text"><div class="cmp-text"><p>{p}</p></div></div>' for p in parts)
    date = f'<div class="eyebrow">{m.label("releases")} {shown_date(m, r, "eyebrow__date")}</div>'
    return f'<div class="article">{date}{deck}{text}<div class="text"><div class="cmp-text">{about(m, "h5")}</div></div></div>'


def lines(m: Maker, r: Release) -> str:
    """The nineties: line breaks instead of paragraphs."""
    text = "<BR><BR>\n".join(paragraphs(m, r))
    deck = f"<B>{escape(r.deck)}</B><BR><BR>" if r.deck else ""
    return f"<FONT FACE=Arial SIZE=2>{shown_date(m, r, 'd')}<BR>{deck}{text}<BR><BR><B>{m.label('about')} {escape(m.company)}</B><BR>{escape(m.writer.about())}</FONT>"


def rich_text(m: Maker, r: Release) -> str:
    """Site builders: the date below the text, an image first, a call to action between."""
    parts = paragraphs(m, r)
    half = len(parts) // 2
    first, second = ("".join(f"<p>{p}</p>" for p in part) for part in (parts[:half], parts[half:]))
    deck = f"<h2>{escape(r.deck)}</h2>" if r.deck else ""
    return (
        f'<figure><img src="/img/press.jpg" alt="{escape(m.company)}"><figcaption>{escape(m.company)}</figcaption></figure>'
        f'<div class="w-richtext">{deck}{first}</div>{m.newsletter()}<div class="w-richtext">{second}{about(m, "h6")}</div><div class="post-info">{shown_date(m, r, "post-date")}</div>'
    )


SHAPES = {"wordpress": post, "aem": components, "tailwind": components, "tables": lines, "builder": rich_text}
