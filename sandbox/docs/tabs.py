"""A document's tabs: each a document of its own, in a tree of at most three levels.

Source: NangoHQ/integration-templates' recordings of google-docs, 2026 (the replies); where a moved tab comes to
stand: github.com/mmedum/google-docs-mcp, docs/architecture.md; a new tab's usual title is assumed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.docs.edit import Edit, Refused

FIRST = "t.0"
_LEVELS = 3


@dataclass(kw_only=True)
class Tab:
    """One tab and what is known of it beside its content. ``parent`` is the id of the tab it stands under, or ""."""

    id: str = FIRST
    title: str = "Tab 1"
    parent: str = ""
    icon: str = ""


@dataclass(kw_only=True)
class OpenTab:
    """A tab under edit."""

    tab: Tab
    edit: Edit


@dataclass(kw_only=True)
class Tabs:
    """All tabs of a document under edit, each parent before its children. ``blank`` opens an empty one."""

    open: list[OpenTab]
    blank: Callable[[], OpenTab]

    def named(self, tab_id: str) -> OpenTab:
        """The tab of that id; the first for "". Refused where there is none."""
        for one in self.open:
            if tab_id in ("", one.tab.id):
                return one
        raise Refused(f"Tab with ID {tab_id} was not found.")

    def tabs(self) -> list[Tab]:
        return [one.tab for one in self.open]


def children(tabs: list[Tab], parent: str = "") -> list[Tab]:
    """The tabs that stand right under one, in order; the outermost for ""."""
    return [tab for tab in tabs if tab.parent == parent]


def level(tabs: list[Tab], tab: Tab) -> int:
    """How many tabs it stands under."""
    above = next((one for one in tabs if one.id == tab.parent), None)
    return 0 if above is None else 1 + level(tabs, above)


def properties(tabs: list[Tab], tab: Tab) -> dict[str, Any]:
    """A tab's properties as Docs tells them."""
    deep = level(tabs, tab)
    return {
        "tabId": tab.id,
        "title": tab.title,
        **({"parentTabId": tab.parent} if tab.parent else {}),
        "index": [one.id for one in children(tabs, tab.parent)].index(tab.id),
        **({"nestingLevel": deep} if deep else {}),
        **({"iconEmoji": tab.icon} if tab.icon else {}),
    }


def add(tabs: Tabs, request: Mapping[str, Any]) -> Mapping[str, Any]:
    """An empty tab, the last of its parent's unless an index is asked for."""
    asked = request.get("tabProperties", {})
    parent = str(asked.get("parentTabId", ""))
    if parent and level(tabs.tabs(), tabs.named(parent).tab) + 1 >= _LEVELS:
        raise Refused(f"Tabs can be nested at most {_LEVELS} levels deep.")
    made = tabs.blank()
    made.tab.title = str(asked.get("title") or f"Tab {len(tabs.open) + 1}")
    made.tab.parent, made.tab.icon = parent, _icon(asked)
    beside = children(tabs.tabs(), parent)
    tabs.open.append(made)
    _place(tabs, made, int(asked.get("index", len(beside))))
    return {"tabProperties": properties(tabs.tabs(), made.tab)}


def delete(tabs: Tabs, request: Mapping[str, Any]) -> Mapping[str, Any]:
    """The tab and those under it; one outermost tab always stays."""
    tab = tabs.named(str(request.get("tabId") or "none")).tab
    if children(tabs.tabs()) == [tab]:
        raise Refused("The last tab of a document cannot be deleted.")
    gone = {one.id for one in _under(tabs.tabs(), tab)}
    tabs.open = [one for one in tabs.open if one.tab.id not in gone]
    return {}


def update(tabs: Tabs, request: Mapping[str, Any]) -> Mapping[str, Any]:
    """A tab's title, emoji and place. The place is counted while the tab still stands in its old one."""
    asked = request.get("tabProperties", {})
    found = tabs.named(str(asked.get("tabId") or "none"))
    named = {name.strip() for name in str(request.get("fields", "")).split(",") if name.strip()}
    if not named:
        raise Refused("At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)")
    named = {"title", "iconEmoji", "index"} & set(asked) if "*" in named else named
    for name in sorted(named - {"title", "iconEmoji", "index", "icon_emoji"}):
        raise Refused(f"Unallowed field: {name}")
    if "title" in named:
        found.tab.title = str(asked.get("title", ""))
    if {"iconEmoji", "icon_emoji"} & named:
        found.tab.icon = _icon(asked)
    if "index" in named:
        before = properties(tabs.tabs(), found.tab)["index"]
        wanted = int(asked.get("index", 0))
        _place(tabs, found, wanted - 1 if wanted > before else wanted)
    return {}


def _icon(asked: Mapping[str, Any]) -> str:
    icon = str(asked.get("iconEmoji", ""))
    if any(letter.isascii() and letter not in "#*0123456789" for letter in icon):
        raise Refused("The icon emoji is invalid.")
    return icon


def _place(tabs: Tabs, moved: OpenTab, index: int) -> None:
    """Let the tab, with all under it, stand at that place among those beside it."""
    beside = [tab for tab in children(tabs.tabs(), moved.tab.parent) if tab is not moved.tab]
    if not 0 <= index <= len(beside):
        raise Refused(f"The index {index} must be between 0 and {len(beside)}.")
    beside.insert(index, moved.tab)
    order = [one.id for one in _ordered(tabs.tabs(), {moved.tab.parent: beside})]
    tabs.open.sort(key=lambda one: order.index(one.tab.id))


def _ordered(tabs: list[Tab], told: Mapping[str, list[Tab]], parent: str = "") -> Iterator[Tab]:
    for tab in told.get(parent, children(tabs, parent)):
        yield tab
        yield from _ordered(tabs, told, tab.id)


def _under(tabs: list[Tab], tab: Tab) -> Iterator[Tab]:
    yield tab
    for child in children(tabs, tab.id):
        yield from _under(tabs, child)
