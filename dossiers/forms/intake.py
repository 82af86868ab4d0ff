"""The intake form: what a clerk types for one dossier, in the order in which they ask."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, cast
from unicodedata import normalize
from uuid import uuid4

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Model
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from dossiers import choosing
from dossiers.checking import tidy
from dossiers.choosing import Choices, Preview
from dossiers.forms.checklist import PaperGroup, grouped, lines_for
from dossiers.forms.intake_fields import IntakeFields
from dossiers.models import Dossier
from dossiers.requests import Applicant, FeeFacts, Request
from dossiers.statuses import ApplicantKind, PaymentMethod, ReturnMethod
from notifications.statuses import ChannelPreference
from organizations.models import Agency
from procedures.models import Channel
from procedures.statuses import ChannelKind

# Where a refusal of the intake belongs; any other is told on top of the form.
FIELD_OF_REFUSAL = {
    "applicant_name": "name",
    "case": "case",
    "unit_unknown": "case",
    "sets": "sets",
    "return_address": "return_address",
    "reason": "reason",
}
# What belongs to one version of one procedure, and is left behind with it.
OF_PROCEDURE = ("version", "case", "agency", "channel", "fee_amount", "summary")


class IntakeForm(IntakeFields):
    """Tiếp nhận hồ sơ. Unbound it shows `typed`, without a word about what is still missing."""

    def __init__(
        self,
        choices: Choices,
        *,
        data: Mapping[str, Any] | None = None,
        uploads: "MultiValueDict[str, UploadedFile[Any]] | None" = None,
        typed: Mapping[str, Any] | None = None,
    ) -> None:
        kept = _still_true(typed or {}, choices)
        super().__init__(data, uploads, initial=kept, use_required_attribute=False)
        self.choices = choices
        self._set_choices()
        self.initial.setdefault("submission_key", uuid4())
        self.initial["version"] = choices.version.pk
        if self.chosen_case is not None and self.chosen_case.fee_amount is not None:
            self.initial.setdefault("fee_amount", int(self.chosen_case.fee_amount))
        self.lines = lines_for(choices.papers, data=data, uploads=uploads, typed=kept)

    def _set_choices(self) -> None:
        fields = self.fields
        _choose(fields["counter"], self.choices.counters, str, "Hãy chọn bộ phận một cửa của bạn.")
        _choose(
            fields["agency"],
            self.choices.agencies,
            choosing.agency_label,
            "Hãy chọn một cơ quan giải quyết trong danh sách.",
        )
        cast("forms.ChoiceField", fields["channel"]).choices = [
            (kind.value, kind.label) for kind in self.choices.kinds
        ]
        fields["channel"].error_messages["invalid_choice"] = (
            "Danh mục không in hình thức nộp này cho thủ tục. Hãy chọn hình thức khác."
        )
        _choose(fields["case"], self.cases, str, "Hãy chọn một trường hợp của hình thức nộp này.")
        fields["case"].required = bool(self.cases)

    @property
    def kind(self) -> str:
        """The channel that is chosen, or the one that comes first."""
        kinds = [kind.value for kind in self.choices.kinds]
        chosen = self["channel"].value()
        return chosen if chosen in kinds else kinds[0]

    @property
    def cases(self) -> list[Channel]:
        """The cases of the chosen channel."""
        return self.choices.cases_of(self.kind)

    @property
    def chosen_case(self) -> Channel | None:
        """The case that is chosen, or the only one."""
        return cast("Channel | None", self._chosen("case", self.cases))

    @property
    def chosen_agency(self) -> Agency | None:
        """The agency that is chosen, the only one, or the one that keeps the counter."""
        agencies = self.choices.agencies
        if self["agency"].value() is None:
            own = {counter.agency_id for counter in self.choices.counters}
            agencies = [agency for agency in agencies if agency.pk in own] or agencies
        return cast("Agency | None", self._chosen("agency", agencies))

    def _chosen(self, name: str, rows: Sequence[Model]) -> Model | None:
        value = str(self[name].value() or "")
        by_key = {str(row.pk): row for row in rows}
        return by_key.get(value, rows[0] if len(rows) == 1 and not value else None)

    def preview(self, at: datetime) -> Preview:
        """The promise as it would be now."""
        return choosing.preview(
            cases=self.cases, case=self.chosen_case, agency=self.chosen_agency, at=at
        )

    def is_valid(self) -> bool:
        """The fields and every line of the checklist."""
        return all([super().is_valid(), *(line.is_valid() for line in self.lines)])

    def clean_version(self) -> int:
        """The catalogue may have moved on while the clerk typed."""
        seen = int(self.cleaned_data["version"])
        if seen != self.choices.version.pk:
            raise forms.ValidationError(
                "Thủ tục vừa có phiên bản mới. Hãy xem lại trường hợp, giấy tờ và ngày hẹn trả "
                "dưới đây rồi gửi lại.",
                code="stale",
            )
        return seen

    def clean(self) -> dict[str, Any]:
        """Nothing can be received of a procedure that is out of force or handled elsewhere."""
        if self.choices.objection:
            raise forms.ValidationError(self.choices.objection, code="procedure_not_handled")
        return super().clean() or self.cleaned_data

    def refused(self, refusal: forms.ValidationError) -> None:
        """Put a refusal of the act where the clerk can mend it."""
        name = FIELD_OF_REFUSAL.get(getattr(refusal, "code", "") or "")
        self.add_error(name, refusal)

    @property
    def key(self) -> str:
        """The submission key to send back; a new one in place of a broken one."""
        return str(uuid4() if self["submission_key"].errors else self["submission_key"].value())

    @property
    def has_delegate(self) -> bool:
        """Is there anything to see in the folded part about the delegate?"""
        names = ("delegate_name", "delegate_identity_number", "delegate_phone")
        return any(self[name].value() or self[name].errors for name in names)

    @property
    def has_other_papers(self) -> bool:
        """Is there anything to see, or to ask for, in the folded lines of other papers?"""
        others = [line for line in self.lines if line.required_paper is None]
        is_used = any(line["name"].value() or line.complaints for line in others)
        return is_used or len(others) == len(self.lines)

    @property
    def groups(self) -> list[PaperGroup]:
        """The checklist as the page shows it."""
        return grouped(self.lines)

    @property
    def complaints(self) -> list[tuple[str, str]]:
        """Everything that is wrong: the field to go to, and the sentence."""
        if not self.is_bound:
            return []
        told = [("", str(error)) for error in self.non_field_errors()]
        for field in self:
            told += [(field.auto_id, f"{field.label}: {error}") for error in field.errors]
        for line in self.lines:
            told += line.complaints
        return told

    def renew_key(self, *, used_for: Dossier) -> None:
        """The form was sent before, for somebody else: the next click is a new dossier."""
        data = cast("QueryDict", self.data).copy()
        data["submission_key"] = str(uuid4())
        self.data = data
        self.add_error(
            None,
            f"Biểu mẫu này đã dùng để lập hồ sơ {used_for.code} của {used_for.applicant_name}. "
            "Nội dung vừa nhập vẫn còn: hãy kiểm tra rồi gửi lại để lập hồ sơ mới.",
        )

    def is_about(self, dossier: Dossier) -> bool:
        """Does the dossier hold what this form says, as after a double click?"""
        return (dossier.version_id, dossier.applicant_name) == (
            self.choices.version.pk,
            tidy(self.cleaned_data["name"]),
        )

    def requested(self) -> Request:
        """The dossier as entered, as plain values."""
        given = self.cleaned_data
        return Request(
            version=self.choices.version,
            agency=given["agency"],
            counter=given["counter"],
            channel=ChannelKind(given["channel"]),
            case=given["case"],
            applicant=self._applicant(),
            summary=given["summary"],
            sets=given["sets"],
            return_method=ReturnMethod(given["return_method"]),
            return_address=given["return_address"],
            papers=[line.paper() for line in self.lines if line.is_received],
            fee=self._fee(),
            submission_key=given["submission_key"],
        )

    def _applicant(self) -> Applicant:
        given = self.cleaned_data
        kind = ApplicantKind(given["applicant_kind"])
        # The other kind's number is not on the screen: what may stand there was left behind.
        other = "tax_code" if kind == ApplicantKind.PERSON else "identity_number"
        names = (
            "name", "identity_number", "tax_code", "phone", "email", "address",
            "delegate_name", "delegate_identity_number", "delegate_phone",
            "is_identity_verified", "uses_population_data",
        )  # fmt: skip
        return Applicant(
            kind=kind,
            contact_preference=ChannelPreference(given["contact_preference"] or "any"),
            **{name: given[name] for name in names} | {other: ""},
        )

    def _fee(self) -> FeeFacts | None:
        amount, method = self.cleaned_data["fee_amount"], self.cleaned_data["fee_method"]
        if amount is None:
            return None
        return FeeFacts(amount=amount, method=PaymentMethod(method) if method else None)


class AcceptanceForm(IntakeForm):
    """Tiếp nhận: the papers that the law asks for are there."""

    def clean(self) -> dict[str, Any]:
        """Somebody has looked at the papers."""
        given = super().clean()
        wanted = any(not line.is_note for line in self.lines if line.required_paper)
        if wanted and not any(line.is_ticked for line in self.lines):
            raise forms.ValidationError(
                "Chưa đánh dấu giấy tờ nào đã nhận. Hãy đánh dấu giấy tờ đã nhận ở mục Giấy tờ.",
                code="no_paper",
            )
        return given


class RefusalForm(IntakeForm):
    """Từ chối tiếp nhận: a reason counts, the case and the papers need not be settled."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = True
        self.fields["case"].required = False

    def clean_case(self) -> Channel | None:
        """No day is promised, so a limit without a unit need not stand in the way."""
        case: Channel | None = self.cleaned_data["case"]
        return None if case is None or case.lacks_unit else case


def _choose(
    field: forms.Field, rows: Sequence[Model], label: Callable[[Any], str], message: str
) -> None:
    by_key = {str(row.pk): row for row in rows}
    chosen = cast("forms.TypedChoiceField", field)
    chosen.choices = [(key, label(row)) for key, row in by_key.items()]
    if len(rows) > 1:
        chosen.choices = [("", "Chọn…"), *chosen.choices]
    chosen.coerce = by_key.__getitem__
    chosen.error_messages = chosen.error_messages | {
        "invalid_choice": message,
        "required": message,
    }


def _still_true(typed: Mapping[str, Any], choices: Choices) -> dict[str, Any]:
    """What was typed, in one spelling of each letter, without what another version asked for."""
    kept = {
        name: normalize("NFC", value) if isinstance(value, str) else value
        for name, value in typed.items()
    }
    if str(kept.get("version", choices.version.pk)) != str(choices.version.pk):
        for name in OF_PROCEDURE:
            kept.pop(name, None)
    return kept
