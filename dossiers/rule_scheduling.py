"""A new set of rules is entered before its day, read side by side, and never changed after."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import InvalidOperation

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count

from dossiers import rules
from dossiers.deadlines import local_date
from dossiers.models import Dossier, RuleBook, RuleValue
from dossiers.statuses import OPEN_STATUSES, PAUSED_STATUSES
from organizations.administering import require_administrator
from organizations.models import User

# Every process has read a new set before its first dossier, whatever the hour.
DAYS_AHEAD = 2


class RuleRefused(ValidationError):
    """The set cannot be entered or taken back as asked."""


@dataclass(frozen=True, kw_only=True)
class Given:
    """One rule as entered: its value, where it comes from, and whether that was read."""

    text: str
    article: str
    is_verified: bool = False


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A whole set; every rule of `rules.KINDS` has its entry."""

    code: str
    title: str
    in_force_from: date
    values: Mapping[str, Given]


@transaction.atomic
def schedule(*, plan: Plan, actor: User, at: datetime) -> RuleBook:
    """Enter a set for a day to come; dossiers accepted before it keep theirs."""
    require_administrator(actor)
    _check_day(plan.in_force_from, at)
    _check_values(plan)
    if RuleBook.objects.filter(code=plan.code).exists():
        raise RuleRefused("Mã này đã dùng cho một bộ quy tắc khác.", code="code")
    book = RuleBook.objects.create(
        code=plan.code,
        title=plan.title.strip(),
        in_force_from=plan.in_force_from,
        scheduled_by=actor,
        scheduled_at=at,
    )
    RuleValue.objects.bulk_create(
        RuleValue(book=book, key=key, **vars(plan.values[key])) for key in rules.KINDS
    )
    transaction.on_commit(rules.BY_CODE.forget)
    return book


@transaction.atomic
def cancel(*, code: str, actor: User, at: datetime) -> None:
    """Take back a set that is not yet near its day; RuleBook.DoesNotExist for no such set."""
    require_administrator(actor)
    book = RuleBook.objects.select_for_update().get(code=code)
    if book.in_force_from < local_date(at) + timedelta(days=DAYS_AHEAD):
        raise RuleRefused(
            "Bộ quy tắc đã có hiệu lực hoặc sắp có hiệu lực nên không hủy được. "
            "Hãy đặt lịch một bộ mới thay thế.",
            code="in_force",
        )
    book.delete()
    transaction.on_commit(rules.BY_CODE.forget)


@transaction.atomic
def load_shipped() -> int:
    """Put back the shipped sets that the database lacks; how many it lacked."""
    missing = [
        book
        for book in rules.shipped_books()
        if not RuleBook.objects.filter(code=book["code"]).exists()
    ]
    for facts in missing:
        book = RuleBook.objects.create(
            code=facts["code"], title=facts["title"], in_force_from=facts["in_force_from"]
        )
        RuleValue.objects.bulk_create(
            RuleValue(book=book, key=key, text=text, article=article, is_verified=is_verified)
            for key, (text, article, is_verified) in facts["values"].items()
        )
    return len(missing)


@dataclass(frozen=True)
class Governed:
    """How many dossiers that still run a set governs at one agency."""

    agency: str
    count: int


def governed() -> dict[str, list[Governed]]:
    """By the code of a set: the agencies with running dossiers under it, the most first."""
    counted = (
        Dossier.objects.filter(status__in=(*OPEN_STATUSES, *PAUSED_STATUSES))
        .order_by()
        .values_list("rule_set", "agency__short_name")
        .annotate(count=Count("status"))
    )
    found: dict[str, list[Governed]] = {}
    for code, agency, count in counted.order_by("-count", "agency__sort_key"):
        found.setdefault(code, []).append(Governed(agency, count))
    return found


def _check_day(day: date, at: datetime) -> None:
    earliest = local_date(at) + timedelta(days=DAYS_AHEAD)
    if day < earliest:
        raise RuleRefused(
            f"Bộ quy tắc phải được nhập trước khi có hiệu lực ít nhất {DAYS_AHEAD} ngày. "
            f"Hãy chọn từ ngày {earliest:%d/%m/%Y}.",
            code="in_force_from",
        )
    if RuleBook.objects.filter(in_force_from__gte=day).exists():
        raise RuleRefused(
            "Đã có bộ quy tắc có hiệu lực từ ngày đó hoặc sau đó. Hãy chọn ngày muộn hơn.",
            code="in_force_from",
        )


def _check_values(plan: Plan) -> None:
    for key, kind in rules.KINDS.items():
        given = plan.values[key]
        try:
            kind.parse(given.text)
        except (ValueError, InvalidOperation):
            raise RuleRefused(
                f"{kind.label}: “{given.text}” không đọc được. Hãy nhập như ở bộ đang dùng.",
                code=f"text_{key}",
            ) from None
        if not given.article.strip():
            raise RuleRefused(f"{kind.label}: hãy ghi điều, khoản.", code=f"article_{key}")
