"""Shape of what is sent to guide an applicant: what is missing, and the intake form so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django import forms

from desk.guiding import Advice, Lacking
from dossiers.choosing import Choices
from dossiers.forms.checklist import PaperLine
from dossiers.forms.intake import IntakeForm
from dossiers.requests import Applicant
from dossiers.statuses import ApplicantKind
from organizations.models import ServiceCounter

# What the intake form sends, as hidden fields of the question.
TYPED = "typed."
OTHER_LINES = 3
_LEFT_OUT = {"csrfmiddlewaretoken", "draft_version", "despite_duplicates", "reason"}


@dataclass(frozen=True)
class Line:
    """One paper as the question shows it."""

    key: str
    name: str
    originals: int
    copies: int
    is_missing: bool


class GuidanceForm(forms.Form):
    """Hướng dẫn bổ sung: whom, and why; the papers are read from the lines."""

    name = forms.CharField(label="Người nộp", max_length=200)
    phone = forms.CharField(label="Số điện thoại", max_length=20, required=False)
    reason = forms.CharField(
        label="Lý do, hướng dẫn thêm",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def typed_of(sent: Mapping[str, str]) -> dict[str, str]:
    """The intake form as it was typed: sent by its own page, or carried along as hidden fields."""
    carried = {
        name.removeprefix(TYPED): text for name, text in sent.items() if name.startswith(TYPED)
    }
    return carried or {name: text for name, text in sent.items() if name not in _LEFT_OUT}


def lines_of(choices: Choices, typed: Mapping[str, str]) -> list[Line]:
    """The papers of the catalogue; missing is what was not ticked among those of the same case."""
    papers = [line for line in IntakeForm(choices, typed=typed).lines if line.required_paper]
    headings = {_heading(line) for line in papers if line.is_ticked}
    return [
        Line(
            key=f"paper_{number}",
            name=line.title,
            originals=line.required_paper.originals or 0 if line.required_paper else 0,
            copies=line.required_paper.copies or 0 if line.required_paper else 0,
            is_missing=not line.is_ticked and (not headings or _heading(line) in headings),
        )
        for number, line in enumerate(papers, start=1)
        if not line.is_note
    ]


def _heading(line: PaperLine) -> str:
    return line.required_paper.group if line.required_paper else ""


def lacking(lines: Sequence[Line], sent: Mapping[str, str]) -> list[Lacking]:
    """What was marked as missing, then what was written by hand."""
    marked = [
        Lacking(name=line.name, originals=line.originals, copies=line.copies)
        for line in lines
        if line.key in sent
    ]
    others = [sent.get(f"other_{number}", "") for number in range(1, OTHER_LINES + 1)]
    return marked + [Lacking(name=name) for name in others if name.strip()]


def advice(
    *, choices: Choices, typed: Mapping[str, str], given: Mapping[str, Any], items: list[Lacking]
) -> Advice:
    """Everything that the slip needs, as plain values."""
    kind = ApplicantKind.PERSON
    if typed.get("applicant_kind") == ApplicantKind.ORGANISATION:
        kind = ApplicantKind.ORGANISATION
    is_person = kind == ApplicantKind.PERSON
    return Advice(
        submission_key=_key(typed.get("submission_key", "")),
        counter=_counter(choices, typed),
        version=choices.version,
        applicant=Applicant(
            kind=kind,
            name=given["name"],
            phone=given["phone"],
            email=typed.get("email", ""),
            address=typed.get("address", ""),
            identity_number=typed.get("identity_number", "") if is_person else "",
            tax_code="" if is_person else typed.get("tax_code", ""),
        ),
        items=items,
        content={**typed, "name": given["name"], "phone": given["phone"]},
        reason=given["reason"],
    )


def _counter(choices: Choices, typed: Mapping[str, str]) -> ServiceCounter:
    by_key = {str(counter.pk): counter for counter in choices.counters}
    return by_key.get(typed.get("counter", ""), choices.counters[0])


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return uuid4()
