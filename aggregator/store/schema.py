"""The tables, as an ordered list of migrations. Append only; each runs once, in one transaction.

    sources ──< documents          what was fetched, with its validators
       │
       └─────< copies >── releases ──< labels >── feeds
                 │  └──< sketch, quotes, identifiers      indexes that candidates are found by
                 ├──── texts                              the parsed record, the filing, the draft
                 └──< revisions, decisions, reviews       what happened, and why
    polls                                                 how each poll went
    refused                                               what is kept out of the store now, and why
    health ──< health_events                              how each source is doing, and what changed when
    held                                                  what came too many at once and waits for the operator
    rhythm, listed, gaps                                  when each publishes, what its list showed, what was missed
    overrules                                             what the operator decided
    corrections, tombstones                                  what subscribers were told of, and may drop
    robots, moves                                         what sites allow; where sources went
    gone                                                  entries that became part of another release's
    entries                                               what was published, as it was written
    passages, openings ──► repeated                       lines and paragraphs that come again
    websub                                                subscriptions at hubs

Times are UTC, ISO 8601 to the second (``2026-11-22T11:00:00Z``), so that they sort as text and read
as times in any SQLite tool.
"""

from __future__ import annotations

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

APPLICATION_ID = 0x50524147  # "PRAG": tells our file from any other SQLite file

migrations = Migrations("aggregator")


@migrations()
def m001_sources(db: Database) -> None:
    db.execute("""
        CREATE TABLE sources (
            id TEXT PRIMARY KEY, title TEXT NOT NULL DEFAULT '', url TEXT NOT NULL, adapter TEXT NOT NULL,
            role TEXT NOT NULL, content TEXT NOT NULL, every REAL NOT NULL, active INTEGER NOT NULL DEFAULT 1,
            next_due TEXT NOT NULL, last_polled TEXT, last_success TEXT, last_new TEXT,
            settings TEXT NOT NULL DEFAULT '', failures INTEGER NOT NULL DEFAULT 0,
            reason TEXT NOT NULL DEFAULT '', detail TEXT NOT NULL DEFAULT ''
        ) STRICT""")
    db.execute("CREATE INDEX sources_due ON sources (next_due) WHERE active = 1")
    db.execute("""
        CREATE TABLE documents (
            source TEXT NOT NULL, key TEXT NOT NULL, url TEXT NOT NULL, etag TEXT NOT NULL,
            last_modified TEXT NOT NULL, digest BLOB NOT NULL, fetched_at TEXT NOT NULL,
            PRIMARY KEY (source, key)
        ) STRICT, WITHOUT ROWID""")
    db.execute("""
        CREATE TABLE polls (
            id INTEGER PRIMARY KEY, source TEXT NOT NULL, at TEXT NOT NULL, seconds REAL NOT NULL,
            outcome TEXT NOT NULL, counts TEXT NOT NULL, problems TEXT NOT NULL
        ) STRICT""")
    db.execute("CREATE INDEX polls_source ON polls (source, id)")


@migrations()
def m002_releases(db: Database) -> None:
    db.execute("""
        CREATE TABLE releases (
            id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, canonical INTEGER NOT NULL,
            first_seen TEXT NOT NULL, published TEXT NOT NULL, updated TEXT NOT NULL,
            status TEXT NOT NULL DEFAULT 'current', changes TEXT NOT NULL DEFAULT '[]',
            series TEXT NOT NULL DEFAULT '', linked INTEGER
        ) STRICT""")
    db.execute("CREATE INDEX releases_published ON releases (published)")
    db.execute("CREATE INDEX releases_linked ON releases (linked) WHERE linked IS NOT NULL")
    db.execute("""
        CREATE TABLE copies (
            id INTEGER PRIMARY KEY, release INTEGER NOT NULL REFERENCES releases (id),
            source TEXT NOT NULL, key TEXT NOT NULL, url TEXT NOT NULL, canonical_url TEXT NOT NULL,
            language TEXT NOT NULL, title TEXT NOT NULL, title_key TEXT NOT NULL, published TEXT,
            issuer TEXT NOT NULL, kind TEXT NOT NULL, words INTEGER NOT NULL, body_hash TEXT NOT NULL,
            draft_digest BLOB NOT NULL, relation TEXT NOT NULL, first_seen TEXT NOT NULL, changed TEXT NOT NULL,
            UNIQUE (source, key)
        ) STRICT""")
    db.execute("CREATE INDEX copies_release ON copies (release)")
    db.execute("CREATE INDEX copies_source ON copies (source, id)")
    db.execute("CREATE INDEX copies_url ON copies (canonical_url) WHERE canonical_url != ''")
    db.execute("CREATE INDEX copies_address ON copies (url) WHERE url != ''")
    db.execute("CREATE INDEX copies_body ON copies (body_hash)")
    db.execute("CREATE INDEX copies_title ON copies (title_key, published)")
    db.execute("CREATE INDEX copies_issuer ON copies (issuer, published) WHERE issuer != ''")
    # Bodies stand aside, so that lists touch few pages.
    db.execute("""
        CREATE TABLE texts (
            copy INTEGER PRIMARY KEY REFERENCES copies (id) ON DELETE CASCADE, record TEXT NOT NULL,
            filing TEXT NOT NULL, fingerprint TEXT NOT NULL, draft BLOB NOT NULL
        ) STRICT""")


@migrations()
def m003_candidates(db: Database) -> None:
    for table in ("sketch", "quotes"):
        db.execute(f"""
            CREATE TABLE {table} (hash INTEGER NOT NULL, copy INTEGER NOT NULL, PRIMARY KEY (hash, copy))
            STRICT, WITHOUT ROWID""")
        db.execute(f"CREATE INDEX {table}_copy ON {table} (copy)")
    db.execute("""
        CREATE TABLE identifiers (
            scheme TEXT NOT NULL, value TEXT NOT NULL, copy INTEGER NOT NULL, PRIMARY KEY (scheme, value, copy)
        ) STRICT, WITHOUT ROWID""")
    db.execute("CREATE INDEX identifiers_copy ON identifiers (copy)")


@migrations()
def m004_feeds(db: Database) -> None:
    db.execute("""
        CREATE TABLE labels (
            label TEXT NOT NULL, published TEXT NOT NULL, release INTEGER NOT NULL REFERENCES releases (id),
            PRIMARY KEY (label, published, release)
        ) STRICT, WITHOUT ROWID""")
    db.execute("CREATE INDEX labels_release ON labels (release)")
    db.execute("""
        CREATE TABLE feeds (
            label TEXT PRIMARY KEY, title TEXT NOT NULL, subtitle TEXT NOT NULL DEFAULT '',
            identity TEXT NOT NULL, configured INTEGER NOT NULL, alias_of TEXT NOT NULL DEFAULT '',
            minted_at TEXT NOT NULL, dirty INTEGER NOT NULL DEFAULT 1
        ) STRICT""")


@migrations()
def m005_history(db: Database) -> None:
    db.execute("""
        CREATE TABLE revisions (
            id INTEGER PRIMARY KEY, copy INTEGER NOT NULL, release INTEGER NOT NULL, at TEXT NOT NULL,
            relation TEXT NOT NULL, significant INTEGER NOT NULL, changes TEXT NOT NULL, record TEXT NOT NULL
        ) STRICT""")
    db.execute("CREATE INDEX revisions_release ON revisions (release)")
    db.execute("""
        CREATE TABLE decisions (
            id INTEGER PRIMARY KEY, at TEXT NOT NULL, copy INTEGER NOT NULL, release INTEGER NOT NULL,
            relation TEXT NOT NULL, candidate INTEGER, evidence TEXT NOT NULL, decided_by TEXT NOT NULL
        ) STRICT""")
    db.execute("CREATE INDEX decisions_copy ON decisions (copy)")
    db.execute("""
        CREATE TABLE reviews (
            copy INTEGER NOT NULL, other INTEGER NOT NULL, at TEXT NOT NULL, PRIMARY KEY (copy, other)
        ) STRICT, WITHOUT ROWID""")
    db.execute("CREATE INDEX reviews_other ON reviews (other)")
    # Keyed by (source, key), which no rebuild changes; rows of copies may.
    db.execute("""
        CREATE TABLE overrules (
            verdict TEXT NOT NULL, source_a TEXT NOT NULL, key_a TEXT NOT NULL, source_b TEXT NOT NULL,
            key_b TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (source_a, key_a, source_b, key_b)
        ) STRICT, WITHOUT ROWID""")
    db.execute("CREATE TABLE notes (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID")
    # Entries as they were published: derived, dropped with every change of their release.
    db.execute("""
        CREATE TABLE entries (
            release INTEGER PRIMARY KEY, id TEXT NOT NULL, title TEXT NOT NULL, updated TEXT NOT NULL,
            data BLOB NOT NULL, note TEXT NOT NULL
        ) STRICT""")


@migrations()
def m006_learning(db: Database) -> None:
    # Owners are labels: ``source/ID`` for lines, ``company/ID`` for paragraphs.
    db.execute("""
        CREATE TABLE passages (
            owner TEXT NOT NULL, hash INTEGER NOT NULL, copy INTEGER NOT NULL REFERENCES copies (id) ON DELETE CASCADE,
            least INTEGER NOT NULL, words BLOB NOT NULL, PRIMARY KEY (owner, hash, copy)
        ) STRICT, WITHOUT ROWID""")
    db.execute("CREATE INDEX passages_copy ON passages (copy)")
    db.execute("""
        CREATE TABLE openings (
            copy INTEGER PRIMARY KEY REFERENCES copies (id) ON DELETE CASCADE, words BLOB NOT NULL
        ) STRICT""")
    # Derived from both, so that a poll does not count: what stands in different releases.
    db.execute("""
        CREATE TABLE repeated (
            owner TEXT NOT NULL, hash INTEGER NOT NULL, text TEXT NOT NULL, words BLOB NOT NULL,
            PRIMARY KEY (owner, hash)
        ) STRICT, WITHOUT ROWID""")
    db.execute("CREATE INDEX copies_source_issuer ON copies (source, issuer)")


@migrations()
def m007_refused(db: Database) -> None:
    # `document` is the key that it is asked for by, `place` what a person is told: an item of a feed, a line.
    db.execute("""
        CREATE TABLE refused (
            source TEXT NOT NULL, document TEXT NOT NULL, place TEXT NOT NULL, reason TEXT NOT NULL,
            detail TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (source, document, place)
        ) STRICT, WITHOUT ROWID""")
    # What was refused before is known by its validators only: read it once more, so that it is counted.
    db.execute("""
        DELETE FROM documents WHERE NOT EXISTS (
            SELECT 1 FROM copies c WHERE c.source = documents.source AND c.key = documents.key
        )""")


@migrations()
def m008_followed(db: Database) -> None:
    db.execute("""
        CREATE TABLE followed (
            id INTEGER PRIMARY KEY, source TEXT NOT NULL, url TEXT NOT NULL, reader TEXT NOT NULL,
            part INTEGER NOT NULL, listed BLOB NOT NULL, digest BLOB NOT NULL, content BLOB NOT NULL,
            etag TEXT NOT NULL, last_modified TEXT NOT NULL, first_at TEXT NOT NULL, fetched_at TEXT NOT NULL,
            tries INTEGER NOT NULL, reason TEXT NOT NULL, due TEXT NOT NULL, UNIQUE (source, url)
        ) STRICT""")
    db.execute("CREATE INDEX followed_due ON followed (source, due) WHERE due != ''")
    # The last bytes of each document that is a list, compressed: `sources test` reads them again offline.
    db.execute("""
        CREATE TABLE bodies (
            source TEXT NOT NULL, key TEXT NOT NULL, url TEXT NOT NULL, media_type TEXT NOT NULL,
            charset TEXT NOT NULL, at TEXT NOT NULL, content BLOB NOT NULL, PRIMARY KEY (source, key)
        ) STRICT, WITHOUT ROWID""")


@migrations()
def m009_rhythm(db: Database) -> None:
    # `history` is JSON of `aggregator.rhythm`; `why` says why `sources.next_due` is what it is.
    db.execute("""
        CREATE TABLE rhythm (source TEXT PRIMARY KEY, history TEXT NOT NULL, why TEXT NOT NULL)
        STRICT, WITHOUT ROWID""")
    # Of the keys that the list showed last, eight bytes each.
    db.execute("CREATE TABLE listed (source TEXT PRIMARY KEY, keys BLOB NOT NULL) STRICT, WITHOUT ROWID")
    db.execute("""
        CREATE TABLE gaps (
            id INTEGER PRIMARY KEY, source TEXT NOT NULL, since TEXT NOT NULL, at TEXT NOT NULL,
            size INTEGER NOT NULL, pages INTEGER NOT NULL, closed INTEGER NOT NULL
        ) STRICT""")
    db.execute("CREATE INDEX gaps_source ON gaps (source, id)")


@migrations()
def m010_health(db: Database) -> None:
    # `samples`: [at, items, dated, titled, texts, news, moved] of the last polls; `days`: with releases, by blanks.
    db.execute("""
        CREATE TABLE health (
            source TEXT PRIMARY KEY, state TEXT NOT NULL, since TEXT NOT NULL, evidence TEXT NOT NULL,
            content TEXT NOT NULL, content_evidence TEXT NOT NULL, announced TEXT NOT NULL,
            failures INTEGER NOT NULL, samples TEXT NOT NULL, days TEXT NOT NULL,
            phase TEXT NOT NULL
        ) STRICT, WITHOUT ROWID""")
    db.execute("""
        CREATE TABLE health_events (
            id INTEGER PRIMARY KEY, source TEXT NOT NULL, title TEXT NOT NULL, at TEXT NOT NULL,
            before TEXT NOT NULL, after TEXT NOT NULL, evidence TEXT NOT NULL, remedy TEXT NOT NULL
        ) STRICT""")
    db.execute("CREATE INDEX health_events_at ON health_events (at)")
    db.execute("""
        CREATE TABLE held (
            row INTEGER PRIMARY KEY, source TEXT NOT NULL, key TEXT NOT NULL, url TEXT NOT NULL,
            title TEXT NOT NULL, body_hash TEXT NOT NULL, digest BLOB NOT NULL, draft BLOB NOT NULL,
            at TEXT NOT NULL, dropped INTEGER NOT NULL, UNIQUE (source, key)
        ) STRICT""")
    db.execute("CREATE INDEX held_body ON held (source, body_hash)")


@migrations()
def m012_robots(db: Database) -> None:
    db.execute("""
        CREATE TABLE robots (
            origin TEXT PRIMARY KEY, lines TEXT NOT NULL, read_at TEXT NOT NULL, until TEXT NOT NULL,
            failed_since TEXT NOT NULL, why TEXT NOT NULL
        ) STRICT""")


@migrations()
def m013_moves(db: Database) -> None:
    db.execute("""
        CREATE TABLE moves (
            source TEXT PRIMARY KEY, address TEXT NOT NULL, target TEXT NOT NULL, times INTEGER NOT NULL,
            first_at TEXT NOT NULL, last_at TEXT NOT NULL, gone_at TEXT NOT NULL, retired_at TEXT NOT NULL
        ) STRICT""")


@migrations()
def m011_websub(db: Database) -> None:
    # One row for each feed at each hub; the token is the end of our callback's address.
    db.execute("""
        CREATE TABLE websub (
            token TEXT PRIMARY KEY, secret TEXT NOT NULL, source TEXT NOT NULL, topic TEXT NOT NULL, hub TEXT NOT NULL,
            state TEXT NOT NULL, asked_at TEXT NOT NULL, due TEXT NOT NULL, lease_until TEXT NOT NULL,
            last_push TEXT NOT NULL, pushes INTEGER NOT NULL, failures INTEGER NOT NULL, reason TEXT NOT NULL
        ) STRICT, WITHOUT ROWID""")
    db.execute("CREATE INDEX websub_due ON websub (due) WHERE due != ''")


@migrations()
def m016_corrections(db: Database) -> None:
    db.execute("""
        CREATE TABLE corrections (
            id INTEGER PRIMARY KEY, release INTEGER NOT NULL, uid TEXT NOT NULL, at TEXT NOT NULL, status TEXT NOT NULL,
            title TEXT NOT NULL, url TEXT NOT NULL, language TEXT NOT NULL, authors TEXT NOT NULL, changes TEXT NOT NULL
        ) STRICT""")
    db.execute("CREATE INDEX corrections_at ON corrections (at)")
    db.execute("CREATE INDEX corrections_release ON corrections (release)")
    db.execute("""
        INSERT INTO corrections (release, uid, at, status, title, url, language, authors, changes)
        SELECT r.id, r.uid, r.updated, r.status, c.title, c.url, c.language, '[]', r.changes
        FROM releases r JOIN copies c ON c.id = r.canonical WHERE r.status != 'current' ORDER BY r.updated, r.id""")
    db.execute("CREATE INDEX releases_withdrawn ON releases (updated) WHERE status = 'withdrawn'")
    db.execute("CREATE INDEX releases_series_published ON releases (series, published) WHERE series != ''")
    # One row for each feed that an entry was in before its release became part of another one.
    db.execute("""
        CREATE TABLE tombstones (
            label TEXT NOT NULL, at TEXT NOT NULL, uid TEXT NOT NULL, heir TEXT NOT NULL, PRIMARY KEY (label, at, uid)
        ) STRICT, WITHOUT ROWID""")


@migrations()
def m030_arranged(db: Database) -> None:
    # `leader` is the copy by whose text this one was matched (`matching.arrange`), itself where it leads one.
    db.execute("ALTER TABLE copies ADD COLUMN leader INTEGER NOT NULL DEFAULT 0")
    db.execute("""
        UPDATE copies SET leader = coalesce(
            (SELECT r.canonical FROM releases r JOIN copies k ON k.id = r.canonical
             WHERE r.id = copies.release AND k.language = copies.language),
            (SELECT min(o.id) FROM copies o WHERE o.release = copies.release AND o.language = copies.language)
        )""")
    # Translations are looked for language by language; a big issuer has thousands of releases in one.
    db.execute(
        "CREATE INDEX copies_issuer_language ON copies (issuer, language, published) WHERE issuer != ''"
    )
    db.execute("CREATE INDEX copies_leader ON copies (leader)")
    db.execute("CREATE INDEX releases_series ON releases (series) WHERE series != ''")
    # Entries that were published and are no more, because their release turned out to be another one.
    db.execute("""
        CREATE TABLE gone (
            uid TEXT PRIMARY KEY, release INTEGER NOT NULL, at TEXT NOT NULL
        ) STRICT, WITHOUT ROWID""")
    db.execute("CREATE INDEX gone_release ON gone (release)")


@migrations()
def m050_versions(db: Database) -> None:
    # What a copy said before is compared too: the first text and the last ones in which words differed.
    db.execute("CREATE INDEX revisions_copy ON revisions (copy, id) WHERE changes != '[]'")


@migrations()
def m055_entries(db: Database) -> None:
    # Feeds may prefer different languages; those that prefer the same ones share their entries. All are derived.
    db.execute("DROP TABLE entries")
    db.execute("""
        CREATE TABLE entries (
            release INTEGER NOT NULL, languages TEXT NOT NULL, id TEXT NOT NULL, title TEXT NOT NULL,
            updated TEXT NOT NULL, data BLOB NOT NULL, note TEXT NOT NULL, PRIMARY KEY (release, languages)
        ) STRICT""")


@migrations()
def m056_withdrawn(db: Database) -> None:
    # The moment at which a release was taken back, beside each label, so that a feed finds its own. Kept by a trigger,
    # because status and date change in several places.
    db.execute("ALTER TABLE labels ADD COLUMN withdrawn TEXT NOT NULL DEFAULT ''")
    db.execute("""
        UPDATE labels SET withdrawn = (SELECT updated FROM releases WHERE id = labels.release)
        WHERE release IN (SELECT id FROM releases WHERE status = 'withdrawn')""")
    db.execute("CREATE INDEX labels_withdrawn ON labels (label, withdrawn) WHERE withdrawn != ''")
    db.execute("""
        CREATE TRIGGER releases_taken_back AFTER UPDATE OF status, updated ON releases
        WHEN 'withdrawn' IN (old.status, new.status) BEGIN
            UPDATE labels SET withdrawn = CASE new.status WHEN 'withdrawn' THEN new.updated ELSE '' END
            WHERE release = new.id;
        END""")


@migrations()
def m060_leading(db: Database) -> None:
    # A translation is looked for among the texts that lead: a hundred places that show one of them count once.
    db.execute("DROP INDEX copies_issuer_language")
    db.execute("DROP INDEX copies_issuer")
    db.execute(
        "CREATE INDEX copies_leading ON copies (issuer, language, published) WHERE issuer != '' AND id = leader"
    )


@migrations()
def m070_gaps(db: Database) -> None:
    # What was read to fill a gap, and from where, in words.
    db.execute("ALTER TABLE gaps ADD COLUMN said TEXT NOT NULL DEFAULT ''")


@migrations()
def m071_orders(db: Database) -> None:
    # What commands ask of the running service (`store.orders`): `what` and `result` are JSON.
    db.execute("""
        CREATE TABLE orders (
            id INTEGER PRIMARY KEY, at TEXT NOT NULL, what TEXT NOT NULL,
            begun_at TEXT NOT NULL DEFAULT '', done_at TEXT NOT NULL DEFAULT '', result TEXT NOT NULL DEFAULT ''
        ) STRICT""")
