"""P-09 and P-10: a letter drawn, signed, checked, read back and written; one, and a batch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.bare_letter import BareLetters
from bench.contest import Contest, Contestant, Run, Target, timed
from bench.desks import walked_desk
from bench.sizes import Sizes
from brokerdesk.core.documents.judging import read_signatures
from brokerdesk.core.documents.preview import read_text
from brokerdesk.core.domain.letter import Letter, LetterKind, texts_of
from brokerdesk.core.files import write_safely
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.services.letters import identity_of, letter_of, signed_pdf

_LIBRARIES = ("reportlab", "pyHanko", "pypdfium2", "cryptography")
_PEER = "bare reportlab + stock pyHanko, neither checked nor read back"
Make = Callable[[Letter], bytes]


def contests(sizes: Sizes) -> Iterator[Contest]:
    """One letter with warm modules, and a batch of different ones."""
    with walked_desk("home_care") as (stage, walked), TemporaryDirectory() as place:
        desk = stage.as_officer(walked.scenario.officers.broker)
        award = next(
            letter_of(filed) for filed in walked.letters if filed.kind == LetterKind.AWARD.value
        )
        bare = BareLetters(identity_of(desk))
        batch = tuple(replace(award, reference=f"{award.reference}-{n}") for n in range(sizes.letters))
        yield _contest("P-09", "one signed letter", (award,), desk, bare, Path(place), sizes, _one())
        yield _contest(
            "P-10", f"{sizes.letters} signed letters", batch, desk, bare, Path(place), sizes,
            _many(sizes.letters),
        )  # fmt: skip


def _one() -> Target:
    return Target("at most 60 ms with warm modules, checked and read back", 0.060)


def _many(letters: int) -> Target:
    most = letters / 100
    return Target(f"at most {most:g} s (1,000 in 10 s), checked and read back", most)


def _contest(
    id: str, name: str, letters: tuple[Letter, ...], desk: Desk, bare: BareLetters, folder: Path,
    sizes: Sizes, target: Target,
) -> Contest:  # fmt: skip
    def ours(letter: Letter) -> bytes:
        return signed_pdf(desk, letter)

    ours(letters[0])
    bare.make(letters[0])
    return Contest(
        id=id,
        name=name,
        ours=lambda: _made(letters, ours, folder),
        oracle=(True, True, len(letters)),
        target=target,
        peer=Contestant(_PEER, lambda: _made(letters, bare.make, folder)),
        libraries=_LIBRARIES,
        rounds=sizes.rounds,
    )


def _made(letters: tuple[Letter, ...], make: Make, folder: Path) -> Run:
    """Write them; then whether all read back, whether all signatures cover their files, and how many."""
    seconds, _ = timed(lambda: _file_all(letters, make, folder))
    files = [(letter, _path(letter, folder).read_bytes()) for letter in letters]
    reads_back = all(_says_all(letter, pdf) for letter, pdf in files)
    return Run(seconds, (reads_back, all(_is_signed(pdf) for _, pdf in files), len(files)))


def _file_all(letters: tuple[Letter, ...], make: Make, folder: Path) -> None:
    for letter in letters:
        write_safely(_path(letter, folder), make(letter))


def _path(letter: Letter, folder: Path) -> Path:
    return folder / f"{letter.reference}.pdf"


def _says_all(letter: Letter, pdf: bytes) -> bool:
    """Whether every word is in the file's text, whatever stands at head and foot between two pages."""
    read = "".join(read_text(pdf, head=0, foot=0).split())
    words = (word for text in texts_of(letter) for word in text.split())
    return all(word in read for word in words)


def _is_signed(pdf: bytes) -> bool:
    found = read_signatures(pdf)
    return len(found) == 1 and found[0].is_intact and found[0].covers_whole_file
