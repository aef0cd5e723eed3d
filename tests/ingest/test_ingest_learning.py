"""What the stored releases teach: lines that a site repeats, descriptions that a company repeats."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from newsroom import ABOUT, STORIES, TITLES, Newsroom, release

from aggregator.store import Store

PICTURE = "Ein Bild vom ersten Treffen der Hafenfreunde."
SLOGAN = "Gemeinsam weiter denken"
LINK = "Weiter zum Archiv der Meldungen"


def blocks(newsroom: Newsroom, title: str) -> dict[str, str]:
    """Rules by text of one release."""
    return {b.text: b.rule for b in newsroom.copies()[title].copy.blocks}


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    return Newsroom(tmp_path)


@pytest.mark.parametrize("line", [SLOGAN, "Ein Bild vom Treffen der Hafenfreunde im Mai"])
def test_a_line_on_three_pages_is_left_out_of_the_fourth(newsroom: Newsroom, line: str) -> None:
    """Whatever the line is, the headline is the headline, in the feed too."""
    for title in TITLES[:3]:
        newsroom.put(title, above=line)
    newsroom.poll()
    newsroom.put(TITLES[3], above=line)
    newsroom.poll()
    assert blocks(newsroom, TITLES[3])[line] == "repeated_line.source"
    assert line not in newsroom.entries()[TITLES[3]].content[0].value


def test_a_reprocessing_cleans_the_pages_that_taught_the_line(newsroom: Newsroom) -> None:
    """The first three came when nothing was known; their ids and dates stay."""
    for title in TITLES[:3]:
        newsroom.put(title, above=SLOGAN)
    newsroom.poll()
    before = newsroom.entries()
    assert set(before) == {SLOGAN}, "a slogan above the headline is taken for it"
    ids = {k: c.copy.key for k, c in newsroom.copies().items()}
    uids = {r.id for r in before.values()}
    assert newsroom.reprocess() == 3
    after = newsroom.entries()
    assert set(after) == set(TITLES[:3])
    assert uids <= {r.id for r in after.values()}
    assert {k: c.copy.key for k, c in newsroom.copies().items()} == ids
    assert newsroom.reprocess() == 0


def test_a_picture_of_three_releases_is_known_among_many_others(newsroom: Newsroom) -> None:
    """A sentence above the headline is never the issuer's, also where few of the pages show it."""
    for title in TITLES:
        newsroom.put(title, above=PICTURE if title in TITLES[:3] else "")
    for n in range(3):
        newsroom.write(f"other-{n}", other(n))
    newsroom.poll()
    newsroom.reprocess()
    assert [line.text for line in newsroom.shelf().repeated_lines("newsroom")] == [PICTURE]
    assert blocks(newsroom, TITLES[0])[PICTURE] == "repeated_line.source"


def other(n: int) -> str:
    return (
        f"Meldung {'ABC'[n]} aus dem Archiv\n\n"
        + " ".join(f"Wort{n}x{i} steht hier." for i in range(60))
        + "\n"
    )


def test_a_line_below_the_text_is_left_out_where_most_pages_show_it(newsroom: Newsroom) -> None:
    """A way back to the list is no part of the release."""
    for title in TITLES[:4]:
        newsroom.put(title, below=[LINK])
    newsroom.poll()
    newsroom.reprocess()
    assert LINK not in newsroom.copies()[TITLES[0]].copy.body
    for n in range(5):
        newsroom.write(f"other-{n}", other(n % 3) + f"Nummer {n}")
    newsroom.poll()
    newsroom.reprocess()
    assert LINK in newsroom.copies()[TITLES[0]].copy.body, "four of nine pages: it may be the company's own"


def test_a_sub_heading_that_comes_again_is_kept(newsroom: Newsroom) -> None:
    """It stands between paragraphs, on however many pages."""
    for title in TITLES:
        newsroom.put(title, heading="Ausblick auf den Sommer")
    newsroom.poll()
    newsroom.reprocess()
    assert all("Ausblick auf den Sommer" in c.copy.body for c in newsroom.copies().values())


def test_what_every_release_of_a_company_ends_with_stays_what_it_is(newsroom: Newsroom) -> None:
    """A headed description, a contact, a speaker: none of them is the site's."""
    quote = "„Wir sind stolz auf das, was die Mannschaft in diesen langen Monaten gemeinsam geschafft hat.“"
    speaker = "Tjark Wattenberg, Vorstand der Nordhafen AG"
    tail = [
        quote,
        speaker,
        "Über die Nordhafen AG",
        ABOUT,
        "Pressekontakt:",
        "Erna Fernruf, Telefon 04401 0000",
    ]
    for title in TITLES:
        newsroom.put(title, below=tail)
    newsroom.poll()
    before = {k: c.copy.blocks for k, c in newsroom.copies().items()}
    assert newsroom.reprocess() == 0
    assert {k: c.copy.blocks for k, c in newsroom.copies().items()} == before
    found = blocks(newsroom, TITLES[0])
    assert found["Über die Nordhafen AG"] == "boilerplate.heading"
    assert found["Pressekontakt:"] == "contact.heading"
    assert speaker in found


def test_a_release_at_three_addresses_teaches_nothing(newsroom: Newsroom) -> None:
    """Its lines come again because it does."""
    for n in range(4):
        newsroom.write(f"copy-{n}", release(TITLES[0], above=SLOGAN, below=[ABOUT]))
    newsroom.poll()
    assert newsroom.shelf().repeated_lines("newsroom") == []
    assert newsroom.shelf().boilerplates("nordhafen-ag") == []


def test_an_edited_page_counts_once_and_what_is_edited_away_is_forgotten(newsroom: Newsroom) -> None:
    """Pages are counted as they are now."""
    for title in TITLES[:2]:
        newsroom.put(title, above=SLOGAN)
    newsroom.poll()
    newsroom.write(TITLES[0], release(TITLES[0], above=SLOGAN).replace("Dienstag", "Mittwoch"))
    newsroom.poll()
    assert newsroom.shelf().repeated_lines("newsroom") == []
    newsroom.put(TITLES[2], above=SLOGAN)
    newsroom.poll()
    assert [(r.text, r.pages) for r in newsroom.shelf().repeated_lines("newsroom")] == [(SLOGAN, 3)]
    newsroom.put(TITLES[2])
    newsroom.poll()
    assert newsroom.shelf().repeated_lines("newsroom") == []


def test_the_operator_keeps_a_line(newsroom: Newsroom) -> None:
    """By its first words, in whatever case; it is still shown as one that comes again."""
    for title in TITLES[:4]:
        newsroom.put(title, above=SLOGAN, below=[ABOUT])
    newsroom.poll()
    newsroom.reprocess()
    assert blocks(newsroom, TITLES[0])[ABOUT] == "boilerplate.learnt"
    newsroom.source = replace(newsroom.source, keep=("gemeinsam WEITER", "An der Unterweser betreibt"))
    newsroom.reprocess()
    found = blocks(newsroom, TITLES[0])
    assert found[SLOGAN] == "title.first_line"
    assert found[ABOUT] == "body.paragraph"
    assert [r.text for r in newsroom.shelf().repeated_lines("newsroom")] == [SLOGAN]


# -- boilerplate ------------------------------------------------------------------------------------------


def test_a_description_without_a_heading_is_learnt(newsroom: Newsroom) -> None:
    """Three different releases teach it; the fourth and every reading after that know it."""
    for title in TITLES[:3]:
        newsroom.put(title, below=[ABOUT])
    newsroom.poll()
    assert blocks(newsroom, TITLES[0])[ABOUT] == "body.paragraph"
    newsroom.put(TITLES[3], below=[ABOUT])
    newsroom.poll()
    assert blocks(newsroom, TITLES[3])[ABOUT] == "boilerplate.learnt"
    assert newsroom.reprocess() == 3
    assert all(ABOUT in c.copy.texts("boilerplate") for c in newsroom.copies().values())
    assert newsroom.reprocess() == 0


def test_a_new_version_is_known_from_its_first_release(newsroom: Newsroom) -> None:
    """One number differs; both versions are kept with their days."""
    newer = ABOUT.replace("450", "480")
    for title in TITLES[:4]:
        newsroom.put(title, below=[ABOUT])
    newsroom.poll()
    newsroom.put(TITLES[4], below=[newer])
    newsroom.poll()
    assert blocks(newsroom, TITLES[4])[newer] == "boilerplate.learnt"
    (versions,) = newsroom.shelf().boilerplates("nordhafen-ag")
    assert [(v.text, v.first_seen[:10], v.last_seen[:10], v.releases) for v in versions] == [
        (ABOUT, "2026-05-03", "2026-05-06", 4),
        (newer, "2026-05-07", "2026-05-07", 1),
    ]


def test_an_announcement_of_another_day_is_no_version(newsroom: Newsroom) -> None:
    """A paragraph with a date that changes says something new each time."""
    fair = (
        "Zu sehen sind die Fahrzeuge auf der Messe für Hafentechnik, die am 12. Juni 2026 in der Stadthalle ihre Tore "
        "öffnet. Besucher erreichen den Stand über den Eingang West, Parkplätze und Führungen sind frei."
    )
    for title in TITLES[:4]:
        newsroom.put(title, below=[fair])
    newsroom.poll()
    later = fair.replace("12. Juni 2026", "14. Juni 2027")
    newsroom.put(TITLES[4], below=[later])
    newsroom.poll()
    assert blocks(newsroom, TITLES[4])[later] == "body.paragraph"


def notice(week: int) -> str:
    """A weekly notice: everything but its numbers is what the others say too."""
    return (
        f"Nordhafen AG: Rückkauf eigener Aktien, Woche {week}\n\n"
        f"In der Zeit vom {week}. bis {week + 4}. Juni 2026 wurden {1000 + 37 * week} Stück Aktien im Rahmen des "
        "laufenden Programms erworben, dessen Beginn im Frühjahr bekanntgemacht worden ist. Gezahlt wurden im Schnitt "
        f"{20 + week},{week}0 Euro je Aktie über alle Handelstage der Woche.\n\n"
        "Der Erwerb erfolgt durch eine beauftragte Bank ausschließlich über die Börse, die ihre Entscheidungen über "
        "den Zeitpunkt unabhängig und unbeeinflusst von der Gesellschaft trifft. Ein öffentliches Angebot an alle "
        "Anteilseigner ist damit nicht verbunden.\n\n"
        "Die Käufe dienen allein der Bedienung von Vergütungsplänen für Beschäftigte und leitende Angestellte, wie sie "
        "die Hauptversammlung beschlossen hat. Einzelheiten stehen in der Tagesordnung, die auf Wunsch verschickt wird.\n\n"
        f"{ABOUT}\n"
    )


PLACES = (
    "Wremen",
    "Fedderwardersiel",
    "Burhave",
    "Eckwarden",
    "Tossens",
    "Ruhwarden",
    "Stollhamm",
    "Seefeld",
)
PEOPLE = ("Ubbo Harms", "Imke Renken", "Gesa Onken", "Focko Janssen", "Wiebke Lübben", "Hajo Tants", "Swantje Dirks",
          "Enno Popken")  # fmt: skip


def opened(n: int) -> str:
    """A template of which words change and no number."""
    place, person = PLACES[n - 1], PEOPLE[n - 1]
    return (
        f"Nordhafen AG: Agentur in {place} ist offen\n\n"
        f"Wer in {place} Ware über See verschicken will, findet ab heute eine Agentur am Deich. Geleitet wird sie von "
        f"{person}, wochentags ist ab acht Uhr jemand da. Beraten wird zu Fristen, Papieren, Zöllen und Versicherungen, "
        "auf Wunsch auch auf dem Hof des Kunden.\n\n"
        "Die Agenturen sind Teil eines Netzes, mit dem der Betrieb kleineren Verladern den Weg zum Schiff erleichtert. "
        "Abgerechnet wird nach Gewicht, einen Mindestbetrag gibt es nicht. Wer regelmäßig kommt, erhält am Jahresende "
        f"einen Teil der Gebühren zurück.\n\n{ABOUT}\n"
    )


@pytest.mark.parametrize("member", [notice, opened])
def test_a_series_keeps_its_body(newsroom: Newsroom, member: Callable[[int], str]) -> None:
    """What only the members of a series share is their text, however often it comes again."""
    for n in range(1, 9):
        newsroom.write(f"member-{n}", member(n))
    newsroom.poll()
    before = {k: c.copy.body for k, c in newsroom.copies().items()}
    assert newsroom.reprocess() == 0
    assert {k: c.copy.body for k, c in newsroom.copies().items()} == before
    assert newsroom.shelf().boilerplates("nordhafen-ag") == []


def test_a_series_shares_only_the_description_with_other_releases(newsroom: Newsroom) -> None:
    """Where other releases teach the description, the series loses that and nothing else."""
    for week in range(1, 9):
        newsroom.write(f"notice-{week}", notice(week))
    for title in TITLES[:3]:
        newsroom.put(title, below=[ABOUT])
    newsroom.poll()
    newsroom.reprocess()
    copy = newsroom.copies()["notice-3"].copy
    assert copy.texts("boilerplate") == (ABOUT,)
    assert "beauftragte Bank" in copy.body
    assert "Vergütungsplänen" in copy.body


def test_the_lead_and_a_description_in_the_middle_stay_text(newsroom: Newsroom) -> None:
    """A portrait is about the company: only what stands at the end is its boilerplate."""
    for title in TITLES[:4]:
        newsroom.put(title, below=[ABOUT])
    newsroom.poll()
    first, second = STORIES[TITLES[4]]
    newsroom.write("portrait", f"Ein Hafen stellt sich vor\n\n{ABOUT}\n\n{first}\n\n{second}\n")
    newsroom.write("only", f"Wer wir eigentlich sind\n\n{ABOUT}\n")
    newsroom.write("middle", f"Wo das Getreide lagert\n\n{first}\n\n{ABOUT}\n\n{second}\n")
    newsroom.write("short", f"Ein Tor zum Hafen\n\nDas neue Tor ist seit heute offen.\n\n{ABOUT}\n")
    newsroom.poll()
    for name in ("portrait", "only", "middle", "short"):
        assert ABOUT in newsroom.copies()[name].copy.body, name


def test_a_page_that_is_touched_after_the_learning_is_no_correction(newsroom: Newsroom) -> None:
    """What was learnt in between is not what the issuer changed: ``updated`` stays."""
    for title in TITLES[:4]:
        newsroom.put(title, below=[ABOUT])
    newsroom.poll()
    before = newsroom.entries()[TITLES[0]].updated
    newsroom.write(TITLES[0], release(TITLES[0], below=[ABOUT]) + "\n\n")
    newsroom.poll()
    assert blocks(newsroom, TITLES[0])[ABOUT] == "boilerplate.learnt"
    assert newsroom.entries()[TITLES[0]].updated == before


def test_a_store_of_an_earlier_version_learns_from_what_it_holds(newsroom: Newsroom) -> None:
    """One reprocessing counts and cleans."""
    for title in TITLES[:4]:
        newsroom.put(title, above=SLOGAN, below=[ABOUT])
    newsroom.poll()
    store = Store(newsroom.paths.data)
    with store.settling():
        for table in ("passages", "openings", "repeated"):
            store.db.conn.execute(f"DELETE FROM {table}")
    store.close()
    newsroom.reprocess()
    assert all(c.copy.texts("boilerplate") == (ABOUT,) for c in newsroom.copies().values())
    assert all(c.copy.title == k for k, c in newsroom.copies().items())


def test_a_dry_run_teaches_nothing(newsroom: Newsroom) -> None:
    """It says what would be cleaned, and leaves it as it is."""
    for title in TITLES[:3]:
        newsroom.put(title, above=SLOGAN)
    newsroom.poll()
    assert newsroom.reprocess(dry_run=True) == 3
    assert {c.copy.title for c in newsroom.copies().values()} == {SLOGAN}


def test_the_order_of_arrival_makes_no_difference_in_the_end(tmp_path: Path) -> None:
    """All at once or one by one, forwards or backwards: after a reprocessing everything is the same."""
    texts = {t: release(t, above=SLOGAN, below=[ABOUT if i % 2 else ABOUT.replace("450", "480"), LINK])
             for i, t in enumerate(TITLES)}  # fmt: skip
    orders = [TITLES, TITLES[::-1], next(o for o in permutations(TITLES) if o[0] == TITLES[3])]
    ends = []
    for n, order in enumerate(orders):
        newsroom = Newsroom(tmp_path / str(n))
        for title in order:
            newsroom.write(title, texts[title])
            if n:
                newsroom.poll()
        newsroom.poll()
        newsroom.reprocess()
        ends.append({
            k: (c.copy.title, [(b.type, b.text, b.rule) for b in c.copy.blocks]) for k, c in newsroom.copies().items()
        })  # fmt: skip
    assert ends[0] == ends[1] == ends[2]
    assert all(title == k for k, (title, _) in ends[0].items())
