"""Small rows and files of a catalogue, as the portal prints them, for the tests of this folder."""

import json
import lzma
from datetime import datetime
from pathlib import Path

from procedures.importing import Outcome, import_rows
from procedures.reading import read_rows

AT = datetime.fromisoformat("2026-11-13T09:00:00+07:00")
CHANNELS = (
    "Hình thức nộpThời gianPhí, lệ phíMô tảTrực tuyến1Miễn phíTrực tiếp3 Ngày làm việc20,000 VNĐ"
)


def make_page(code: str = "1.001193", **overrides: str) -> dict[str, str]:
    """One line of the stored portal."""
    return {
        "ma_thu_tuc": code,
        "detail_url": "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/019d2bfd",
        "ten_thu_tuc": "Thủ tục đăng ký khai sinh",
        "so_quyet_dinh": "163/QĐ-BTP",
        "cap_thuc_hien": "Cấp tỉnh, Cấp xã",
        "linh_vuc": "Hộ tịch",
        "doi_tuong_thuc_hien": "Công dân Việt Nam, Tổ chức (không bao gồm doanh nghiệp, HTX)",
        "co_quan_thuc_hien": "Không có thông tin",
        "cach_thuc_thuc_hien": CHANNELS,
        "thanh_phan_ho_so": "--Tên giấy tờMẫu đơn, tờ khaiSố lượngTờ khai1 bản chính",
        "can_cu_phap_ly": "Tên văn bản pháp lýMã văn bảnLuật Hộ tịch60/2014/QH13",
        "ket_qua_xu_ly": "Giấy khai sinhMã: KQ.G15.000031Từ khóaKhông có thông tinMô tảKhông",
        "trinh_tu_thuc_hien": "Bước 1: Nộp hồ sơ.",
        "yeu_cau_dieu_kien": "Không có thông tin",
        **overrides,
    }


def write_pages(path: Path, *lines: object) -> Path:
    """A file of JSON lines, packed when the name says so; text and bytes go in as they are."""
    encoded = [
        line if isinstance(line, bytes)
        else (line if isinstance(line, str) else json.dumps(line, ensure_ascii=False)).encode()
        for line in lines
    ]  # fmt: skip
    content = b"".join(line + b"\n" for line in encoded)
    path.write_bytes(lzma.compress(content) if path.suffix == ".xz" else content)
    return path


def load(path: Path, at: datetime = AT) -> list[Outcome]:
    """Imports a file, inside the transaction of the test."""
    return list(import_rows(read_rows(path), at=at, note=f"Nhập từ {path.name}"))
