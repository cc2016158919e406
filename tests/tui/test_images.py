"""Images of cards: only files beside the deck, and never more than a page that can be left."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from textual.app import App
from textual.pilot import Pilot

from flashrls.tui.graphics import Graphics, graphics_of
from flashrls.tui.imagefiles import LARGEST_BYTES, MOST_IMAGES, ImageFile, image_files, read_image
from flashrls.tui.images import ImagesPage, open_images
from tests.tui.bench import settled, text

PILImage = pytest.importorskip("PIL.Image")
pytest.importorskip("textual_image")
# textual-image 0.12 calls it.
pytestmark = pytest.mark.filterwarnings("ignore:Image.Image.getdata is deprecated:DeprecationWarning")
ONLY_BELOW = "only files below the deck's folder are shown"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A deck's folder with an image in it and one beside it."""
    below = tmp_path / "decks"
    (below / "img").mkdir(parents=True)
    for file in (below / "a.png", below / "img" / "b c.png", tmp_path / "secret.png"):
        PILImage.new("RGB", (40, 20), (200, 30, 30)).save(file)
    return below


def reason(markdown: str, folder: Path | None) -> str:
    (only,) = image_files(markdown, folder)
    assert (only.path is None) == bool(only.reason)
    return only.reason


def test_images_of_a_card(folder: Path) -> None:
    """In their order, each once, with what is said of them."""
    found = image_files("- ![one](a.png)\n- ![](img/b%20c.png)\n\n| ![again](a.png) |\n|---|\n", folder)
    assert found == (
        ImageFile("a.png", "one", folder / "a.png"),
        ImageFile("img/b c.png", "", folder / "img" / "b c.png"),
    )
    assert image_files("no image, `![x](a.png)`", folder) == ()
    assert len(image_files("".join(f"![x]({number}.png)" for number in range(99)), folder)) == MOST_IMAGES


@pytest.mark.parametrize(
    "name",
    ["../secret.png", "img/../../secret.png", "%2e%2e/secret.png", "/etc/passwd", "", "a%00.png", "..%5Ca.png"],
)
def test_names_that_lead_elsewhere(folder: Path, name: str) -> None:
    """Whatever way they are written."""
    assert reason(f"![x]({name})", folder) == ONLY_BELOW


@pytest.mark.parametrize("name", ["https://e.example/a.png", "//e.example/a.png", "data:image/png;base64,AA=="])
def test_nothing_is_fetched(folder: Path, name: str) -> None:
    """An address stays text."""
    assert reason(f"![x]({name})", folder) == "it isn't a file beside the deck, and nothing is fetched"


def test_files_that_are_none(folder: Path) -> None:
    """Missing ones, folders, pipes, links that lead out or in circles, and files beyond measure."""
    (folder / "out.png").symlink_to(folder.parent / "secret.png")
    (folder / "in.png").symlink_to(folder / "a.png")
    (folder / "circle.png").symlink_to(folder / "circle.png")
    os.mkfifo(folder / "pipe.png")
    with (folder / "large.png").open("wb") as large:
        large.truncate(LARGEST_BYTES + 1)
    told = {
        name: reason(f"![x]({name})", folder)
        for name in ("out.png", "in.png", "circle.png", "pipe.png", "large.png", "img", "no.png")
    }
    assert told == {
        "out.png": "it leads out of the deck's folder",
        "in.png": "",
        "circle.png": "there is no such file",
        "pipe.png": "it isn't a file",
        "large.png": "it is larger than 20 MB",
        "img": "it isn't a file",
        "no.png": "there is no such file",
    }
    assert reason("![x](a.png)", None) == "the folder of its deck isn't known"
    with pytest.raises(OSError, match="regular"):
        read_image(folder / "pipe.png")


@pytest.mark.parametrize(
    ("environ", "graphics"),
    [
        ({"TERM": "xterm-kitty"}, Graphics.KITTY),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"}, Graphics.SIXEL),
        ({"TERM": "foot"}, Graphics.SIXEL),
        ({"TERM": "tmux-256color", "TMUX": "x", "KITTY_WINDOW_ID": "1"}, Graphics.CELLS),
        ({"TERM": "xterm-256color"}, Graphics.CELLS),
        ({"TERM": "xterm-kitty", "NO_COLOR": ""}, Graphics.NONE),
        ({"TERM": "linux"}, Graphics.NONE),
        ({}, Graphics.NONE),
    ],
)
def test_what_a_terminal_can(environ: dict[str, str], graphics: Graphics) -> None:
    """As its variables tell; it is never asked."""
    assert graphics_of(environ) is graphics


class _Desk(App[None]):
    left = 0

    def leave(self, _: None) -> None:
        self.left += 1


async def page(pilot: Pilot[None], files: tuple[ImageFile, ...], graphics: Graphics = Graphics.CELLS) -> str:
    pilot.app.push_screen(ImagesPage(files, graphics))
    await settled(pilot)
    return text(pilot)


async def test_an_image_is_painted(folder: Path) -> None:
    """In coloured cells, below what is said of it; nothing is asked of the terminal for that."""
    output = sys.__stdout__
    async with _Desk().run_test(size=(60, 20)) as pilot:
        shown = await page(pilot, image_files("![a red box](a.png)", folder))
        assert "a red box" in shown
        assert "▀▀" in shown
    assert sys.__stdout__ is output


@pytest.mark.parametrize("graphics", [Graphics.KITTY, Graphics.SIXEL])
async def test_terminals_with_graphics(folder: Path, graphics: Graphics) -> None:
    """The page opens and closes with either way to paint."""
    async with _Desk().run_test(size=(60, 20)) as pilot:
        assert "a red box" in await page(pilot, image_files("![a red box](a.png)", folder), graphics)
        await pilot.press("v")
        assert not isinstance(pilot.app.screen, ImagesPage)


async def test_where_there_are_no_images_their_path_is_told(folder: Path) -> None:
    """Without colours, or in a terminal that can't."""
    async with _Desk().run_test(size=(100, 20)) as pilot:
        shown = await page(pilot, image_files("![box](img/b%20c.png)", folder), Graphics.NONE)
        assert "b c.png" in shown
        assert "this terminal shows no images" in shown


async def test_damaged_and_hostile_images_are_told(folder: Path) -> None:
    """A text, half an image, an endless one, a program for printers, and a name with escape sequences."""
    whole = (folder / "a.png").read_bytes()
    (folder / "text.png").write_text("no image")
    (folder / "half.png").write_bytes(whole[: len(whole) // 2])
    PILImage.new("1", (7_000, 7_000)).save(folder / "vast.png")
    (folder / "print.png").write_bytes(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(%stdout) run\n")
    names = ("text.png", "half.png", "vast.png", "print.png", "%1b[2J[bold]x[/].png")
    async with _Desk().run_test(size=(100, 40)) as pilot:
        shown = await page(pilot, image_files(" ".join(f"![]({name})" for name in names), folder))
        assert shown.count("not shown: it isn't an image that can be read") == 3
        assert "not shown: it has more than 40 million pixels" in shown
        assert "␛[2J[bold]x[/].png" in shown


async def test_the_page_is_left(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And who opened it is told."""
    monkeypatch.setenv("NO_COLOR", "1")
    app = _Desk()
    async with app.run_test(size=(60, 20)) as pilot:
        open_images(app, image_files("![box](a.png)", folder), app.leave)
        await settled(pilot)
        assert "this terminal shows no images" in text(pilot)
        await pilot.press("j", "k", "escape")
        await settled(pilot)
        assert app.left == 1
