"""One draft to one clean copy: the way in for the rest of the house.

Pure: no I/O, no clock, no exception for any input. What is no release comes back as a `Refusal` with a
typed reason. Bounded: sizes are capped before anything is parsed.
"""

from __future__ import annotations

from datetime import datetime

from aggregator.model import BODY_TYPES, Block, Copy, Draft, Genre, Reading, Refusal, Source
from aggregator.reading import (
    bilingual,
    candidates,
    genres,
    identifiers,
    language,
    markdown,
    markup,
    plain,
    refusals,
    titles,
)
from aggregator.reading.anatomy import dissect
from aggregator.reading.attachments import attachments
from aggregator.reading.choice import choose
from aggregator.reading.dates import Style, parse_date
from aggregator.reading.lines import SENTENCES, one_line, whole
from aggregator.reading.markers import markers
from aggregator.reading.pieces import Material, Work
from aggregator.text import canonical_url


def read(draft: Draft, source: Source, *, debris: frozenset[str] = frozenset()) -> Copy | Refusal:
    """Read a draft to a copy that may be stored, or say why it is none. See `parse`."""
    found = parse(draft, source, debris=debris)
    return found.refusal or found.copy


def parse(draft: Draft, source: Source, *, debris: frozenset[str] = frozenset()) -> Reading:
    """Read a draft: find the parts of the release, tag what is not part of it, choose its date.

    `debris` are folded lines (`text.fold`) that the source repeats on many pages. The copy's blocks hold
    everything in reading order with the deciding rule (docs/rules.md) and line. What is refused has its
    parts too, as far as there are any.
    """
    content = _fuller(draft)
    refused = refusals.of_bytes(content) if content.strip() else _nothing(draft)
    material = Material([]) if refused else _material(draft, content)
    refused = refused or _unless_titled(refusals.of_material(material, draft), draft, material)
    candidates.complete(material)
    work = _work(draft, source, material)
    dissect(work, debris)
    found = refusals.of_work(work, material)
    refused = refused or _unless_titled(found, draft, material)
    if refused and refused.reason == "list":
        refusals.as_list(work)
    if found and not refused:
        material.notes.append("title only")
    return Reading(
        _copy(draft, source, material, work, genres.of(refused, draft, source, material, work)), refused
    )


def _fuller(draft: Draft) -> str:
    """The content of an item, or its summary where that is the longer text: feeds mistake one for the other."""
    content, summary = draft.content, draft.summary
    if not content.strip() or (len(content) < 0.5 * len(summary) and draft.content_type == "text/html"):
        return summary
    return content


def _nothing(draft: Draft) -> Refusal | None:
    if not draft.title.strip():
        return Refusal("empty", "no content")
    return None if draft.url else Refusal("no_text", "nothing but a headline")


def _unless_titled(refused: Refusal | None, draft: Draft, material: Material) -> Refusal | None:
    """An item of a feed with a headline and an address is a release, even without a text."""
    titled = bool(draft.title.strip() and draft.url) and not material.page
    return None if refused and refused.reason == "no_text" and titled else refused


def _material(draft: Draft, content: str) -> Material:
    base = draft.base or draft.url
    if draft.content_type == "text/html":
        return markup.read(content, base, one_line(draft.listed.title[:_DECLARED]) if draft.listed else "")
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
    stated = draft.published or (draft.listed.published if draft.listed else "")
    found = parse_date(stated, day_first=source.day_first, tz=source.timezone)
    day_first = source.day_first and not _is_american(material.language or draft.language)
    style = Style(day_first, source.timezone, found.value if found else None)
    work = Work(material.pieces, markers(lang), style, language=lang, page=material.page)
    declared = one_line((draft.title or material.title or _told(draft, material))[:_DECLARED])
    if declared:
        if draft.title or not material.page:
            seen = tuple(p.text for p in material.pieces[:8] if len(p.text) < 300)
            sites = (source.title, material.site)
            declared = titles.without_site(declared, url=draft.url, sites=sites, seen=seen)
        work.title, marks = titles.headline(declared, work.markers)
        work.marks += marks
        work.declared = bool(work.title)
    return work


def _told(draft: Draft, material: Material) -> str:
    """The headline under which a list led here, for a text whose own lines are not compared with it."""
    return draft.listed.title if draft.listed and not material.page else ""


def _is_american(tag: str) -> bool:
    """Whether a page says that it is written in the English of the United States: the month comes first."""
    return tag.replace("_", "-").lower() in ("en-us", "en-us-posix")


def _copy(draft: Draft, source: Source, material: Material, work: Work, genre: tuple[Genre, str]) -> Copy:
    dates = choose(draft, source, material, work)
    chosen = dates[0] if dates and not dates[0].note.startswith("not chosen") else None
    blocks = tuple(Block(p.type or "paragraph", p.text, p.rule, p.line, p.html) for p in work.pieces)
    left_out = tuple(Block("chrome", text, rule, line) for rule, text, line in material.dropped)
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
        blocks=(*blocks, *left_out),
        source_line=work.issuer,
        declared_issuer=one_line(draft.company),
        boilerplate_names=tuple(dict.fromkeys(work.names)),
        marks=tuple(dict.fromkeys(work.marks)),
        embargo_until=work.embargo.value if work.embargo else None,
        keywords=_keywords(draft, material, work),
        identifiers=identifiers.find(text, addresses, draft.identifiers),
        attachments=attachments(draft, material),
        editions=material.editions,
        genre=genre[0],
        genre_rule=genre[1],
        notes=(*draft.notes, *material.notes),
    )


_MAX_TITLE, _DECLARED = 400, 2_000
"""Characters of a title, and of one as it is stated, with the names of sites and wires around it."""


def _title(work: Work, draft: Draft) -> str:
    """The headline; where a text has none, the start of its lead; where it has neither, what was declared."""
    title = one_line(work.title)
    if not title:
        lines = (one_line(p.text.split("\n")[0]) for p in work.pieces if p.type in BODY_TYPES)
        title = next((_sentence(line) for line in lines if line), one_line(draft.title) or "–")
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


def _sentence(lead: str) -> str:
    """The first sentence of a lead that stands without a headline."""
    found = SENTENCES.search(lead)
    return lead[: found.start()] if found else lead
