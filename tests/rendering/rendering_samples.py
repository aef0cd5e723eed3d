"""Invented releases for the tests of rendering, with the traps that real ones have."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

from aggregator.model import (
    Attachment,
    Block,
    Copy,
    FeedInfo,
    Filing,
    Label,
    Mention,
    Release,
    Sighting,
    Topic,
    TopicMatch,
)
from aggregator.rendering import Site

SUMMER = timezone(timedelta(hours=2))
SITE = Site(
    title="Presse & Mitteilungen",
    base_url="https://press.example/feeds/",
    language="de",
    author="Redaktion Muster",
    topics={"aluminium": Topic(id="aluminium", title="Aluminium", iptc=("medtop:20000316",))},
    kinds={"product": "Produkte"},
)
MINTED = datetime(2025, 1, 1, tzinfo=UTC)
ZIRBEL = Mention("zirbel-werke-ag", "Zirbel Werke AG", "issuer", 9.0, False, True, basis="declared")
PARTNER = Mention("nordhafen-gmbh", "Nordhafen GmbH", "partner", 2.0, True, True)
BYSTANDER = Mention("institut-x", "Institut X", "mention", 0.5, False, False)
BLOCKS = (
    Block("title", "Zirbel Werke baut Presswerk", "t", 1),
    Block("dateline", "Musterstadt, 3. Juni 2025 –", "d", 2),
    Block(
        "paragraph",
        "Die Zirbel Werke AG baut für 12 Mio. € ein Presswerk; Kosten < Plan & im Zeitplan.",
        "p",
        2,
    ),
    Block("heading", "Was entsteht", "h", 3),
    Block("list", "eine Halle\nzwei Pressen", "l", 4),
    Block("table", "Jahr\tUmsatz\n2024\t11.352", "tb", 6),
    Block("quote", "„Wir bauen <schnell>“, sagt der Vorstand.", "q", 8, html="„Wir bauen <em>schnell</em>“."),
    Block("caption", "Das Presswerk (Bild: Zirbel)", "c", 9),
    Block("teaser", "Lesen Sie auch: Anderes", "x", 10),
    Block("boilerplate", "Über Zirbel\nZirbel fertigt Profile.", "b", 11),
    Block("contact", "Pressestelle, presse@zirbel.example", "k", 12),
)


def uid(number: int) -> str:
    return f"urn:uuid:00000000-0000-4000-8000-{number:012d}"


def make_copy(number: int = 1, **changes: object) -> Copy:
    copy = Copy(
        source="fachblatt",
        key=str(number),
        url=f"https://fachblatt.example/artikel/{number}?utm_source=feed",
        canonical_url=f"fachblatt.example/artikel/{number}",
        language="de",
        title="Zirbel Werke baut Presswerk",
        deck="Baubeginn noch in diesem Jahr",
        blocks=BLOCKS,
    )
    return replace(copy, **changes)


def make_release(number: int = 1, *, copy: Copy | None = None, **changes: object) -> Release:
    release = Release(
        row=number,
        uid=uid(number),
        first_seen=datetime(2025, 6, 3, 11, 0, 0, 123456, tzinfo=UTC),
        published=datetime(2025, 6, 3, 12, 0, tzinfo=SUMMER),
        updated=datetime(2025, 6, 3, 11, 0, 0, 123456, tzinfo=UTC),
        status="current",
        changes=(),
        copy=copy or make_copy(number),
        filing=Filing((ZIRBEL, PARTNER, BYSTANDER), (TopicMatch("aluminium", 5.0, True),), "product"),
        source_title="Fachblatt für Profile",
        source_url="https://fachblatt.example/feed.xml",
        content="full",
        sightings=(),
    )
    return replace(release, **changes)


def sighting(url: str, **changes: object) -> Sighting:
    made = Sighting(
        url=url,
        source="wire",
        source_title="Draht",
        title="Zirbel builds press shop",
        language="en",
        relation="translation",
        published=None,
    )
    return replace(made, **changes)


def gallery() -> list[Release]:
    """One release of each sort, newest first."""
    attached = (
        Attachment(
            url="https://fachblatt.example/bild.jpg", media_type="image/jpeg", length=1234, title="Halle"
        ),
        Attachment(url="javascript:alert(1)", media_type="image/jpeg"),
    )
    hostile = make_copy(
        5,
        title="<script>alert(1)</script> &amp; ]]> &nbsp; \x00\u202e🚀",
        deck="",
        blocks=(
            Block("paragraph", "<img src=x onerror=alert(1)> ]]> &nbsp; <!-- <?php", "p", 1),
            Block("paragraph", "x", "p", 2, html='<a href="javascript:alert(1)">x</a><script>y</script>'),
        ),
    )
    return [
        make_release(
            1, copy=make_copy(1, attachments=attached), sightings=(sighting("https://wire.example/en/1"),)
        ),
        make_release(
            2,
            status="corrected",
            changes=("„11.352“ → „11.325“",),
            updated=datetime(2025, 6, 5, 8, 0, tzinfo=UTC),
        ),
        make_release(3, status="withdrawn", copy=make_copy(3, language="en", title="Zirbel builds")),
        make_release(4, content="lead"),
        make_release(5, copy=hostile),
        make_release(
            6,
            copy=make_copy(6, url="file:///srv/texte/6.txt", canonical_url="", language="und"),
            filing=Filing((), (), ""),
            source_title="Ordner",
            source_url="texte",
        ),
    ]


def info(label: str, title: str, **changes: object) -> FeedInfo:
    return replace(
        FeedInfo(label=Label(label), title=title, count=0, minted_at=MINTED, newest=None), **changes
    )
