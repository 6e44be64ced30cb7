"""A print server of the test's own: one queue, whose paper is a file."""

from __future__ import annotations

import ctypes
import ctypes.util
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

QUEUE = "Letters"
_SERVER, _ADMIN = "/usr/sbin/cupsd", "/usr/sbin/lpadmin"
_SETTINGS = """\
LogLevel debug
Listen {folder}/socket
Browsing Off
WebInterface No
DefaultAuthType None
<Location />
  Allow all
</Location>
<Policy default>
  <Limit All>
    Allow all
  </Limit>
</Policy>
"""
_FILES = """\
FileDevice Yes
ServerRoot {folder}/served
RequestRoot {folder}/spool
CacheDir {folder}/cache
StateDir {folder}/state
TempDir {folder}/temp
ErrorLog {folder}/log
AccessLog {folder}/access
PageLog {folder}/pages
"""
_DRIVER = """\
*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "LETTERS.PPD"
*Manufacturer: "Test"
*Product: "(Test)"
*ModelName: "Letters"
*ShortNickName: "Letters"
*NickName: "Letters"
*PSVersion: "(3010.000) 0"
*LanguageLevel: "3"
*ColorDevice: True
*DefaultColorSpace: RGB
*cupsFilter2: "application/vnd.cups-pdf application/pdf 0 -"
*OpenUI *PageSize/Media Size: PickOne
*OrderDependency: 10 AnySetup *PageSize
*DefaultPageSize: A4
*PageSize A4/A4: ""
*CloseUI: *PageSize
*OpenUI *PageRegion/Media Size: PickOne
*OrderDependency: 10 AnySetup *PageRegion
*DefaultPageRegion: A4
*PageRegion A4/A4: ""
*CloseUI: *PageRegion
*DefaultImageableArea: A4
*ImageableArea A4/A4: "0 0 595 842"
*DefaultPaperDimension: A4
*PaperDimension A4/A4: "595 842"
*OpenUI *Duplex/2-Sided Printing: PickOne
*OrderDependency: 10 AnySetup *Duplex
*DefaultDuplex: None
*Duplex None/Off: ""
*Duplex DuplexNoTumble/Long-Edge: ""
*Duplex DuplexTumble/Short-Edge: ""
*CloseUI: *Duplex
"""


class PrintServer:
    """CUPS with a folder of its own; what its queue prints becomes a file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.paper = folder / "paper.pdf"

    def printed(self) -> bytes:
        """What came out, once the job is done."""
        self.wait_for(lambda: bool(re.search(r"\[Job \d+\] Job completed", self._log())))
        return self.paper.read_bytes()

    def sides(self) -> str:
        """How the last job asked for its sides, as the printer's filters were told."""
        found = re.findall(r"argv\[5\]=\".*?sides=([a-z-]+)", self._log())
        return str(found[-1]) if found else "not said"

    def _log(self) -> str:
        return (self.folder / "log").read_text(encoding="utf-8", errors="replace")

    def start(self) -> subprocess.Popen[bytes]:
        """Start the server."""
        for name in ("served", "spool", "cache", "state", "temp"):
            (self.folder / name).mkdir()
        parts = {"server": _SETTINGS, "files": _FILES, "driver.ppd": _DRIVER}
        for name, text in parts.items():
            (self.folder / name).write_text(text.replace("{folder}", str(self.folder)), encoding="ascii")
        command = [_SERVER, "-f", "-c", str(self.folder / "server"), "-s", str(self.folder / "files")]
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def make_queue(self) -> None:
        """Make the queue, once the server answers.

        Raises:
            TimeoutError: the server does not answer.
            CalledProcessError: the server makes no queue.
        """
        self.wait_for((self.folder / "socket").exists)
        queue = ["-p", QUEUE, "-E", "-v", f"file:{self.paper}", "-P", str(self.folder / "driver.ppd")]
        for words in (queue, ["-d", QUEUE]):
            socket = str(self.folder / "socket")
            subprocess.run([_ADMIN, "-h", socket, *words], check=True, capture_output=True, timeout=20)

    @staticmethod
    def wait_for(is_so: Callable[[], bool]) -> None:
        """Wait until something is so.

        Raises:
            TimeoutError: the print server does not answer.
        """
        end = time.monotonic() + 30
        while not is_so():
            if time.monotonic() > end:
                raise TimeoutError("the print server does not answer")
            time.sleep(0.05)


@contextmanager
def print_server() -> Iterator[PrintServer]:
    """A print server that this process prints to; a test that wants it is not run where CUPS is not."""
    library = ctypes.util.find_library("cups")
    if library is None or shutil.which(_SERVER) is None or shutil.which(_ADMIN) is None:
        pytest.skip("not run: CUPS is not here")
    set_server = ctypes.CDLL(library).cupsSetServer
    set_server.argtypes = [ctypes.c_char_p]
    # The server's filters work under a name of their own, so the folder is open to them.
    folder = Path(tempfile.mkdtemp(prefix="paper-"))
    folder.chmod(0o755)
    server = PrintServer(folder)
    process = server.start()
    try:
        try:
            server.make_queue()
        except (TimeoutError, subprocess.SubprocessError) as why:
            pytest.skip(f"not run: a print server of our own does not start here ({why})")
        set_server(str(folder / "socket").encode())
        yield server
    finally:
        set_server(None)
        process.terminate()
        process.wait(timeout=20)
        shutil.rmtree(folder)
