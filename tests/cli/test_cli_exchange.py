"""Lists of sources over the command line: in, out, and in again."""

from __future__ import annotations

from pathlib import Path

from cli_shell import Shell
from loopback import serving

LIST = """<?xml version="1.0"?><opml version="2.0"><body><outline text="Presse">
<outline type="rss" text="Werk Nord" xmlUrl="https://nord.example.com/feed"/>
<outline type="rss" text="Werk Süd" xmlUrl="https://sued.example.com/feed"/>
<outline type="rss" text="Innen" xmlUrl="http://10.0.0.7/feed"/>
<outline text="Seite" htmlUrl="https://west.example.com/news"/></outline></body></opml>"""


def test_a_list_is_imported_once_and_comes_out_whole(shell: Shell, tmp_path: Path) -> None:
    """Dry run, import, the same again, export, import elsewhere."""
    (shell.folder / "feeds.opml").write_text(LIST, "utf-8")
    assert "werk-nord  https://nord.example.com/feed" in shell("sources", "import", "feeds.opml", "--dry-run")
    assert "2 would be added, 0 already followed, 2 refused; nothing was changed" in shell.err
    assert "allow_private" in shell.err
    assert "sources add https://west.example.com/news" in shell.err
    shell("sources", "import", "feeds.opml", code=2)
    assert "--yes" in shell.err
    shell("sources", "import", "feeds.opml", "--yes")
    assert "2 added to" in shell.err
    before = (shell.folder / "config" / "sources.toml").read_bytes()
    shell("sources", "import", "-", "--yes", given=LIST)
    assert "0 would be added, 2 already followed, 2 refused; nothing was changed" in shell.err
    assert (shell.folder / "config" / "sources.toml").read_bytes() == before
    shell("sources", "export", "--opml", "all.opml")
    assert shell("sources", "export") == (shell.folder / "all.opml").read_text("utf-8")
    (shell.folder / "config" / "sources.toml").unlink()
    shell("sources", "import", "all.opml", "--yes")
    assert (shell.folder / "config" / "sources.toml").read_bytes() == before


def test_a_list_may_lie_on_the_web_and_what_is_none_is_named(shell: Shell) -> None:
    """Fetched like a feed: guarded, bounded."""
    with serving() as site:
        url = site.put("/list.opml", LIST, media_type="text/x-opml")
        shell("sources", "import", url, "--dry-run", "--allow-private")
        assert "2 would be added" in shell.err
        page = site.put("/page", "<html><p>Nichts</p></html>", media_type="text/html")
        shell("sources", "import", page, "--allow-private", code=2)
        assert "no OPML" in shell.err
    shell("sources", "import", "nirgends.opml", code=2)
    assert "cannot be read" in shell.err
