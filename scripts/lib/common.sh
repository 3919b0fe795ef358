# shellcheck shell=bash
# What the commands in scripts/ share. Sourced, with the repository's root as the current folder.

# Why something that comes from a package index is not there; written by scripts/setup, read by the tests that need it.
# shellcheck disable=SC2034  # read by those who source this
unreachable_dir=build/unreachable

jobs=${CANDELA_JOBS:-$(nproc)}

say() { echo "$(basename "$0"): $*"; }
fail() { # MESSAGE [STATUS]
  echo "$(basename "$0"): $1" >&2
  exit "${2:-1}"
}

# The comment at the top of a script is its help.
print_help() { sed -n '2,/^[^#]/{/^#/s/^# \{0,1\}//p}' "$0"; }

# All objects go through ccache. Paths are kept out of its keys, so that a second checkout finds the first one's objects.
export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1

build() { # PRESET [TARGET...]: configures when needed, then builds
  local preset=$1
  shift
  [ -f "build/$preset/build.ninja" ] || cmake --preset "$preset" >"build/$preset-configure.log" 2>&1 ||
    { cat "build/$preset-configure.log" >&2; fail "cannot configure the preset '$preset'"; }
  local quiet=()
  [ -t 1 ] || quiet=(-- --quiet)
  cmake --build "build/$preset" -j "$jobs" ${1:+--target "$@"} "${quiet[@]}"
}

# The files that the page is made of, as one hash.
page_fingerprint() {
  find web schema -type f -not -path '*/node_modules/*' -not -path '*/dist/*' -print0 2>/dev/null |
    sort -z | xargs -0 sha256sum | sha256sum
}

# Builds the page into web/dist when something in web/ or schema/ changed. False if there is no page to be had.
build_page() {
  [ -f web/package.json ] || return 1
  [ ! -e "$unreachable_dir/npm" ] || return 1
  local now
  now=$(page_fingerprint)
  if [ ! -f web/dist/index.html ] || [ "$now" != "$(cat build/page.fingerprint 2>/dev/null)" ]; then
    say "building the page"
    (cd web && npm run --silent build) >build/page.log 2>&1 || { cat build/page.log >&2; fail "the page does not build"; }
    page_fingerprint >build/page.fingerprint
  fi
}
