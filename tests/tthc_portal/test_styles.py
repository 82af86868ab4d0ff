"""A page that uses a class loads the sheet that dresses it: otherwise it shows undressed."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
TEMPLATES = CHECKOUT / "templates"
DRESSED = {
    sheet.name: set(re.findall(r"\.([a-zA-Z][\w-]*)", sheet.read_text()))
    for sheet in (CHECKOUT / "static" / "css").glob("*.css")
}
ALWAYS = set(re.findall(r"css/([\w-]+\.css)", (TEMPLATES / "_head.html").read_text()))
PAGES = sorted(
    page.relative_to(TEMPLATES).as_posix()
    for page in TEMPLATES.rglob("*.html")
    if '{% extends "base.html"' in page.read_text()
)


def parts_of(name: str, seen: set[str]) -> Iterator[str]:
    """The text of a template and of all that it includes, each once."""
    path = TEMPLATES / name
    if name in seen or not path.exists():
        return
    seen.add(name)
    text = path.read_text()
    yield text
    for part in re.findall(r'{%\s*include\s+"([^"]+)"', text):
        yield from parts_of(part, seen)


def undressed(text: str) -> set[str]:
    """Classes in the text that some sheet dresses, but none that the text loads."""
    loaded = ALWAYS | set(re.findall(r"css/([\w-]+\.css)", text))
    worn: set[str] = set()
    for value in re.findall(r'class="([^"]*)"', text):
        worn.update(re.sub(r"{%.*?%}|{{.*?}}", " ", value).split())
    somewhere = set[str]().union(*DRESSED.values())
    here = set[str]().union(*(DRESSED[sheet] for sheet in loaded))
    return (worn & somewhere) - here


@pytest.mark.parametrize("page", PAGES)
def test_a_page_loads_the_sheets_of_its_classes(page):
    assert undressed("\n".join(parts_of(page, set()))) == set()


def test_the_rule_of_sheets_sees_a_page_that_forgot_one():
    text = '<div class="period"></div>'
    assert undressed(text) == {"period"}
    assert undressed(f"css/figures.css {text}") == set()
