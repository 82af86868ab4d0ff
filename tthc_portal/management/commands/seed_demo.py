"""Fills an empty database with the demonstration province; does nothing when it is there."""

import os
from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

import procedures
from dossiers import reminders, sealing
from organizations.models import Agency, User
from organizations.roles import Role
from organizations.seeding import PROVINCE_CODE, seed_agencies, seed_counters
from procedures import catalog
from procedures.models import Channel
from tthc_portal.demonstration import bags, unfinished, voices
from tthc_portal.demonstration.generation import Wish, generate
from tthc_portal.demonstration.histories import arrivals, live, offices
from tthc_portal.demonstration.people import SIGN_INS, seed_people
from workdays.seeding import load_calendar, standard_schedule
from workdays.units import TimeUnit

__all__ = ["SIGN_INS", "Command"]

DOSSIERS = 150
PETITIONS = 24
MONTHS = 14
CATALOGUE = Path(procedures.__file__).parent / "data" / "procedures_raw_2026.jsonl.xz"
# The same province every time; only the days move with the calendar.
SEED = 766


# The national catalogue prints its limit as "1", without a unit.
BIRTH_REGISTRATION = "1.001193"
BIRTH_REASON = (
    "Luật Hộ tịch 2014, Điều 15 và Điều 16: giải quyết trong ngày, "
    "nhận sau 15 giờ thì trả trong ngày làm việc tiếp theo."
)


class Command(BaseCommand):
    """python manage.py seed_demo [--dossiers N]"""

    help = "Tạo tỉnh minh họa: cơ quan, quầy, nhân sự, danh mục thật và hồ sơ mẫu."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dossiers", type=int, default=DOSSIERS, help="số hồ sơ mẫu")
        parser.add_argument(
            "--past", type=int, default=0, help="số hồ sơ sinh thêm cho các tháng trước"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if unfinished.is_there():
            raise CommandError(unfinished.REFUSAL)
        if Agency.objects.filter(code=PROVINCE_CODE).exists():
            self.stdout.write("Tỉnh minh họa đã có sẵn, dữ liệu được giữ nguyên.")
            return
        random = Random(SEED)  # noqa: S311 (chance, not secrecy)
        _found(random)
        call_command("import_catalogue", CATALOGUE, stdout=self.stdout)
        _confirm_birth_registration()
        call_command("assign_procedures", stdout=self.stdout)
        now = timezone.now()
        self._live_through(options["dossiers"], random, now)
        # Before any day is sealed, so that the past is recorded when it happened.
        self._draw_past(options["past"], now)
        with transaction.atomic():
            sealing.seal_until(at=now)
            unfinished.finish()

    def _live_through(self, count: int, random: Random, now: datetime) -> None:
        desks = offices()
        for accepted_at in arrivals(count=count, until=now, random=random):
            office = random.choice(desks)
            live(office=office, accepted_at=accepted_at, until=now, random=random)
        # Before the sweeps: what they note happens now, and the papers moved before.
        bags.hand_over_some(offices=desks, until=now, random=random)
        for sweep in (
            reminders.record_not_accepted,
            reminders.record_not_transferred,
            reminders.record_due_soon,
            reminders.record_overdue,
        ):
            sweep(at=now)
        voices.rate_some(until=now, random=random)
        voices.complain_some(offices=desks, count=PETITIONS, until=now, random=random)
        self.stdout.write(f"Đã tạo {count} hồ sơ mẫu.")

    def _draw_past(self, count: int, now: datetime) -> None:
        if count:
            processes = min(2, os.cpu_count() or 1)
            wish = Wish(dossiers=count, months=MONTHS, seed=SEED, processes=processes, seals=False)
            generate(wish=wish, at=now)
            self.stdout.write(f"Đã sinh {count} hồ sơ của {MONTHS} tháng qua.")


@transaction.atomic
def _found(random: Random) -> None:
    """The agencies and their people; from here on the province is unfinished."""
    unfinished.begin()
    load_calendar()
    province = seed_agencies(schedule=standard_schedule())
    seed_people(province=province, counters=seed_counters(province=province), random=random)


def _confirm_birth_registration() -> None:
    """What an administrator does on the page of unclear limits, so that communes can receive it."""
    channel = Channel.objects.filter(
        version__procedure__code=BIRTH_REGISTRATION, time_limit__isnull=False
    ).first()
    if channel is None:
        return
    catalog.confirm_time_limit(
        channel=channel,
        unit=TimeUnit.WORKING_DAY,
        actor=User.objects.get(memberships__role=Role.ADMINISTRATOR),
        at=timezone.now(),
        reason=BIRTH_REASON,
        every_channel=True,
    )
