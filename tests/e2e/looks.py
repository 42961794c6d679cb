"""Looks at a picture of a screen as its reader must: is every text inside, readable, and not cut off?"""

from __future__ import annotations

import io
import time
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from PIL import Image
from playwright.sync_api import Page

from field_app.widgets.theme import contrast

ENOUGH = 4.5
LEAST_TARGET = 48
EDGE = 3
_NODES = """() => [...document.querySelectorAll("flt-semantics")].map(node => {
  const own = [...node.childNodes].filter(child => child.nodeType === 3 || child.tagName === "SPAN")
    .map(child => child.textContent).join("").trim();
  const box = node.getBoundingClientRect();
  return {text: own || (node.getAttribute("aria-label") || "").trim(), role: node.getAttribute("role") || "",
          disabled: node.getAttribute("aria-disabled") === "true", tappable: node.hasAttribute("flt-tappable"),
          scrolls: !!node.parentElement.closest('[flt-semantics-identifier="body"]'),
          x: box.x, y: box.y, width: box.width, height: box.height};
})"""


@dataclass(frozen=True)
class Node:
    text: str
    role: str
    disabled: bool
    tappable: bool
    scrolls: bool
    x: float
    y: float
    width: float
    height: float


def nodes_of(page: Page) -> list[Node]:
    return [Node(**plain) for plain in page.evaluate(_NODES)]


def still_picture(page: Page, within: float = 1.5) -> bytes:
    """The screen once two pictures of it are the same, or after `within` seconds where something never stops."""
    deadline = time.monotonic() + within
    before = page.screenshot()
    while True:
        page.wait_for_timeout(100)
        now = page.screenshot()
        if now == before or time.monotonic() > deadline:
            return now
        before = now


def problems_of_look(page: Page, png: bytes) -> list[str]:
    """What scrolls out of the body's upper or lower edge is no fault, and is not judged."""
    size = page.viewport_size
    assert size is not None
    with Image.open(io.BytesIO(png)) as opened:
        picture = opened.convert("RGB")
    body = page.locator('[flt-semantics-identifier="body"]')
    edges = _edges(body.bounding_box() if body.count() else None)
    problems = []
    for node in nodes_of(page):
        if node.width <= 1 or node.height <= 1 or _scrolls_off(node, edges):
            continue
        if node.text and (node.x < -1 or node.x + node.width > size["width"] + 1):
            problems.append(f"beside the screen: {node.text[:30]}")
        if node.y + node.height > size["height"] + 1:
            problems.append(f"below the screen: {node.text[:30]}")
        if node.tappable and not node.disabled and min(node.width, node.height) < LEAST_TARGET:
            problems.append(f"too small to tap: {node.text[:30] or node.role} {node.width:.0f}x{node.height:.0f}")
        if node.text:
            problems.extend(_problems_of_text(picture, node))
    return problems


def _edges(box: Any) -> tuple[float, float]:
    return (-1.0, -1.0) if box is None else (box["y"], box["y"] + box["height"])


def _scrolls_off(node: Node, edges: tuple[float, float]) -> bool:
    """Cut by the body's upper or lower edge, or beyond it."""
    return node.scrolls and (node.y < edges[0] + 1 or node.y + node.height > edges[1] - 1)


def _problems_of_text(picture: Image.Image, node: Node) -> list[str]:
    box = (int(node.x), int(node.y), int(node.x + node.width) + 1, int(node.y + node.height) + 1)
    crop = picture.crop(box)
    counts = crop.getcolors(crop.width * crop.height)
    ground = max(counts)[1]
    best = max((_contrast(ground, ink) for n, ink in counts if n >= 2), default=21.0)
    problems = []
    if best < ENOUGH and not node.disabled and len(counts) > 1:
        problems.append(f"contrast {best:.2f}: {node.text[:30]}")
    if node.role == "button" and node.text and _touches_edge(crop, ground):
        problems.append(f"cut off: {node.text[:30]}")
    return problems


def _touches_edge(crop: Image.Image, ground: tuple[int, int, int]) -> bool:
    """Letters right beside a border, halfway up: a label wider than its button. A scroll bar is there in every row."""
    width, height = crop.size
    if width < 5 * EDGE or height < 5 * EDGE:
        return False
    rows = range(height // 2 - 6, height // 2 + 6)
    for x in (EDGE + 2, width - EDGE - 3):
        inked = sum(_contrast(ground, _pixel(crop, x, y)) > 2 for y in rows)
        if 0 < inked < len(rows):
            return True
    return False


def _pixel(crop: Image.Image, x: int, y: int) -> tuple[int, int, int]:
    pixel = crop.getpixel((x, y))
    assert isinstance(pixel, tuple)
    return (int(pixel[0]), int(pixel[1]), int(pixel[2]))


@lru_cache(maxsize=100_000)
def _contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    return contrast("#{:02x}{:02x}{:02x}".format(*one), "#{:02x}{:02x}{:02x}".format(*other))
