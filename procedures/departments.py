"""Which agency of a province answers for a field, and what the portal's wording says of it."""

import re

from organizations.folding import vn_key

POLICE = "Công an tỉnh"
INSURANCE = "Bảo hiểm xã hội tỉnh"
ZONE_BOARD = "Ban Quản lý Khu kinh tế"

# A field belongs to the first department one of whose words it contains.
FIELDS: dict[str, tuple[str, ...]] = {
    POLICE: (
        "xuất nhập cảnh",
        "vũ khí",
        "căn cước",
        "cư trú",
        "phương tiện giao thông cơ giới, xe máy",
        "phòng cháy",
        "định danh và xác thực",
        "ngành nghề đầu tư, kinh doanh có điều kiện về an ninh",
        "trật tự, an toàn giao thông",
        "giấy phép lái xe",
        "con dấu",
        "cai nghiện ma túy",
    ),
    INSURANCE: ("BHXH", "BHYT", "bảo hiểm xã hội", "bảo hiểm y tế"),
    "Sở Tư pháp": (
        "hộ tịch",
        "công chứng",
        "luật sư",
        "lý lịch tư pháp",
        "thừa phát lại",
        "trọng tài",
        "tư pháp",
        "pháp lý",
        "hòa giải",
        "chứng thực",
        "nuôi con nuôi",
        "đấu giá",
        "pháp luật",
        "quản tài viên",
        "quốc tịch",
        "bồi thường nhà nước",
    ),
    "Sở Xây dựng": (
        "xây dựng",
        "nhà ở",
        "đường bộ",
        "đường sắt",
        "đường thủy",
        "hàng hải",
        "đăng kiểm",
        "kiến trúc",
        "quy hoạch",
        "bất động sản",
        "hạ tầng kỹ thuật",
        "phát triển đô thị",
        "hàng không",
    ),
    "Sở Nông nghiệp và Môi trường": (
        "đất đai",
        "môi trường",
        "thủy lợi",
        "chăn nuôi",
        "thủy sản",
        "lâm nghiệp",
        "kiểm lâm",
        "tài nguyên nước",
        "khoáng sản",
        "thú y",
        "trồng trọt",
        "bảo vệ thực vật",
        "nông",
        "biển và hải đảo",
        "đa dạng sinh học",
        "biến đổi khí hậu",
        "khí tượng",
        "đê điều",
        "đo đạc",
        "giảm nghèo",
        "biện pháp bảo đảm",
        "chương trình mục tiêu quốc gia",
    ),
    "Sở Tài chính": (
        "doanh nghiệp",
        "hộ kinh doanh",
        "tổ hợp tác",
        "hợp tác xã",
        "đầu tư",
        "công sản",
        "đấu thầu",
        "quản lý giá",
        "tài chính",
        "dự trữ",
        "thống kê",
        "thuế, phí, lệ phí",
    ),
    "Sở Nội vụ": (
        "người có công",
        "lao động",
        "thi đua",
        "việc làm",
        "tiền lương",
        "văn thư",
        "lưu trữ",
    ),
    "Sở Công Thương": ("thương mại", "hóa chất", "điện", "xúc tiến", "công nghiệp"),
    "Sở Khoa học và Công nghệ": (
        "khoa học",
        "bưu chính",
        "viễn thông",
        "sở hữu trí tuệ",
        "chuyển đổi số",
        "tin học",
    ),
    "Sở Giáo dục và Đào tạo": ("giáo dục", "đào tạo", "văn bằng"),
    "Sở Y tế": ("khám bệnh", "dược", "y tế", "an toàn thực phẩm", "bảo trợ xã hội", "trẻ em"),
    "Sở Văn hóa, Thể thao và Du lịch": ("văn hóa", "thể thao", "du lịch", "báo chí", "xuất bản"),
    "Sở Dân tộc và Tôn giáo": ("dân tộc", "tôn giáo", "tín ngưỡng"),
    "Sở Ngoại vụ": ("lãnh sự", "hội nghị, hội thảo quốc tế"),
    "Thanh tra tỉnh": ("khiếu nại", "tố cáo", "tiếp công dân"),
}

# Names too short to be looked for inside others: the whole field must be this.
_WHOLE_FIELDS = {"chính sách": POLICE, "tổ chức, cán bộ": POLICE}

# Agencies of the State that answer to a ministry and receive at their own doors.
_OUTSIDE_FIELDS = (
    "hải quan",
    "thuế",
    "kho bạc nhà nước",
    "thi hành án dân sự",
    "tòa án",
    "chứng khoán",
)
_NAMED = {
    POLICE: re.compile(r"cong an (?:tinh|cap)|canh sat|xuat nhap canh|\bca cap"),
    INSURANCE: re.compile(r"bao hiem xa hoi"),
    ZONE_BOARD: re.compile(r"ban quan ly (?:cac )?(?:khu (?:cong nghiep|kinh te)|kkt|kcn)"),
}
_COMMUNE = re.compile(r"(?:uy ban nhan dan|ubnd)[^,;]*(?:cap xa|xa, phuong|phuong|dac khu|\bxa\b)")
_PROVINCE = re.compile(
    r"\bso [a-z]|(?:uy ban nhan dan|ubnd) (?:cap )?tinh|co quan (?:chuyen mon|chuc nang|quan ly|"
    r"phan cap|duoc)|van phong dang ky dat dai|chi cuc (?!hai quan|thue)|cap tinh"
)
_OUTSIDE = re.compile(
    r"hai quan|\bthue\b|kho bac|thi hanh an|cang vu|\bcuc\b|\bbo \w|to chuc hanh nghe|"
    r"co so dang kiem|dai dien|ngan hang|toa an"
)


def department_of(field: str) -> str:
    """The department of a province that answers for a field; empty if no one is known to."""
    key = vn_key(field)
    if key in _WHOLE_KEYS:
        return _WHOLE_KEYS[key]
    for department, words in _FIELD_KEYS.items():
        if any(re.search(rf"\b{re.escape(word)}\b", key) for word in words):
            return department
    return ""


def agencies_named(implementing: str) -> list[str]:
    """Departments that the portal names outright, beside those the field points to."""
    key = vn_key(implementing)
    named = [department for department, pattern in _NAMED.items() if pattern.search(key)]
    return named + [name for name in FIELDS if vn_key(name) in key and name not in named]


def is_for_communes(field: str, implementing: str) -> bool:
    """Does a commune's people's committee carry it out?

    Where the portal names nobody, the communes do, unless the field has its own branch.
    """
    key = vn_key(implementing)
    if key:
        return bool(_COMMUNE.search(key))
    return not is_outside(field, implementing) and department_of(field) not in {POLICE, INSURANCE}


def is_outside(field: str, implementing: str) -> bool:
    """Do only agencies that answer to a ministry carry it out?"""
    key = vn_key(implementing)
    if key:
        return bool(_OUTSIDE.search(key)) and not _PROVINCE.search(key)
    return vn_key(field) in _OUTSIDE_KEYS


_FIELD_KEYS = {name: tuple(vn_key(word) for word in words) for name, words in FIELDS.items()}
_WHOLE_KEYS = {vn_key(field): name for field, name in _WHOLE_FIELDS.items()}
_OUTSIDE_KEYS = {vn_key(field) for field in _OUTSIDE_FIELDS}
