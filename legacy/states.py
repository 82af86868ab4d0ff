"""The words of old systems for where a dossier stands, as national states 1 to 10.

The numbers and their names are the national portal's own (dossiers.statuses); the words beside
them are those that the một cửa systems write. An old system may add its own.
"""

from collections.abc import Mapping

from dossiers.statuses import NATIONAL_STATE_LABEL, DossierStatus
from legacy.fields import folded

_WORDS = {
    1: "Mới nộp|Chờ tiếp nhận",
    2: "Đã tiếp nhận|Mới tiếp nhận|Chờ chuyển",
    3: "Từ chối tiếp nhận|Từ chối|Không tiếp nhận",
    4: "Đang giải quyết|Đang thụ lý|Chờ xử lý|Chờ phê duyệt|Trình ký|Đang thẩm định|Quá hạn",
    5: "Chờ bổ sung|Yêu cầu bổ sung|Yêu cầu bổ sung hồ sơ|Tạm dừng",
    6: "Chờ thanh toán|Chờ thực hiện nghĩa vụ tài chính|Chờ nộp phí",
    7: "Rút hồ sơ|Đã rút|Công dân rút hồ sơ|Hủy hồ sơ",
    8: "Dừng giải quyết|Đã dừng|Trả lại hồ sơ",
    9: "Có kết quả|Đã có kết quả|Chờ trả kết quả|Chờ trả|Đã giải quyết|Đã xử lý",
    10: "Đã trả|Trả kết quả|Đã hoàn thành|Hoàn thành|Kết thúc",
}
KNOWN: Mapping[str, int] = {
    folded(word): number
    for number, words in _WORDS.items()
    for word in (str(number), f"0{number}", NATIONAL_STATE_LABEL[number], *words.split("|"))
}

# The state that a dossier takes here. One that waited for papers or money goes on being
# handled: since when its clock stood still is not known, so the officer asks again here.
TAKEN_AS: Mapping[int, DossierStatus] = {
    1: DossierStatus.SUBMITTED,
    2: DossierStatus.ACCEPTED,
    3: DossierStatus.NOT_ACCEPTED,
    4: DossierStatus.PROCESSING,
    5: DossierStatus.PROCESSING,
    6: DossierStatus.PROCESSING,
    7: DossierStatus.WITHDRAWN,
    8: DossierStatus.STOPPED,
    9: DossierStatus.RESOLVED,
    10: DossierStatus.RETURNED,
}


def national(word: str, own: Mapping[str, int]) -> int | None:
    """The national state that a word means, the system's own meaning first."""
    key = folded(word)
    return own.get(key) or KNOWN.get(key)
