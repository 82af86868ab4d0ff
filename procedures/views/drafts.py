"""Writing the next version of a procedure: start, each part, the difference, publishing."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from organizations.administering import administrator_of
from organizations.models import User
from procedures import completeness, differences, drafting, publishing, stored_facts, versions
from procedures.forms.decisions import DecisionForm
from procedures.forms.drafts import HEAD, PARTS, ROWS, HeadForm, NewProcedureForm, initial_of
from procedures.models import DecisionItem, Procedure, VersionDraft
from procedures.parsing.wording import one_line


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Thêm thủ tục: its code and name; then its draft."""
    actor = administrator_of(request)
    form = NewProcedureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            draft = drafting.start_new(
                code=given["code"], name=one_line(given["name"]), actor=actor, at=timezone.now()
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return redirect("procedures:draft_part", draft.code, HEAD)
    status = 422 if form.errors else 200
    return render(request, "procedures/add.html", {"form": form}, status=status)


@require_POST
def start(request: HttpRequest, code: str) -> HttpResponse:
    """Soạn phiên bản mới: begins the draft, or opens the one that is there."""
    actor = administrator_of(request)
    procedure = get_object_or_404(Procedure, code=code)
    try:
        draft = drafting.start(procedure=procedure, actor=actor, at=timezone.now())
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return redirect("procedures:decisions")
    return redirect("procedures:draft_part", draft.code, HEAD)


@require_http_methods(["GET", "POST"])
def part(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """Một phần của bản đang soạn: saved by itself, so that little is lost at a time."""
    actor = administrator_of(request)
    draft = _draft(code)
    form = _form_of(request, draft, name)
    refused: list[str] = []
    if request.method == "POST" and form.is_valid():
        refused = _save(request, draft, form, actor)
        if not refused:
            return redirect(_after(request, draft, name))
    wrong = request.method == "POST"
    context = {
        **_frame(draft, name),
        "form": form,
        "rows": name in ROWS,
        "refused": refused,
        "wrong": wrong and not refused,
    }
    return render(request, "procedures/draft_part.html", context, status=422 if wrong else 200)


@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, code: str) -> HttpResponse:
    """Khác biệt và công bố: what changes, what is missing, and the decision in one act."""
    actor = administrator_of(request)
    draft = _draft(code)
    form = DecisionForm(request.POST or None, initial={"seen": draft.revision})
    if request.method == "POST" and form.is_valid():
        try:
            item = publishing.publish(
                draft=draft,
                seen=form.cleaned_data["seen"] or 0,
                announcement=form.announcement(),
                actor=actor,
                at=timezone.now(),
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, published_sentence(item))
            return redirect(item.decision)
    context = {**_frame(draft, "xem-lai"), **_compared(draft), "form": form}
    status = 422 if form.errors else 200
    return render(request, "procedures/draft_review.html", context, status=status)


@require_POST
def discard(request: HttpRequest, code: str) -> HttpResponse:
    """Bỏ bản đang soạn."""
    actor = administrator_of(request)
    try:
        drafting.discard(draft=_draft(code), seen=_seen(request), actor=actor)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return redirect("procedures:draft_review", code)
    messages.success(request, f"Đã bỏ bản đang soạn của thủ tục {code}; danh mục giữ nguyên.")
    return redirect("procedures:decisions")


def published_sentence(item: DecisionItem) -> str:
    """What the act did, and from when on."""
    done = f"Đã ghi: {item.get_kind_display().lower()} thủ tục {item.procedure.code}"
    if item.applied_at:
        return f"{done}, áp dụng ngay. Hãy công khai khi đã nhập cơ sở dữ liệu quốc gia."
    return f"{done}, áp dụng từ {item.applies_from:%d/%m/%Y}."


def _draft(code: str) -> VersionDraft:
    drafts = VersionDraft.objects.select_related("based_on__procedure", "saved_by")
    found: VersionDraft = get_object_or_404(drafts, code=code)
    return found


def _form_of(request: HttpRequest, draft: VersionDraft, name: str) -> Any:
    facts = stored_facts.from_json(draft.facts)
    data = request.POST if request.method == "POST" else None
    if name == HEAD:
        return HeadForm(data, initial=initial_of(name, facts))
    if name not in ROWS:
        raise Http404("Bản soạn không có phần này.")
    return ROWS[name][1](data, initial=initial_of(name, facts), prefix="dong")


def _save(request: HttpRequest, draft: VersionDraft, form: Any, actor: User) -> list[str]:
    try:
        drafting.save(
            draft=draft,
            changed=form.changed_facts(),
            seen=_seen(request),
            actor=actor,
            at=timezone.now(),
        )
    except ValidationError as refusal:
        return refusal.messages
    messages.success(request, "Đã ghi vào bản đang soạn; danh mục chưa đổi.")
    return []


def _seen(request: HttpRequest) -> int:
    typed = request.POST.get("seen", "")
    return int(typed) if typed.isdecimal() and len(typed) < 9 else 0


def _after(request: HttpRequest, draft: VersionDraft, name: str) -> str:
    """Where "save and go on" leads: to the next part, or to the difference after the last."""
    names = [each for each, _ in PARTS]
    following = names.index(name) + 1
    if "them" in request.POST:
        return reverse("procedures:draft_part", args=[draft.code, name])
    if following < len(names):
        return reverse("procedures:draft_part", args=[draft.code, names[following]])
    return draft.get_absolute_url()


def _frame(draft: VersionDraft, name: str) -> dict[str, Any]:
    return {"draft": draft, "part": name, "parts": PARTS, "title": dict(PARTS).get(name, "")}


def _compared(draft: VersionDraft) -> dict[str, Any]:
    facts = stored_facts.from_json(draft.facts)
    former = versions.read(draft.based_on) if draft.based_on else None
    return {
        "former": draft.based_on,
        "changes": differences.differences(former, facts),
        "missing": completeness.missing(facts),
        "name": facts.name,
    }
