"""An invented newsroom: releases that differ in everything but what its site and its company repeat."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

import feedparser

from aggregator.app import App, Paths
from aggregator.model import Source
from aggregator.settings import Settings
from aggregator.store import Shelf
from aggregator.store.shelf import StoredCopy

STORIES = {
    "Kaimauer im Osthafen ist saniert": (
        "Nach elf Monaten Bauzeit liegt die Kaimauer im Osthafen wieder frei. Taucher haben dort auf einer Länge von "
        "dreihundert Metern morsche Pfähle gegen Stahl getauscht, während der Umschlag an den Nachbarplätzen weiterlief. "
        "Der erste Frachter machte am Dienstag fest und löschte Kies für die Betonwerke der Umgebung.",
        "Bezahlt haben die Arbeiten das Land und der Betreiber je zur Hälfte. Im Frühjahr folgt der Abschnitt am Silo, "
        "für den die Ausschreibung bereits läuft; Angebote werden bis Ende Januar angenommen und danach öffentlich "
        "verlesen. Mit dem Ende aller Bauarbeiten rechnen die Planer in zwei Jahren.",
    ),
    "Neue Personalchefin kommt aus der Schifffahrt": (
        "Henrike Wattenberg übernimmt zum Quartalsbeginn die Verantwortung für alle Beschäftigten. Sie leitete zuvor "
        "die Ausbildung einer großen Fährreederei und hat selbst als Matrosin begonnen. Ihr Vorgänger geht nach "
        "dreiundzwanzig Jahren in den Ruhestand und bleibt der Stiftung für Seeleute verbunden.",
        "Zu ihren ersten Aufgaben zählt ein Tarifvertrag, der Schichten besser planbar macht. Gespräche mit der "
        "Gewerkschaft sind für den Spätsommer verabredet. Außerdem will sie Werkstudenten früher einstellen und "
        "Quereinsteigern den Kranführerschein bezahlen, sobald die Probezeit bestanden ist.",
    ),
    "Elektrische Schlepper bestehen den Winter": (
        "Zwei batteriebetriebene Schlepper sind seit Dezember im Dienst und haben selbst bei Eisgang keine Fahrt "
        "ausfallen lassen. Geladen wird nachts an einer Säule, deren Leitung aus einem Windpark kommt. Die Mannschaften "
        "loben vor allem, dass sie einander auf Deck ohne Funkgerät verstehen.",
        "Gegenüber Diesel sinken die Kosten je Einsatz um ein Drittel, wie Messungen der Hochschule ergaben. Ein drittes "
        "Fahrzeug ist bestellt und kommt von einer Werft an der Ems. Für das alte Schiff wird ein Museum gesucht, das "
        "den Rumpf unter Dach stellen kann.",
    ),
    "Schüler bauen Modell der Schleuse": (
        "Drei Klassen der Gesamtschule haben die Große Schleuse im Maßstab eins zu fünfzig aus Holz, Blech und Acryl "
        "nachgebaut. Wasser hebt darin kleine Boote, und ein Motor aus einem Plattenspieler öffnet die Tore. Zu sehen "
        "ist das Werk bis Pfingsten im Foyer der Verwaltung, der Eintritt kostet nichts.",
        "Angeleitet wurden die Jugendlichen von Lehrlingen des zweiten Jahres, die dafür ihre Werkstatt geöffnet hatten. "
        "Einige Teile entstanden am Drucker, andere auf der Drehbank. Eine Jury aus Ingenieuren hat die genaueste "
        "Zeichnung ausgezeichnet und einen Tag auf der Brücke verschenkt.",
    ),
    "Getreide wächst zum wichtigsten Gut": (
        "Erstmals hat Weizen die Kohle als meistverladene Ware abgelöst. Grund sind gute Ernten im Hinterland und eine "
        "Bahnlinie, auf der seit Mai längere Züge verkehren dürfen. In den Speichern lagerten zuletzt so viele Körner "
        "wie nie, und manche Lastwagen warteten vor der Waage bis zum Abend.",
        "Damit das nicht so bleibt, entsteht neben dem Gleis ein weiterer Trichter mit eigener Zufahrt. Nachbarn hatten "
        "Staub befürchtet; ein Gutachten empfiehlt Hauben und Nebeldüsen, die beide eingeplant sind. Baubeginn ist nach "
        "der Brutzeit der Mauersegler, die unter dem Vordach nisten.",
    ),
    "Leitstelle zieht in den Turm": (
        "Sechzehn Nautiker lenken den Verkehr künftig aus vierzig Metern Höhe. Der Umzug geschah über Nacht, Schiff um "
        "Schiff wurde an die neuen Pulte übergeben. Statt Papierstreifen zeigen breite Schirme, wer wann welche Kurve "
        "nimmt und wo Nebel die Sicht verschlechtert.",
        "Im alten Gebäude richtet der Betriebsrat eine Kantine ein, die auch Gästen offensteht. Gekocht wird mit Fisch "
        "vom Steg gegenüber. Den Namen dürfen die Belegschaften gemeinsam wählen, Vorschläge nimmt der Pförtner in "
        "einem Eimer entgegen, der schon ziemlich voll ist.",
    ),
}  # fmt: skip
TITLES = tuple(STORIES)

ABOUT = (
    "An der Unterweser betreibt die Nordhafen AG sechs Umschlagplätze für Schüttgut, Stückgut und Getreide. Mit 450 "
    "Beschäftigten schlägt der 1911 gegründete Betrieb jährlich neun Millionen Tonnen um und bildet in sieben Berufen "
    "aus. Eigentümer sind die Anliegergemeinden und eine Stiftung."
)  # fmt: skip


def release(title: str, *, above: str = "", below: Sequence[str] = (), heading: str = "") -> str:
    """One release as a text file; `above` stands before the headline, `below` after the body."""
    first, second = STORIES[title]
    parts = [above, title, f"Brake, {3 + TITLES.index(title)}. Mai 2026. {first}", heading, second, *below]
    return "\n\n".join(p for p in parts if p) + "\n"


class Newsroom:
    """A folder of releases, polled by a real application."""

    def __init__(self, folder: Path, **settings: object) -> None:
        self.paths = Paths(folder / "config", folder / "data", folder / "feeds")
        self.folder = folder / "releases"
        self.folder.mkdir(parents=True)
        self.source = Source(id="newsroom", adapter="text", url=str(self.folder), company="Nordhafen AG",
                             **settings)  # type: ignore[arg-type]  # fmt: skip

    def put(self, title: str, **more: object) -> None:
        self.write(title, release(title, **more))  # type: ignore[arg-type]

    def write(self, name: str, text: str) -> None:
        (self.folder / f"{name}.txt").write_text(text, "utf-8")

    def poll(self) -> None:
        self._do(lambda app: app.poll([self.source], settle_seconds=0.0))

    def reprocess(self, *, dry_run: bool = False) -> int:
        """How many texts it changes."""
        return len(self._do(lambda app: app.reprocess(dry_run=dry_run)))

    def _do(self, work):  # type: ignore[no-untyped-def]
        async def go():  # type: ignore[no-untyped-def]
            settings = Settings(folder=self.paths.config, sources=(self.source,))
            async with App.open(self.paths, settings) as app:
                done = await work(app)
                await app.in_store(app.publish)
                return done

        return asyncio.run(go())

    def copies(self) -> dict[str, StoredCopy]:
        """What is stored, by file name."""
        shelf = Shelf.open(self.paths.data)
        try:
            found = [c for row in shelf.rows() for c in shelf.copies(row)]
            return {c.copy.key.removesuffix(".txt"): c for c in found}
        finally:
            shelf.close()

    def shelf(self) -> Shelf:
        return Shelf.open(self.paths.data)

    def entries(self) -> dict[str, feedparser.FeedParserDict]:
        """The feed of everything, by headline."""
        parsed = feedparser.parse((self.paths.feeds / "all.atom").read_bytes())
        return {e.title: e for e in parsed.entries}
