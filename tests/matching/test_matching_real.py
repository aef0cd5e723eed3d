"""What real pages and their copies showed: mended figures, menus around texts, late reprints, added paragraphs."""

from __future__ import annotations

import pytest
from matching_texts import prepared, stored

from aggregator.model import Prepared

LEAD = """The harbour board of Wexmouth has approved the second stage of its quay wall. Work begins in the spring at the
eastern basin, where the old wall has moved by several inches since the floods, and lasts until the autumn of the year
after. The board expects ships of up to 9,400 tonnes to call as soon as the cranes are in place again.

"We have waited for this longer than most of our captains have been at sea," said harbour master Edwina Prowse. Local
merchants had asked for a shorter closure, but the engineers warned that the ground would not allow it. The ferry will
land at the northern pier meanwhile, and buses will take passengers to the station every quarter of an hour.

The wall costs 31 million pounds, of which the county pays a third. The rest is lent by a bank whose name the board did
not give. Fishermen keep their moorings and pay no fees while the work lasts."""
PROSE = """Whoever walks along the shore in the early morning meets the same three people. One sells bread from a cart,
another counts the birds for a society that has long since moved inland, and the third is the keeper of the small museum
behind the dunes. He opens it when he likes and closes it when the wind turns, and nobody has ever complained.

The museum shows what the sea has brought: bottles, ropes, a piano without keys, and letters that never arrived. Visitors
may read them if they promise to put them back. Some come every summer to see whether a new one has been found, and the
keeper lets them look through the boxes that he has not sorted yet, because he says that finding is half of it."""
MENU = """Home Products Solutions Industries Services Support Downloads Careers Events Blog Press Newsroom Contact Imprint
Privacy Search Login Register Basket Language English German French Automation Drives Sensors Pumps Valves Controls Robotics
Software Training Partners Distributors Locations Europe Asia America Investors Reports Shares Governance Sustainability
Energy Mobility Chemistry Food Water Mining Rail Marine Aerospace References Stories Videos Podcasts Webinars Brochures"""


def said(one: Prepared, two: Prepared) -> str:
    from aggregator.matching import decide

    return decide(two, [stored(one)]).relation


def text(body: str, title: str = "", host: str = "", date: str = "", **more: object) -> Prepared:
    """A text that carries little but itself: no address, no day, no issuer."""
    url = f"https://{host}/{len(body)}" if host else ""
    return prepared(
        title, body, language="en", url=url, source=host or "folder", date=date, key=str(hash(body)), **more
    )  # type: ignore[arg-type]


@pytest.mark.parametrize(("before", "after"), [("9,400", "9,700"), ("31 million", "13 million")])
def test_one_mended_figure_is_a_correction(before: str, after: str) -> None:
    """Nothing says where the two come from, or of which day they are."""
    relations = {
        said(text(LEAD), text(LEAD.replace(before, after))),
        said(text(LEAD.replace(before, after)), text(LEAD)),
    }
    assert relations <= {"correction", "copy"}


def test_two_changed_things_are_another_occasion() -> None:
    other = LEAD.replace("9,400", "7,100").replace("31 million", "18 million").replace("a third", "half")
    other = other.replace("Wexmouth", "Thornsea").replace("Edwina Prowse", "Hugh Landry")
    assert said(text(LEAD), text(other)) == "series"


def test_a_changed_day_is_no_slip_of_the_pen() -> None:
    """The same notice for another day: kept apart."""
    one, two = (LEAD.replace("in the spring", f"on {day} April") for day in (4, 18))
    assert said(text(one), text(two)) in ("new", "series")


def test_prose_without_a_figure_is_known_again() -> None:
    """Two extractions of one page: no number, no quotation, no headline."""
    assert said(text(PROSE), text("Skip to content\n\n" + PROSE + "\n\nRead more")) == "copy"


def test_a_shared_menu_is_no_shared_text() -> None:
    """Two texts of one site whose menus were read with them, under the menu's first line."""
    one, two = (text(f"{MENU}\n\n{body}\n\n{MENU}", title="Home") for body in (LEAD, PROSE))
    assert said(one, two) == "new"


def test_a_menu_around_a_text_hides_it_not() -> None:
    assert said(text(LEAD), text(f"{MENU}\n\n{LEAD}\n\n{MENU}", title="Home")) == "copy"


@pytest.mark.parametrize("days", ["2026-04-20", "2026-12-01"])
def test_an_untouched_text_is_a_late_reprint(days: str) -> None:
    one = text(LEAD, "Quay wall approved", "harbour.example", "2026-03-02")
    assert said(one, text(LEAD, "New wall for Wexmouth", "paper.example", days)) == "copy"


@pytest.mark.parametrize(
    "note",
    [
        "Updated 4 June: The board has moved the start of the work to the summer.",
        "Update: Ferries land at the southern pier.",
        "Reminder: The hearing is on Monday at the town hall.",
    ],
)
def test_an_added_paragraph_makes_an_update(note: str) -> None:
    one = text(LEAD, "Quay wall approved", "harbour.example", "2026-03-02")
    two = text(f"{LEAD}\n\n{note}", "Quay wall approved", "harbour.example", "2026-03-05")
    assert said(one, two) == "update"


def test_another_day_on_another_day_is_an_update() -> None:
    """A deadline is extended, under another headline, and nothing says so: never a copy that nobody would see."""
    one = text(
        LEAD.replace("in the spring", "on 30 April"), "Tenders invited", "harbour.example", "2026-03-02"
    )
    later = LEAD.replace("in the spring", "on 31 May").replace("has approved", "has put off")
    assert said(one, text(later, "More time for tenders", "harbour.example", "2026-04-08")) in (
        "update",
        "series",
    )


def test_the_next_days_story_is_another_one() -> None:
    """It repeats the background with its figures; each of the two tells others."""
    background = LEAD.split("\n\n")[1] + "\n\n" + LEAD.split("\n\n")[2]
    one = (
        "Divers found 14 cracks at the quay of Wexmouth on Monday, 3 of them below 20 feet, the board said.\n\n"
        + background
    )
    two = (
        "A storm tore 60 yards of the quay of Wexmouth away on Tuesday; 7 boats sank and 212 people had to leave their "
        "houses by the water for the night.\n\n" + background
    )
    assert said(text(one, "Cracks in the quay"), text(two, "Storm takes quay wall")) != "copy"
