# What ./run and ./test share: the system's packages, the environment in .venv and the libraries in it.
# Source it from the root of the project, then: prepare requirements.txt
# A second start finds its stamp and touches neither the network nor the disk. Exit 3 means: the place is in the way.

# Where Debian keeps ldconfig for those who are not root.
PATH="$PATH:/usr/sbin:/sbin"

say() {
    printf '%s\n' "$*" >&2
}

stop() {
    say "$*"
    exit 3
}

# A line for each library that the window needs: the file that is looked for, the Debian package that has it.
libraries='libGL.so.1 libgl1
libEGL.so.1 libegl1
libxkbcommon.so.0 libxkbcommon0
libfontconfig.so.1 libfontconfig1
libdbus-1.so.3 libdbus-1-3
libglib-2.0.so.0 libglib2.0-0
libxcb-cursor.so.0 libxcb-cursor0
libxcb-icccm.so.4 libxcb-icccm4
libxcb-keysyms.so.1 libxcb-keysyms1
libxcb-shape.so.0 libxcb-shape0
libxkbcommon-x11.so.0 libxkbcommon-x11-0
libwayland-cursor.so.0 libwayland-cursor0'

# The same for what only the tests call: the judges of our PDFs, a screen, and the programs of those who get our files.
test_tools='pdfsig poppler-utils
qpdf qpdf
Xvfb xvfb
java default-jre-headless
mvn maven
chromium chromium
chromedriver chromium-driver
soffice libreoffice-calc
cupsd cups
lpadmin cups-client
/usr/lib/cups/backend/cups-pdf printer-driver-cups-pdf'

# Sets $python to the first interpreter that is new enough.
find_python() {
    for python in python3 python3.13 python3.12 python3.11; do
        if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            return
        fi
    done
    stop "BrokerDesk needs Python 3.11 or newer, and this computer has none. Install it, then start again."
}

# Sets $missing to the Debian packages that are not here yet.
find_missing() {
    missing=""
    known=$(ldconfig -p 2>/dev/null || true)
    while read -r file package; do
        case "$known" in
            *"$file "*) ;;
            *) missing="$missing $package" ;;
        esac
    done <<END
$libraries
END
    [ -e /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf ] || missing="$missing fonts-dejavu-core"
    "$python" -c 'import ensurepip, venv' 2>/dev/null || missing="$missing $python-venv"
    if [ "$1" = requirements-dev.txt ]; then
        while read -r tool package; do
            command -v "$tool" >/dev/null || missing="$missing $package"
        done <<END
$test_tools
END
    fi
    missing=${missing# }
}

install_missing() {
    [ -n "$missing" ] || return 0
    command -v apt-get >/dev/null || stop "BrokerDesk needs these packages of the system first: $missing"
    line="apt-get update && apt-get install -y --no-install-recommends $missing"
    if [ "$(id -u)" != 0 ]; then
        stop "Run this line once as root, then start again:  sudo sh -c '$line'"
    fi
    say "Installing what the system lacks: $missing"
    DEBIAN_FRONTEND=noninteractive sh -c "$line" >&2 ||
        stop "The system's packages could not be installed. Look at the lines above, then start again."
}

# Makes .venv, or makes it anew where its interpreter is gone.
make_environment() {
    .venv/bin/python -c 'import pip' 2>/dev/null && return
    say "Making the environment in .venv"
    "$python" -m venv --clear .venv || stop "The folder .venv could not be made in $PWD."
}

# One line that changes with the libraries, the interpreter, the place of the project and this script.
stamp_of() {
    {
        cat setup/prepare.sh "$1"
        pwd
        .venv/bin/python -V 2>&1 || true
    } | sha256sum | cut -d ' ' -f 1
}

is_ready() {
    [ -e ".venv/ready-$1" ] && [ "$(cat ".venv/ready-$1")" = "$(stamp_of "$1")" ]
}

# Older pips trust only the authorities that they carry. Behind a council's inspecting proxy the one that counts is
# the system's, so pip is pointed there unless it has been told otherwise.
trust_the_system() {
    [ -z "${PIP_CERT:-}${REQUESTS_CA_BUNDLE:-}" ] || return 0
    .venv/bin/python -m pip config get global.cert >/dev/null 2>&1 && return
    bundle=${SSL_CERT_FILE:-/etc/ssl/certs/ca-certificates.crt}
    [ ! -r "$bundle" ] || export PIP_CERT="$bundle"
}

# odfpy comes as source alone. It is built last, by the setuptools that is pinned beside it, so that nothing without a
# hash is fetched to build it.
install_libraries() {
    trust_the_system
    say "Fetching the libraries of $1 (some 200 MB the first time)"
    if grep -q '^odfpy==' "$1"; then
        sed '/^odfpy==/,/[^\\]$/d' "$1" >.venv/wheels.txt
        sed -n '/^odfpy==/,/[^\\]$/p' "$1" >.venv/sources.txt
        fetch --only-binary :all: -r .venv/wheels.txt
        fetch --no-build-isolation --use-pep517 -r .venv/sources.txt
    else
        fetch --only-binary :all: -r "$1"
    fi
}

fetch() {
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --no-deps --require-hashes \
        "$@" >&2 ||
        stop "The libraries could not be fetched. This step needs the network once; look at the lines above."
}

# The program runs from its source: a path file and a starter, so that nothing needs to be built or fetched.
install_program() {
    packages=$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
    printf '%s\n' "$PWD/src" >"$packages/brokerdesk-source.pth"
    cat >.venv/bin/brokerdesk <<'END'
#!/bin/sh
exec "$(dirname "$(readlink -f "$0")")/python" -P -m brokerdesk "$@"
END
    chmod +x .venv/bin/brokerdesk
}

# The libraries of the tests hold those of the program, so the tests' stamp is good for both.
stamp() {
    stamp_of "$1" >".venv/ready-$1"
    if [ "$1" = requirements-dev.txt ]; then
        stamp_of requirements.txt >.venv/ready-requirements.txt
    fi
}

# prepare FILE: everything that FILE's libraries and the program need, made once.
prepare() {
    find_python
    find_missing "$1"
    install_missing
    is_ready "$1" && return
    # Two first starts at once wait for each other.
    exec 9<setup/prepare.sh
    ! command -v flock >/dev/null || flock 9
    if ! is_ready "$1"; then
        make_environment
        install_libraries "$1"
        install_program
        stamp "$1"
    fi
    exec 9<&-
}
