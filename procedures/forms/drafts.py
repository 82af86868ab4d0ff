"""Forms of the version that somebody is writing: one for each part, rows in formsets."""

from collections.abc import Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import formset_factory

from procedures.models import Field
from procedures.parsing.facts import (
    BasisFacts,
    ChannelFacts,
    PaperFacts,
    ProcedureFacts,
    ResultFacts,
)
from procedures.parsing.wording import one_line, tidy
from procedures.statuses import ChannelKind, ProcedureLevel
from workdays.units import TimeUnit

MOST_ROWS = 200
EXTRA_ROWS = 2


def line(label: str, *, required: bool = False, length: int = 2000, hint: str = "") -> Any:
    """One line of text."""
    return forms.CharField(label=label, required=required, max_length=length, help_text=hint)


def text(label: str, *, rows: int = 3, hint: str = "") -> Any:
    """Several lines of text."""
    return forms.CharField(
        label=label,
        required=False,
        max_length=60_000,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class NewProcedureForm(forms.Form):
    """Thủ tục mới."""

    code = forms.RegexField(
        r"^[0-9]\.[0-9]{6}$",
        label="Mã thủ tục",
        help_text="Mã của Cơ sở dữ liệu quốc gia về thủ tục hành chính, ví dụ 1.012790.",
        error_messages={"invalid": "Mã thủ tục có dạng 1.012790."},
    )
    name = forms.CharField(
        label="Tên thủ tục", max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )


class HeadForm(forms.Form):
    """Thông tin chung."""

    title = "Thông tin chung"
    name = forms.CharField(
        label="Tên thủ tục", max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    field_name = forms.CharField(
        label="Lĩnh vực",
        max_length=300,
        help_text="Chọn trong danh sách gợi ý, hoặc ghi lĩnh vực mới.",
        widget=forms.TextInput(attrs={"list": "linh-vuc", "autocomplete": "off"}),
    )
    levels = forms.MultipleChoiceField(
        label="Cấp thực hiện",
        choices=ProcedureLevel.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    kind = line("Loại thủ tục", length=100)
    subjects = text("Đối tượng thực hiện", hint="Mỗi dòng một đối tượng.")
    process_text = text("Trình tự thực hiện", rows=10)
    implementing_text = text("Cơ quan thực hiện", rows=2)
    deciding_text = text("Cơ quan có thẩm quyền", rows=2)
    coordinating_text = text("Cơ quan phối hợp", rows=2)
    delegated_text = text("Cơ quan được ủy quyền", rows=2)
    reception_address = text("Địa chỉ tiếp nhận hồ sơ", rows=2)
    conditions_text = text("Yêu cầu, điều kiện", rows=5)
    result_text = text("Mô tả kết quả", rows=3)

    @property
    def field_names(self) -> list[str]:
        """What the field of the catalogue suggests."""
        return list(Field.objects.order_by("sort_key").values_list("name", flat=True))

    def changed_facts(self) -> dict[str, Any]:
        """What this form says of the procedure."""
        given = {
            name: tidy(value) for name, value in self.cleaned_data.items() if isinstance(value, str)
        }
        return {
            **given,
            "name": one_line(given["name"]),
            "field_name": one_line(given["field_name"]),
            "levels": tuple(ProcedureLevel(level) for level in self.cleaned_data["levels"]),
            "subjects": tuple(line for line in given["subjects"].splitlines() if line),
        }


class ChannelForm(forms.Form):
    """Một cách thức thực hiện trong một trường hợp."""

    kind = forms.ChoiceField(label="Hình thức nộp", choices=[("", "Chọn"), *ChannelKind.choices])
    time_limit = forms.DecimalField(
        label="Thời hạn", min_value=Decimal("0.001"), max_digits=9, decimal_places=3, required=False
    )
    time_unit = forms.ChoiceField(
        label="Đơn vị", choices=[("", "Chưa rõ"), *TimeUnit.choices], required=False
    )
    fee_amount = forms.DecimalField(
        label="Mức phí (đồng)",
        min_value=0,
        max_digits=14,
        decimal_places=2,
        required=False,
        help_text="Ghi 0 khi miễn phí.",
    )
    case_text = line("Trường hợp")
    time_text = line("Thời hạn ghi bằng lời", hint="Để trống thì ghi theo số và đơn vị.")
    fee_text = text("Phí, lệ phí ghi bằng lời", rows=2, hint="Để trống thì ghi theo mức phí.")
    description = text("Mô tả", rows=2)

    def clean(self) -> dict[str, Any]:
        """A unit needs its number."""
        given = super().clean() or {}
        if given.get("time_unit") and given.get("time_limit") is None:
            self.add_error("time_limit", "Có đơn vị thì phải ghi thời hạn bằng số.")
        return given

    def facts(self) -> ChannelFacts:
        """The row; words that the numbers have left behind are written anew."""
        given = self.cleaned_data
        unit = TimeUnit(given["time_unit"]) if given["time_unit"] else None
        confirmed = bool(self.initial.get("is_unit_confirmed")) or "time_unit" in self.changed_data
        return ChannelFacts(
            kind=ChannelKind(given["kind"]),
            case_text=one_line(given["case_text"]),
            time_limit=given["time_limit"],
            time_unit=unit,
            time_text=self._words("time_text", {"time_limit", "time_unit"}, self._limit(unit)),
            is_unit_confirmed=unit is not None and confirmed,
            fee_amount=given["fee_amount"],
            fee_text=self._words("fee_text", {"fee_amount"}, self._fee()),
            description=tidy(given["description"]),
        )

    def _words(self, name: str, numbers: set[str], derived: str) -> str:
        typed = tidy(self.cleaned_data[name])
        left_behind = name not in self.changed_data and numbers & set(self.changed_data)
        return derived if derived and (left_behind or not typed) else typed

    def _limit(self, unit: TimeUnit | None) -> str:
        number = self.cleaned_data["time_limit"]
        return f"{plain(number)} {unit.label}" if number is not None and unit else ""

    def _fee(self) -> str:
        amount = self.cleaned_data["fee_amount"]
        if amount is None:
            return ""
        return f"{amount:,.0f} đồng".replace(",", ".") if amount else "Miễn phí"


class PaperForm(forms.Form):
    """Một giấy tờ phải nộp."""

    name = forms.CharField(
        label="Tên giấy tờ", max_length=4000, widget=forms.Textarea(attrs={"rows": 2})
    )
    originals = forms.IntegerField(label="Bản chính", min_value=0, max_value=99, required=False)
    copies = forms.IntegerField(label="Bản sao", min_value=0, max_value=99, required=False)
    group = line("Trường hợp")
    template_name = line("Mẫu đơn, tờ khai")
    quantity_text = line("Số lượng ghi bằng lời", hint="Khi không phải một con số.")

    def facts(self) -> PaperFacts:
        """The row."""
        given = self.cleaned_data
        return PaperFacts(
            name=tidy(given["name"]),
            group=one_line(given["group"]),
            template_name=one_line(given["template_name"]),
            originals=given["originals"],
            copies=given["copies"],
            quantity_text=one_line(given["quantity_text"]),
        )


class BasisForm(forms.Form):
    """Một căn cứ pháp lý."""

    number = line("Số, ký hiệu", length=200)
    name = line("Tên văn bản")

    def facts(self) -> BasisFacts:
        """The row."""
        given = self.cleaned_data
        return BasisFacts(number=one_line(given["number"]), name=one_line(given["name"]))


class ResultForm(forms.Form):
    """Một kết quả thực hiện."""

    name = line("Tên kết quả", required=True)
    code = line("Mã kết quả", length=60)

    def facts(self) -> ResultFacts:
        """The row."""
        given = self.cleaned_data
        return ResultFacts(code=one_line(given["code"]), name=one_line(given["name"]))


class RowsForm(forms.BaseFormSet):  # type: ignore[type-arg]
    """Rows of one part; a row that is ticked goes, and the numbers set the order."""

    facts_name = ""

    def add_fields(self, form: Any, index: int | None) -> None:
        """Name Django's two fields in the words of the page."""
        super().add_fields(form, index)
        form.fields["DELETE"].label = "Bỏ dòng này"
        form.fields["ORDER"].label = "Thứ tự"

    def changed_facts(self) -> dict[str, Any]:
        """The rows that stay, in their order; blank ones say nothing."""
        rows = (form.facts() for form in self.ordered_forms)
        return {self.facts_name: tuple(row for row in rows if any(asdict(row).values()))}


def _rows(form: type[forms.Form], facts_name: str) -> type[RowsForm]:
    return formset_factory(  # type: ignore[return-value]
        form,
        formset=type("Rows", (RowsForm,), {"facts_name": facts_name}),
        extra=EXTRA_ROWS,
        can_delete=True,
        can_order=True,
        max_num=MOST_ROWS,
        absolute_max=MOST_ROWS + EXTRA_ROWS,
        validate_max=True,
    )


ROWS: dict[str, tuple[str, type[RowsForm]]] = {
    "cach-thuc": ("Cách thức thực hiện", _rows(ChannelForm, "channels")),
    "giay-to": ("Thành phần hồ sơ", _rows(PaperForm, "papers")),
    "can-cu": ("Căn cứ pháp lý", _rows(BasisForm, "legal_bases")),
    "ket-qua": ("Kết quả thực hiện", _rows(ResultForm, "results")),
}
HEAD = "chung"
PARTS = [(HEAD, HeadForm.title), *((part, title) for part, (title, _) in ROWS.items())]


def initial_of(part: str, facts: ProcedureFacts) -> Any:
    """What the form of a part shows before anybody types."""
    if part == HEAD:
        return {**asdict(facts), "subjects": "\n".join(facts.subjects)}
    rows: Sequence[Any] = getattr(facts, ROWS[part][1].facts_name)
    return [
        {
            name: _short(value) if isinstance(value, Decimal) else value
            for name, value in row.items()
        }
        for row in map(asdict, rows)
    ]


def _short(number: Decimal) -> Decimal:
    """The same number in few digits: a number still, so that only a change counts as one."""
    return Decimal(plain(number))


def plain(number: Decimal) -> str:
    """A number without zeros at its end: 5 and not 5.000."""
    return f"{number.normalize():f}"
