"""P-09 and P-10: a letter drawn, signed, checked and read back; one, and a batch as the broker signs it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import office_letter, typst_letter
from bench.bare_letter import BareLetters, StockSigner
from bench.contest import Contest, Contestant, Run, Target, timed
from bench.desks import PASSPHRASE, walked_desk
from bench.prepared import prepare
from bench.signing_keys import rsa_pkcs12
from bench.sizes import Sizes
from brokerdesk.core.documents.judging import read_signatures
from brokerdesk.core.documents.preview import read_text
from brokerdesk.core.domain.award import FiledLetter
from brokerdesk.core.domain.letter import Letter, LetterKind, texts_of
from brokerdesk.core.files import write_safely
from brokerdesk.core.services.certificates import import_certificate
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.services.letter_batch import issue_letters
from brokerdesk.core.services.letters import identity_of, letter_of, signed_pdf

_LIBRARIES = ("reportlab", "pyHanko", "pypdfium2", "cryptography", "typst")
_STOCK = "bare reportlab + stock pyHanko, {key}, neither checked nor read back"
_TYPST = "typst + stock pyHanko, {key}, neither checked nor read back"
_OFFICE = "LibreOffice, one process, merged letters to PDF, not signed"
MakeAll = Callable[[tuple[Letter, ...], Path], None]


def contests(sizes: Sizes) -> Iterator[Contest]:
    """One letter with warm modules and a batch of different ones, by the desk's own key and by RSA."""
    with walked_desk("home_care") as (stage, walked), TemporaryDirectory() as place:
        desk, folder = stage.as_officer(walked.scenario.officers.broker), Path(place)
        award = next(filed for filed in walked.letters if filed.kind == LetterKind.AWARD.value)
        yield from _both(_Bench(desk, award, folder, sizes), _fast_peers(desk, folder, sizes), "EC P-256")
        file = folder / "rsa.p12"
        file.write_bytes(rsa_pkcs12(desk.operator.name, desk.now(), PASSPHRASE))
        import_certificate(desk, path=file, passphrase=PASSPHRASE)
        stock = _stock(desk, "RSA-3072", _nine_times(1), _nine_times(sizes.letters))
        yield from _both(_Bench(desk, award, folder, sizes), [stock], "RSA-3072")


@dataclass(frozen=True, slots=True)
class _Peer:
    name: str
    make_all: MakeAll
    why_not: str = ""
    of_one: Target | None = None
    of_many: Target | None = None


@dataclass(frozen=True, slots=True)
class _Bench:
    """What every contest here works on."""

    desk: Desk
    award: FiledLetter
    folder: Path
    sizes: Sizes

    def contestant(self, peer: _Peer, letters: tuple[Letter, ...], target: Target | None) -> Contestant:
        """A peer at these letters; whether it signs at all is part of its answer."""

        def run() -> Run:
            return _made(letters, peer.make_all, self.folder, is_signed=peer.name != _OFFICE)

        return Contestant(peer.name, run, peer.why_not, target)


def _both(bench: _Bench, peers: list[_Peer], key: str) -> Iterator[Contest]:
    desk, sizes = bench.desk, bench.sizes
    letter = letter_of(prepare(desk, bench.award, 1, "warm")[0])
    one, ours = (letter,), _each(lambda held: signed_pdf(desk, held))
    for make_all in (ours, *(peer.make_all for peer in peers if not peer.why_not)):
        make_all(one, bench.folder)
    yield Contest(
        id="P-09",
        name=f"one signed letter, {key}",
        ours=lambda: _made(one, ours, bench.folder),
        oracle=(True, True, 1),
        target=Target("at most 60 ms with warm modules, checked and read back", 0.060),
        peers=tuple(bench.contestant(peer, one, peer.of_one) for peer in peers),
        libraries=_LIBRARIES,
        rounds=sizes.rounds,
    )
    batch = tuple(replace(letter, reference=f"{letter.reference}-{n}") for n in range(sizes.letters))
    rounds = count(1)
    yield Contest(
        id="P-10",
        name=f"{sizes.letters:,} signed letters, {key}",
        ours=lambda: _issued(bench, f"{key}-{next(rounds)}"),
        oracle=(True, True, sizes.letters),
        target=_in_time(sizes.letters),
        peers=tuple(bench.contestant(peer, batch, peer.of_many) for peer in peers),
        libraries=_LIBRARIES,
        rounds=sizes.rounds,
    )


def _fast_peers(desk: Desk, folder: Path, sizes: Sizes) -> list[_Peer]:
    """Whoever signs with the desk's own kind of key, and LibreOffice, which signs not at all."""
    most = _in_time(sizes.letters)
    faster = Target(f"{most.words}, and faster than it prints them unsigned", most.most_seconds, 1.0)
    peers = [_stock(desk, "EC P-256")]
    missing = typst_letter.why_not()
    name = _TYPST.format(key="EC P-256")
    if missing:
        peers.append(_Peer(name, _nothing, missing))
    else:
        typst = typst_letter.TypstLetters(StockSigner(identity_of(desk)), folder)
        peers.append(_Peer(name, _each(typst.make)))
    office = office_letter.OfficeLetters(folder)
    peers.append(_Peer(_OFFICE, office.make_all, office_letter.why_not(), of_many=faster))
    return peers


def _stock(desk: Desk, key: str, of_one: Target | None = None, of_many: Target | None = None) -> _Peer:
    bare = BareLetters(StockSigner(identity_of(desk)))
    return _Peer(_STOCK.format(key=key), _each(bare.make), of_one=of_one, of_many=of_many)


def _in_time(letters: int) -> Target:
    most = letters * 30 / 1000
    return Target(f"at most {most:g} s (1,000 in 30 s on two cores), checked, read back and kept", most)


def _nine_times(letters: int) -> Target | None:
    if letters == 1:
        return None
    most = _in_time(letters)
    return Target(f"{most.words}, and 9 times as fast", most.most_seconds, 9.0)


def _issued(bench: _Bench, mark: str) -> Run:
    """Prepare letters, then sign and issue them as the broker does; kept in the desk, on every core."""
    desk = bench.desk
    waiting = prepare(desk, bench.award, bench.sizes.letters, mark)
    seconds, done = timed(lambda: issue_letters(desk, letter_ids=[filed.id for filed in waiting]).value)
    files = [(letter_of(filed), filed.pdf) for filed in done]
    return Run(seconds, _answer(files, is_signed=True))


def _made(letters: tuple[Letter, ...], make_all: MakeAll, folder: Path, *, is_signed: bool = True) -> Run:
    """Write them as files, and read them when the clock has stopped."""
    seconds, _ = timed(lambda: make_all(letters, folder))
    files = [(letter, (folder / f"{letter.reference}.pdf").read_bytes()) for letter in letters]
    for letter in letters:
        (folder / f"{letter.reference}.pdf").unlink()
    return Run(seconds, _answer(files, is_signed=is_signed))


def _answer(files: list[tuple[Letter, bytes]], *, is_signed: bool) -> tuple[bool, bool, int]:
    """Whether all read back, whether all are signed as promised, and how many different ones there are."""
    says_all = all(_says_all(letter, pdf) for letter, pdf in files)
    as_promised = all(_is_signed(pdf) if is_signed else not read_signatures(pdf) for _, pdf in files)
    return says_all, as_promised, len({letter.reference for letter, _ in files})


def _each(make: Callable[[Letter], bytes]) -> MakeAll:
    """One after the other, written so that a letter is whole or not there."""

    def make_all(letters: tuple[Letter, ...], folder: Path) -> None:
        for letter in letters:
            write_safely(folder / f"{letter.reference}.pdf", make(letter))

    return make_all


def _nothing(_letters: tuple[Letter, ...], _folder: Path) -> None:
    """What a peer that is not here does."""


def _says_all(letter: Letter, pdf: bytes) -> bool:
    """Whether every word is in the file's text, whatever stands at head and foot between two pages."""
    read = "".join(read_text(pdf, head=0, foot=0).split())
    words = (word for text in texts_of(letter) for word in text.split())
    return all(word in read for word in words)


def _is_signed(pdf: bytes) -> bool:
    found = read_signatures(pdf)
    return len(found) == 1 and found[0].is_intact and found[0].covers_whole_file
