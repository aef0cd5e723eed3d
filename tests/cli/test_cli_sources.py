"""A source's life on the command line: edited, read again offline."""

from __future__ import annotations

from cli_shell import TEXT, Shell


def _newsroom(shell: Shell) -> None:
    folder = shell.folder / "texts"
    folder.mkdir()
    (folder / "halle.txt").write_text(TEXT, "utf-8")
    shell("sources", "add", "texts", "--id", "texts", "--yes")
    shell("poll")


def test_a_source_is_edited_in_place(shell: Shell) -> None:
    """Values are written as in the file or as plain words; an empty one takes the key out."""
    _newsroom(shell)
    path = shell.folder / "config" / "sources.toml"
    path.write_text("# my sources\n" + path.read_text("utf-8"), "utf-8")
    shell(
        "sources",
        "edit",
        "texts",
        "title=Letters to us",
        'every="5 min"',
        'skip=["/drafts/"]',
        "robots=false",
    )
    text = path.read_text("utf-8")
    assert 'title = "Letters to us"' in text
    assert 'skip = ["/drafts/"]' in text
    assert "robots = false" in text
    assert text.startswith("# my sources\n")
    shell("sources", "edit", "texts", "every=")
    assert "every =" not in path.read_text("utf-8")


def test_a_mistake_in_an_edit_changes_nothing(shell: Shell) -> None:
    """Every mistake is named with its remedy."""
    _newsroom(shell)
    path = shell.folder / "config" / "sources.toml"
    before = path.read_bytes()
    for word, told in (
        ("evry=5", "did you mean \"every\""), ("every=soon", "15 min"), ("id=other", "cannot be changed"),
        ("title", "KEY=VALUE"), ("url=", "cannot be taken out"), ("robots=perhaps", "true or false"),
    ):  # fmt: skip
        shell("sources", "edit", "texts", "title=New", word, code=2)
        assert told in shell.err
        assert path.read_bytes() == before
    shell("sources", "edit", "nosuch", "title=New", code=2)
    assert "texts" in shell.err


def test_a_test_reads_what_is_stored_and_tells_the_difference(shell: Shell) -> None:
    """Offline: the folder may even be gone."""
    _newsroom(shell)
    (shell.folder / "texts" / "halle.txt").unlink()
    shell("sources", "test", "texts")
    assert "1 same" in shell.err
    shell("sources", "edit", "texts", "company=Andere Werke GmbH")
    (record,) = shell.records("sources", "test", "texts", "--jsonl")
    assert record["change"] == "changed"
    assert record["was"]["issuer"] == "Musterwerke GmbH"  # type: ignore[index]
    assert record["issuer"] == "Andere Werke GmbH"
    assert "1 changed" in shell.err


def test_a_source_never_polled_is_tested_live(shell: Shell) -> None:
    """There is nothing to read again yet."""
    folder = shell.folder / "texts"
    folder.mkdir()
    (folder / "halle.txt").write_text(TEXT, "utf-8")
    shell("sources", "add", "texts", "--id", "texts", "--yes")
    assert "Neue Halle" in shell("sources", "test", "texts")
    assert "read live" in shell.err
