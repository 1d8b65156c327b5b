"""Old backups make room, by rules that a person can rely on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from db.thinning import LASTING, RECENT, kept

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
MOST = 12 + 10 + 9


@dataclass(frozen=True)
class Old:
    number: int
    made: datetime
    size: int = 1
    lasting: bool = False


def olds(most_days: int = 900) -> st.SearchStrategy[list[Old]]:
    ages = st.floats(-1, most_days).map(lambda days: NOW - timedelta(days=days))
    each = st.builds(Old, st.just(0), ages, st.integers(1, 100), st.booleans())
    return st.lists(each, max_size=80).map(
        lambda found: [Old(n, o.made, o.size, o.lasting) for n, o in enumerate(found)]
    )


@given(olds())
def test_what_is_recent_or_made_for_a_reason_stays_and_the_newest_always(backups: list[Old]) -> None:
    stay = kept(backups, NOW)
    assert set(stay) <= set(backups)
    assert {b for b in backups if NOW - b.made < RECENT} <= set(stay)
    assert {b for b in backups if b.lasting and NOW - b.made < LASTING} <= set(stay)
    assert not backups or max(b.made for b in backups) == stay[0].made


@given(olds())
def test_a_second_look_takes_nothing_more(backups: list[Old]) -> None:
    once = kept(backups, NOW)
    assert kept(once, NOW) == once


@given(olds(), st.integers(0, 400))
def test_those_that_nobody_asked_for_stay_within_their_room(backups: list[Old], room: int) -> None:
    stay = kept(backups, NOW, room)
    once = [b for b in stay if not (b.lasting and NOW - b.made < LASTING)]
    assert sum(b.size for b in once) <= room or once == [stay[0]]
    assert kept(stay, NOW, room) == stay
    assert not backups or stay[0].made == max(b.made for b in backups)
    assert {b for b in backups if b.lasting and NOW - b.made < LASTING} <= set(stay)


@given(st.lists(st.integers(0, 47), min_size=1, max_size=5, unique=True), st.integers(200, 420))
def test_a_desk_that_works_each_day_can_go_back_ever_more_coarsely(half_hours: list[int], days: int) -> None:
    """The schedule as it runs: a backup, then a thinning, day by day for a year."""
    standing: tuple[Old, ...] = ()
    start = NOW - timedelta(days=days)
    for day in range(days):
        for place in sorted(half_hours):
            made = start + timedelta(days=day, minutes=30 * place)
            standing = kept((*standing, Old(day, made)), made)
    assert len(standing) <= MOST + 3 * len(half_hours)
    ages = sorted((standing[0].made - b.made).days for b in standing)
    for age, within in ((3, 1), (8, 1), (12, 1), (30, 8), (60, 8), (120, 31), (150, 31)):
        assert any(age <= each <= age + within for each in ages), (age, ages)


def test_one_that_is_years_old_and_alone_stays() -> None:
    only = Old(1, NOW - timedelta(days=4000), size=10**12)
    assert kept([only], NOW) == (only,)
    assert kept([], NOW) == ()
