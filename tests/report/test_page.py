from __future__ import annotations

import base64
import dataclasses
import hashlib
import json
import os
import re
import resource
import stat
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allegiance.errors import StorageError, UsageError
from allegiance.report import NetworkView, View, ViewActor, render, write
from allegiance.report.page import _bundle

NASTY = (
    "<script>alert(1)</script>",
    "</script><!--",
    "=cmd()",
    "a&b\u2028c\u2029",
    "\ud800",
    "x" * 10_000,
    '"><img src=x>',
)


class Elements(HTMLParser):
    """Collects start tags with their attributes, and the text of scripts and styles, as a browser would see them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the tag."""
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Keep what stands in a script or a style."""
        if self.tags and self.tags[-1][0] in {"script", "style"} and data.strip():
            self.texts.append((self.tags[-1][0], data))


def named(*names: str) -> View:
    """Return a view that holds actors of these names and nothing else."""
    actors = tuple(ViewActor(name, "state", 0.5, 0.5) for name in names)
    return View("Case", "allegiance 0", {}, (), (NetworkView(None, "All sources", actors, ()),))


def data_of(page: str) -> object:
    """Return the view that stands in the page."""
    found = re.search(r'id="allegiance-view">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    return json.loads(found[1])


@pytest.mark.parametrize("name", NASTY)
def test_a_name_stays_a_name(name: str) -> None:
    """Whatever an actor or a case is called, the page has the elements of any other page, and the name arrives whole."""
    page = render(dataclasses.replace(named(name), title=name))
    assert [tag for tag, _ in Elements(page).tags] == [tag for tag, _ in Elements(render(named("Sund"))).tags]
    data = data_of(page)
    assert isinstance(data, dict)
    assert data["networks"][0]["actors"][0]["name"] == name
    page.encode("utf-8")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=30), st.text(max_size=30))
def test_any_text_survives_the_page(name: str, title: str) -> None:
    """Names and titles of any characters are read back from the page as they were, and end no element."""
    view = dataclasses.replace(named(name), title=title)
    assert data_of(render(view)) == json.loads(json.dumps(view.to_json()))


def test_the_page_refers_to_nothing_outside(invented_view: View) -> None:
    """No element loads anything: no src, no link, no import, no url() but those within the page."""
    page = Elements(render(invented_view))
    assert not [
        tag
        for tag, attributes in page.tags
        if tag in {"link", "img", "iframe", "base", "object"} or "src" in attributes
    ]
    assert not [tag for tag, attributes in page.tags if "href" in attributes]
    style, script = _bundle("allegiance.css"), _bundle("allegiance.js")
    assert "@import" not in style
    assert "url(" not in style
    assert set(re.findall(r"https?://[^\"'`\s]*", script)) == {"http://www.w3.org/2000/svg"}
    assert not re.search(
        r"\bfetch\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon|importScripts|import\(", script
    )
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", script
    )


def test_the_policy_allows_exactly_our_script_and_style(invented_view: View) -> None:
    """The Content Security Policy denies all and names the hashes of the inline script and style."""
    page = Elements(render(invented_view))
    policy = next(attributes["content"] for tag, attributes in page.tags if attributes.get("http-equiv"))
    assert policy is not None
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    for tag, text in page.texts:
        if tag == "style" or not text.startswith("{"):
            digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
            assert f"{tag}-src 'sha256-{digest}'" in policy


def test_equal_views_give_equal_files(invented_view: View, tmp_path: Path) -> None:
    """The same view written twice gives the same bytes."""
    write(invented_view, tmp_path / "a.html")
    write(invented_view, tmp_path / "b.html")
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


def test_writing_leaves_only_the_file(invented_view: View, tmp_path: Path) -> None:
    """After writing, the folder holds the report with a new file's usual rights, and nothing half-written."""
    path = tmp_path / "report.html"
    path.write_text("old")
    write(invented_view, path)
    assert [entry.name for entry in tmp_path.iterdir()] == ["report.html"]
    (tmp_path / "usual").touch()
    assert stat.S_IMODE(path.stat().st_mode) == stat.S_IMODE((tmp_path / "usual").stat().st_mode)


def test_a_name_that_cannot_be_a_file_is_refused_in_one_sentence(tmp_path: Path) -> None:
    """A folder, a missing folder and an impossible name each give a sentence that says what to do."""
    with pytest.raises(UsageError, match="is a folder; name the file"):
        write(named("Sund"), tmp_path)
    with pytest.raises(UsageError, match="There is no folder"):
        write(named("Sund"), tmp_path / "missing" / "report.html")
    with pytest.raises(StorageError, match="could not be written"):
        write(named("Sund"), tmp_path / ("x" * 300))


def test_a_disk_that_refuses_keeps_the_old_report(tmp_path: Path) -> None:
    """Where the new report can't be written to its end, the old one stays as it was and nothing half-written is left."""
    path = tmp_path / "report.html"
    path.write_text("old")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        with pytest.raises(
            StorageError, match=r"could not be written to .* \(File too large\); free the place"
        ):
            write(named("Sund"), path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert path.read_text() == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["report.html"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_device_is_written_to_and_not_replaced() -> None:
    """A device given as path stays a device; a full one gives the sentence about the disk."""
    with pytest.raises(StorageError, match=r"/dev/full \(No space left"):
        write(named("Sund"), Path("/dev/full"))
    assert Path("/dev/full").is_char_device()


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_folder_without_permission_is_said(tmp_path: Path) -> None:
    """A folder that may not be written gives a sentence and no file."""
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(StorageError, match="Permission denied"):
            write(named("Sund"), tmp_path / "report.html")
    finally:
        tmp_path.chmod(0o700)
