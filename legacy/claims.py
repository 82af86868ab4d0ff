"""What a row claims: every cell read and judged, each objection a column and a sentence."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from dossiers import identity
from dossiers.statuses import ApplicantKind, DossierStatus
from legacy import cells, states
from legacy.cells import Claimed
from legacy.fields import FIELDS, folded
from legacy.places import Place, Places, Versioned
from legacy.reading import Row
from procedures.statuses import ChannelKind

MOMENTS = ("submitted_at", "accepted_at", "due_at", "resolved_at", "returned_at", "refused_at")
MOST_CODE = 100
_LENGTHS = {"applicant": 200, "summary": 500, "address": 300, "result_number": 60}
_PERSONS = {"", "1", "canhan", "congdan", "nguoidan"}
_CHANNELS = {
    "1": ChannelKind.DIRECT, "tructiep": ChannelKind.DIRECT, "": ChannelKind.DIRECT,
    "2": ChannelKind.ONLINE, "tructuyen": ChannelKind.ONLINE, "quamang": ChannelKind.ONLINE,
    "3": ChannelKind.POSTAL, "buuchinh": ChannelKind.POSTAL, "bcci": ChannelKind.POSTAL,
    "quabuuchinh": ChannelKind.POSTAL, "dichvubuuchinh": ChannelKind.POSTAL,
    "dichvubuuchinhcongich": ChannelKind.POSTAL,
}  # fmt: skip
# Further back no electronic một cửa has records.
_OLDEST_YEAR = 1995
_NUMBERS: Mapping[str, tuple[Callable[[object], str], Callable[[str], str]]] = {
    "identity_number": (cells.identity_number, identity.personal_number),
    "tax_code": (lambda value: cells.digits(value, width=10), identity.tax_code),
    "phone": (cells.phone, identity.phone_number),
}


@dataclass(kw_only=True)
class Claim:
    """A row as understood; with objections it cannot be taken over, remarks are only told."""

    number: int
    legacy_code: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    moments: dict[str, Claimed] = field(default_factory=dict)
    place: Place | None = None
    version: Versioned | None = None
    national_state: int = 0
    kind: ApplicantKind = ApplicantKind.PERSON
    channel: ChannelKind = ChannelKind.DIRECT
    unknown: list[str] = field(default_factory=list)
    objections: list[tuple[str, str]] = field(default_factory=list)
    remarks: list[tuple[str, str]] = field(default_factory=list)

    @property
    def status(self) -> DossierStatus:
        """The state that the dossier takes here."""
        return states.TAKEN_AS[self.national_state]

    def at(self, name: str) -> datetime | None:
        """The claimed moment; of a day alone its beginning, but the end of a promised day."""
        claimed = self.moments.get(name)
        if claimed is None:
            return None
        if name == "due_at" and claimed.is_day_only:
            return claimed.at + timedelta(days=1, seconds=-1)
        return claimed.at

    def object(self, key: str, sentence: str) -> None:
        """The row cannot be taken over because of this column."""
        self.objections.append((FIELDS[key].label, sentence))

    def remark(self, key: str, sentence: str) -> None:
        """The row is taken over, but not everything in it."""
        self.remarks.append((FIELDS[key].label, sentence))


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Judges rows against what the portal knows, at one moment."""

    places: Places
    states: Mapping[str, int]
    at: datetime
    # The end of the years for which holidays are entered: no promise may lie beyond.
    until: datetime

    def claim(self, row: Row) -> Claim:
        """What the row claims, with what stands against it."""
        claim = Claim(number=row.number)
        _read_texts(claim, row)
        if row.is_merged:
            claim.object("code", "Dòng này có ô bị gộp với dòng khác. Hãy bỏ gộp ô rồi điền đủ.")
        for name in MOMENTS:
            self._read_moment(claim, name, row.values.get(name))
        self._identify(claim)
        self._place(claim)
        self._stand(claim)
        _check_order(claim)
        return claim

    def _read_moment(self, claim: Claim, name: str, value: Any) -> None:
        try:
            found = cells.moment(value)
        except ValidationError as refusal:
            claim.object(name, refusal.messages[0])
            return
        if found is None:
            return
        if name == "due_at" and found.at >= self.until:
            claim.object(name, "Ngày hẹn trả nằm ngoài lịch làm việc đã nhập. Hãy sửa lại ngày.")
        elif name != "due_at" and found.at > self.at:
            claim.object(name, "Ngày này ở tương lai. Hãy sửa lại ngày.")
        elif found.at.year < _OLDEST_YEAR:
            claim.object(name, f"Ngày này trước năm {_OLDEST_YEAR}. Hãy sửa lại ngày.")
        else:
            claim.moments[name] = found

    def _identify(self, claim: Claim) -> None:
        claim.legacy_code = claim.texts.get("code", "")
        if not claim.legacy_code:
            claim.object("code", "Thiếu mã hồ sơ. Hãy điền mã của hệ thống cũ.")
        elif len(claim.legacy_code) > MOST_CODE:
            claim.object("code", f"Mã hồ sơ dài quá {MOST_CODE} ký tự. Hãy sửa lại mã.")
            claim.legacy_code = claim.legacy_code[:MOST_CODE]
        if not claim.texts.get("applicant"):
            claim.object("applicant", "Thiếu tên chủ hồ sơ. Hãy điền tên.")
        kind = folded(claim.texts.get("kind", ""))
        if kind not in _PERSONS or (not kind and claim.texts.get("tax_code")):
            claim.kind = ApplicantKind.ORGANISATION
        channel = _CHANNELS.get(folded(claim.texts.get("channel", "")))
        if channel is None:
            claim.remark("channel", "Không hiểu kênh nộp này nên ghi là nộp trực tiếp.")
        claim.channel = channel or ChannelKind.DIRECT

    def _place(self, claim: Claim) -> None:
        texts = claim.texts
        claim.place = self.places.place(texts.get("agency", ""))
        if claim.place is None:
            claim.object(
                "agency",
                "Không tìm thấy cơ quan này (hoặc bộ phận một cửa của cơ quan) trong phạm vi bạn "
                "quản trị. Hãy ghi mã định danh hoặc tên như ở mục Cơ quan.",
            )
        claim.version = self.places.version(
            code=texts.get("procedure", ""), name=texts.get("procedure_name", "")
        )
        if claim.version is None:
            claim.object(
                "procedure" if texts.get("procedure") else "procedure_name",
                "Danh mục không có thủ tục này. Hãy ghi mã quốc gia dạng 1.001193.",
            )

    def _stand(self, claim: Claim) -> None:
        """In which state the old system left it; told by the moments when no word says so."""
        word = claim.texts.get("state", "")
        if word:
            state = states.national(word, self.states)
            if state is None:
                claim.object(
                    "state",
                    "Không hiểu trạng thái này. Hãy khai trạng thái đó ở bảng ghép trạng thái.",
                )
                return
            claim.national_state = state
        else:
            claim.national_state = _state_of_moments(claim)
            claim.remark("state", "Không ghi trạng thái; trạng thái được suy từ các ngày.")
        _require_moments(claim)


def _read_texts(claim: Claim, row: Row) -> None:
    for key, value in row.values.items():
        if key in MOMENTS:
            continue
        try:
            claim.texts[key] = _text(key, value)
        except identity.NumberRefused:
            claim.remark(key, "Số này không hợp lệ nên để trống.")
        except ValidationError as refusal:
            claim.object(key, refusal.messages[0])
    for key, most in _LENGTHS.items():
        _shorten(claim, key, most)
    _drop_bad_email(claim)


def _text(key: str, value: Any) -> str:
    if key in _NUMBERS:
        read, checked = _NUMBERS[key]
        plain = read(value)
        return checked(plain) if plain else ""
    return cells.procedure_code(value) if key == "procedure" else cells.text(value)


def _shorten(claim: Claim, key: str, most: int) -> None:
    if len(claim.texts.get(key, "")) <= most:
        return
    if key == "applicant":
        claim.object(key, f"Tên dài quá {most} ký tự. Hãy rút gọn.")
        return
    claim.texts[key] = claim.texts[key][:most]
    claim.remark(key, f"Dài quá {most} ký tự nên bị cắt bớt.")


def _drop_bad_email(claim: Claim) -> None:
    if not (email := claim.texts.get("email", "")):
        return
    try:
        validate_email(email)
    except ValidationError:
        claim.texts["email"] = ""
        claim.remark("email", "Địa chỉ thư không hợp lệ nên để trống.")


def _state_of_moments(claim: Claim) -> int:
    for name, state in (("returned_at", 10), ("resolved_at", 9), ("refused_at", 3)):
        if name in claim.moments:
            return state
    return 4


# Per state: the columns of which one must say when it came to that.
_NEEDED: Mapping[DossierStatus, tuple[tuple[str, ...], ...]] = {
    DossierStatus.SUBMITTED: (("submitted_at", "accepted_at"),),
    DossierStatus.ACCEPTED: (("accepted_at",),),
    DossierStatus.NOT_ACCEPTED: (("refused_at", "resolved_at", "returned_at", "accepted_at"),),
    DossierStatus.PROCESSING: (("accepted_at",),),
    DossierStatus.RESOLVED: (("accepted_at",), ("resolved_at",)),
    DossierStatus.RETURNED: (("accepted_at",), ("returned_at",)),
    DossierStatus.STOPPED: (("accepted_at",), ("resolved_at", "returned_at", "refused_at")),
    DossierStatus.WITHDRAWN: (("accepted_at",), ("resolved_at", "returned_at", "refused_at")),
}
_WAITED = {5: "chờ bổ sung", 6: "chờ nộp tiền"}


def _require_moments(claim: Claim) -> None:
    objected = {label for label, _ in claim.objections}
    for names in _NEEDED[claim.status]:
        labels = [FIELDS[name].label for name in names]
        if not any(name in claim.moments for name in names) and not objected & set(labels):
            claim.object(
                names[0],
                f"Trạng thái này cần có {' hoặc '.join(labels)}. Hãy điền ngày, hoặc sửa trạng "
                "thái.",
            )
    if waited := _WAITED.get(claim.national_state):
        claim.remark(
            "state",
            f"Hệ thống cũ ghi {waited} nhưng không rõ từ lúc nào; hồ sơ được nhập là đang giải "
            "quyết.",
        )


def _check_order(claim: Claim) -> None:
    """Moments follow one another; of days alone the day decides."""
    accepted, due = claim.moments.get("accepted_at"), claim.at("due_at")
    if accepted and due and due <= accepted.at:
        claim.object("due_at", "Ngày hẹn trả không sau ngày tiếp nhận. Hãy sửa lại ngày.")
    earlier = accepted
    for name in ("resolved_at", "returned_at"):
        later = claim.moments.get(name)
        if earlier is None or later is None:
            earlier = later or earlier
            continue
        if later.at < earlier.at:
            if later.is_day_only and later.at.date() == earlier.at.date():
                claim.moments[name] = later = Claimed(earlier.at, is_day_only=True)
            else:
                claim.object(name, "Ngày này trước ngày của bước trước đó. Hãy sửa lại ngày.")
        earlier = later
