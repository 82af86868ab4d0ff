"""The sets of rules: side by side with their articles, and the entering of a new one."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dossiers import rule_scheduling
from dossiers.forms.rules import RuleBookForm
from dossiers.models import RuleBook, RuleValue
from dossiers.rules import KINDS
from organizations.administering import administrator_of


@require_safe
def rule_sets(request: HttpRequest) -> HttpResponse:
    """Bộ quy tắc: each rule with its value and article in every set; what differs is marked."""
    administrator_of(request)
    books = list(RuleBook.objects.in_order().prefetch_related("values"))
    counted, today = rule_scheduling.governed(), timezone.localdate()
    heads = [
        {
            "book": book,
            "state": _state(book, books, today),
            "may_cancel": (book.in_force_from - today).days >= rule_scheduling.DAYS_AHEAD,
            "governed": counted.get(book.code, []),
            "total": sum(row.count for row in counted.get(book.code, [])),
        }
        for book in books
    ]
    context = {"heads": heads, "rows": _rows(books)}
    return render(request, "dossiers/rule_sets.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def schedule_rule_set(request: HttpRequest) -> HttpResponse:
    """Đặt lịch bộ quy tắc mới."""
    actor = administrator_of(request)
    latest = RuleBook.objects.in_order().prefetch_related("values").last()
    if latest is None:
        raise Http404("Chưa có bộ quy tắc nào để lấy làm mẫu.")
    form = RuleBookForm(request.POST or None, latest=latest)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                book = rule_scheduling.schedule(plan=form.plan(), actor=actor, at=timezone.now())
            except ValidationError as refusal:
                code = getattr(refusal, "code", None)
                form.add_error(code if code in form.fields else None, refusal)
            else:
                messages.success(request, _scheduled(book))
                return redirect("dossiers:rule_sets")
    return render(request, "dossiers/rule_set_new.html", {"form": form}, status=status)


@require_POST
def cancel_rule_set(request: HttpRequest, code: str) -> HttpResponse:
    """Hủy bộ quy tắc chưa có hiệu lực."""
    actor = administrator_of(request)
    try:
        rule_scheduling.cancel(code=code, actor=actor, at=timezone.now())
    except RuleBook.DoesNotExist:
        raise Http404("Không có bộ quy tắc này.") from None
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, "Đã hủy bộ quy tắc chưa có hiệu lực.")
    return redirect("dossiers:rule_sets")


def _scheduled(book: RuleBook) -> str:
    return (
        f"Đã đặt lịch {book.title}. Hồ sơ tiếp nhận từ {book.in_force_from:%d/%m/%Y} theo bộ này; "
        "hồ sơ đã tiếp nhận giữ bộ cũ."
    )


def _state(book: RuleBook, books: list[RuleBook], today: date) -> str:
    if book.in_force_from > today:
        return "Sẽ có hiệu lực"
    begun = [other for other in books if other.in_force_from <= today]
    return "Đang có hiệu lực" if book == begun[-1] else "Chỉ cho hồ sơ đã tiếp nhận"


def _rows(books: list[RuleBook]) -> list[dict[str, Any]]:
    """A row for each rule; the cells of a row that do not all say the same are marked."""
    by_book = [{value.key: value for value in book.values.all()} for book in books]
    rows = []
    for key, kind in KINDS.items():
        cells = [_cell(values.get(key), key) for values in by_book]
        differs = len({cell["said"] for cell in cells}) > 1
        rows.append({"label": kind.label, "cells": cells, "differs": differs})
    return rows


def _cell(value: RuleValue | None, key: str) -> dict[str, Any]:
    if value is None:
        return {"said": "Không có", "article": "", "is_verified": True}
    return {
        "said": KINDS[key].said(value.text),
        "article": value.article,
        "is_verified": value.is_verified,
    }
