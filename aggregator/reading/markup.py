"""HTML to pieces: one tree, of whole pages the part that is the text, one walk over it.

Fragments (feed items) are read whole. Pure; no network, no DTD, no entities.
"""

from __future__ import annotations

from lxml import etree

from aggregator.reading import content, page, page_titles, sanitise
from aggregator.reading.lines import whole
from aggregator.reading.named import labelled_dates
from aggregator.reading.page_titles import Claims
from aggregator.reading.pieces import Material
from aggregator.reading.walk import PICTURE, Walk

MAX_MARKUP = 3_000_000
"""Characters of a page without its scripts that are parsed; an item is far below."""


def read(markup: str, base: str, told: str = "") -> Material:
    """The pieces of an HTML text. `Piece.line` is the running number of the block, from 1.

    `told` is the headline under which a list led to the page: one more claim of what its title is.
    """
    stripped, found = page.without_scripts(markup)
    stripped = whole(stripped)
    material = Material([])
    root, cut = tree(stripped)
    if cut:
        material.notes.append("markup was cut to its bounds")
    if root is not None:
        if page.is_page(stripped):
            _whole_page(root, found, base, material, told)
        else:
            walk = Walk(base, material, dict.fromkeys(root.iter("nav", "menu"), "page.landmark"))
            walk.run(root, None)
            material.pieces = walk.pieces
    if material.pixels:
        material.notes.append(f"left out {material.pixels} images that count readers")
    for number, piece in enumerate(material.pieces, 1):
        piece.line = number
    return material


def fragment(markup: str, base: str) -> Material:
    """The pieces of a piece of markup: everything in it is text."""
    return read(page.without_scripts(markup)[0], base)


def _whole_page(root: etree._Element, scripts: list[str], base: str, material: Material, told: str) -> None:
    page.describe(root, scripts, material)
    material.claims = tuple(dict.fromkeys((*material.claims, told))) if told else material.claims
    page.unfold(root)
    claims = Claims(material.claims, (material.site,), base, page.owner(root))
    choice = content.choose(root, page_titles.heading(root, claims))
    material.cards, material.card_letters = choice.cards, choice.card_letters
    material.cards_kept = choice.cards_kept
    walk = Walk(base, material, choice.left_out, choice.roles)
    walk.run(root, choice.main)
    start = walk.inside.index(True) if True in walk.inside else 0
    title = page_titles.choose(walk.pieces, start, claims)
    material.title = (
        page_titles.spelt(walk.pieces[title].text, claims) if title is not None else claims.bare()
    )
    material.pieces = content.around(walk.pieces, walk.inside, title)
    for piece in material.pieces:
        if piece.outside or (piece.kind == "table" and len(piece.text) <= PICTURE):
            material.labelled += labelled_dates(piece.text)
    before = walk.pieces.index(material.pieces[0]) if material.pieces else 0
    material.dropped = [(rule, words, max(1, at - before)) for rule, words, at in material.dropped]


def tree(markup: str) -> tuple[etree._Element | None, bool]:
    """The tree of a markup, and whether something had to be cut from it."""
    short, cut = sanitise.shortened(markup, MAX_MARKUP)
    root, deep = parse(short)
    if not deep:
        return root, cut
    # libxml2 gives up at 256 open elements and loses what follows; without the deeper tags it need not.
    return parse(sanitise.bounded(short, MAX_MARKUP)[0])[0], True


def parse(markup: str) -> tuple[etree._Element | None, bool]:
    """The tree of a markup, None where there is none; and whether it was too deep to be read to its end."""
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False
    )
    try:
        root = etree.fromstring(sanitise.uncrowded(markup).encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is not None:
        page.leave_head(root)
    return root, any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log)
