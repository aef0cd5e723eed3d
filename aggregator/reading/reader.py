"""One draft to one clean copy: the way in for the rest of the house.

Pure: no I/O, no clock, no exception for any input. What is no release comes back as a `Refusal` with a
typed reason. Bounded: sizes are capped before anything is parsed.
"""

from __future__ import annotations

from datetime import datetime

from aggregator.model import BODY_TYPES, Block, Copy, Draft, Refusal, Source
from aggregator.reading import bilingual, identifiers, language, markdown, markup, plain, refusals, titles
from aggregator.reading.anatomy import dissect
from aggregator.reading.attachments import attachments
from aggregator.reading.choice import choose
from aggregator.reading.dates import Style, parse_date
from aggregator.reading.lines import one_line, whole
from aggregator.reading.markers import markers
from aggregator.reading.pieces import Material, Work
from aggregator.text import canonical_url


def read(draft: Draft, source: Source, *, debris: frozenset[str] = frozenset()) -> Copy | Refusal:
    """Read a draft: find the parts of the release, tag what is not part of it, choose its date.

    `debris` are folded lines (`text.fold`) that the source repeats on many pages. The copy's blocks hold
    everything in reading order with the deciding rule (docs/rules.md) and line.
    """
    content = draft.content if draft.content.strip() else draft.summary
    refused = refusals.of_bytes(content) if content.strip() else _nothing(draft)
    if refused:
        return refused
    material = _material(draft, content)
    refused = refusals.of_material(material, draft)
    if refused and not _title_only(refused, draft, material):
        return refused
    work = _work(draft, source, material)
    dissect(work, debris)
    refused = refused or refusals.of_work(work)
    if refused and not _title_only(refused, draft, material):
        return refused
    if refused:
        material.notes.append("title only")
    return _copy(draft, source, material, work)


def _nothing(draft: Draft) -> Refusal | None:
    if not draft.title.strip():
        return Refusal("empty", "no content")
    return None if draft.url else Refusal("no_text", "nothing but a headline")


def _title_only(refused: Refusal, draft: Draft, material: Material) -> bool:
    """Whether an item of a feed has a headline and an address: that is a release, even without a text."""
    return refused.reason == "no_text" and bool(draft.title.strip() and draft.url) and not material.page


def _material(draft: Draft, content: str) -> Material:
    base = draft.base or draft.url
    if draft.content_type == "text/html":
        return markup.read(content, base)
    if draft.content_type == "text/markdown":
        return markdown.read(whole(content[: refusals.MAX_TEXT]), base)
    return plain.read(whole(content[: refusals.MAX_TEXT]))


def _work(draft: Draft, source: Source, material: Material) -> Work:
    bilingual.cut_other_version(material.pieces, Style(source.day_first, source.timezone))
    sample = (
        "\n".join(p.text for p in material.pieces if len(p.text) > 40 and p.type is None)[:2000]
        or draft.title
    )
    lang = language.settle(sample, draft.language, material.language, source.language)
    found = parse_date(draft.published, day_first=source.day_first, tz=source.timezone)
    style = Style(source.day_first, source.timezone, found.value if found else None)
    work = Work(material.pieces, markers(lang), style, language=lang)
    declared = one_line(draft.title or material.title)
    if declared:
        seen = tuple(p.text for p in material.pieces[:8] if len(p.text) < 300)
        sites = (source.title, material.site)
        site = titles.without_site(declared, url=draft.url, sites=sites, seen=seen)
        work.title, marks = titles.headline(site, work.markers)
        work.marks += marks
        work.declared = bool(work.title)
    return work


def _copy(draft: Draft, source: Source, material: Material, work: Work) -> Copy:
    dates = choose(draft, source, material, work)
    chosen = dates[0] if dates and not dates[0].note.startswith("not chosen") else None
    blocks = tuple(Block(p.type or "paragraph", p.text, p.rule, p.line, p.html) for p in work.pieces)
    text = "\n".join(b.text for b in blocks if b.type not in ("teaser", "chrome"))
    url = draft.url
    # A wire's link to its own version ("View source version on ...") names the release as well.
    addresses = " ".join([url, *(b.text for b in blocks if b.type == "note" and "://" in b.text)])
    return Copy(
        source=source.id,
        key=draft.key,
        url=url,
        canonical_url=canonical_url(material.canonical or url),
        language=work.language,
        title=_title(work, draft),
        kicker=" ".join(b.text for b in blocks if b.type == "kicker"),
        deck="; ".join(b.text.replace("\n", "; ") for b in blocks if b.type == "deck"),
        dateline=work.dateline,
        published=chosen.value if chosen else None,
        date_basis=chosen.basis if chosen else None,
        date_precision=chosen.precision if chosen else None,
        dates=dates,
        updated=_updated(draft, source, material, work),
        blocks=blocks,
        source_line=work.issuer,
        declared_issuer=one_line(draft.company),
        boilerplate_names=tuple(dict.fromkeys(work.names)),
        marks=tuple(dict.fromkeys(work.marks)),
        embargo_until=work.embargo.value if work.embargo else None,
        keywords=_keywords(draft, material, work),
        identifiers=identifiers.find(text, addresses, draft.identifiers),
        attachments=attachments(draft, material),
        notes=(*draft.notes, *material.notes),
    )


_MAX_TITLE = 400


def _title(work: Work, draft: Draft) -> str:
    """The headline; where a text has none, the start of its lead; where it has neither, what was declared."""
    title = one_line(work.title)
    if not title:
        lines = (one_line(p.text.split("\n")[0]) for p in work.pieces if p.type in BODY_TYPES)
        title = next((line for line in lines if line), one_line(draft.title) or "–")
    if len(title) <= _MAX_TITLE:
        return title
    return title[:_MAX_TITLE].rsplit(" ", 1)[0].rstrip(" ,;:–-") + " …"


def _updated(draft: Draft, source: Source, material: Material, work: Work) -> datetime | None:
    declared = [draft.updated, *(text for what, text in material.declared if what == "updated")]
    for text in declared:
        found = parse_date(text, day_first=source.day_first, tz=source.timezone) if text else None
        if found:
            return found.value
    return work.updated.value if work.updated else None


def _keywords(draft: Draft, material: Material, work: Work) -> tuple[str, ...]:
    every = (one_line(k) for k in (*draft.categories, *material.keywords, *work.keywords))
    return tuple(dict.fromkeys(k for k in every if k and len(k) <= 120))[:50]
