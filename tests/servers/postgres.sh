# A PostgreSQL server that lives as long as one run of the tests. Sourced after debian.sh, not run.
#
# It listens on 127.0.0.1 alone, trusts everyone there, keeps its data in a directory that is removed with it, and does
# not wait for the disk, unless EXODUS_TEST_POSTGRES_FSYNC=on asks for it. It never runs as root, which PostgreSQL
# refuses, and dies with the script that started it, however that ends.

postgres_works() { [[ -x $1/pg_isready ]] && "$1/initdb" --version >/dev/null 2>&1 && "$1/postgres" --version >/dev/null 2>&1; }

# Sets `postgres_programs` (a directory) and `postgres_libraries` (empty unless it is a private copy).
find_postgres() {
    local root on_path directory
    postgres_libraries=
    on_path=$(readlink -f "$(command -v postgres || command -v initdb)")
    while read -r directory; do
        if [[ -n $directory ]] && postgres_works "$directory"; then
            postgres_programs=$directory
            return 0
        fi
    done < <(printf '%s\n' /usr/lib/postgresql/*/bin | sort --version-sort --reverse; dirname "$on_path")

    is_root && return 1 # the server's user could not read root's copy
    root=$(private_root postgresql)
    postgres_libraries=$(private_libraries "$root")
    for directory in "$root"/usr/lib/postgresql/*/bin; do
        if LD_LIBRARY_PATH=$postgres_libraries postgres_works "$directory"; then
            postgres_programs=$directory
            return 0
        fi
    done
    return 1
}

# Runs a command as the ordinary user the server belongs to: whoever runs this, unless that is root.
as_postgres() { "${postgres_user[@]}" env --chdir=/ LD_LIBRARY_PATH="$postgres_libraries" "$@"; }

choose_postgres_user() {
    local user
    postgres_user=()
    is_root || return 0
    for user in postgres nobody; do
        if id "$user" >/dev/null 2>&1; then
            postgres_user=(setpriv "--reuid=$user" "--regid=$(id -g "$user")" --init-groups --)
            return 0
        fi
    done
    die "PostgreSQL does not run as root, and there is neither a user 'postgres' nor 'nobody' to run it as"
}

# Sets `postgres_home`, the directory of this run: one the server's user can enter, with a path short enough for a socket.
make_postgres_home() {
    local parent
    for parent in "${TMPDIR:-/tmp}" /tmp; do
        postgres_home=$(mktemp -d "$parent/exodus-tests.XXXXXX") || continue
        if is_root; then chown "$(as_postgres id -u)" "$postgres_home"; fi
        if ((${#postgres_home} < 80)) && as_postgres test -w "$postgres_home"; then
            return 0
        fi
        rm -rf "$postgres_home"
    done
    postgres_home=
    die "no temporary directory that the server can write to: set TMPDIR"
}

# Starts the server on one port; fails when it does not come up, with the reason in its log.
start_postgres_on() {
    local port=$1 waited fsync=${EXODUS_TEST_POSTGRES_FSYNC:-off}
    # A session of its own: Ctrl-C is for the tests, the server is stopped after them.
    setsid "${postgres_user[@]}" env --chdir=/ LD_LIBRARY_PATH="$postgres_libraries" setpriv --pdeathsig=QUIT -- \
        "$postgres_programs/postgres" -D "$postgres_home/data" -p "$port" \
        -c listen_addresses=127.0.0.1 -c unix_socket_directories="$postgres_home" \
        -c max_connections=200 -c fsync="$fsync" -c full_page_writes="$fsync" \
        </dev/null >"$postgres_home/log" 2>&1 &
    postgres_process=$!
    # Asked over the socket in its own directory: on the port another server could answer.
    for ((waited = 0; waited < 600; waited++)); do
        if as_postgres "$postgres_programs/pg_isready" -q -h "$postgres_home" -p "$port"; then
            return 0
        fi
        kill -0 "$postgres_process" 2>/dev/null || break
        sleep 0.1
    done
    stop_postgres_process
    return 1
}

stop_postgres_process() {
    local waited
    [[ -n ${postgres_process:-} ]] || return 0
    kill -INT "$postgres_process" 2>/dev/null
    for ((waited = 0; waited < 200; waited++)); do
        kill -0 "$postgres_process" 2>/dev/null || break
        if ((waited == 100)); then kill -QUIT "$postgres_process" 2>/dev/null; fi
        sleep 0.05
    done
    kill -KILL "$postgres_process" 2>/dev/null
    wait "$postgres_process" 2>/dev/null
    postgres_process=
}

# Starts a server and exports EXODUS_TEST_POSTGRES, unless that is set already. Whoever calls this calls stop_postgres
# at the end, whatever happened in between.
start_postgres() {
    local attempt port
    if [[ -n ${EXODUS_TEST_POSTGRES:-} ]]; then
        return
    fi
    unset PGHOST PGHOSTADDR PGPORT PGUSER PGPASSWORD PGPASSFILE PGDATABASE PGSERVICE PGOPTIONS PGSSLMODE PGDATA PGTZ
    find_postgres || { obtain postgresql find_postgres && find_postgres; }
    choose_postgres_user
    make_postgres_home
    as_postgres "$postgres_programs/initdb" -D "$postgres_home/data" -U postgres --auth=trust \
        --encoding=UTF8 --locale=C.UTF-8 --no-sync >"$postgres_home/initdb" 2>&1 </dev/null ||
        die "initdb failed: $(cat "$postgres_home/initdb")"
    for ((attempt = 0; attempt < 20; attempt++)); do
        port=$((20000 + RANDOM % 12000)) # below the range that outgoing connections take their ports from
        if start_postgres_on "$port"; then
            export EXODUS_TEST_POSTGRES="postgres://postgres@127.0.0.1:$port/postgres"
            return
        fi
        grep -q 'Address already in use' "$postgres_home/log" || break
    done
    die "PostgreSQL did not start: $(tail -n 20 "$postgres_home/log")"
}

stop_postgres() {
    if [[ -n ${postgres_process:-} ]] && ! kill -0 "$postgres_process" 2>/dev/null; then
        say "the PostgreSQL server died during the run; the end of its log:"
        tail -n 20 "$postgres_home/log" >&2
    fi
    stop_postgres_process
    [[ -z ${postgres_home:-} ]] || rm -rf "$postgres_home"
    postgres_home=
}
