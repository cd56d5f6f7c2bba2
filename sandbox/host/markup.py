"""The little HTML that cards allow, cleaned: bold, italic, underline, strike-through, colour, links, line breaks."""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser

from markupsafe import Markup

from sandbox.host.places import local, safe

_PLAIN = {"b": "b", "strong": "b", "i": "i", "em": "i", "u": "u", "s": "s", "strike": "s", "del": "s"}
_COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}|[a-zA-Z]{3,20}")


def clean(text: str) -> Markup:
    """Card text as safe HTML: anything but the allowed tags is shown as the text it is."""
    cleaner = _Cleaner()
    cleaner.feed(text.replace("\n", "<br>"))
    cleaner.close()
    return Markup(cleaner.finished())


class _Cleaner(HTMLParser):
    """Rebuilds the text from allowed tags and escaped characters; closes what was left open."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._out: list[str] = []
        self._open: list[tuple[str, str]] = []

    def finished(self) -> str:
        return "".join(self._out) + "".join(closing for _, closing in reversed(self._open))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "br":
            self._out.append("<br>")
        elif tag in _PLAIN:
            self._enter(tag, f"<{_PLAIN[tag]}>", f"</{_PLAIN[tag]}>")
        elif tag == "a" and safe(local(said.get("href", ""))):
            self._enter(tag, f'<a href="{escape(local(said["href"]))}">', "</a>")
        elif tag == "font" and _COLOUR.fullmatch(said.get("color", "")):
            self._enter(tag, f'<span style="color:{said["color"]}">', "</span>")
        elif tag not in ("a", "font"):
            self._out.append(escape(self.get_starttag_text() or ""))

    def handle_endtag(self, tag: str) -> None:
        if any(name == tag for name, _ in self._open):
            while self._open:
                name, closing = self._open.pop()
                self._out.append(closing)
                if name == tag:
                    break
        elif tag not in ("a", "font", "br"):
            self._out.append(escape(f"</{tag}>"))

    def handle_data(self, data: str) -> None:
        self._out.append(escape(data))

    def handle_comment(self, data: str) -> None:
        self._out.append(escape(f"<!--{data}-->"))

    def handle_decl(self, decl: str) -> None:
        self._out.append(escape(f"<!{decl}>"))

    def handle_pi(self, data: str) -> None:
        self._out.append(escape(f"<?{data}>"))

    def unknown_decl(self, data: str) -> None:
        self._out.append(escape(f"<![{data}]>"))

    def _enter(self, tag: str, opening: str, closing: str) -> None:
        self._out.append(opening)
        self._open.append((tag, closing))
