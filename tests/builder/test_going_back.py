"""Earlier generations: how many are kept, and going back to one."""

from __future__ import annotations

import pytest
from desk import Desk, edited

from corpus.errors import IndexDamaged, OcqaError
from index.builder.build import BuildSettings
from index.generations import folders
from index.generations.rollback import roll_back


def test_the_last_generations_are_kept_in_their_order_whatever_the_clock_says(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import UTC, datetime

    class Backwards(datetime):
        left = 9

        @classmethod
        def now(cls, tz=None):
            cls.left -= 1
            return datetime(2020 + cls.left, 1, 1, tzinfo=UTC)

    monkeypatch.setattr(folders, "datetime", Backwards)
    made = []
    for number in range(4):
        desk.write("Niger", 2021, {"People": (f"Guide number {number} knows the dunes.",)})
        made.append(desk.build(settings=BuildSettings(keep=2)).name)
    assert folders.names(desk.index) == [made[3], made[2]]
    assert folders.current_folder(desk.index).name == made[3]
    assert made == sorted(made)


def test_going_back_gives_the_old_answers_and_a_build_the_new_ones_without_work(desk: Desk) -> None:
    question = "Who weighs every sack of salt in Niger?"
    first = folders.current_folder(desk.index).name
    desk.write("Niger", 2021, edited())
    second = desk.build().name
    assert roll_back(desk.index) == first
    assert "Gazelle" not in desk.answer(question).answer
    third = desk.build()
    assert third.before == first and not desk.encoder.chunks and not desk.encoder.sentences
    assert "Gazelle" in desk.answer(question).answer
    assert roll_back(desk.index, second) == second


def test_going_back_to_a_missing_or_damaged_generation_is_refused(desk: Desk) -> None:
    first = folders.current_folder(desk.index)
    with pytest.raises(OcqaError, match="no earlier generation"):
        roll_back(desk.index)
    with pytest.raises(OcqaError, match="no generation 'nothing'"):
        roll_back(desk.index, "nothing")
    desk.write("Niger", 2021, edited())
    second = desk.build().name
    (first / "passages.jsonl").write_text("")
    with pytest.raises(IndexDamaged, match=r"passages\.jsonl"):
        roll_back(desk.index, first.name)
    with pytest.raises(OcqaError, match="no earlier generation"):
        roll_back(desk.index)
    assert folders.current_folder(desk.index).name == second
