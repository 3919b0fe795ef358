"""Two years of timeclock events in zones all over the world, against zoneinfo, PyEphem (VSOP87) and plain dates.

The events are those of tests/timetable/main.cpp.
"""

import math
import subprocess
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import ephem
import pytest
from daemon import PROGRAMS

PLACES = {
    "Europe/Berlin": (52.52, 13.405),
    "America/New_York": (40.71, -74.0),
    "Australia/Lord_Howe": (-31.55, 159.08),  # its clocks change by half an hour
    "Australia/Sydney": (-33.8688, 151.2093),
    "Europe/Oslo": (69.6492, 18.9553),  # Tromso: polar day and night
    "Pacific/Apia": (-13.83, -171.77),  # on the other side of the date line than its longitude
    "Asia/Kathmandu": (27.72, 85.32),  # 5:45 from UTC
}
FROM = datetime(2026, 1, 1, tzinfo=timezone.utc)
TO = datetime(2028, 1, 1, tzinfo=timezone.utc)
EPOCH = date(1970, 1, 1)

HORIZON = -0.833
TWILIGHT = -6.0
EVERY_DAY = range(7)
WORKDAYS = range(5)
TOLERANCE = 60  # seconds, for the sun
# The two theories may differ about whether the sun passes the horizon at all when it only grazes it, by so many degrees.
GRAZE = 0.05


def easter(year):
    """By Gauss, as corrected by Lichtenberg: not the way in which the engine computes it."""
    k = year // 100
    m = 15 + (3 * k + 3) // 4 - (8 * k + 13) // 25
    a = year % 19
    d = (19 * a + m) % 30
    r = (d + a // 11) // 29
    og = 21 + d - r
    sz = 7 - (year + year // 4 + 2 - (3 * k + 3) // 4) % 7
    return date(year, 3, 1) + timedelta(days=og + 7 - (og - sz) % 7 - 1)


def is_last_friday(day):
    return day.weekday() == 4 and (day + timedelta(days=7)).month != day.month


def is_holiday(day):
    thanksgiving = day.month == 11 and day.weekday() == 3 and 22 <= day.day <= 28
    return thanksgiving or (day - easter(day.year)).days in (0, 1)


def utc(day, hour, minute, zone):
    """The first moment at which the wall shows that time, or at which it has gone past it."""
    local = datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone, fold=0)
    moment = local.astimezone(timezone.utc)
    if moment.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None):
        return moment
    # In a gap zoneinfo goes on with the offset before it; the gap ends where the offset changes.
    moment = (local - timedelta(hours=3)).astimezone(timezone.utc)
    while moment.astimezone(zone).replace(tzinfo=None) < local.replace(tzinfo=None):
        moment += timedelta(minutes=1)
    return moment


class Sun:
    def __init__(self, latitude, longitude):
        self.place = (latitude, longitude)

    def observer(self, moment, horizon=0.0):
        observer = ephem.Observer()
        observer.lat, observer.lon = (str(degrees) for degrees in self.place)
        observer.pressure = 0
        observer.horizon = str(horizon)
        observer.date = moment
        return observer

    def noon(self, near):
        """The sun's noon next to that moment."""
        observer = self.observer(near)
        before = observer.previous_transit(ephem.Sun())
        after = observer.next_transit(ephem.Sun())
        return before if observer.date - before < after - observer.date else after

    def altitude(self, moment):
        return math.degrees(ephem.Sun(self.observer(moment)).alt)

    def passes(self, near, horizon, rises):
        """(when the sun passes the horizon or None, how near the lowest and the highest point of that half day are)"""
        noon = self.noon(near)
        observer = self.observer(noon, horizon)
        midnight = (observer.previous_antitransit if rises else observer.next_antitransit)(ephem.Sun())
        graze = min(abs(self.altitude(noon) - horizon), abs(self.altitude(midnight) - horizon))
        if not self.altitude(midnight) < horizon < self.altitude(noon):
            return None, graze
        low, high = midnight, noon
        for _ in range(40):
            middle = (low + high) / 2
            if self.altitude(middle) < horizon:
                low = middle
            else:
                high = middle
        return ephem.Date(low).datetime().replace(tzinfo=timezone.utc), graze


@pytest.fixture(params=PLACES, ids=lambda zone: zone.replace("/", "-"))
def home(request):
    """(zone, sun, {(event, date): (how, moment)} of candela-timetable)"""
    latitude, longitude = PLACES[request.param]
    window = int(FROM.timestamp()), int(TO.timestamp())
    command = [PROGRAMS / "candela-timetable", latitude, longitude, request.param, *window]
    output = subprocess.run(map(str, command), capture_output=True, text=True, check=True, timeout=60).stdout
    table = {}
    for line in output.splitlines():
        seconds, event, how, days = line.split()
        key = int(event), EPOCH + timedelta(days=int(days))
        assert key not in table, f"twice: {line}"
        table[key] = how, datetime.fromtimestamp(int(seconds), timezone.utc)
    return ZoneInfo(request.param), Sun(latitude, longitude), table


def days():
    """All dates; at both ends one may lie outside of the two years, which in_time() finds."""
    day = FROM.date() - timedelta(days=2)
    while day <= TO.date() + timedelta(days=2):
        yield day
        day += timedelta(days=1)


def in_time(moment):
    return FROM < moment < TO


FIXED = {
    0: (2, 15, lambda day: True),
    1: (0, 0, lambda day: True),
    6: (7, 15, is_last_friday),
    7: (23, 59, is_holiday),
}


def test_fixed_times(home):
    zone, _, table = home
    expected = {}
    for event, (hour, minute, is_date) in FIXED.items():
        for day in filter(is_date, days()):
            moment = utc(day, hour, minute, zone)
            if in_time(moment):
                expected[event, day] = "ran", moment
    assert {key: passed for key, passed in table.items() if key[0] in FIXED} == expected


SOLAR = {
    2: (HORIZON, True, timedelta(), EVERY_DAY),
    3: (HORIZON, False, timedelta(minutes=-30), WORKDAYS),
    4: (TWILIGHT, True, timedelta(), EVERY_DAY),
    5: (TWILIGHT, False, timedelta(hours=4), EVERY_DAY),
}


@pytest.mark.parametrize("event", SOLAR)
def test_times_of_the_sun(home, event):
    zone, sun, table = home
    horizon, rises, offset, weekdays = SOLAR[event]
    seen = {day: passed for (number, day), passed in table.items() if number == event}
    near_an_end = timedelta(days=2)
    ran = 0
    for day in days():
        if day.weekday() not in weekdays:
            assert day not in seen
            continue
        noon = utc(day, 12, 0, zone)
        if noon < FROM + near_an_end or noon > TO - near_an_end:
            continue
        expected, graze = sun.passes(noon, horizon, rises)
        how, moment = seen[day]
        if expected is None or how == "no-sun":
            assert (expected is None) == (how == "no-sun") or graze < GRAZE, f"{day}: {expected}, {how}"
            continue
        assert how == "ran"
        # Where the sun grazes the horizon, a hundredth of a degree is minutes.
        slack = TOLERANCE if graze > GRAZE * 4 else TOLERANCE * 10
        difference = abs((moment - (expected + offset)).total_seconds())
        assert difference <= slack, f"{day}: {moment}, not {expected + offset}"
        ran += 1
    assert ran > 200
