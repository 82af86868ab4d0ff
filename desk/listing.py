"""A person's own filters and columns of the worklist."""

from collections.abc import Mapping, Sequence
from typing import Any
from unicodedata import normalize

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from desk.models import ListSettings, Mention
from dossiers import columns
from dossiers.columns import Column
from organizations.models import User

MOST_FILTERS = 20
MOST_COLUMNS = 4
# Seconds; every list asks, and a change forgets them at once.
REMEMBERED = 60
NAME_LETTERS = 60
# Every row shows these in any case.
ALWAYS = frozenset({"code", "procedure", "applicant"})


class ListRefused(ValidationError):
    """The filter or the columns cannot be kept; the sentence says what to do instead."""


def settings_of(user: User) -> ListSettings:
    """What the person has chosen; unsaved when they never chose."""
    remembered = cache.get_or_set(_key(user.pk), lambda: _chosen_by(user), REMEMBERED)
    columns, filters = remembered or ([], [])
    return ListSettings(user=user, columns=columns, filters=filters)


def _chosen_by(user: User) -> tuple[Any, Any]:
    found = ListSettings.objects.filter(user=user).values_list("columns", "filters")
    return found.first() or ([], [])


def _key(user_id: int) -> str:
    return f"desk-list-settings:{user_id}"


def waiting(user: User) -> Mapping[str, QuerySet[Mention]]:
    """Counted beside "Tin mới": where the person was named and has not looked."""
    return {"news": Mention.objects.unread().filter(user=user)}


def extra_columns(kept: ListSettings) -> list[Column]:
    """The columns that the person added."""
    return [column for column in columns.chosen(kept.columns) if column.key not in ALWAYS]


def choices() -> list[Column]:
    """What may be added."""
    return [column for column in columns.COLUMNS if column.key not in ALWAYS]


@transaction.atomic
def save_filter(*, name: str, query: str, actor: User) -> None:
    """Keep a list's address under a name; the same name is overwritten. Raises ListRefused."""
    clean = " ".join(normalize("NFC", name).replace("\x00", "").split())
    if not clean or len(clean) > NAME_LETTERS:
        raise ListRefused(
            f"Hãy đặt tên cho bộ lọc, không quá {NAME_LETTERS} chữ.", code="filter_name"
        )
    kept = _held(actor)
    others = [saved for saved in kept.filters if saved["name"] != clean]
    if len(others) >= MOST_FILTERS:
        raise ListRefused(
            f"Đã có {MOST_FILTERS} bộ lọc. Hãy bỏ bớt một bộ lọc rồi lưu lại.", code="too_many"
        )
    kept.filters = [*others, {"name": clean, "query": query}]
    kept.save(update_fields=["filters"])


@transaction.atomic
def forget_filter(*, name: str, actor: User) -> None:
    """Take a saved filter off."""
    kept = _held(actor)
    kept.filters = [saved for saved in kept.filters if saved["name"] != name]
    kept.save(update_fields=["filters"])


@transaction.atomic
def choose_columns(*, keys: Sequence[str], actor: User) -> None:
    """Add these columns to the usual ones. Raises ListRefused when they are too many."""
    wanted = [column.key for column in choices() if column.key in keys]
    if len(wanted) > MOST_COLUMNS:
        raise ListRefused(
            f"Chỉ thêm được {MOST_COLUMNS} cột để danh sách còn đọc được. Hãy bỏ bớt cột.",
            code="columns",
        )
    kept = _held(actor)
    kept.columns = wanted
    kept.save(update_fields=["columns"])


def _held(actor: User) -> ListSettings:
    ListSettings.objects.get_or_create(user=actor)
    # Now, and again when the change can be read.
    cache.delete(_key(actor.pk))
    transaction.on_commit(lambda: cache.delete(_key(actor.pk)), robust=True)
    kept: ListSettings = ListSettings.objects.select_for_update().get(user=actor)
    return kept
