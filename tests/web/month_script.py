"""What the sources of a subscriber's month say, day by day: texts, the feeds that carry them, and the script."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape

from loopback import Site

HALL = "Neue Halle für Windradteile in Beispielstadt eröffnet"
HALL_TEXT = (
    "Die Musterwerke GmbH hat in Beispielstadt eine neue Halle für Windradteile eröffnet. Der Bau kostete 12,5 "
    "Millionen Euro und dauerte 14 Monate; beteiligt waren die Kranbau Nordfeld GmbH und das Büro Talheim.",
    "„Wir haben auf diesen Tag lange gewartet und danken allen, die bei Wind und Wetter gebaut haben“, sagte die "
    "Geschäftsführerin Ida Sonnfeld bei der Feier vor 300 Gästen.",
    "Rund 140 Menschen arbeiten in der Halle. Bis 2028 sollen es 200 sein; die Stadt hat dafür 3,2 Hektar im "
    "Gewerbegebiet Nordfeld freigehalten, die im kommenden Frühjahr erschlossen werden.",
)
HALL_ENGLISH = "Musterwerke opens new hall for wind turbine parts in Beispielstadt"
HALL_ENGLISH_TEXT = (
    "Musterwerke GmbH has opened a new hall for wind turbine parts in Beispielstadt. Construction cost 12.5 million "
    "euros and took 14 months; Kranbau Nordfeld GmbH and the engineers of Talheim took part.",
    "“We have waited for this day for a long time and thank everybody who built in wind and weather”, managing "
    "director Ida Sonnfeld said at the celebration before 300 guests.",
    "Some 140 people work in the hall. By 2028 there are to be 200; the city has kept 3.2 hectares free in the "
    "business park of Nordfeld, which will be developed next spring.",
)
CHIEF = "Neue Personalchefin kommt aus der Schifffahrt"
CHIEF_TEXT = (
    "Henrike Wattenberg übernimmt zum Quartalsbeginn die Verantwortung für alle Beschäftigten der Musterwerke GmbH. "
    "Sie leitete zuvor die Ausbildung einer großen Fährreederei und hat selbst als Matrosin begonnen.",
    "Zu ihren ersten Aufgaben zählt ein Tarifvertrag, der Schichten besser planbar macht. Gespräche mit der "
    "Gewerkschaft sind für den Spätsommer verabredet; Werkstudenten will sie früher einstellen als bisher.",
)
MODEL = "Schüler bauen Modell der Schleuse"
MODEL_TEXT = (
    "Drei Klassen der Gesamtschule haben die Große Schleuse aus Holz, Blech und Acryl nachgebaut. Die Musterwerke GmbH "
    "stellte dafür ihre Lehrwerkstatt und das Material zur Verfügung.",
    "Wasser hebt darin kleine Boote, und ein Motor aus einem Plattenspieler öffnet die Tore. Zu sehen ist das Werk bis "
    "Pfingsten im Foyer der Verwaltung, der Eintritt kostet nichts.",
)
RETOLD = "Kleine Schleuse ganz groß"
RETOLD_TEXT = (
    "Wer derzeit ins Verwaltungsgebäude der Musterwerke kommt, hört es plätschern: Jugendliche zeigen dort, was sie in "
    "monatelanger Bastelei geschaffen haben, und die Besucher staunen über jedes Detail.",
    "Angeleitet wurden sie von Auszubildenden, einige Teile kommen aus dem Drucker, andere von der Drehbank. Eine Jury "
    "hat die genaueste Zeichnung mit einem Ausflug belohnt.",
)
YARD = "Musterwerke verkaufen Werft in Talheim an Bootsbau Eggers"
YARD_TEXT = (
    "Die Musterwerke GmbH hat ihre Werft in Talheim für 8,7 Millionen Euro an die Bootsbau Eggers KG verkauft. Alle 62 "
    "Beschäftigten bleiben; der Vertrag läuft vom 1. Januar 2027 bis 2036.",
    "„Die Werft bekommt einen Eigentümer, der Boote baut und nicht nur ausbessert“, sagte die Geschäftsführerin Ida "
    "Sonnfeld in Talheim vor 90 Gästen.",
    "Die Bootsbau Eggers KG hat seit 1987 rund 410 Boote gebaut. Sie steckt 1,4 Millionen Euro in eine neue Slipanlage "
    "von 48 Metern, die Marten Eggers im Herbst 2027 eröffnen will.",
)
YARD_ENGLISH = "Musterwerke sells shipyard in Talheim to Bootsbau Eggers"
YARD_ENGLISH_TEXT = (
    "Musterwerke GmbH has sold its shipyard in Talheim to Bootsbau Eggers KG for 8.7 million euros. All 62 employees "
    "stay; the contract runs from 1 January 2027 to 2036.",
    "“The yard gets an owner who builds boats and does not only mend them”, managing director Ida Sonnfeld said in "
    "Talheim before 90 guests.",
    "Bootsbau Eggers KG has built some 410 boats since 1987. It puts 1.4 million euros into a new slipway of 48 metres, "
    "which Marten Eggers wants to open in autumn 2027.",
)
QUAY = "Kaimauer am Südhafen wird ein Jahr lang erneuert"
QUAY_TEXT = (
    "Von März an lässt die Musterwerke GmbH 260 Meter Kaimauer am Südhafen erneuern. Taucher haben im Sommer an 14 "
    "Stellen ausgespülte Fugen gefunden, durch die das Erdreich dahinter wegsackt.",
    "Schiffe mit mehr als drei Metern Tiefgang legen so lange am Nordkai an. Die Fähre nach Ebbsand fährt weiter, ihr "
    "Anleger rückt um zwei Pfeiler nach Westen; das Pflaster wird danach neu verlegt.",
)
CRANE = "Größter Kran der Küste hebt seine erste Last"
CRANE_TEXT = (
    "Ein 96 Meter hoher Kran hat im Werk der Musterwerke GmbH zum ersten Mal ein Rotorblatt gehoben. Er trägt 1.250 "
    "Tonnen und läuft auf 64 Rädern, von denen jedes einzeln gelenkt wird.",
    "Gebaut wurde er in elf Monaten aus Teilen, die auf 190 Lastwagen kamen. Gesteuert wird er von einem Pult am Boden, "
    "an dem zwei Kranführerinnen sich alle vier Stunden ablösen.",
    "Bei Wind über zwölf Metern je Sekunde steht er still. Sein Vorgänger aus dem Jahr 1978 geht als Denkmal an das "
    "Museum der Werftarbeit, das ihn im Mai aufstellt.",
)
NOTED = "Kurz notiert: An der Küste dreht sich ein Riese"
NOTED_TEXT = (
    "Einen Kran, wie ihn die Gegend noch nicht gesehen hat, haben Spaziergänger in diesen Tagen über den Dächern von "
    "Ebbsand entdeckt. Unsere Zeitschrift geht der Sache nach und berichtet an dieser Stelle mehr.",
)
FESTIVAL = "Hafenfest lockt trotz Regen Tausende an die Mole"
FESTIVAL_TEXT = (
    "Shantychöre, Fischbrötchen und ein Feuerwerk, das im Nebel nur zu hören war: Das Hafenfest von Ebbsand fiel in diesem "
    "Jahr nass aus, der Stimmung tat das keinen Abbruch.",
    "Beim Wettrudern gewann die Mannschaft der Grundschule vor den Feuerwehrleuten, die unterwegs ein Paddel verloren. Im "
    "nächsten Sommer soll drei Tage lang gefeiert werden.",
)
NOTICE = "Aktienrückkauf – {}. Zwischenmeldung"
NOTICE_TEXT = (
    "Im Zeitraum vom {0}. November bis {1}. November 2026 hat die Musterwerke GmbH insgesamt {2} Aktien im Rahmen des "
    "laufenden Rückkaufs erworben. Der Durchschnittspreis betrug {3} Euro je Aktie.",
    "Am {0}. November wurden {4} Aktien zum Kurs von {5} Euro erworben, am {1}. November {6} Aktien zum Kurs von {7} "
    "Euro. Die Gesamtzahl der seit Beginn erworbenen Aktien beläuft sich damit auf {8} Stück.",
)


@dataclass
class Desk:
    """Feeds of four sources, items by guid; an item is a headline, its paragraphs and its date."""

    site: Site
    feeds: dict[str, dict[str, tuple[str, tuple[str, ...], datetime]]] = field(default_factory=dict)

    def put(self, feed: str, guid: str, title: str, text: tuple[str, ...], at: datetime) -> None:
        known = self.feeds.setdefault(feed, {})
        known[guid] = (title, text, known[guid][2] if guid in known else at)
        self.write(feed)

    def write(self, feed: str) -> str:
        items = "".join(
            f"<item><guid isPermaLink='false'>{guid}</guid><title>{escape(title)}</title>"
            f"<link>https://{feed}.example/{guid}</link><pubDate>{format_datetime(at)}</pubDate><description>"
            f"{escape(''.join(f'<p>{p}</p>' for p in text))}</description></item>"
            for guid, (title, text, at) in self.feeds.setdefault(feed, {}).items()
        )
        head = f"<?xml version='1.0'?><rss version='2.0'><channel><title>{feed}</title><link>https://{feed}.example</link>"
        return self.site.put(f"/{feed}.xml", f"{head}{items}</channel></rss>")


def notice(week: int) -> tuple[str, tuple[str, ...]]:
    first, bought = 2 + 7 * week, 1100 + 137 * week
    values = (first, first + 4, bought, f"{41 + week},{23 + week}", 500 + 61 * week, f"{40 + week},8{week}",
              600 + 76 * week, f"{42 + week},1{week}", 9000 + 1237 * week)  # fmt: skip
    return NOTICE.format(24 + week), tuple(part.format(*values) for part in NOTICE_TEXT)


def script(desk: Desk, day: int, now: datetime) -> None:
    """What the sources do on a day of the month."""
    mended = (HALL_TEXT[0].replace("12,5", "12,9"), *HALL_TEXT[1:])
    match day:
        case 0:
            desk.put("own", "hall", HALL, HALL_TEXT, now)
        case 1:
            desk.put("wire", "7", HALL, HALL_TEXT, now)
        case 2:
            desk.put("own", "crane", CRANE, CRANE_TEXT, now)
        case 3:
            desk.put("abroad", "hall-en", HALL_ENGLISH, HALL_ENGLISH_TEXT, now)
        case 4:
            desk.put("own", "chief", CHIEF, CHIEF_TEXT, now)
        case 5:
            desk.put("magazine", "19", "Halle für Windräder", HALL_TEXT[:2], now)
        case 6:
            desk.put("own", "hall", HALL, mended, now)
        case 7:
            desk.put("wire", "8", f"Korrektur: {HALL}", mended, now)
        case 8:
            desk.put("abroad", "yard-en", YARD_ENGLISH, YARD_ENGLISH_TEXT, now)
            desk.put("magazine", "40", FESTIVAL, FESTIVAL_TEXT, now)
            desk.put("magazine", "41", NOTED, NOTED_TEXT, now)
        case 9:  # a late reprint of what is corrected by now
            desk.put("magazine", "27", "Wo Windräder entstehen", HALL_TEXT, now)
        case 10:
            desk.put("own", "chief", CHIEF, (CHIEF_TEXT[0], CHIEF_TEXT[1] + " Das Büro liegt am Kai."), now)
        case 11:  # the original, days after its translation
            desk.put("own", "yard", YARD, YARD_TEXT, now)
        case 12:
            desk.put("own", "chief", CHIEF, CHIEF_TEXT, now)
        case 13:
            desk.put("own", "quay", QUAY, QUAY_TEXT, now)
        case 14:  # one number is given to another text; a note becomes the whole text of a release
            desk.put("magazine", "40", CRANE, CRANE_TEXT, now)
            desk.put("magazine", "41", NOTED, (*NOTED_TEXT, *CRANE_TEXT), now)
        case 15:
            desk.put("own", "model", MODEL, MODEL_TEXT, now)
            desk.put("magazine", "22", RETOLD, RETOLD_TEXT, now)
        case 16:
            desk.put("own", "quay", f"Zurückgezogen: {QUAY}", QUAY_TEXT, now)
        case 17:
            desk.put("own", "quay", QUAY, QUAY_TEXT, now)
        case 18:
            desk.put("own", "chief", f"Zurückgezogen: {CHIEF}", CHIEF_TEXT, now)
        case 24:
            desk.put("magazine", "31", "Windräder: Halle fertig", mended[:2], now)
        case 25:  # the translation is mended, long after the original
            english = (HALL_ENGLISH_TEXT[0].replace("12.5", "12.9"), *HALL_ENGLISH_TEXT[1:])
            desk.put("abroad", "hall-en", HALL_ENGLISH, english, now)
        case 27:  # a reprint of what was withdrawn, and one of what was withdrawn and taken back
            desk.put("magazine", "44", "Von der Fähre ins Personalbüro", CHIEF_TEXT, now)
            desk.put("wire", "21", QUAY, QUAY_TEXT, now)
    if day % 7 == 5:
        desk.put("own", f"notice-{day}", *notice(day // 7), now)
