# veraPDF, the reference validator of PDF/A and PDF/UA, fetched once for the tests with Maven's own settings.
# Where it cannot be had, the tests that ask it are not run, say so at the end, and the rest goes on.

# prepare_verapdf: puts its one jar into .venv/verapdf.
prepare_verapdf() {
    ! cmp -s setup/verapdf/pom.xml .venv/verapdf/pom.xml || return 0
    say "Fetching veraPDF"
    rm -rf .venv/verapdf
    if mvn --quiet --batch-mode --strict-checksums --file setup/verapdf/pom.xml dependency:copy-dependencies \
        "-DoutputDirectory=$PWD/.venv/verapdf" >.venv/verapdf.log 2>&1; then
        cp setup/verapdf/pom.xml .venv/verapdf/pom.xml
    else
        say "veraPDF could not be fetched; .venv/verapdf.log says why."
    fi
}
