"""The rules of the house that no tool keeps: names, sizes, the one door, plain templates."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest
from django.apps import apps
from django.db import models

from tthc_portal import env

CHECKOUT = Path(env.__file__).parent.parent
APPS = tuple(app.label for app in apps.get_app_configs() if Path(app.path).parent == CHECKOUT)
SOURCES = sorted(path for app in APPS for path in (CHECKOUT / app).rglob("*.py"))
MIGRATIONS = [path for path in SOURCES if path.parent.name == "migrations"]
MODULES = [path for path in SOURCES if path not in MIGRATIONS]
TESTS = sorted((CHECKOUT / "tests").rglob("*.py"))
TEMPLATES = sorted((CHECKOUT / "templates").rglob("*.html"))
INTERFACES = [
    path
    for path in MODULES
    if {"views", "api", "management"} & set(path.parts) or path.stem in {"views", "tasks"}
]


def name(path: Path) -> str:
    return str(path.relative_to(CHECKOUT))


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_the_rules_look_at_the_whole_tree():
    assert len(MODULES) > 100
    assert len(TEMPLATES) > 20
    assert len(INTERFACES) > 15


def test_no_module_is_a_drawer_for_odds_and_ends():
    drawers = {"utils", "util", "common", "core", "helpers", "misc", "services", "lib"}

    assert [name(path) for path in SOURCES if drawers & {path.stem, *path.parts[-3:-1]}] == []


def test_every_module_says_what_it_is_for():
    silent = [
        name(path)
        for path in SOURCES + TESTS
        if path.read_text(encoding="utf-8").strip() and not ast.get_docstring(tree(path))
    ]

    assert silent == []


def test_a_module_of_more_than_300_lines_is_split():
    assert {name(path): lines(path) for path in MODULES if lines(path) > 300} == {}


def test_the_median_function_has_at_most_ten_lines():
    sizes = [
        node.end_lineno - node.lineno + 1
        for path in MODULES
        for node in functions(path)
        if node.end_lineno
    ]

    assert len(sizes) > 500
    assert median(sizes) <= 10


# -- One door to the data ----------------------------------------------------------

# What may follow `Dossier.objects` in an interface: the door, or nothing that reads rows.
DOORS = {"visible_to", "none", "model"}


def reads_of_dossiers(path: Path) -> Iterator[tuple[int, str]]:
    """Line and name of whatever directly follows `Dossier.objects`."""
    for node in ast.walk(tree(path)):
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Attribute)
            and node.value.attr in {"objects", "_default_manager"}
            and isinstance(node.value.value, ast.Name)
            and node.value.value.id == "Dossier"
        ):
            yield node.lineno, node.attr


def loads_by_shortcut(path: Path) -> Iterator[int]:
    """Lines of `get_object_or_404(Dossier, …)` and its like."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            called = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            first = node.args[0] if node.args else None
            if called in {"get_object_or_404", "get_list_or_404"} and (
                isinstance(first, ast.Name) and first.id in {"Dossier", "Attachment", "PrintedForm"}
            ):
                yield node.lineno


# Commands of the machine's keeper, citizens who show their receipt's code: no signed-in person.
WITHOUT_A_PERSON = {"management", "demonstration"}
PUBLIC = {"dossiers/views/public.py"}


@pytest.mark.parametrize("path", INTERFACES, ids=name)
def test_interfaces_reach_dossiers_through_the_one_door(path):
    if WITHOUT_A_PERSON & set(path.parts) or name(path) in PUBLIC:
        return

    past_the_door = [found for found in reads_of_dossiers(path) if found[1] not in DOORS]

    assert past_the_door == []
    assert list(loads_by_shortcut(path)) == []


def test_the_rule_of_the_door_sees_who_goes_around_it(tmp_path):
    module = tmp_path / "views.py"
    module.write_text(
        "Dossier.objects.get(code=1)\n"
        "Dossier.objects.filter(code=1)\n"
        "Dossier.objects.visible_to(user).get(code=1)\n"
        "get_object_or_404(Dossier, code=1)\n"
    )

    assert [found for found in reads_of_dossiers(module) if found[1] not in DOORS] == [
        (1, "get"),
        (2, "filter"),
    ]
    assert list(loads_by_shortcut(module)) == [4]


def test_only_the_ledger_changes_the_state_of_a_dossier():
    """`.status = …` outside the ledger would be a change of state without an event."""
    writers = {
        name(path)
        for path in MODULES
        if path.is_relative_to(CHECKOUT / "dossiers")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Attribute) and target.attr == "status"
        and isinstance(target.value, ast.Name) and target.value.id == "dossier"
    }  # fmt: skip

    assert writers == {"dossiers/ledger.py"}


# -- Models and migrations ---------------------------------------------------------


def constraints() -> list[tuple[str, models.BaseConstraint]]:
    return [
        (model._meta.label, constraint)
        for app in APPS
        if app in apps.app_configs
        for model in apps.get_app_config(app).get_models()
        for constraint in model._meta.constraints
    ]


def test_every_constraint_has_a_vietnamese_sentence():
    default = models.BaseConstraint.default_violation_error_message

    wrong = {
        f"{model}.{constraint.name}"
        for model, constraint in constraints()
        if constraint.violation_error_message == default
        or not constraint.get_violation_error_message().endswith(".")
        or constraint.get_violation_error_message().isascii()
    }

    assert len(constraints()) > 30
    assert wrong == set()


def test_no_constraint_is_named_twice():
    names = [constraint.name for _, constraint in constraints()]

    assert len(set(names)) == len(names)


def test_no_model_has_an_order_or_a_save_of_its_own():
    own_models = [model for app in APPS for model in apps.get_app_config(app).get_models()]

    assert [model._meta.label for model in own_models if model._meta.ordering] == []
    assert [model._meta.label for model in own_models if "save" in vars(model)] == []


def test_no_signals_connect_our_apps():
    receivers = [
        name(path)
        for path in MODULES
        if re.search(r"@receiver|\.connect\(|post_save|pre_save|post_delete", path.read_text())
        and path.stem not in {"embedded", "embedded_place", "processes", "demo", "sms_gateway"}
    ]

    assert receivers == []


def test_migrations_have_telling_names():
    unnamed = [
        name(path)
        for path in MIGRATIONS
        if path.stem != "__init__"
        and ("_auto_" in path.stem or not re.fullmatch(r"\d{4}_[a-z][a-z_0-9]+", path.stem))
    ]

    assert unnamed == []
    assert [name(path) for path in MIGRATIONS if path.stem.endswith("_initial")] == []


def test_migrations_import_no_code_of_an_app():
    importing = [
        (name(path), module)
        for path in MIGRATIONS
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for module in ([node.module or ""] if isinstance(node, ast.ImportFrom) else
                       [alias.name for alias in node.names])
        if module.split(".")[0] in APPS or (isinstance(node, ast.ImportFrom) and node.level)
    ]  # fmt: skip

    assert importing == []


# -- Templates ---------------------------------------------------------------------

INLINE = {
    "a style attribute": re.compile(r"<[a-z][^>]*\sstyle\s*=", re.I),
    "a style element": re.compile(r"<style[\s>]", re.I),
    "a script in the page": re.compile(r"<script(?![^>]*\ssrc=)[^>]*>", re.I),
    "an on… attribute": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.I),
    "a javascript: address": re.compile(r"(?:href|src|action)\s*=\s*[\"']\s*javascript:", re.I),
}


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_templates_hold_no_style_and_no_script(path):
    # What tags of the template language print is looked at by the test of the CSP header.
    text = re.sub(r"\{%.*?%\}|\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.S)

    assert [what for what, pattern in INLINE.items() if pattern.search(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        '<p style="color: red">',
        "<style>p {}</style>",
        "<script>alert(1)</script>",
        '<button class="x"\n onclick="go()">',
        '<a href="javascript:go()">',
    ],
)
def test_the_rule_of_templates_sees_what_it_forbids(text):
    assert any(pattern.search(text) for pattern in INLINE.values())


def test_templates_are_short():
    assert {name(path): lines(path) for path in TEMPLATES if lines(path) > 140} == {}


def test_templates_mark_nothing_as_safe_but_djangos_own_help_texts():
    marked = {
        name(path): found
        for path in TEMPLATES
        if (found := re.findall(r"\{\{\s*([^}]*\|\s*safe[^}]*?)\s*\}\}", path.read_text()))
    }

    assert marked == {"templates/_field_notes.html": ["field.help_text|safe"]}


def test_every_block_of_a_style_sheet_is_closed():
    texts = {path.name: path.read_text() for path in (CHECKOUT / "static" / "css").glob("*.css")}

    assert len(texts) > 10
    assert [name for name, text in texts.items() if text.count("{") != text.count("}")] == []
