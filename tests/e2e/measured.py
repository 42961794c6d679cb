"""What is wrong with a page in each light and width, found in one load of it."""

from __future__ import annotations

from collections.abc import Iterator

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

LIGHTS = ("light", "dark")
WIDTHS = (360, 1280)
HEIGHT = 900
# every element that shows text: its box, and the first opaque ground below it
MEASURE = """() => {
  const problems = [];
  const rgb = text => text.match(/[\\d.]+/g).map(Number);
  const luminance = ([r, g, b]) => [r, g, b].map(v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = element => {
    for (let one = element; one; one = one.parentElement) {
      const colour = rgb(getComputedStyle(one).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const wide = document.documentElement.clientWidth;
  const all = document.documentElement.scrollWidth;
  if (all > wide) problems.push(`the page is ${all} wide`);
  for (const element of document.querySelectorAll('body *')) {
    const text = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    const box = element.getBoundingClientRect();
    if (!text || !box.width || element.matches('.skip, option')) continue;
    const style = getComputedStyle(element);
    const scrolls = element.closest('.scroll, .timeline .user');
    const name = element.textContent.trim().slice(0, 40);
    if (!scrolls && (box.right > wide + 1 || box.left < -1)) problems.push(`beside the page: ${name}`);
    const isClipped = style.overflowX !== 'visible' && element.scrollWidth > element.clientWidth + 1;
    if (!scrolls && isClipped) problems.push(`clipped: ${name}`);
    const [one, other] = [luminance(rgb(style.color)), luminance(ground(element))].sort((a, b) => b - a);
    const contrast = (one + 0.05) / (other + 0.05);
    if (contrast < 4.5) problems.push(`contrast ${contrast.toFixed(2)}: ${name}`);
  }
  for (const element of document.querySelectorAll('a.button, button, input:not([type=hidden]), select, summary')) {
    const box = element.getBoundingClientRect();
    if (box.height && box.height < 24) problems.push(`too low to touch: ${element.outerHTML.slice(0, 60)}`);
  }
  return problems;
}"""


def faults_in_every_look(page: Page, widths: tuple[int, ...] = WIDTHS) -> set[str]:
    """Nothing that is clipped, beside the page, hard to read or too low to touch."""
    return {f"{look} {problem}" for look in looks_of(page, widths) for problem in page.evaluate(MEASURE)}


def looks_of(page: Page, widths: tuple[int, ...] = WIDTHS) -> Iterator[str]:
    """The page as it stands in each light at each width; then as it was."""
    before = page.viewport_size
    assert before is not None
    for width in widths:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        for light in LIGHTS:
            page.emulate_media(color_scheme=light)  # type: ignore[arg-type]
            yield f"{width} {light}"
    page.set_viewport_size(before)


def axe_findings(page: Page) -> list[str]:
    """In both lights, at the size that the page has."""
    found = []
    for light in LIGHTS:
        page.emulate_media(color_scheme=light)  # type: ignore[arg-type]
        result = Axe().run(page)
        found += [f"{light} {result.generate_report()}"] if result.violations_count else []
    return found


def runs_over(page: Page, percents: tuple[int, ...] = (100, 200)) -> list[int]:
    """At which sizes of type the page is wider than its window."""
    over = []
    for percent in percents:
        page.evaluate(f"document.documentElement.style.fontSize = '{percent}%'")
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        over += [percent] if wider > 0 else []
    return over
