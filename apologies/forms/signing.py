"""What administrators enter about certificates, signing authorities and the ladder."""

from typing import Any

from django import forms

from apologies import certificate_texts, key_files
from apologies.certificate_texts import CertificateFacts
from apologies.granting import Grant
from apologies.ladder_steps import MOST_DAYS
from apologies.statuses import DATED_RUNGS, Authority, Rung
from organizations.forms.administration import line, offer
from organizations.forms.days import day_field
from organizations.models import User

# A chain of a few certificates weighs some kilobytes.
LARGEST_FILE = 100_000
_ACCEPTED = ".pem,.crt,.cer,.der"


def _file(label: str, hint: str, *, required: bool = True) -> Any:
    return forms.FileField(
        label=label,
        help_text=hint,
        required=required,
        widget=forms.FileInput(attrs={"accept": _ACCEPTED}),
    )


class CertificateForm(forms.Form):
    """Chứng thư số mới."""

    certificate = _file("Tệp chứng thư số", "Dạng PEM hoặc DER (.pem, .crt, .cer).")
    issuers = _file(
        "Tệp chuỗi chứng thư của nơi cấp",
        "Bỏ trống nếu tệp chứng thư số đã là chứng thư gốc.",
        required=False,
    )
    key_name = forms.CharField(
        label="Tên khóa",
        max_length=100,
        help_text="Tên tệp khóa trong SIGNING_DIR không kèm .key, hoặc nhãn khóa trên thiết bị.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    name_is_checked = forms.BooleanField(
        label="Tên trên chứng thư khác tên cơ quan; tôi đã đối chiếu và đúng là của cơ quan này",
        required=False,
    )

    def clean_certificate(self) -> str:
        """The certificate as PEM."""
        return _pem(self.cleaned_data["certificate"])

    def clean_issuers(self) -> str:
        """The chain as PEM; empty without one."""
        upload = self.cleaned_data["issuers"]
        return _pem(upload) if upload else ""

    def clean_key_name(self) -> str:
        """A name that may stand for a file and on a token."""
        name: str = self.cleaned_data["key_name"]
        if not key_files.is_name(name):
            raise forms.ValidationError(
                "Tên khóa chỉ gồm chữ không dấu, số, dấu chấm và gạch nối.", code="key_name"
            )
        return name

    def facts(self) -> CertificateFacts:
        """What was entered, as the act takes it."""
        names = ("certificate", "issuers", "key_name")
        return CertificateFacts(**{name: self.cleaned_data[name] for name in names})


class RevocationForm(forms.Form):
    """Thu hồi chứng thư số."""

    reason = forms.CharField(
        label="Lý do thu hồi", max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class AuthorityForm(forms.Form):
    """Thẩm quyền ký của một lãnh đạo."""

    user = forms.ModelChoiceField(
        label="Lãnh đạo", queryset=User.objects.none(), empty_label="Chọn người"
    )
    authority = forms.ChoiceField(label="Thẩm quyền", choices=Authority.choices)
    signer_title = line("Chức vụ người ký", length=120)
    holder_title = line(
        "Ký thay, thừa lệnh, thừa ủy quyền của",
        required=False,
        length=120,
        hint="Bắt buộc khi ký KT., TL., TUQ., ví dụ Giám đốc.",
    )
    document = line(
        "Văn bản ủy quyền",
        required=False,
        length=100,
        hint="Bắt buộc khi ký thừa ủy quyền, ví dụ 12/UQ-STP.",
    )
    valid_from = day_field("Từ ngày", "Ngày/tháng/năm; bỏ trống là từ nay.", required=False)
    valid_until = day_field("Đến hết ngày", "Bắt buộc khi ký thừa ủy quyền.", required=False)

    def __init__(self, *args: Any, heads: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "user", User.objects.filter(pk__in=[head.pk for head in heads]))

    def facts(self) -> Grant:
        """What was entered, as the act takes it."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "user"}
        return Grant(**{**given, "authority": Authority(given["authority"])})


class DaysForm(forms.Form):
    """Số ngày làm việc trước ngày hẹn của từng bậc."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for rung in DATED_RUNGS:
            self.fields[rung.value] = forms.IntegerField(
                label=Rung(rung).label, min_value=1, max_value=MOST_DAYS
            )

    def days(self) -> dict[Rung, int]:
        """The days by rung."""
        return {rung: self.cleaned_data[rung.value] for rung in DATED_RUNGS}


def _pem(upload: Any) -> str:
    if upload.size > LARGEST_FILE:
        raise forms.ValidationError(
            "Tệp lớn hơn 100 KB nên không phải chứng thư số. Hãy chọn đúng tệp.", code="size"
        )
    return certificate_texts.as_pem(upload.read())
