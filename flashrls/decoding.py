"""The bytes of a text file as text, or the reason why they are none."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_CONVERT = "Convert the file: iconv -f {} -t UTF-8 OLD > NEW"
_LINE_END = re.compile(rb"\r\n?|\n")


@dataclass(frozen=True, slots=True)
class NotText:
    """Why bytes are no text in UTF-8.

    Attributes:
        line: where it shows, from 1.
        message: one sentence that says what is wrong.
        mend: one sentence that says what to do about it.
    """

    line: int
    message: str
    mend: str


def decoded(content: bytes) -> str | NotText:
    """Return UTF-8 content as text without its byte order mark, or why it isn't UTF-8.

    The reason names the offset of the first bad byte, from 0.
    """
    if wide := _wide_encoding(content):
        return NotText(1, f"The file is {wide}, not UTF-8.", _CONVERT.format(wide))
    nul = content.find(b"\0")
    if nul >= 0:
        message = f"There is a NUL at byte {nul}: this is not a text."
        return NotText(_line_at(content, nul), message, "Give a text file.")
    try:
        return content.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        at = error.start + (len(codecs.BOM_UTF8) if content.startswith(codecs.BOM_UTF8) else 0)
        message = f"Byte {at} of the file, 0x{content[at]:02X}, is not UTF-8."
        return NotText(_line_at(content, at), message, _CONVERT.format("WINDOWS-1252"))


def _wide_encoding(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "UTF-32"
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "UTF-16"
    # Without a mark: Latin letters leave every other byte empty.
    start = content[:1000]
    if start[1::2].count(0) * 2 > len(start[1::2]) and 0 not in start[::2]:
        return "UTF-16LE"
    if start[::2].count(0) * 2 > len(start[::2]) and 0 not in start[1::2]:
        return "UTF-16BE"
    return ""


def _line_at(content: bytes, at: int) -> int:
    return 1 + len(_LINE_END.findall(content, 0, at))
