"""Finds the sections of a stored page again where its columns were cut in the wrong place.

The columns were cut at the first "Thành phần hồ sơ"; some procedures say these words inside
their steps. The whole page is stored beside them, so nothing has to be guessed.
"""

import re

from procedures.parsing import bases, channels, papers

_STEPS = "Trình Tự Thực Hiện"
_CHANNELS = re.compile(rf"Cách Thức Thực Hiện(?={channels.HEADER})")
_PAPERS = re.compile(r"Thành phần hồ sơ")
_AFTER_PAPERS = re.compile(rf"Căn cứ pháp lý(?={bases.HEADER}|Không có thông tin)")


def mend(row: dict[str, str]) -> dict[str, str]:
    """The row with its steps and papers taken from the page, where the columns lack a table."""
    page = row.get("raw_text", "")
    if papers.HEADER in row.get("thanh_phan_ho_so", "") or papers.HEADER not in page:
        return row
    start = _CHANNELS.search(page)
    end = _AFTER_PAPERS.search(page, start.end()) if start else None
    seam = _last_heading(page, start.end(), end.start()) if start and end else None
    if start is None or end is None or seam is None:
        return row
    return {
        **row,
        "trinh_tu_thuc_hien": page[: start.start()].partition(_STEPS)[2],
        "cach_thuc_thuc_hien": page[start.end() : seam],
        "thanh_phan_ho_so": page[seam + len("Thành phần hồ sơ") : end.start()],
    }


def _last_heading(page: str, start: int, end: int) -> int | None:
    """The heading of the papers: the last before their first table."""
    table = page.find(papers.HEADER, start, end)
    headings = [match.start() for match in _PAPERS.finditer(page, start, max(start, table))]
    return headings[-1] if table >= 0 and headings else None
