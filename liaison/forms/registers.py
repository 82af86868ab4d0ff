"""Form of asking for a register: shape only."""

from typing import Any
from uuid import uuid4

from django import forms

from liaison import places
from liaison.places import Place
from organizations.forms.days import day_field
from organizations.models import User


class RegisterForm(forms.Form):
    """In sổ theo dõi hồ sơ."""

    submission_key = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages={
            "required": "Biểu mẫu không đầy đủ. Hãy mở lại trang.",
            "invalid": "Biểu mẫu không đúng. Hãy mở lại trang.",
        },
    )
    place = forms.ChoiceField(
        label="Sổ của", error_messages={"required": "Hãy chọn sổ của nơi nào."}
    )
    first_day = day_field("Nhận hồ sơ từ ngày", name="ngày đầu")
    last_day = day_field("Đến ngày", name="ngày cuối")

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._places = {place.key: place for place in places.seen_places(actor)}
        field = self.fields["place"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (tells mypy)
        field.choices = [(key, place.name) for key, place in self._places.items()]
        self.initial.setdefault("submission_key", uuid4())

    @property
    def chosen(self) -> Place:
        """The place that was chosen."""
        return self._places[self.cleaned_data["place"]]
