"""What an agency can do for each component: which kind of thing to do more of, in its words."""

from collections.abc import Mapping
from dataclasses import dataclass

from reporting.gains import Way


@dataclass(frozen=True)
class Remedy:
    """`more` completes the sentence “Thêm 12 …”."""

    way: Way
    more: str


_ADDED, _MENDED = Way.ADDED, Way.MENDED

REMEDIES: Mapping[str, Remedy] = {
    "1.1": Remedy(_ADDED, "thủ tục công bố đúng hạn"),
    "1.2": Remedy(_ADDED, "thủ tục công khai đúng hạn"),
    "1.3": Remedy(_MENDED, "thủ tục đang công khai được ghi đủ nội dung"),
    "2.1": Remedy(_ADDED, "hồ sơ giải quyết đúng hạn"),
    "3.1": Remedy(_MENDED, "thủ tục được cung cấp trực tuyến"),
    "3.2": Remedy(_MENDED, "dịch vụ công trực tuyến có hồ sơ nộp trực tuyến"),
    "3.3": Remedy(_ADDED, "hồ sơ nộp trực tuyến"),
    "3.6": Remedy(_MENDED, "hồ sơ có phí, lệ phí được thanh toán trực tuyến"),
    "3.5a": Remedy(_MENDED, "thủ tục có phí, lệ phí được thanh toán trực tuyến ít nhất một lần"),
    "4.1": Remedy(_MENDED, "hồ sơ được cấp kết quả điện tử"),
    "4.2": Remedy(_MENDED, "hồ sơ được số hóa cả giấy tờ và kết quả"),
    "4.3": Remedy(_ADDED, "hồ sơ dùng lại giấy tờ đã số hóa"),
    "4.4": Remedy(_ADDED, "hồ sơ lấy giấy tờ từ kho dữ liệu điện tử"),
    "4.5a": Remedy(_MENDED, "thủ tục có hồ sơ dùng dữ liệu dân cư"),
    "4.5b": Remedy(_ADDED, "hồ sơ dùng dữ liệu dân cư"),
    "5.2": Remedy(_ADDED, "phản ánh, kiến nghị được xử lý đúng hạn"),
    "5.3": Remedy(_ADDED, "phản ánh, kiến nghị được xử lý đúng hạn mà người gửi hài lòng"),
    "5.4": Remedy(_ADDED, "hồ sơ giải quyết đúng hạn mà người dân hài lòng"),
}
