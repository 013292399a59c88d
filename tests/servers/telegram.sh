# A Bot API server that lives as long as one run of the tests. Sourced after debian.sh, not run.
#
# It is telegram-test-api from npm behind a small proxy (tests/servers/telegram/serve.mjs), on 127.0.0.1 alone, with its
# state in memory. What is installed, and in which version, stands in package-lock.json there; it goes into the tests'
# cache, and is installed anew when that file changes. Node.js and npm are used as they are found, from version 18 on.

telegram_files=$(dirname "${BASH_SOURCE[0]}")/telegram

node_works() { "$1" -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 18 ? 0 : 1)' 2>/dev/null; }

# Sets `node` and `npm` to commands that run.
find_node() {
    local root
    node=(node)
    npm=(npm)
    if command -v npm >/dev/null && node_works node && npm --version >/dev/null 2>&1; then
        return 0
    fi
    root=$(private_root npm)
    node=(env "LD_LIBRARY_PATH=$(private_libraries "$root")" "NODE_PATH=$root/usr/share/nodejs:$root/usr/lib/nodejs"
        "PATH=$root/usr/bin:$PATH" "$root/usr/bin/node")
    npm=("${node[@]}" "$root/usr/share/nodejs/npm/bin/npm-cli.js")
    [[ -x $root/usr/bin/node ]] && "${node[@]}" -e 0 2>/dev/null && "${npm[@]}" --version >/dev/null 2>&1
}

# Sets `telegram_modules`, where the packages are. npm makes the directory whole or not at all.
provide_telegram_packages() {
    local wanted partial
    wanted=$(cat "$telegram_files"/package.json "$telegram_files"/package-lock.json | sha256sum | cut -c1-16)
    telegram_modules=$exodus_cache/telegram-$wanted
    [[ -d $telegram_modules ]] && return
    find_node || { obtain npm find_node && find_node; }
    say "getting telegram-test-api from npm"
    mkdir -p "$exodus_cache" || die "cannot make $exodus_cache: set HOME or XDG_CACHE_HOME"
    partial=$(mktemp -d "$exodus_cache/telegram.XXXXXX") || die "cannot write to $exodus_cache"
    cp "$telegram_files"/package.json "$telegram_files"/package-lock.json "$partial"
    (cd "$partial" && "${npm[@]}" ci --ignore-scripts --no-audit --no-fund >npm.log 2>&1 </dev/null) || {
        tail -n 20 "$partial/npm.log" >&2
        rm -rf "$partial"
        die "telegram-test-api could not be had from npm (see above): is its registry reachable?"
    }
    # What requests are checked against must be what was published.
    "${node[@]}" "$telegram_files/describe.mjs" "$partial" --check || {
        rm -rf "$partial"
        die "tests/servers/telegram/bot-api.json is not the published description"
    }
    # Another run may have been faster.
    mv -T "$partial" "$telegram_modules" 2>/dev/null || rm -rf "$partial"
    [[ -d $telegram_modules ]] || die "cannot write to $exodus_cache"
}

# Starts the server and exports EXODUS_TEST_TELEGRAM (for the bot) and EXODUS_TEST_TELEGRAM_PEOPLE (for its users),
# unless the first is set already. Whoever calls this calls stop_telegram at the end, whatever happened in between.
start_telegram() {
    local waited ready
    if [[ -n ${EXODUS_TEST_TELEGRAM:-} ]]; then
        [[ -n ${EXODUS_TEST_TELEGRAM_PEOPLE:-} ]] || die "EXODUS_TEST_TELEGRAM is set, but not EXODUS_TEST_TELEGRAM_PEOPLE"
        return
    fi
    provide_telegram_packages
    find_node || { obtain npm find_node && find_node; }
    telegram_home=$(mktemp -d -t exodus-tests.XXXXXX) || die "no temporary directory: set TMPDIR"
    ready=$telegram_home/ready
    # A session of its own: Ctrl-C is for the tests, the server is stopped after them.
    setsid setpriv --pdeathsig=TERM -- "${node[@]}" "$telegram_files/serve.mjs" "$telegram_modules" "$ready" \
        >"$telegram_home/log" 2>&1 </dev/null &
    telegram_process=$!
    for ((waited = 0; waited < 600; waited++)); do
        [[ -e $ready ]] && break
        kill -0 "$telegram_process" 2>/dev/null || break
        sleep 0.1
    done
    [[ -e $ready ]] || die "the Bot API server did not start: $(tail -n 20 "$telegram_home/log")"
    EXODUS_TEST_TELEGRAM=$(sed -nE 's/.*"bot": ?"([^"]*)".*/\1/p' "$ready")
    EXODUS_TEST_TELEGRAM_PEOPLE=$(sed -nE 's/.*"people": ?"([^"]*)".*/\1/p' "$ready")
    export EXODUS_TEST_TELEGRAM EXODUS_TEST_TELEGRAM_PEOPLE
}

stop_telegram() {
    if [[ -n ${telegram_process:-} ]]; then
        kill -0 "$telegram_process" 2>/dev/null || {
            say "the Bot API server died during the run; the end of its log:"
            tail -n 20 "$telegram_home/log" >&2
        }
        kill -KILL "$telegram_process" 2>/dev/null
        wait "$telegram_process" 2>/dev/null
        telegram_process=
    fi
    [[ -z ${telegram_home:-} ]] || rm -rf "$telegram_home"
    telegram_home=
}
