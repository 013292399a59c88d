# Programs from Debian, for the test command. Sourced, not run.
#
# A program that is installed and works is used. Otherwise its package comes from Debian through apt and nothing else:
# root installs it; anyone else unpacks it, with what it needs, into a cache directory of their own. There is no third
# way and no skipping: what cannot be had ends the run with words on what to install.
#
# A private copy keeps the shape of the package, so `$(private_root PACKAGE)/usr/bin/…` is where its programs are.

exodus_cache="${XDG_CACHE_HOME:-${HOME:-/nonexistent}/.cache}/exodus-tests"

say() { printf '%s\n' "tests: $*" >&2; }

die() {
    printf '%s\n' "tests: error: $*" >&2
    exit 1
}

is_root() { [[ $(id -u) -eq 0 ]]; }

# Where an ordinary user's copy of PACKAGE is unpacked, one per Debian release and architecture.
private_root() {
    local release
    release=$(. /etc/os-release 2>/dev/null; printf '%s' "${ID:-linux}-${VERSION_CODENAME:-${VERSION_ID:-unknown}}")
    printf '%s' "$exodus_cache/$release-$(uname -m)/$1"
}

# Colon-separated directories with the shared libraries of a private copy.
private_libraries() {
    local root=$1 directory list=
    for directory in "$root"/usr/lib/*-linux-* "$root"/lib/*-linux-* "$root"/usr/lib "$root"/lib; do
        [[ -d $directory ]] && list+=${list:+:}$directory
    done
    printf '%s' "$list"
}

# obtain PACKAGE FIND: install it or unpack a private copy, unless FIND (a function that finds its working program)
# succeeds once the lock is held: another run may just have done the same.
obtain() {
    local package=$1 find=$2
    command -v apt-get >/dev/null && command -v dpkg >/dev/null ||
        die "'$package' is missing and this is not a Debian system: install it by hand and put its programs in PATH"
    say "getting '$package' from Debian"
    if is_root; then
        mkdir -p /run/lock
        (flock 9 && { "$find" || install_package "$package"; }) 9>/run/lock/exodus-tests.lock
    else
        mkdir -p "$exodus_cache" ||
            die "cannot make $exodus_cache: set HOME or XDG_CACHE_HOME, or install '$package' as root"
        (flock 9 && { "$find" || unpack_package "$package"; }) 9>"$exodus_cache/lock"
    fi && "$find" ||
        die "no working '$package' could be had from Debian (see above): install it (apt-get install $package), then try again"
}

install_package() {
    local package=$1 no_cluster=/etc/postgresql-common/createcluster.d/exodus-tests.conf outcome=0
    local install=(apt-get install --yes --no-install-recommends -o DPkg::Lock::Timeout=300 "$package")
    export DEBIAN_FRONTEND=noninteractive
    if [[ $package == postgresql ]]; then
        # The programs are wanted, not a database cluster and a service of the whole machine.
        mkdir -p "${no_cluster%/*}"
        printf 'create_main_cluster = false\n' >"$no_cluster"
    fi
    # Package lists that are missing or too old show as a failure: fetch them and try once more.
    "${install[@]}" >&2 </dev/null || { apt-get update >&2 </dev/null; "${install[@]}" >&2 </dev/null; } || outcome=$?
    rm -f "$no_cluster"
    rmdir "${no_cluster%/*}" 2>/dev/null
    return "$outcome"
}

# Runs in a subshell of its own (see obtain), with the lock held.
unpack_package() {
    local package=$1 root lists partial names archive
    root=$(private_root "$package")
    lists=$exodus_cache/apt
    partial=$root.partial
    # Package lists of our own: those of the machine may be missing, and only root can fetch them.
    local own=(-o Dir::State="$lists/state" -o Dir::State::status=/var/lib/dpkg/status -o Dir::Cache="$lists/cache")
    rm -rf "$partial" "$root"
    mkdir -p "$lists/state/lists/partial" "$lists/cache/archives/partial" "$partial/archives" || return
    apt-get "${own[@]}" update >&2 </dev/null || say "apt-get update had trouble; going on with what it fetched"
    names=$(apt-get "${own[@]}" --simulate install --no-install-recommends "$package" </dev/null |
        sed -n 's/^Inst \([^ ]*\) .*/\1/p') || return
    if [[ -z $names ]]; then
        say "apt-get says that '$package' is installed, yet its programs do not work"
        return 1
    fi
    # shellcheck disable=SC2086 # names of packages, one per word
    (cd "$partial/archives" && apt-get "${own[@]}" download $names >&2 </dev/null) || return
    for archive in "$partial"/archives/*.deb; do
        dpkg --extract "$archive" "$partial" || return
    done
    rm -rf "$partial/archives"
    mv "$partial" "$root"
}

find_linker() { command -v cc >/dev/null; }

# Rust links with the C compiler's driver, and SQLite is compiled by it.
provide_linker() {
    find_linker && return
    is_root || die "there is no C compiler: install one (apt-get install build-essential)"
    obtain build-essential find_linker
}
