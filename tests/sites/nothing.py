"""Sites without any release: the right answer is that there are none."""

from __future__ import annotations

from .kit import Site
from .maker import Maker
from .prose import dotted, us_date


def only_shop() -> Site:
    """A shop: products in cards, delivery dates, no newsroom."""
    m = Maker("only_shop", "Korbladen Lingenau", press=False, skin="builder", show=dotted)
    m.put("/", "Korbladen Lingenau", m.products(13) + m.products(8, "/neu"), aside=m.newsletter() + m.tags())
    return m.site("/", (), dated="none", notes="products only")


def only_events() -> Site:
    """A concert hall: forty dated events, nothing else."""
    m = Maker("only_events", "Kornspeicher Tannwil", press=False, skin="typo3", show=dotted)
    rows = m.rows(m.others("event", "/spielplan", 40, (2, 5, 9)), "articles", "termin")
    m.put("/spielplan", "Spielplan", rows, aside=m.newsletter())
    return m.site("/spielplan", (), dated="none", notes="a long dated list, all events")


def only_jobs() -> Site:
    """A staffing agency: thirty dated vacancies."""
    m = Maker(
        "only_jobs",
        "Tarrant Staffing",
        "en",
        section="/jobs",
        press=False,
        skin="tailwind",
        zone="America/Chicago",
        show=us_date,
    )
    rows = m.rows(m.others("job", "/jobs", 30, (-35, -40, -50)), "cards", "vacancy")
    m.put("/jobs", "Open positions", m.filters() + rows, aside=m.contact())
    return m.site("/jobs", (), tuned=False, dated="none", notes="a long dated list, all vacancies")


def only_reports() -> Site:
    """A document library: reports with dates, all PDF."""
    m = Maker(
        "only_reports",
        "Larkfield Pension Fund",
        "en",
        section="/documents",
        press=False,
        skin="drupal",
        zone="Europe/London",
    )
    rows = m.rows(m.others("report", "/documents", 24, (-60, -90, -120), ".pdf"), "table", "files")
    m.put("/documents", "Documents", rows, aside=m.events(3) + m.jobs(3))
    return m.site("/documents", (), tuned=False, dated="none", notes="a long dated list of PDF reports")


SITES = (only_shop, only_events, only_jobs, only_reports)
