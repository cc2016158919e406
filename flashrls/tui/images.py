"""A card's images on a page of their own: by the terminal's own graphics, else by coloured cells."""

from __future__ import annotations

import asyncio
import io
import os
from collections.abc import Callable, Iterable, Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from flashrls.clean import clean_line, clean_path
from flashrls.telling import count
from flashrls.tui.ascii import AsciiOnly
from flashrls.tui.graphics import Graphics, graphics_of, image_widget
from flashrls.tui.imagefiles import LARGEST_BYTES, ImageFile, read_image
from flashrls.tui.keyline import KeyLine
from flashrls.tui.line import Line

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS = 40_000_000
_SHOWN_PIXELS = (1_600, 1_200)
_FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP")  # not EPS, for which Pillow starts another program


def open_images(app: App[Any], files: Iterable[ImageFile], closed: Callable[[None], None] | None = None) -> None:
    """Show images above the present screen; `closed` is called when the learner comes back."""
    is_text_only = app.no_color or any(isinstance(one, AsciiOnly) for one in app.get_line_filters())
    graphics = Graphics.NONE if is_text_only else graphics_of(os.environ)
    app.push_screen(ImagesPage(tuple(files), graphics), closed)


class ImagesPage(Screen[None]):
    """Each image below its name; of one that can't be shown the reason."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,v,enter", "back", "back", key_display="Esc", tooltip="Go back"),
        Binding("j", "scroll_page(3)", "down", show=False, key_display="j ↓", tooltip="Scroll down"),
        Binding("k", "scroll_page(-3)", "up", show=False, key_display="k ↑", tooltip="Scroll up"),
    ]
    DEFAULT_CSS = """
    ImagesPage {
        #heading { height: 2; border-bottom: solid $foreground 20%; text-style: bold; }
        VerticalScroll { padding: 0 2; scrollbar-size: 0 0; }
        .about { height: auto; margin: 1 0 0 0; }
        .shown { width: auto; height: auto; max-width: 100%; }
    }
    """

    def __init__(self, files: tuple[ImageFile, ...], graphics: Graphics) -> None:
        """Make the page; the images are read when it is shown."""
        super().__init__()
        self._files = files
        self._graphics = graphics

    def compose(self) -> ComposeResult:
        yield Line(Content(count(len(self._files), "image")), id="heading")
        yield VerticalScroll()
        yield KeyLine()

    async def on_mount(self) -> None:
        self.run_worker(self._show_all(), exclusive=True)

    async def _show_all(self) -> None:
        """One after the other: reading a large image takes its time, and the page is there meanwhile."""
        place = self.query_one(VerticalScroll)
        for file in self._files:
            image = await asyncio.to_thread(_read, file, self._graphics)
            await place.mount(*_shown(file, image, self._graphics))

    def action_back(self) -> None:
        self.dismiss()

    def action_scroll_page(self, lines: int) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)


def _read(file: ImageFile, graphics: Graphics) -> Image | str:
    """The image, or why it can't be shown."""
    if file.reason:
        return file.reason
    if graphics is Graphics.NONE:
        return "this terminal shows no images"
    if file.path is None or find_spec("PIL") is None or find_spec("textual_image") is None:
        return "that needs `pip install 'flashrls[images]'`"
    try:
        return _decoded(read_image(file.path))
    except OSError as error:
        return f"the file can't be read ({clean_line(error.strerror or 'it is no regular file')})"


def _shown(file: ImageFile, image: Image | str, graphics: Graphics) -> Iterator[Widget]:
    """An image below what is said of it, or why there is none."""
    about = Content.styled(file.description or file.file or "an image", "bold")
    if isinstance(image, str):
        where = clean_path(file.path) if file.path else file.file
        yield Static(about + Content(f"\n{where}\nnot shown: {image}"), markup=False, classes="about")
    else:
        yield Static(about, markup=False, classes="about")
        yield image_widget(image, graphics)


def _decoded(content: bytes) -> Image | str:
    """The image, no larger than a screen; or why it can't be one."""
    from PIL import Image

    if len(content) > LARGEST_BYTES:
        return "it is larger than 20 MB"
    try:
        image = Image.open(io.BytesIO(content), formats=_FORMATS)
        if image.width * image.height > MOST_PIXELS:
            return "it has more than 40 million pixels"
        image.draft("RGB", _SHOWN_PIXELS)
        image.thumbnail(_SHOWN_PIXELS)
        return image.convert("RGBA" if image.has_transparency_data else "RGB")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return "it has more than 40 million pixels"
    except Exception:  # decoders raise what they like for a damaged file
        return "it isn't an image that can be read (PNG, JPEG, GIF, WebP or BMP)"
