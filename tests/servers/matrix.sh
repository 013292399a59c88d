# A Matrix homeserver that lives as long as one run of the tests, and people who use it. Sourced after debian.sh, not run.
#
# It is Synapse, and the people's client is matrix-nio, both from PyPI: tests/servers/matrix/serve.py starts them, on
# 127.0.0.1 alone, with all they keep in a directory that is removed with them. What is installed, and in which version,
# stands in requirements.txt there; it goes into a virtual environment in the tests' cache, made anew when that file
# changes. Python is used as it is found, from version 3.10 on, with its module venv, or taken from Debian.

matrix_files=$(dirname "${BASH_SOURCE[0]}")/matrix

python_works() { "$@" -c 'import sys, ssl, sqlite3, venv; sys.exit(sys.version_info < (3, 10))' 2>/dev/null; }

# Sets `python` to a command that runs, and `pip` to a file that holds pip, or to nothing where Python has its own.
find_python() {
    local root wheel
    root=$(private_root python3-venv)
    for python in python3 /usr/bin/python3; do
        pip=
        python=("$python")
        python_works "${python[@]}" && "${python[@]}" -c 'import ensurepip; ensurepip.version()' 2>/dev/null && return
    done
    # A private copy holds what was missing: all of it, or only what makes virtual environments.
    for wheel in "$root"/usr/share/python-wheels/pip-*.whl; do
        [[ -e $wheel ]] || return 1
        pip=$wheel/pip
    done
    python=(/usr/bin/python3)
    python_works "${python[@]}" && return
    python=(env "LD_LIBRARY_PATH=$(private_libraries "$root")" "$root/usr/bin/python3")
    python_works "${python[@]}"
}

# Sets `matrix_python`, the Python that has the packages. They are all there or none.
provide_matrix_packages() {
    local wanted partial version
    find_python || { obtain python3-venv find_python && find_python; }
    version=$("${python[@]}" -c 'import sys; print(sys.version, sys.prefix)')
    wanted=$({ printf '%s' "$version"; cat "$matrix_files/requirements.txt"; } | sha256sum | cut -c1-16)
    matrix_environment=$exodus_cache/matrix-$wanted
    if ((${#python[@]} == 1)); then matrix_python=(); else matrix_python=("${python[@]:0:2}"); fi
    matrix_python+=("$matrix_environment/bin/python")
    [[ -d $matrix_environment ]] && return
    say "getting Synapse and matrix-nio from PyPI"
    mkdir -p "$exodus_cache" || die "cannot make $exodus_cache: set HOME or XDG_CACHE_HOME"
    partial=$(mktemp -d "$exodus_cache/matrix.XXXXXX") || die "cannot write to $exodus_cache"
    install_matrix_packages "$partial" >"$partial.log" 2>&1 </dev/null || {
        tail -n 20 "$partial.log" >&2
        rm -rf "$partial" "$partial.log"
        die "Synapse and matrix-nio could not be had from PyPI (see above): is it reachable?"
    }
    rm -f "$partial.log"
    # Another run may have been faster.
    mv -T "$partial" "$matrix_environment" 2>/dev/null || rm -rf "$partial"
    [[ -d $matrix_environment ]] || die "cannot write to $exodus_cache"
}

# Everything is in requirements.txt, so nothing is resolved; what has no wheel is built with what stands there too.
install_matrix_packages() {
    local environment=$1 inside=("${python[@]:0:${#python[@]}-1}" "$1/bin/python") installer
    if [[ -n $pip ]]; then
        "${python[@]}" -m venv --without-pip "$environment" || return
        installer=("${inside[@]}" "$pip")
    else
        "${python[@]}" -m venv "$environment" || return
        installer=("${inside[@]}" -m pip)
    fi
    PIP_CONSTRAINT=$matrix_files/requirements.txt PIP_BUILD_CONSTRAINT=$matrix_files/requirements.txt \
        "${installer[@]}" install --no-deps --prefer-binary --use-pep517 --requirement "$matrix_files/requirements.txt"
}

# Where the homeserver keeps its data: in memory where there is room, as nothing of it has to last.
make_matrix_home() {
    local room
    room=$(df --output=avail -k /dev/shm 2>/dev/null | tail -n 1)
    if ((${room:-0} > 1048576)); then matrix_home=$(mktemp -d /dev/shm/exodus-tests.XXXXXX) && return; fi
    matrix_home=$(mktemp -d -t exodus-tests.XXXXXX) || die "no temporary directory: set TMPDIR"
}

# Starts both and exports EXODUS_TEST_MATRIX (the homeserver) and EXODUS_TEST_MATRIX_PEOPLE (people who use it), unless
# the first is set already. Whoever calls this calls stop_matrix at the end, whatever happened in between.
start_matrix() {
    local waited ready
    if [[ -n ${EXODUS_TEST_MATRIX:-} ]]; then
        [[ -n ${EXODUS_TEST_MATRIX_PEOPLE:-} ]] || die "EXODUS_TEST_MATRIX is set, but not EXODUS_TEST_MATRIX_PEOPLE"
        return
    fi
    provide_matrix_packages
    make_matrix_home
    ready=$matrix_home/ready
    # A session of its own: Ctrl-C is for the tests, the server is stopped after them.
    setsid setpriv --pdeathsig=TERM -- "${matrix_python[@]}" -B "$matrix_files/serve.py" "$matrix_home" "$ready" \
        >"$matrix_home/log" 2>&1 </dev/null &
    matrix_process=$!
    for ((waited = 0; waited < 600; waited++)); do
        [[ -e $ready ]] && break
        kill -0 "$matrix_process" 2>/dev/null || break
        sleep 0.1
    done
    [[ -e $ready ]] || die "the homeserver did not start: $(tail -n 20 "$matrix_home/log")"
    EXODUS_TEST_MATRIX=$(sed -nE 's/.*"homeserver": ?"([^"]*)".*/\1/p' "$ready")
    EXODUS_TEST_MATRIX_PEOPLE=$(sed -nE 's/.*"people": ?"([^"]*)".*/\1/p' "$ready")
    export EXODUS_TEST_MATRIX EXODUS_TEST_MATRIX_PEOPLE
}

stop_matrix() {
    local waited
    if [[ -n ${matrix_process:-} ]]; then
        kill -TERM "$matrix_process" 2>/dev/null || {
            say "the homeserver died during the run; the end of its log:"
            tail -n 20 "$matrix_home/log" >&2
        }
        for ((waited = 0; waited < 40; waited++)); do
            kill -0 "$matrix_process" 2>/dev/null || break
            sleep 0.05
        done
        kill -KILL "$matrix_process" 2>/dev/null
        wait "$matrix_process" 2>/dev/null
        matrix_process=
    fi
    [[ -z ${matrix_home:-} ]] || rm -rf "$matrix_home"
    matrix_home=
}
