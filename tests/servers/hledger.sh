# hledger, which reads the exported books back. Sourced after debian.sh, not run.

hledger_works() { "$1" --version >/dev/null 2>&1; }

# Sets `hledger` to a program that runs.
find_hledger() {
    local candidate
    for candidate in "$(command -v hledger)" "$(private_root hledger)/run-hledger"; do
        if [[ -n $candidate ]] && hledger_works "$candidate"; then
            hledger=$candidate
            return 0
        fi
    done
    wrap_private_hledger
}

# A private copy may come with libraries of its own: a small program beside it knows where they are.
wrap_private_hledger() {
    local root
    root=$(private_root hledger)
    [[ -x $root/usr/bin/hledger ]] || return 1
    printf '#!/bin/sh\nLD_LIBRARY_PATH=%q exec %q "$@"\n' \
        "$(private_libraries "$root")" "$root/usr/bin/hledger" >"$root/run-hledger"
    chmod +x "$root/run-hledger"
    hledger_works "$root/run-hledger" && hledger=$root/run-hledger
}

# Exports EXODUS_TEST_HLEDGER, unless it is set already.
provide_hledger() {
    if [[ -n ${EXODUS_TEST_HLEDGER:-} ]]; then
        hledger_works "$EXODUS_TEST_HLEDGER" || die "EXODUS_TEST_HLEDGER=$EXODUS_TEST_HLEDGER does not run"
        return
    fi
    find_hledger || { obtain hledger find_hledger && find_hledger; }
    export EXODUS_TEST_HLEDGER=$hledger
}
