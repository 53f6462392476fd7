"""Feeds and the history of changes at the command line."""

import json
from pathlib import Path

from command_line import run_here

OPML = (
    '<opml version="2.0"><body>'
    '<outline text="My title" xmlUrl="https://a.example/rss" category="trade" tier="1"/>'
    '<outline text="Inside" xmlUrl="http://10.0.0.1/rss"/></body></opml>'
)


def test_feeds_go_in_and_out_and_a_change_is_undone(tmp_path: Path) -> None:
    (tmp_path / "in.opml").write_text(OPML)
    done = run_here(tmp_path, "feeds", "import", "in.opml")
    assert (done.returncode, done.stdout) == (0, "1 feed more is followed, 0 were before.\n")
    assert done.stderr.startswith("left out: Inside: ")
    again = run_here(tmp_path, "feeds", "import", "in.opml")
    assert again.stdout == "0 feeds more are followed, 1 was before.\n"
    out = run_here(tmp_path, "feeds", "export").stdout
    assert 'title="My title"' in out
    assert 'category="trade"' in out
    assert run_here(tmp_path, "feeds", "pause", "my title").stdout == "Paused: My title\n"
    told = run_here(tmp_path, "history").stdout.splitlines()
    assert [line.strip() for line in told if line.startswith("  ")] == [
        "feed My title: is_paused False → True",
        "feed My title: added",
    ]
    changes = json.loads(run_here(tmp_path, "history", "--json").stdout)
    assert [change["member"] for change in changes] == ["console", "console"]
    undone = run_here(tmp_path, "undo")
    assert undone.stdout == "Undone: feed My title: is_paused False → True\n"
    older = run_here(tmp_path, "undo", changes[1]["change"])
    assert older.stdout == "Undone: feed My title: added\n"
    assert json.loads(run_here(tmp_path, "feeds", "list", "--json").stdout) == []
    assert "Nothing was changed" in run_here(tmp_path, "undo").stderr


def test_an_empty_history_says_so(tmp_path: Path) -> None:
    assert run_here(tmp_path, "history").stdout.strip() == "Nothing was changed."
    assert run_here(tmp_path, "history", "--json").stdout.strip() == "[]"


def test_a_file_without_a_feed_that_could_be_followed_fails(tmp_path: Path) -> None:
    (tmp_path / "in.opml").write_text(OPML.replace("https://a.example", "http://10.0.0.2"))
    done = run_here(tmp_path, "feeds", "import", "in.opml")
    assert done.returncode == 1
    assert "No feed of in.opml could be followed." in done.stderr.splitlines()[-1]
