"""The checklist of papers on the intake page: a line for each paper, with its scans."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

from dossiers import files
from dossiers.requests import Paper
from procedures.models import RequiredPaper

MOST_COPIES = 999
# Lines for papers that the catalogue does not print.
OTHER_LINES = 2


class _ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class ScansField(forms.FileField):
    """Several files, each looked into at once, so that the line of a bad one can say so."""

    widget = _ManyFiles

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        """The files as they came; FileRefused names the one that cannot be kept."""
        given = data if isinstance(data, list | tuple) else [data]
        return [files.checked(upload).upload for upload in given if upload]


class PaperLine(forms.Form):
    """Một dòng giấy tờ; the template draws it by hand, for a list may have a hundred."""

    received = forms.BooleanField(required=False)
    name = forms.CharField(max_length=500, required=False)
    originals = forms.IntegerField(
        label="Bản chính", min_value=0, max_value=MOST_COPIES, required=False
    )
    copies = forms.IntegerField(label="Bản sao", min_value=0, max_value=MOST_COPIES, required=False)
    is_digitised = forms.BooleanField(required=False)
    is_reused = forms.BooleanField(required=False)
    is_from_store = forms.BooleanField(required=False)
    scans = ScansField(label="Tệp quét", required=False)

    def __init__(self, *, required_paper: RequiredPaper | None, title: str, **kwargs: Any) -> None:
        super().__init__(use_required_attribute=False, **kwargs)
        self.required_paper = required_paper
        self.title = title

    @property
    def shown(self) -> Mapping[str, Any]:
        """What the line's fields hold: as typed, or as the catalogue prints."""
        return {name: self[name].value() for name in self.fields if name != "scans"}

    @property
    def is_note(self) -> bool:
        """Does the catalogue print neither originals nor copies: a remark rather than a paper?"""
        paper = self.required_paper
        return paper is not None and paper.originals == 0 and paper.copies == 0

    @property
    def is_ticked(self) -> bool:
        """Ticked or named on the page, whatever else may be wrong with the line."""
        return bool(self["received"].value() or self["name"].value())

    @property
    def is_received(self) -> bool:
        """Ticked, or named on a line of its own."""
        return bool(self.cleaned_data["received"] or self.cleaned_data["name"])

    @property
    def complaints(self) -> list[tuple[str, str]]:
        """What is wrong with the line: the field to go to, and the sentence."""
        where = self.title if len(self.title) <= 60 else f"{self.title[:60]}…"
        return [(field.auto_id, f"{where}: {error}") for field in self for error in field.errors]

    def clean(self) -> dict[str, Any]:
        """A scan without its paper is a slip of the hand: ask, never drop it."""
        given = super().clean() or self.cleaned_data
        if given.get("scans") and not (given.get("received") or given.get("name")):
            self.add_error(
                "scans",
                "Có tệp quét nhưng chưa đánh dấu đã nhận hoặc chưa ghi tên giấy tờ. "
                "Hãy đánh dấu, hoặc bỏ tệp này.",
            )
        return given

    def paper(self) -> Paper:
        """The line as the intake takes it."""
        given = self.cleaned_data
        return Paper(
            name=given["name"] if self.required_paper is None else self.title,
            required_paper_id=self.required_paper.pk if self.required_paper else None,
            originals=given["originals"] or 0,
            copies=given["copies"] or 0,
            is_digitised=given["is_digitised"],
            is_reused=given["is_reused"],
            is_from_store=given["is_from_store"],
            scans=given["scans"],
        )


@dataclass(frozen=True)
class PaperGroup:
    """The lines of one case: papers, and the remarks that the catalogue prints among them."""

    heading: str
    papers: list[PaperLine]
    notes: list[PaperLine]


def grouped(lines: Sequence[PaperLine]) -> list[PaperGroup]:
    """The lines of the catalogue by the heading of their case, in the order of printing."""
    groups: dict[str, PaperGroup] = {}
    for line in lines:
        if line.required_paper is None:
            continue
        heading = _unmarked(line.required_paper.group).rstrip(":")
        group = groups.setdefault(heading, PaperGroup(heading, [], []))
        (group.notes if line.is_note else group.papers).append(line)
    return list(groups.values())


def lines_for(
    papers: Sequence[RequiredPaper],
    *,
    data: Mapping[str, Any] | None,
    uploads: "MultiValueDict[str, UploadedFile[Any]] | None",
    typed: Mapping[str, Any],
) -> list[PaperLine]:
    """A line for each paper of the catalogue, then empty ones for papers of other names.

    `typed` is what stood in the fields of a form that is only drawn anew.
    """
    printed = [
        PaperLine(
            required_paper=paper,
            title=_unmarked(paper.name),
            prefix=f"paper-{paper.pk}",
            data=data,
            files=uploads,
            initial={"originals": paper.originals, "copies": paper.copies}
            | _of_line(f"paper-{paper.pk}", typed),
        )
        for paper in papers
    ]
    others = [
        PaperLine(
            required_paper=None,
            title=f"Giấy tờ khác {number}",
            prefix=f"other-{number}",
            data=data,
            files=uploads,
            initial={"originals": 1} | _of_line(f"other-{number}", typed),
        )
        for number in range(1, OTHER_LINES + 1)
    ]
    return [*printed, *others]


def _of_line(prefix: str, typed: Mapping[str, Any]) -> dict[str, Any]:
    names = (name for name in PaperLine.base_fields if name != "scans")
    return {name: typed[f"{prefix}-{name}"] for name in names if f"{prefix}-{name}" in typed}


def _unmarked(text: str) -> str:
    """The national portal prints its lists as text, each line with its own dash or star."""
    return text.strip().lstrip("-+*• ") or text
