"""The runner: acts in their order, one at a time, answered on the window's thread."""

from __future__ import annotations

import threading

import pytest
from pytestqt.qtbot import QtBot

from brokerdesk.core.domain.changes import Change, Outcome
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.ports import Cancelled
from brokerdesk.ui.acts import ActRunner, Watch
from brokerdesk.ui.messages import Message


def test_an_act_answers_on_the_windows_thread_and_tells_what_changed(qtbot: QtBot, runner: ActRunner) -> None:
    threads: list[int] = []
    values: list[str] = []

    def record_offer() -> Outcome[str]:
        threads.append(threading.get_ident())
        return Outcome("B2417-O1", (Change("offer", "1"), Change("package", "2")))

    with qtbot.waitSignal(runner.changed) as heard:
        runner.run(
            record_offer, on_done=lambda value: (values.append(value), threads.append(threading.get_ident()))
        )
    assert values == ["B2417-O1"]
    assert threads[0] != threads[1] == threading.get_ident()
    assert heard.args == [frozenset({"offer", "package"})]


def test_acts_are_done_one_after_the_other_in_the_order_asked(qtbot: QtBot, runner: ActRunner) -> None:
    gate = threading.Event()
    done: list[int] = []

    def first() -> Outcome[int]:
        gate.wait(5)
        return Outcome(1)

    runner.run(first, on_done=done.append)
    runner.run(lambda: Outcome(2), on_done=done.append)
    assert runner.is_busy
    gate.set()
    qtbot.waitUntil(lambda: not runner.is_busy)
    assert done == [1, 2]


def test_a_rule_that_forbids_it_reaches_its_caller_and_nothing_is_said_to_have_changed(
    qtbot: QtBot, runner: ActRunner
) -> None:
    told: list[Message] = []
    changed: list[object] = []
    runner.changed.connect(changed.append)

    def refused() -> Outcome[None]:
        raise RuleError(
            "This offer is £12.40 a week above the ceiling for Lot 2. Ask the provider.", rule="R110"
        )

    runner.run(refused, on_refused=told.append, on_done=pytest.fail)
    qtbot.waitUntil(lambda: runner.is_idle)
    assert told[0].lead == "This offer is £12.40 a week above the ceiling for Lot 2."
    assert told[0].rule == "R110"
    assert changed == []


def test_a_refusal_that_nobody_takes_goes_to_the_frame(qtbot: QtBot, runner: ActRunner) -> None:
    def refused() -> Outcome[None]:
        raise RuleError("Not now.")

    with qtbot.waitSignal(runner.refused) as heard:
        runner.run(refused)
    assert heard.args[0].lead == "Not now."


def test_cancelling_is_no_error(qtbot: QtBot, runner: ActRunner) -> None:
    began, stopped = threading.Event(), []

    def long_work(watch: Watch) -> Outcome[None]:
        began.set()
        for done in range(10_000):
            watch.report(done, 10_000, "Reading rows")
            if watch.is_cancelled():
                raise Cancelled
            threading.Event().wait(0.001)
        return Outcome(None)

    runner.run(long_work, watched=True, on_cancelled=lambda: stopped.append(True), on_refused=pytest.fail)
    with qtbot.waitSignal(runner.progressed):
        began.wait(5)
    runner.cancel()
    qtbot.waitUntil(lambda: runner.is_idle)
    assert stopped == [True]


def test_reading_goes_on_while_an_act_is_under_way(qtbot: QtBot, runner: ActRunner) -> None:
    gate = threading.Event()

    def slow_act() -> Outcome[None]:
        gate.wait(5)
        return Outcome(None)

    runner.run(slow_act)
    read: list[str] = []
    runner.read(lambda: "rows", read.append)
    qtbot.waitUntil(lambda: read == ["rows"])
    assert runner.is_busy
    gate.set()
    qtbot.waitUntil(lambda: runner.is_idle)


def test_progress_shows_only_after_a_moment(qtbot: QtBot, runner: ActRunner) -> None:
    shown: list[str] = []
    runner.began.connect(shown.append)
    runner.run(lambda: Outcome(None), words="Quick")
    qtbot.waitUntil(lambda: runner.is_idle)
    assert shown == []
    gate = threading.Event()

    def slow() -> Outcome[None]:
        gate.wait(5)
        return Outcome(None)

    runner.run(slow, words="Writing 4 letters")
    qtbot.waitUntil(lambda: shown == ["Writing 4 letters"])
    gate.set()
    with qtbot.waitSignal(runner.ended):
        pass
