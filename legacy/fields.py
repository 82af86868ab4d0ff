"""The columns that an import knows, and under which headers old systems export them.

The first header of each is the national portal's field (DongBoHoSoMC, as two clients send it);
the others are those of the một cửa systems in use. Marks, case, spaces and signs do not matter.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from organizations.folding import vn_key


@dataclass(frozen=True, kw_only=True)
class Field:
    """One column: its key, what it is called here, and its headers elsewhere."""

    key: str
    label: str
    headers: tuple[str, ...]


_KNOWN = (
    ("code", "Mã hồ sơ", "MaHoSo|Mã hồ sơ|Số hồ sơ|Mã HS|SoBienNhan|Số biên nhận"),
    ("procedure", "Mã thủ tục", "MaTTHC|Mã TTHC|Mã thủ tục|Mã thủ tục hành chính"),
    (
        "procedure_name",
        "Tên thủ tục",
        "TenTTHC|Tên TTHC|Tên thủ tục|Tên thủ tục hành chính|Thủ tục|Thủ tục hành chính",
    ),
    (
        "applicant",
        "Chủ hồ sơ",
        "ChuHoSo|Chủ hồ sơ|Tên chủ hồ sơ|Người nộp|Tên người nộp|Họ tên người nộp|Họ và tên"
        "|Tổ chức, cá nhân nộp hồ sơ",
    ),
    ("kind", "Loại chủ hồ sơ", "LoaiDoiTuong|Loại đối tượng|Đối tượng|Loại chủ hồ sơ"),
    (
        "identity_number",
        "Số định danh",
        "SoGiayToChuHoSo|Số giấy tờ|Số định danh|Số CCCD|CCCD|CMND/CCCD|Số CMND|Số CMND/CCCD",
    ),
    ("tax_code", "Mã số thuế", "MaSoThue|Mã số thuế|MST"),
    ("phone", "Số điện thoại", "SoDienThoai|Số điện thoại|Điện thoại|SĐT"),
    ("email", "Thư điện tử", "Email|E-mail|Thư điện tử"),
    ("address", "Địa chỉ", "DiaChi|Địa chỉ|Địa chỉ chủ hồ sơ|Địa chỉ người nộp"),
    (
        "summary",
        "Nội dung yêu cầu",
        "TrichYeuHoSo|Trích yếu|Trích yếu hồ sơ|Nội dung|Nội dung yêu cầu giải quyết",
    ),
    ("submitted_at", "Ngày nộp", "NgayNopHoSo|Ngày nộp|Ngày nộp hồ sơ"),
    (
        "accepted_at",
        "Ngày tiếp nhận",
        "NgayTiepNhan|Ngày tiếp nhận|Ngày tiếp nhận hồ sơ|Ngày nhận|Ngày nhận hồ sơ",
    ),
    (
        "due_at",
        "Ngày hẹn trả",
        "NgayHenTra|Ngày hẹn trả|Ngày hẹn trả kết quả|Hạn trả|Hạn giải quyết|Hạn xử lý",
    ),
    (
        "resolved_at",
        "Ngày kết thúc xử lý",
        "NgayKetThucXuLy|Ngày kết thúc xử lý|Ngày hoàn thành|Ngày có kết quả|Ngày giải quyết xong",
    ),
    ("returned_at", "Ngày trả kết quả", "NgayTra|Ngày trả|Ngày trả kết quả"),
    ("refused_at", "Ngày từ chối", "NgayTuChoi|Ngày từ chối"),
    ("state", "Trạng thái", "TrangThaiHoSo|Trạng thái|Trạng thái hồ sơ|Tình trạng"),
    ("channel", "Kênh nộp", "KenhThucHien|Kênh thực hiện|Kênh nộp|Hình thức nộp"),
    (
        "agency",
        "Cơ quan giải quyết",
        "DonViXuLy|Đơn vị xử lý|Đơn vị giải quyết|Cơ quan giải quyết|Cơ quan thực hiện|Đơn vị",
    ),
    ("result_number", "Số kết quả", "SoKetQua|Số kết quả|Số ký hiệu kết quả|Số quyết định"),
)
FIELDS: Mapping[str, Field] = {
    key: Field(key=key, label=label, headers=tuple(headers.split("|")))
    for key, label, headers in _KNOWN
}
# Without these columns nothing can be taken over.
REQUIRED = ("code", "applicant", "accepted_at")
# One of these must be there.
NAMES_PROCEDURE = ("procedure", "procedure_name")


def folded(text: object) -> str:
    """A header or a word as it is compared: letters and digits alone, without marks."""
    return re.sub(r"[^a-z0-9]", "", vn_key(str(text)))


def suggested(headers: Iterable[object]) -> dict[str, str]:
    """By field, the header of this file that usually holds it."""
    present = {folded(header): str(header) for header in reversed(list(headers)) if header}
    found: dict[str, str] = {}
    for field in FIELDS.values():
        for header in field.headers:
            if (name := present.get(folded(header))) and name not in found.values():
                found[field.key] = name
                break
    return found


def missing(columns: Mapping[str, str]) -> list[str]:
    """What the mapping lacks, in words; empty when a file can be read with it."""
    lacking = [FIELDS[key].label for key in REQUIRED if not columns.get(key)]
    if not any(columns.get(key) for key in NAMES_PROCEDURE):
        lacking.append("Mã thủ tục hoặc Tên thủ tục")
    return lacking
