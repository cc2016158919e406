"""The page of progress as a file to share: a picture (SVG) or a page (HTML) that loads nothing from anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from flashrls.clean import clean_line

if TYPE_CHECKING:
    from rich.console import Console

    from flashrls.cli.statswords import Section

WIDTH = 80
_ID = "progress"
_FONTS = "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace"
_SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {{width}} {{height}}" \
role="img" aria-labelledby="{id}-name {id}-text">
<title id="{id}-name">{title}</title>
<desc id="{id}-text">{text}</desc>
<style>
.{{unique_id}}-matrix {{{{ font-family: {fonts}; font-size: {{char_height}}px; line-height: {{line_height}}px; }}}}
{{styles}}
</style>
<defs>
<clipPath id="{{unique_id}}-clip-terminal">
<rect x="0" y="0" width="{{terminal_width}}" height="{{terminal_height}}"/>
</clipPath>
{{lines}}
</defs>
<rect width="100%" height="100%" fill="#ffffff"/>
<g transform="translate(8, 8)" clip-path="url(#{{unique_id}}-clip-terminal)">
{{backgrounds}}
<g class="{{unique_id}}-matrix" xml:space="preserve">
{{matrix}}
</g>
</g>
</svg>
"""
_HTML = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8"/>
<meta name="viewport" content="width=device-width"/>
<title>{title}</title>
<style>
{{stylesheet}}
body {{{{ color: {{foreground}}; background-color: {{background}}; margin: 2em; }}}}
pre {{{{ font-family: {fonts}; line-height: 1.2; overflow-x: auto; }}}}
</style>
</head>
<body>
<p>{text}</p>
<pre>{{code}}</pre>
</body>
</html>
"""


def as_svg(title: str, text: str, page: Sequence[Section]) -> str:
    """Return the page as a picture, with `title` and `text` for those who can't see it."""
    from rich.terminal_theme import DEFAULT_TERMINAL_THEME

    form = _filled(_SVG, title, text)
    printed = _printed(title, page)
    return printed.export_svg(title="", theme=DEFAULT_TERMINAL_THEME, code_format=form, unique_id=_ID)


def as_html(title: str, text: str, page: Sequence[Section]) -> str:
    """Return the page as a document of its own."""
    from rich.terminal_theme import DEFAULT_TERMINAL_THEME

    return _printed(title, page).export_html(theme=DEFAULT_TERMINAL_THEME, code_format=_filled(_HTML, title, text))


def _filled(form: str, title: str, text: str) -> str:
    """The form with our own words; braces in them are none of rich's places."""
    told = [escape(clean_line(words)).replace("{", "{{").replace("}", "}}") for words in (title, text)]
    return form.format(id=_ID, fonts=_FONTS, title=told[0], text=told[1])


def _printed(title: str, page: Sequence[Section]) -> Console:
    import io

    from rich.console import Console
    from rich.text import Text

    console = Console(record=True, width=WIDTH, file=io.StringIO(), color_system=None, legacy_windows=False)
    console.print(Text(clean_line(title), style="bold"), overflow="fold")
    for section in page:
        console.print()
        console.print(Text(clean_line(section.heading), style="bold"))
        for line in section.lines:
            console.print(Text(line), no_wrap=True, crop=True)
    console.print()  # rich cuts the last line away
    return console
