"""Walks every address as every role: the table says who gets in, and no address is left out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from desk import bulk, draft_scans, exporting
from desk import drafts as intake_drafts
from desk.bulk import Mark, Wanted
from desk.models import BulkRun, DraftScan, IntakeDraft, ListExport
from desk.statuses import BulkAct
from dossiers import halting, intake, lifecycle, supplements
from dossiers.holding import Target
from dossiers.models import Attachment, Dossier, PrintedForm
from feedback import rating
from feedback.models import Petition, PetitionFile, Rating
from feedback.rating import Answers
from feedback.statuses import Satisfaction
from organizations.models import User
from procedures import drafting
from procedures.models import Decision
from procedures.statuses import ChannelKind
from tests.apologies.walking import of_apologies
from tests.conftest import NOW, Desk, make_version
from tests.desk.guided import guided
from tests.dossiers.correcting_hands import of_corrections
from tests.feedback.conftest import Hands
from tests.legacy.walking import of_imports
from tests.liaison.walking import of_liaison
from tests.notifications.conftest import make_message
from tests.organizations.leave import leave_of
from tests.procedures.decisions import publish_again
from tests.reporting.walking import of_campaigns, of_quality, of_reporting

CALLERS = (
    "stranger",
    "clerk",
    "commune_clerk",
    "officer",
    "foreign_officer",
    "head",
    "foreign_head",
    "supervisor",
    "administrator",
)
# One letter for each caller, in that order.
IN, SIGN_IN, FORBIDDEN, MISSING = "+", "s", "3", "4"

EVERYBODY = "+++++++++"
SIGNED_IN = "s++++++++"
NOBODY_KNOWS = "444444444"
# Who sees the dossier: its counter, its agency, and who watches over the province.
SEES_IT = "s+4+4+4+4"
ITS_COUNTER = "s+4343434"
ITS_OFFICER = "s34+43434"
ITS_HEAD = "s3434+434"
HOLDS_IT = "s+4+43434"
COUNTERS = "s++333333"
# What the clerk asked for, and nobody else may follow.
ITS_CLERK = "s+4444444"
ITS_CLERK_AT_COUNTER = "s+4333333"
NOBODY_ELSE = "s44444444"
COUNTER_OF_IT = "s+3333333"
ADMINISTRATORS = "s3333333+"
READS_FIGURES = "s33+++++3"
# What the supervisor had printed.
ITS_PRINT = "s444444+3"
# Of the sheet of the Department of Justice: who fills it in, and who grades it.
FILLS_SHEET = "s33+4+433"
GRADES_SHEET = "s333434+3"
FIGURES_OF_IT = "s33+4+4+3"
# Of a petition about the Department of Justice: who sorts, answers, and moderates.
CLASSIFIES = "s+43434+3"
ANSWERS = "s34+4+433"
PROVINCE_OFFICE = "s343434+3"
# Of a question put to the Department of Construction: who reads, answers, and asked it.
SEES_QUESTION = "s+4+++++4"
ANSWERS_QUESTION = "s343+3+34"
ASKED_QUESTION = "s34+3+334"

HEADS_AND_ABOVE = "s3333+++3"
# The letter's PDF is not drawn in this walk.
NOBODY_SIGNED_IN = "s44444444"
SETS_DAYS = "s333333++"
ANSWERS_FOR_AGENCIES = "s3333+++3"


def on_page(who: str) -> str:
    """Pages tell administrators that they do not work with dossiers, whatever the code."""
    return f"{who[:-1]}{FORBIDDEN}"


def in_api(who: str) -> str:
    """Programs of administrators find no petition at all."""
    return f"{who[:-1]}{MISSING}"


def in_desk_api(who: str) -> str:
    """Programs of administrators are told what their pages tell them."""
    return on_page(who)


PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@dataclass(frozen=True)
class Route:
    """Who gets in by which method, to which of the prepared dossiers, with what in hand."""

    method: str
    who: str
    stage: str = "awaiting"
    data: dict[str, Any] = field(default_factory=dict)
    as_form: bool = False


def get(who: str) -> Route:
    return Route("get", who)


def post(who: str, stage: str = "awaiting", **data: Any) -> Route:
    return Route("post", who, stage, data)


RESULT = {
    "number": "12/KQ-STP",
    "issued_date": "2026-11-13",
    "signer_name": "Nguyễn Thị Hòa",
    "signer_title": "Giám đốc Sở",
}
ITEMS = [supplements.Missing(name="Giấy khai sinh")]
RECIPIENT = {"recipient_name": "Nguyễn Thị Đào", "method": "counter", "return_method": "counter"}

LACKING = {"reason": "Thiếu giấy tờ.", "name_1": "Giấy khai sinh"}
EXTENSION = {
    "version": "3",
    "reason_kind": "workload",
    "fault": "agency",
    "new_day": "2027-01-08",
    "reason": "Còn đủ thời gian.",
}

GRADE = {"index": "5", "points": "2", "reason": "Đủ phòng, đủ người."}
OPINION = {"verdict": "agrees", "answer": "Đồng ý."}
QUESTION = {
    "version": "3",
    "content": "Có trong quy hoạch không?",
    "order": "parallel",
    "unit": "working_day",
    "agencies": [{"agency": "H41.101", "term": 1}],
}

TABLE: dict[str, tuple[Route, ...]] = {
    # The frame
    "home": (get(EVERYBODY),),
    "health": (get(EVERYBODY),),
    "live": (get(on_page(SIGNED_IN)),),
    "organizations:sign_in": (get(EVERYBODY),),
    "organizations:sign_out": (post(SIGNED_IN),),
    "organizations:password_change": (get(SIGNED_IN),),
    # People and agencies
    "organizations:agencies": (get(ADMINISTRATORS),),
    "organizations:add_agency": (get(ADMINISTRATORS), post(ADMINISTRATORS)),
    "organizations:agency": (get(ADMINISTRATORS), post(ADMINISTRATORS)),
    "organizations:add_counter": (get(ADMINISTRATORS), post(ADMINISTRATORS)),
    "organizations:counter": (get(ADMINISTRATORS), post(ADMINISTRATORS)),
    "organizations:people": (get(ADMINISTRATORS),),
    "organizations:add_person": (get(ADMINISTRATORS), post(ADMINISTRATORS)),
    "organizations:person": (get(ADMINISTRATORS), post(ADMINISTRATORS)),
    "organizations:reset_password": (post(ADMINISTRATORS),),
    "organizations:post_person": (post(ADMINISTRATORS),),
    "organizations:unpost_person": (post(ADMINISTRATORS),),
    "organizations:leave": (get("s33++++3+"), post("s33++++3+")),
    "organizations:end_leave": (post("s33+4+43+"),),
    # The catalogue
    "procedures:list": (get(EVERYBODY),),
    "procedures:detail": (get(EVERYBODY),),
    "procedures:pick": (get(SIGNED_IN),),
    "procedures:findings": (get(ADMINISTRATORS),),
    "procedures:confirm": (get(ADMINISTRATORS), post(ADMINISTRATORS)),
    "procedures:incomplete": (get(ADMINISTRATORS),),
    "procedures:add": (get(ADMINISTRATORS), post(ADMINISTRATORS)),
    "procedures:draft_start": (post(ADMINISTRATORS),),
    "procedures:draft_part": (get(ADMINISTRATORS), post(ADMINISTRATORS)),
    "procedures:draft_review": (get(ADMINISTRATORS), post(ADMINISTRATORS)),
    "procedures:draft_discard": (post(ADMINISTRATORS),),
    "procedures:retire": (get(ADMINISTRATORS), post(ADMINISTRATORS)),
    "procedures:handlers": (get(ADMINISTRATORS),),
    "procedures:assign": (get(ADMINISTRATORS), post(ADMINISTRATORS)),
    "procedures:withdraw": (post(ADMINISTRATORS),),
    "procedures:decisions": (get(ADMINISTRATORS),),
    "procedures:decision": (get(ADMINISTRATORS),),
    "procedures:make_public": (post(ADMINISTRATORS),),
    "procedures:version": (get(ADMINISTRATORS),),
    "procedures:clock_rule": (get(ADMINISTRATORS), post(ADMINISTRATORS)),
    # The pages of dossiers
    "dossiers:intake": (get(COUNTERS), post(COUNTERS)),
    "dossiers:intake_refuse": (post(COUNTERS),),
    "dossiers:intake_refresh": (post(COUNTERS),),
    "dossiers:intake_case": (get(COUNTERS),),
    "dossiers:intake_applicant": (post(COUNTERS),),
    "dossiers:worklist": (get(on_page(SIGNED_IN)),),
    "dossiers:search": (get(on_page(SIGNED_IN)),),
    "dossiers:detail": (get(on_page(SEES_IT)),),
    "dossiers:attachment": (get(on_page(SEES_IT)),),
    "dossiers:form": (get(on_page(SEES_IT)),),
    "dossiers:form_pdf": (get(on_page(SEES_IT)),),
    "dossiers:form_again": (post(on_page(SEES_IT)),),
    # No procedure of the scene is given to the counter: `test_on_the_spot` walks it.
    "dossiers:on_the_spot": (get(on_page("s44444444")), post(on_page("s44444444"))),
    "dossiers:control_sheet": (post(on_page(SEES_IT)),),
    "dossiers:accept": (post(on_page(ITS_COUNTER), "submitted"),),
    "dossiers:refuse": (post(on_page(ITS_COUNTER), "submitted", reason="Thiếu giấy tờ."),),
    "dossiers:transfer": (post(on_page(ITS_COUNTER), "accepted"),),
    "dossiers:take": (post(on_page(ITS_OFFICER), "processing"),),
    "dossiers:assign": (post(on_page(ITS_HEAD), "processing", officer="oanh"),),
    "dossiers:propose": (post(on_page(ITS_OFFICER), opinion="Đủ điều kiện."),),
    "dossiers:send_back": (post(on_page(ITS_HEAD), reason="Làm rõ thêm."),),
    "dossiers:approve": (post(on_page(ITS_HEAD), **RESULT),),
    "dossiers:return": (post(on_page(ITS_COUNTER), "resolved", **RECIPIENT),),
    "dossiers:add_file": (Route("post", on_page(HOLDS_IT), data={"file": PDF}, as_form=True),),
    # Clean data
    "reporting:findings": (get(on_page(SIGNED_IN)),),
    "reporting:sweep_findings": (post("s3333+++3"),),
    "reporting:finding": (get(on_page(SEES_IT)),),
    "reporting:take_finding": (post(on_page("s+4+4+434")),),
    "reporting:explain_finding": (post(on_page("s+4+4+434"), reason="Đúng thực tế."),),
    "reporting:reopen_finding": (post(on_page("s343434+4"), "resolved", reason="Chưa rõ."),),
    "reporting:campaigns": (get(on_page(SIGNED_IN)),),
    "reporting:start_campaign": (get("s333333+3"), post("s333333+3")),
    "reporting:campaign": (get(on_page("s44+4+4+4")),),
    "reporting:campaign_workbook": (get(on_page("s44+4+4+4")),),
    "reporting:close_campaign": (post(on_page("s443434+4")),),
    # Corrections
    "dossiers:propose_correction": (
        get(on_page(SEES_IT)),
        post(on_page("s+4+4+434"), "resolved"),
    ),
    "dossiers:corrections": (get(on_page(SIGNED_IN)),),
    "dossiers:correction": (get(on_page(SEES_IT)),),
    "dossiers:accept_correction": (post(on_page("s3434+4+4"), "resolved"),),
    "dossiers:refuse_correction": (post(on_page("s3434+4+4"), "resolved", note="A"),),
    # Inter-agency work
    "liaison:worklist": (get(on_page(SIGNED_IN)),),
    "liaison:ask": (
        get(on_page(SEES_IT)),
        post(on_page("s34+4+434"), "taken", **QUESTION),
    ),
    "liaison:consultation": (get(on_page(SEES_QUESTION)),),
    "liaison:shared_file": (get(on_page(SEES_QUESTION)),),
    "liaison:answer_file": (get(on_page(SEES_QUESTION)),),
    "liaison:answer": (post(on_page(ANSWERS_QUESTION), "taken", **OPINION),),
    "liaison:withdraw": (post(on_page(ASKED_QUESTION), "taken", reason="Thôi."),),
    "liaison:read_notice": (post(on_page("s+4333334")),),
    "liaison:handovers": (get(on_page(SIGNED_IN)),),
    "liaison:hand_over": (get(on_page("s++++++33")), post(on_page("s++++++33"))),
    "liaison:where": (get(on_page(SIGNED_IN)), post(on_page(SIGNED_IN))),
    "liaison:papers": (get(on_page(SIGNED_IN)),),
    "liaison:handover": (get(on_page(SEES_IT)),),
    "liaison:confirm": (post(on_page("s+4343434")),),
    "liaison:registers": (get(on_page(SIGNED_IN)), post(on_page(SIGNED_IN))),
    "liaison:print": (get(on_page(ITS_CLERK)),),
    "liaison:book": (get(on_page(ITS_CLERK)),),
    "api:handover-list": (get(SIGNED_IN), post("s++++++33")),
    "api:handover-detail": (get(SEES_IT),),
    "api:handover-confirm": (post("s+4343434", rest_is_received=True),),
    "api:handover-where": (get(SEES_IT),),
    "api:handover-minutes": (get(NOBODY_SIGNED_IN),),
    # Of the Department of Justice: who works there, and who watches over it.
    "api:paper_file-list": (get("s44+4+4+4"),),
    "api:paper_file-places": (get(SIGNED_IN),),
    # A place that is not the person's own is refused, and so is what cannot be read.
    "api:register-list": (get(SIGNED_IN), post(SIGNED_IN)),
    "api:register-detail": (get(ITS_CLERK),),
    "api:register-book": (get(ITS_CLERK),),
    "api:guidance-list": (get(COUNTERS), post(COUNTERS)),
    "api:guidance-search": (post(COUNTERS, text="Đào"),),
    "api:guidance-detail": (get(ITS_CLERK_AT_COUNTER),),
    "api:guidance-again": (post(ITS_CLERK_AT_COUNTER),),
    # Its PDF is not drawn in this walk.
    "api:guidance-file": (get("s44333333"),),
    "api:substitution-list": (get("s33++++3+"), post("s33++++3+")),
    "api:substitution-end": (post("s33+4+43+"),),
    "api:import-list": (get(ADMINISTRATORS), post(ADMINISTRATORS)),
    "api:import-detail": (get(ADMINISTRATORS),),
    "api:import-begin": (post(ADMINISTRATORS),),
    "api:import-take-over": (post(ADMINISTRATORS),),
    "api:import-rows": (get(ADMINISTRATORS),),
    "api:import-report": (get("s33333334"),),
    "api:agency-list": (get(SIGNED_IN), post(ADMINISTRATORS)),
    "api:agency-detail": (get(ADMINISTRATORS), Route("patch", ADMINISTRATORS)),
    "api:agency-counters": (post(ADMINISTRATORS),),
    "api:counter-detail": (Route("patch", ADMINISTRATORS),),
    # No procedure of the scene is given to the counter, and no form is drawn.
    "api:dossier-on-the-spot": (get("s44444444"),),
    "api:dossier-appraise-on-the-spot": (post("s44444444", opinion="Đủ điều kiện."),),
    "api:dossier-forms": (get(SEES_IT),),
    "api:dossier-control-sheet": (post(SEES_IT),),
    "api:dossier-form-file": (get(NOBODY_SIGNED_IN),),
    "api:dossier-form-again": (post(SEES_IT),),
    "api:bulk-list": (get(in_desk_api(SIGNED_IN)), post(in_desk_api(SIGNED_IN))),
    "api:bulk-detail": (get(in_desk_api(ITS_CLERK)),),
    "api:bulk-retry": (post(in_desk_api(ITS_CLERK)),),
    "api:bulk-file": (get(in_desk_api(NOBODY_ELSE)),),
    "api:export-list": (get(in_desk_api(SIGNED_IN)), post(in_desk_api(SIGNED_IN))),
    "api:export-detail": (get(in_desk_api(ITS_CLERK)),),
    "api:export-file": (get(in_desk_api(NOBODY_ELSE)),),
    "api:notes": (get(SEES_IT), post(SEES_IT, text="Đã gọi điện.")),
    "api:rule_set-list": (get(ADMINISTRATORS), post(ADMINISTRATORS)),
    "api:rule_set-detail": (get(ADMINISTRATORS), Route("delete", ADMINISTRATORS)),
    "api:decision-list": (get(ADMINISTRATORS),),
    "api:decision-detail": (get(ADMINISTRATORS),),
    "api:decision-make-public": (post(ADMINISTRATORS, items=[1]),),
    "api:person-list": (get(ADMINISTRATORS), post(ADMINISTRATORS)),
    "api:person-detail": (get(ADMINISTRATORS), Route("patch", ADMINISTRATORS)),
    "api:person-roles": (post(ADMINISTRATORS),),
    "api:person-password": (post(ADMINISTRATORS),),
    "api:person-unpost": (Route("delete", ADMINISTRATORS),),
    "api:consultation-list": (get(SIGNED_IN), post("s34+4+434", "taken", **QUESTION)),
    "api:consultation-detail": (get(SEES_QUESTION),),
    "api:consultation-answer": (post(ANSWERS_QUESTION, "taken", **OPINION),),
    "api:consultation-withdraw": (post(ASKED_QUESTION, "taken", reason="Thôi."),),
    # Dossiers of old systems
    "legacy:runs": (get(ADMINISTRATORS), post(ADMINISTRATORS)),
    "legacy:run": (get(ADMINISTRATORS),),
    "legacy:begin": (post(ADMINISTRATORS),),
    "legacy:take_over": (post(ADMINISTRATORS),),
    "legacy:report": (get("s33333334"),),
    # The desk
    "desk:bulk": (get(on_page(SIGNED_IN)), post(on_page(SIGNED_IN))),
    "desk:bulk_start": (post(on_page(SIGNED_IN)),),
    "desk:bulk_run": (get(on_page(ITS_CLERK)),),
    "desk:bulk_retry": (post(on_page(ITS_CLERK)),),
    "desk:bulk_file": (get(on_page(NOBODY_ELSE)),),
    "desk:draft_save": (post(COUNTERS),),
    "desk:draft": (get(ITS_CLERK_AT_COUNTER),),
    "desk:draft_discard": (post(COUNTERS),),
    "desk:draft_scans": (post(COUNTERS),),
    "desk:draft_scan": (get(ITS_CLERK_AT_COUNTER),),
    "desk:guidances": (get(COUNTERS), post(COUNTERS)),
    "desk:guide": (post(COUNTERS, procedure="1.001193"),),
    "desk:guidance_give": (
        post(COUNTERS, **{"typed.procedure": "1.001193", "name": "Đào", "other_1": "Tờ khai"}),
    ),
    "desk:guidance": (get(ITS_CLERK_AT_COUNTER),),
    "desk:guidance_pdf": (get(ITS_CLERK_AT_COUNTER),),
    "desk:guidance_again": (post(ITS_CLERK_AT_COUNTER),),
    "desk:guidance_resume": (get(ITS_CLERK_AT_COUNTER),),
    "desk:note": (post(on_page(SEES_IT), text="Đã gọi điện."),),
    "desk:look": (post(on_page(SEES_IT), seen="1"),),
    "desk:news": (get(on_page(SIGNED_IN)),),
    "desk:filter_save": (post(on_page(SIGNED_IN), name="Của tôi"),),
    "desk:filter_forget": (post(on_page(SIGNED_IN), name="Của tôi"),),
    "desk:columns": (post(on_page(SIGNED_IN)),),
    "desk:exports": (get(on_page(SIGNED_IN)), post(on_page(SIGNED_IN))),
    "desk:export": (get(on_page(ITS_CLERK)),),
    "desk:export_file": (get(on_page(NOBODY_ELSE)),),
    "dossiers:request_supplement": (post(on_page(ITS_OFFICER), "taken", **LACKING),),
    "dossiers:receive_supplement": (post(on_page(ITS_COUNTER), "supplement", item_1="on"),),
    "dossiers:pause": (post(on_page(ITS_OFFICER), "taken", reason="Lệ phí trước bạ."),),
    "dossiers:resume": (post(on_page(HOLDS_IT), "payment", reason="Biên lai 12."),),
    "dossiers:decline": (post(on_page(ITS_HEAD), reason="Không đủ điều kiện."),),
    "dossiers:stop": (post(on_page(ITS_HEAD), "taken", reason="Người nộp đã mất."),),
    "dossiers:withdraw": (post(on_page(ITS_COUNTER), reference="Đơn ngày 13/11/2026"),),
    "dossiers:calendar": (get(ADMINISTRATORS),),
    "dossiers:calendar_edit": (get(ADMINISTRATORS), post(ADMINISTRATORS)),
    "dossiers:calendar_apply": (post(ADMINISTRATORS),),
    "dossiers:settle_fees": (post(on_page(ITS_COUNTER), method="cash"),),
    "dossiers:rule_sets": (get(ADMINISTRATORS),),
    "dossiers:schedule_rule_set": (get(ADMINISTRATORS), post(ADMINISTRATORS)),
    "dossiers:cancel_rule_set": (post(ADMINISTRATORS),),
    "dossiers:look_up": (get(EVERYBODY),),
    "dossiers:look_up_code": (get(EVERYBODY),),
    # Letters of apology
    "apologies:drafts": (get(on_page(SIGNED_IN)),),
    "apologies:signed": (get(on_page(SIGNED_IN)),),
    "apologies:notices": (get(on_page(SIGNED_IN)),),
    "apologies:notice_read": (post("s+4333333"),),
    "apologies:sign_many": (post("s3333++33"),),
    "apologies:run": (get("s4444+443"),),
    "apologies:drafting_runs": (get(on_page(HEADS_AND_ABOVE)), post(on_page(HEADS_AND_ABOVE))),
    "apologies:drafting_run": (get(on_page("s4444+4+4")),),
    "apologies:letter": (get(on_page(SEES_IT)),),
    "apologies:letter_pdf": (get(on_page(SEES_IT)),),
    "apologies:revise": (post(on_page(ITS_HEAD), reason="A", fault="agency", new_day="1/12/2026"),),
    "apologies:sign": (post(on_page(ITS_HEAD), revision="0"),),
    "apologies:withdraw": (post(on_page(ITS_HEAD), revision="0", reason="Sai"),),
    "apologies:draw_again": (post(on_page(ITS_HEAD)),),
    "apologies:verify": (get(EVERYBODY),),
    "apologies:verify_code": (get(NOBODY_KNOWS),),
    "apologies:ladder": (get(on_page(SIGNED_IN)),),
    "apologies:ladder_days": (get(SETS_DAYS),),
    "apologies:ladder_days_of": (get(SETS_DAYS), post(SETS_DAYS)),
    "apologies:signing": (get(ADMINISTRATORS),),
    "apologies:signing_of": (get(ADMINISTRATORS),),
    "apologies:register": (post(ADMINISTRATORS),),
    "apologies:prove_again": (post(ADMINISTRATORS),),
    "apologies:revoke": (post(ADMINISTRATORS, reason="Mất thiết bị."),),
    "apologies:grant": (post(ADMINISTRATORS),),
    "apologies:take_back": (post(ADMINISTRATORS),),
    "apologies:compliance": (get(ANSWERS_FOR_AGENCIES),),
    "apologies:compliance_dossiers": (get(ANSWERS_FOR_AGENCIES),),
    "api:apology_figures-list": (get(ANSWERS_FOR_AGENCIES),),
    "api:apology_figures-dossiers": (get(ANSWERS_FOR_AGENCIES),),
    "api:apology_letter-list": (get(SIGNED_IN),),
    "api:apology_letter-detail": (get(SEES_IT),),
    "api:apology_letter-pdf": (get(NOBODY_SIGNED_IN),),
    "api:apology_letter-revise": (
        post(ITS_HEAD, reason="A", fault="agency", new_day="2026-12-01"),
    ),
    "api:apology_letter-sign": (post(ITS_HEAD),),
    "api:apology_letter-withdraw": (post(ITS_HEAD, reason="Sai"),),
    "api:apology_signing_run-list": (post("s3333++33"),),
    "api:apology_signing_run-detail": (get("s4444+444"),),
    "api:apology_drafting_run-list": (post("s3333+++3"),),
    "api:apology_drafting_run-detail": (get("s4444+4+4"),),
    "api:apology_notice-list": (get(SIGNED_IN),),
    "api:apology_notice-read": (post("s+4333333"),),
    "apologies:board": (get(EVERYBODY),),
    "apologies:board_rss": (get(EVERYBODY),),
    "apologies:board_json": (get(EVERYBODY),),
    "apologies:board_agency": (get(EVERYBODY),),
    "apologies:board_agency_rss": (get(EVERYBODY),),
    "apologies:board_agency_json": (get(EVERYBODY),),
    "apologies:extension": (get(on_page(SEES_IT)),),
    "apologies:extension_ask": (post(on_page(ITS_OFFICER), "taken", **EXTENSION),),
    "apologies:extension_accept": (post(on_page(ITS_HEAD), "taken", **EXTENSION),),
    "apologies:extension_refuse": (post(on_page(ITS_HEAD), "taken", **EXTENSION),),
    "api:extension-list": (get(SIGNED_IN),),
    "api:extension-ask": (post(ITS_OFFICER, "taken", **EXTENSION),),
    "api:extension-accept": (post(ITS_HEAD, "taken", **EXTENSION),),
    "api:extension-refuse": (post(ITS_HEAD, "taken", **EXTENSION),),
    "api:apology_ladder-list": (get(SIGNED_IN),),
    # Figures
    "reporting:board": (get(READS_FIGURES),),
    "reporting:agency": (get(FIGURES_OF_IT),),
    "reporting:group": (get(READS_FIGURES),),
    "reporting:component": (get(READS_FIGURES),),
    "reporting:behind": (get(READS_FIGURES),),
    "reporting:form": (get(READS_FIGURES),),
    "reporting:reports": (get(READS_FIGURES),),
    "reporting:submit_report": (post(ANSWERS_FOR_AGENCIES),),
    "reporting:form_workbook": (get(READS_FIGURES),),
    "reporting:form_behind": (get(READS_FIGURES),),
    "reporting:workbook": (get(READS_FIGURES),),
    "reporting:view_workbook": (get(READS_FIGURES),),
    "reporting:order_print": (post(READS_FIGURES),),
    "reporting:print": (get(ITS_PRINT),),
    "reporting:print_file": (get(ITS_PRINT),),
    "reporting:hall": (get(READS_FIGURES),),
    "reporting:time_lost": (get(READS_FIGURES),),
    "reporting:workload": (get(READS_FIGURES),),
    "api:views": (get(READS_FIGURES),),
    "api:statistical_form-list": (get(READS_FIGURES),),
    "api:statistical_form-detail": (get(READS_FIGURES),),
    "api:statistical_form-standing": (get(READS_FIGURES),),
    "api:statistical_form-submit": (post(ANSWERS_FOR_AGENCIES),),
    "reporting:reform": (get(READS_FIGURES),),
    "reporting:reform_sheet": (get(FIGURES_OF_IT),),
    "reporting:reform_evidence": (get(FIGURES_OF_IT),),
    "reporting:reform_open": (post(FILLS_SHEET),),
    "reporting:reform_fill": (post(FILLS_SHEET),),
    "reporting:reform_add": (post(FILLS_SHEET),),
    "reporting:reform_remove": (post(FILLS_SHEET, file="0"),),
    "reporting:reform_submit": (post("s3334+433"),),
    "reporting:reform_send_back": (post(GRADES_SHEET, reason="Thiếu."),),
    "reporting:reform_mark": (post(GRADES_SHEET),),
    "reporting:reform_finish": (post(GRADES_SHEET),),
    "reporting:reform_close": (post(GRADES_SHEET),),
    "reporting:own_work": (get("s33++3333"),),
    "reporting:duty": (get(READS_FIGURES),),
    "reporting:duty_unit": (get(FIGURES_OF_IT),),
    "reporting:duty_grade": (post(GRADES_SHEET, **GRADE),),
    "reporting:duty_behind": (get(FIGURES_OF_IT),),
    "reporting:officer_work": (get(FIGURES_OF_IT),),
    "reporting:shown": (get(READS_FIGURES),),
    "reporting:public_ratings": (get(EVERYBODY),),
    "reporting:public": (get(EVERYBODY),),
    "api:figures": (get(READS_FIGURES),),
    # Petitions and ratings
    "feedback:published": (get(EVERYBODY),),
    "feedback:published_one": (Route("get", EVERYBODY, "published"),),
    "feedback:vote": (post(EVERYBODY, "published", likes="1"),),
    "feedback:send": (get(EVERYBODY), post(EVERYBODY)),
    "feedback:follow": (get(EVERYBODY), post(EVERYBODY)),
    "feedback:supplement": (post(EVERYBODY),),
    "feedback:complain_again": (post(EVERYBODY),),
    "feedback:sender_vote": (post(EVERYBODY),),
    "feedback:rate": (get(EVERYBODY),),
    "feedback:worklist": (get(on_page(SIGNED_IN)),),
    "feedback:petition": (get(on_page(SEES_IT)),),
    "feedback:file": (get(on_page(SEES_IT)),),
    "feedback:ratings": (get(on_page(SIGNED_IN)),),
    "feedback:moderate": (post(PROVINCE_OFFICE, hides="1", reason="Xúc phạm."),),
    "feedback:counter_rating": (Route("get", on_page(ITS_COUNTER), "returned"),),
    "feedback:receive": (post(CLASSIFIES, "sent"),),
    "feedback:refuse": (post(CLASSIFIES, "sent", reason="Không thuộc thẩm quyền."),),
    "feedback:ask": (post(CLASSIFIES, "sent", wanted="Mã hồ sơ."),),
    "feedback:answer": (post(ANSWERS, "received", answer="Đã trả kết quả."),),
    "feedback:send_back": (post(on_page(ITS_HEAD), "answered", reason="Sửa."),),
    "feedback:publish": (post(on_page(ITS_HEAD), "answered", subject="A", content="B"),),
    "feedback:hide": (post(PROVINCE_OFFICE, "published", reason="Lộ tên."),),
    "feedback:show": (post(PROVINCE_OFFICE, "published", reason="Đã che."),),
    # Messages to citizens
    "notifications:list": (get(ADMINISTRATORS),),
    "notifications:detail": (get(ADMINISTRATORS),),
    "notifications:resend": (post(ADMINISTRATORS),),
    "notifications:resend_failed": (post(ADMINISTRATORS),),
    "notifications:sample_box": (get(ADMINISTRATORS),),
    "api:message-list": (get(ADMINISTRATORS),),
    "api:message-detail": (get(ADMINISTRATORS),),
    "api:message-resend": (post(ADMINISTRATORS),),
    # The API
    "api:sign_in": (post(EVERYBODY, username="binh", password="sai"),),
    "api:sign_out": (post(SIGNED_IN),),
    "api:me": (get(SIGNED_IN),),
    "api:procedure-list": (get(SIGNED_IN),),
    "api:procedure-detail": (get(SIGNED_IN),),
    "api:procedure-clock-rules": (get(ADMINISTRATORS), post(ADMINISTRATORS)),
    "api:worklists": (get(SIGNED_IN),),
    "api:deadlines": (get(SIGNED_IN),),
    "api:dossier-list": (get(SIGNED_IN), post(COUNTER_OF_IT)),
    "api:dossier-refusals": (post(COUNTER_OF_IT),),
    "api:dossier-submissions": (post(COUNTER_OF_IT),),
    "api:dossier-detail": (get(SEES_IT),),
    "api:dossier-events": (get(SEES_IT),),
    "api:dossier-deadline": (get(SEES_IT),),
    "api:dossier-read-file": (get(SEES_IT),),
    "api:dossier-accept": (post(ITS_COUNTER, "submitted"),),
    "api:dossier-refuse": (post(ITS_COUNTER, "submitted", reason="Thiếu giấy tờ."),),
    "api:dossier-transfer": (post(ITS_COUNTER, "accepted"),),
    "api:dossier-take": (post(ITS_OFFICER, "processing"),),
    "api:dossier-assign": (post(ITS_HEAD, "processing", officer="oanh"),),
    "api:dossier-propose": (post(ITS_OFFICER, opinion="Đủ điều kiện."),),
    "api:dossier-send-back": (post(ITS_HEAD, reason="Làm rõ thêm."),),
    "api:dossier-approve": (post(ITS_HEAD, **RESULT),),
    "api:dossier-return-result": (post(ITS_COUNTER, "resolved", **RECIPIENT),),
    "api:dossier-files": (Route("post", HOLDS_IT, data={"file": PDF}, as_form=True),),
    "api:petition-list": (get(SIGNED_IN),),
    "api:petition-detail": (get(SEES_IT),),
    "api:petition-receive": (post(in_api(CLASSIFIES), "sent", category="delay", agency="H41.15"),),
    "api:petition-refuse": (post(in_api(CLASSIFIES), "sent", text="Không thuộc thẩm quyền."),),
    "api:petition-ask": (post(in_api(CLASSIFIES), "sent", text="Mã hồ sơ."),),
    "api:petition-answer": (post(in_api(ANSWERS), "received", text="Đã trả kết quả."),),
    "api:petition-send-back": (post(ITS_HEAD, "answered", text="Sửa."),),
    "api:petition-publish": (post(ITS_HEAD, "answered", subject="A", content="B"),),
    "api:petition-hide": (post(in_api(PROVINCE_OFFICE), "published", text="Lộ tên."),),
    "api:petition-show": (post(in_api(PROVINCE_OFFICE), "published", text="Đã che."),),
    "api:rating-list": (get(SIGNED_IN),),
    "api:rating-moderate": (post(in_api(PROVINCE_OFFICE), hides=True, reason="Xúc phạm."),),
    "api:dossier-request-supplement": (
        post(ITS_OFFICER, "taken", reason="Thiếu.", items=[{"name": "Giấy khai sinh"}]),
    ),
    "api:dossier-receive-supplement": (post(ITS_COUNTER, "supplement", items=[1]),),
    "api:dossier-pause": (post(ITS_OFFICER, "taken", reason="Lệ phí trước bạ."),),
    "api:dossier-resume": (post(HOLDS_IT, "payment", reason="Biên lai 12."),),
    "api:dossier-decline": (post(ITS_HEAD, reason="Không đủ điều kiện."),),
    "api:dossier-settle-fees": (post(ITS_COUNTER, method="cash"),),
    "api:dossier-stop": (post(ITS_HEAD, "taken", reason="Người nộp đã mất."),),
    "api:dossier-withdraw": (post(ITS_COUNTER, reference="Đơn ngày 13/11/2026"),),
    "api:unknown": (get(NOBODY_KNOWS),),
}


def patterns() -> Iterator[tuple[str, URLPattern]]:
    """Every address of the portal under its full name."""

    def walk(entries: Any, prefix: str) -> Iterator[tuple[str, URLPattern]]:
        for entry in entries:
            if isinstance(entry, URLResolver):
                space = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
                yield from walk(entry.url_patterns, space)
            else:
                yield f"{prefix}{entry.name or entry.pattern}", entry

    yield from walk(get_resolver().url_patterns, "")


def test_the_table_names_every_address_and_no_other() -> None:
    assert {name for name, _ in patterns()} == set(TABLE)


@pytest.fixture
def people(request: pytest.FixtureRequest) -> dict[str, User | None]:
    """The callers, signed in but for the stranger."""
    return {name: None if name == "stranger" else request.getfixturevalue(name) for name in CALLERS}


@pytest.fixture
def dossiers(desk: Desk) -> dict[str, str]:
    """One dossier at each stage of its way; the later ones carry a file."""
    codes = {
        "submitted": intake.submit(request=desk.request(channel=ChannelKind.ONLINE), at=NOW).code
    }
    acts: dict[str, list[Callable[..., Any]]] = {
        "accepted": [],
        "processing": [lifecycle.transfer],
        "taken": [lifecycle.transfer, lifecycle.take],
        "supplement": [lifecycle.transfer, lifecycle.take, supplements.request_supplement],
        "payment": [lifecycle.transfer, lifecycle.take, halting.pause_for_payment],
        "awaiting": [lifecycle.transfer, lifecycle.take, lifecycle.propose],
        "resolved": [lifecycle.transfer, lifecycle.take, lifecycle.propose, lifecycle.approve],
        "returned": [lifecycle.transfer, lifecycle.take, lifecycle.propose, lifecycle.approve],
    }
    actors = {
        lifecycle.transfer: desk.clerk,
        lifecycle.take: desk.officer,
        lifecycle.propose: desk.officer,
        supplements.request_supplement: desk.officer,
        halting.pause_for_payment: desk.officer,
        lifecycle.approve: desk.head,
    }
    facts: dict[Any, dict[str, Any]] = {
        supplements.request_supplement: {"need": supplements.Need(items=ITEMS, reason="Thiếu.")},
        halting.pause_for_payment: {"reason": "Lệ phí trước bạ."},
        lifecycle.propose: {"proposal": lifecycle.Proposal(opinion="Đủ điều kiện.")},
        lifecycle.approve: {
            "result": lifecycle.ResultFacts(
                number="1/KQ", issued_date=NOW.date(), signer_name="Hòa", signer_title="Giám đốc"
            )
        },
    }
    for stage, way in acts.items():
        code = codes[stage] = desk.accept().code
        for act in way:
            act(target=Target(code=code), actor=actors[act], at=NOW, **facts.get(act, {}))
    lifecycle.add_file(
        target=Target(code=codes["awaiting"]),
        upload=SimpleUploadedFile("giay-to.pdf", PDF),
        actor=desk.clerk,
        at=NOW,
    )
    _rate(codes["returned"], desk)
    return codes | _petitions(desk)


def _petitions(desk: Desk) -> dict[str, str]:
    """A petition at each stage; the first carries a file."""
    hands = Hands(desk.agency, desk.clerk, desk.officer, desk.head)
    scan = SimpleUploadedFile("anh.pdf", PDF)
    return {
        "sent": hands.sent(upload=scan).code,
        "received": hands.received().code,
        "answered": hands.answer(hands.received(), at=NOW).code,
        "published": hands.published().code,
    }


def _rate(code: str, desk: Desk) -> None:
    """The result is in the citizen's hand, and they were not content."""
    handover = lifecycle.Handover(recipient_name="Nguyễn Thị Đào")
    lifecycle.return_result(target=Target(code=code), handover=handover, actor=desk.clerk, at=NOW)
    dossier = Dossier.objects.get(code=code)
    rating.give_by_link(
        token=rating.token_for(dossier),
        answers=Answers(satisfaction=Satisfaction.DISSATISFIED, remark="Chờ lâu."),
        at=NOW,
    )


@pytest.fixture(autouse=True)
def paperwork(desk: Desk, administrator: User) -> None:
    """A decision that published another procedure, and the next version being written."""
    publish_again(make_version(code="1.000002").procedure, administrator)
    drafting.start(procedure=desk.version.procedure, actor=administrator, at=NOW)


def path_to(pattern: URLPattern, name: str, code: str, desk: Desk) -> str:
    """The address, filled in with what the fixtures made."""
    if name == "api:unknown":
        return "/api/v1/khong-co/"
    of_procedure = name.startswith(("procedures:", "api:procedure-"))
    known = {
        "code": desk.version.procedure.code if of_procedure else code,
        "channel_id": desk.version.channels.order_by("pk").first().pk,
        "kind": "ngay-nghi" if "calendar" in name else "receipt",
        "pk": 0,
        "number": 1,
        "name": "chung",
        "agency_id": desk.agency.pk,
        "agency_code": desk.agency.code,
        "membership_id": desk.officer.memberships.get().pk,
    }
    if name.startswith(("organizations:", "procedures:", *_ADMINISTERED)):
        known["pk"] = _administered(name, desk)
    known |= of_apologies(name, code, desk)
    known |= of_liaison(name, code, desk) | of_imports(name)
    known |= of_reporting(name)
    known |= of_corrections(name, code, desk)
    known |= of_quality(name, code)
    known |= of_campaigns(name, desk)
    if name.startswith(("feedback:", "api:petition", "api:rating")):
        known |= _of_feedback(name, code)
    if name.startswith(("desk:", "api:bulk-", "api:export-", "api:guidance-")):
        known |= _of_desk(name, code, desk)
    known |= _of_the_rest(name, code, desk)
    wanted = set(pattern.pattern.regex.groupindex) or set(
        getattr(pattern.pattern, "converters", {})
    )
    return reverse(name, kwargs={key: known[key] for key in wanted})


def _of_the_rest(name: str, code: str, desk: Desk) -> dict[str, Any]:
    """Rules, agencies, forms, files, messages."""
    if name in {"dossiers:cancel_rule_set", "api:rule_set-detail"}:
        return {"code": "nd118-2025"}
    if name.startswith("api:agency-"):
        return {"code": desk.agency.code}
    if name.startswith("api:dossier-form-"):
        return {"pk": PrintedForm.objects.filter(dossier__code=code).earliest("pk").pk}
    if "attachment" in name or "read-file" in name:
        return {"pk": _file_of(code)}
    if name.startswith(("notifications:", "api:message")):
        return {"pk": make_message().pk}
    return {}


_ADMINISTERED = ("api:decision-", "api:person-", "api:counter-", "api:substitution-")


def _of_feedback(name: str, code: str) -> dict[str, Any]:
    """Petitions have codes of their own; links of ratings are signed."""
    rated = Rating.objects.select_related("dossier").get()
    petition = Petition.objects.filter(code=code).first() or Petition.objects.earliest("pk")
    known: dict[str, Any] = {"token": rating.token_for(rated.dossier)}
    if name != "feedback:counter_rating":
        known["code"] = petition.code
    if name in {"feedback:moderate", "api:rating-moderate"}:
        known["pk"] = rated.pk
    if name == "feedback:file":
        attached = PetitionFile.objects.get()
        known |= {"pk": attached.pk, "code": attached.petition.code}
    return known


def _administered(name: str, desk: Desk) -> int:
    if name.startswith(("procedures:", "api:decision-")):
        return Decision.objects.get().pk
    if name in {"organizations:counter", "api:counter-detail"}:
        return desk.counter.pk
    if name in {"organizations:end_leave", "api:substitution-end"}:
        return leave_of(desk).pk
    return desk.agency.pk if name.endswith(("agency", "add_counter")) else desk.officer.pk


def _file_of(code: str) -> int:
    return Attachment.objects.get(dossier__code=code).pk


def _of_desk(name: str, code: str, desk: Desk) -> dict[str, Any]:
    """What the clerk has begun: a bulk run, a draft, an export."""
    if name.startswith("api:bulk-") or name in {
        "desk:bulk_run",
        "desk:bulk_retry",
        "desk:bulk_file",
    }:
        return {"pk": _bulk_run(code, desk).pk}
    if name == "desk:draft_scan":
        return {"key": _draft(desk).key, "pk": _scan(desk).pk}
    if name in {"desk:draft", "desk:draft_discard"}:
        return {"key": _draft(desk).key}
    if name.startswith("api:guidance-") or name in {
        "desk:guidance",
        "desk:guidance_pdf",
        "desk:guidance_again",
        "desk:guidance_resume",
    }:
        return {"pk": guided(desk).pk}
    if name.startswith("api:export-") or name in {"desk:export", "desk:export_file"}:
        return {"pk": _export(desk).pk}
    return {}


def _bulk_run(code: str, desk: Desk) -> BulkRun:
    """A run of the clerk's over this dossier; the same one each time."""
    wanted = Wanted(
        act=BulkAct.TRANSFER,
        marks=[Mark(code=code, version=1)],
        submission_key=uuid5(NAMESPACE_URL, code),
    )
    return bulk.start(wanted=wanted, actor=desk.clerk, at=NOW)


def _draft(desk: Desk) -> IntakeDraft:
    """A form that the clerk has not finished."""
    key = uuid5(NAMESPACE_URL, "draft")
    known = IntakeDraft.objects.filter(key=key).first()
    content = {"procedure": desk.version.procedure.code}
    return known or intake_drafts.save(
        key=key, content=content, version=0, actor=desk.clerk, at=NOW
    )


def _scan(desk: Desk) -> DraftScan:
    """A scan that waits with it."""
    draft = _draft(desk)
    known = draft.scans.first()
    return (
        known
        or draft_scans.keep(
            key=draft.key,
            field="paper-1-scans",
            uploads=[SimpleUploadedFile("to-khai.pdf", PDF)],
            actor=desk.clerk,
            at=NOW,
        )[0]
    )


def _export(desk: Desk) -> ListExport:
    """An export of the clerk's; the same one each time."""
    key = uuid5(NAMESPACE_URL, "export")
    return exporting.ask(query="", chosen=["code"], submission_key=key, actor=desk.clerk, at=NOW)


def answer_of(client: Client, route: Route, path: str, desk: Desk) -> str:
    """How the portal answers, as one letter; whatever was written is taken back."""
    with transaction.atomic():
        response = _call(client, route, path, desk)
        transaction.set_rollback(True)
    if response.streaming:
        # Read to its end, so that the file is closed.
        b"".join(response.streaming_content)
    if response.status_code == 401 or "/dang-nhap/?next" in response.get("Location", ""):
        return SIGN_IN
    letters = {403: FORBIDDEN, 404: MISSING, 405: "m"}
    letter = letters.get(response.status_code, IN)
    return "!" if response.status_code >= 500 else letter


def _call(client: Client, route: Route, path: str, desk: Desk) -> Any:
    send = getattr(client, route.method)
    if route.method == "get":
        of_papers = {"place": f"co-quan-{desk.agency.pk}"} if "paper-files" in path else {}
        return send(path, QUERIES.get(path, of_papers))
    data = dict(route.data)
    if route.as_form:
        data = {"file": SimpleUploadedFile("to-khai.pdf", data["file"])}
        return send(path, data)
    if not path.startswith("/api/"):
        return send(path, data)
    if path in {"/api/v1/dossiers/", "/api/v1/dossiers/refusals/", "/api/v1/dossiers/submissions/"}:
        data = _intake(desk)
    if path == "/api/v1/consultations/":
        data["dossier"] = _in_work(desk)
    return send(path, data, content_type="application/json")


QUERIES = {
    "/tiep-nhan/truong-hop/": {"procedure": "1.001193"},
    "/api/v1/deadlines/": {
        "start": "2026-11-13T09:00:00", "limit": "5", "unit": "working_day", "agency": "H41.15",
    },
}  # fmt: skip


def _in_work(desk: Desk) -> str:
    """The dossier of the stage "taken"."""
    return Dossier.objects.get(status="processing", assignee=desk.officer).code


def _intake(desk: Desk) -> dict[str, Any]:
    return {
        "procedure": desk.version.procedure.code,
        "agency": desk.agency.code,
        "counter": desk.counter.pk,
        "channel": "online",
        "applicant": {"kind": "person", "name": "Nguyễn Thị Đào"},
        "reason": "Thiếu giấy tờ.",
    }


def test_every_address_answers_each_role_as_the_table_says(
    people: dict[str, User | None], dossiers: dict[str, str], desk: Desk
) -> None:
    clients = [_client(user) for user in people.values()]
    surprises: dict[str, tuple[str, str]] = {}
    for name, pattern in patterns():
        for route in TABLE.get(name, ()):
            path = path_to(pattern, name, dossiers[route.stage], desk)
            # A limit must not answer in place of the page.
            cache.clear()
            answers = "".join(answer_of(client, route, path, desk) for client in clients)
            if name == "organizations:sign_out":
                clients = [_client(user) for user in people.values()]
            if answers != route.who:
                surprises[f"{route.method} {name}"] = (answers, route.who)

    assert surprises == {}


def test_acts_are_refused_by_get(dossiers: dict[str, str], desk: Desk, supervisor: User) -> None:
    changed = {
        name: path_to(pattern, name, dossiers["awaiting"], desk)
        for name, pattern in patterns()
        if {route.method for route in TABLE.get(name, ())} == {"post"}
    }
    client = _client(supervisor)

    answers = {name: client.get(path).status_code for name, path in changed.items()}

    assert answers == dict.fromkeys(changed, 405)


def _client(user: User | None) -> Client:
    client = Client(raise_request_exception=False)
    if user:
        client.force_login(user, backend="organizations.backends.MembershipBackend")
    return client
