"""When beat rings for which sweep; a sweep that comes twice finds nothing left to do."""

from celery.schedules import crontab

SWEEPS = {
    "due-soon": {"task": "dossiers.tasks.remind_due_soon", "schedule": crontab(minute="*/5")},
    "overdue": {"task": "dossiers.tasks.record_overdue", "schedule": crontab()},
    "not-transferred": {
        "task": "dossiers.tasks.record_not_transferred",
        "schedule": crontab(minute="*/5"),
    },
    "not-accepted": {
        "task": "dossiers.tasks.record_not_accepted",
        "schedule": crontab(minute="*/5"),
    },
    "send-messages": {"task": "notifications.tasks.send_due_messages", "schedule": crontab()},
    "decisions": {"task": "procedures.tasks.bring_into_force", "schedule": crontab(minute="*/10")},
    "draft-letters": {
        "task": "apologies.tasks.draft_endangered",
        "schedule": crontab(minute="*/5"),
    },
    "tend-drafts": {"task": "apologies.tasks.tend_drafts", "schedule": crontab(minute="*/15")},
    "climb-ladder": {"task": "apologies.tasks.climb_ladder", "schedule": crontab(minute="*/15")},
    # Once a day; the later hours only make up for a morning without a worker.
    "ladder-digests": {
        "task": "apologies.tasks.send_ladder_digests",
        "schedule": crontab(minute=30, hour="7-16"),
    },
    "draw-letters": {"task": "apologies.tasks.draw_waiting_letters", "schedule": 30.0},
    "continue-signing": {"task": "apologies.tasks.continue_runs", "schedule": crontab()},
    "continue-drafting": {
        "task": "apologies.tasks.continue_drafting_runs",
        "schedule": crontab(),
    },
    "print-forms": {"task": "dossiers.tasks.render_waiting_forms", "schedule": 30.0},
    "invitations": {"task": "feedback.tasks.invite_to_rate", "schedule": crontab(minute="*/5")},
    "consultations": {"task": "liaison.tasks.tend_consultations", "schedule": crontab()},
    "waiting-prints": {"task": "liaison.tasks.draw_waiting_prints", "schedule": 30.0},
    "expired-registers": {
        "task": "liaison.tasks.delete_expired_registers",
        "schedule": crontab(minute="*/10"),
    },
    "bulk-runs": {"task": "desk.tasks.continue_bulk_runs", "schedule": 30.0},
    "exports": {"task": "desk.tasks.write_waiting_exports", "schedule": 30.0},
    "imports": {"task": "legacy.tasks.continue_imports", "schedule": crontab()},
    "import-files": {
        "task": "legacy.tasks.forget_import_files",
        "schedule": crontab(minute=40, hour="*/6"),
    },
    "expired-exports": {
        "task": "desk.tasks.delete_expired_exports",
        "schedule": crontab(minute="*/10"),
    },
    "prints": {"task": "reporting.tasks.draw_waiting_prints", "schedule": 30.0},
    "expired-prints": {
        "task": "reporting.tasks.delete_expired_prints",
        "schedule": crontab(minute="*/10"),
    },
    "old-drafts": {"task": "desk.tasks.forget_old_drafts", "schedule": crontab(minute="*/15")},
    "guidance": {"task": "desk.tasks.draw_waiting_guidance", "schedule": 30.0},
    "old-guidance": {
        "task": "desk.tasks.forget_old_guidance",
        "schedule": crontab(minute=50, hour="*/6"),
    },
    "old-looks": {"task": "desk.tasks.forget_old_looks", "schedule": crontab(minute="*/10")},
    "seal-ledger": {"task": "dossiers.tasks.seal_ledger", "schedule": crontab(hour=1, minute=10)},
    "suspicious-records": {
        "task": "reporting.tasks.find_suspicious",
        "schedule": crontab(minute=20),
    },
    "campaigns": {
        "task": "reporting.tasks.remind_campaigns",
        "schedule": crontab(minute=40, hour="7-16"),
    },
    # Twice a second: an event shows on the dashboards within two. Without an expiry: a worker
    # that throws expired calls away stands still for seconds afterwards.
    "tallies": {
        "task": "reporting.counting.advance_tallies",
        "schedule": 0.5,
    },
    # After midnight, after a rebuild, after a cache was lost; otherwise nothing is missing.
    "past-results": {
        "task": "reporting.tasks.prepare_past_results",
        "schedule": crontab(minute="*/5"),
    },
}
