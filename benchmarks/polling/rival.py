"""lemon24/reader as the measured rival. Runs in a virtual environment of its own, never in ours.

python rival.py add   DATABASE URL-LIST     subscribe (not measured)
python rival.py poll  DATABASE WORKERS      one update of everything (measured)
python rival.py count DATABASE              entries in the store (not measured)
"""

from __future__ import annotations

import sys
from pathlib import Path

from reader import make_reader  # type: ignore[import-not-found]


def main(action: str, database: str, argument: str = "") -> None:
    reader = make_reader(database)
    if action == "add":
        for url in Path(argument).read_text().split():
            reader.add_feed(url)
    elif action == "poll":
        reader.update_feeds(workers=int(argument), scheduled=False)
        failed = [feed.url for feed in reader.get_feeds() if feed.last_exception]
        if failed:
            sys.exit(f"{len(failed)} feeds failed, for example {failed[0]}")
    else:
        print(reader.get_entry_counts().total)


if __name__ == "__main__":
    main(*sys.argv[1:])
