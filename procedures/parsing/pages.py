"""Reads one stored page of the national portal (a line of the JSON file) into facts."""

import re
from collections.abc import Mapping

from procedures.parsing.bases import read_bases
from procedures.parsing.channels import read_channels
from procedures.parsing.facts import Finding, ProcedureFacts
from procedures.parsing.papers import read_papers
from procedures.parsing.results import read_results
from procedures.parsing.sections import mend
from procedures.parsing.wording import listed, one_line, said
from procedures.statuses import FindingKind, Part, ProcedureLevel

_LEVELS = {str(level.label).lower(): level for level in ProcedureLevel}
_LINK = re.compile(r"https?://[^\s<>\"']{1,390}")


def read_page(row: Mapping[str, object]) -> ProcedureFacts:
    """Everything that the page says; what it leaves out or says unreadably is in the findings."""
    odd = [
        Finding(Part.HEAD, FindingKind.UNREAD, f"{key}: {value!r}")
        for key, value in row.items()
        if value is not None and not isinstance(value, str)
    ]
    text = mend({key: value if isinstance(value, str) else "" for key, value in row.items()})
    channels, channel_findings = read_channels(text.get("cach_thuc_thuc_hien", ""))
    papers, paper_findings = read_papers(text.get("thanh_phan_ho_so", ""))
    bases, basis_findings = read_bases(text.get("can_cu_phap_ly", ""))
    results, result_text, result_findings = read_results(text.get("ket_qua_xu_ly", ""))
    levels, head_findings = read_levels(text.get("cap_thuc_hien", ""))
    found = (odd, head_findings, channel_findings, paper_findings, basis_findings, result_findings)
    return ProcedureFacts(
        **_head(text),
        levels=levels,
        subjects=listed(text.get("doi_tuong_thuc_hien", "")),
        result_text=result_text,
        channels=tuple(channels),
        papers=tuple(papers),
        legal_bases=tuple(bases),
        results=tuple(results),
        findings=tuple(finding for findings in found for finding in findings),
    )


def _head(text: Mapping[str, str]) -> dict[str, str]:
    def part(key: str) -> str:
        return said(text.get(key, ""))

    link = part("detail_url")
    return {
        "code": one_line(text.get("ma_thu_tuc", "")),
        "name": one_line(text.get("ten_thu_tuc", "")),
        "field_name": one_line(part("linh_vuc")),
        "kind": one_line(part("loai_thu_tuc"))[:100],
        "decision_number": one_line(part("so_quyet_dinh")),
        "deciding_text": part("co_quan_co_tham_quyen"),
        "implementing_text": part("co_quan_thuc_hien"),
        "coordinating_text": part("co_quan_phoi_hop"),
        "delegated_text": part("co_quan_duoc_uy_quyen"),
        "reception_address": part("dia_chi_tiep_nhan"),
        "process_text": part("trinh_tu_thuc_hien"),
        "conditions_text": part("yeu_cau_dieu_kien"),
        "source_code": one_line(part("formality_id"))[:80],
        # Only a web address may become a link on the page.
        "source_url": link if _LINK.fullmatch(link) else "",
    }


def read_levels(text: str) -> tuple[tuple[ProcedureLevel, ...], list[Finding]]:
    """The levels in the order of printing; an unknown one is a finding."""
    words = [word.strip() for word in said(text).split(",") if word.strip()]
    known = [_LEVELS[word.lower()] for word in words if word.lower() in _LEVELS]
    unknown = [word for word in words if word.lower() not in _LEVELS]
    findings = [
        Finding(Part.HEAD, FindingKind.UNREAD, f"Cấp thực hiện: {word}") for word in unknown
    ]
    if not words:
        findings.append(Finding(Part.HEAD, FindingKind.MISSING, "Cấp thực hiện"))
    return tuple(dict.fromkeys(known)), findings
