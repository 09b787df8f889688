# Shared by ops/quickstart, ops/test and .ci/run; sourced, never run. Sets no options of its caller.

# list_packages SET...: the packages of those sets, one a line.
list_packages() {
  local set
  for set in "$@"; do
    awk -v set="$set" '!/^#/ && $2 == set { print $1 }' "${REGIONS_PACKAGES:-$top/ops/packages}"
  done
}

# missing_packages SET...: those of them that are not installed, one a line.
missing_packages() {
  local package status
  for package in $(list_packages "$@"); do
    status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) || status=
    [ "$status" = installed ] || echo "$package"
  done
}

# need_packages SET...: root installs what is missing; anybody else is told the one line that does.
need_packages() {
  local missing
  command -v dpkg-query >/dev/null || {
    echo "This needs Debian 12; elsewhere install the equivalents of ops/packages by hand." >&2
    return 1
  }
  missing=$(missing_packages "$@" | tr '\n' ' ')
  missing=${missing% }
  [ -n "$missing" ] || return 0
  if [ "$(id -u)" != 0 ]; then
    echo "Debian packages are missing (the reason for each stands in ops/packages). Run this, then try again:" >&2
    echo "sudo apt-get install --no-install-recommends $missing" >&2
    return 1
  fi
  echo "installing Debian packages: $missing"
  # shellcheck disable=SC2086  # one word per package is meant
  DEBIAN_FRONTEND=noninteractive apt-get update -qq &&
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
}

# build_lock: one build at a time in this tree. The lock goes with the shell that took it.
build_lock() {
  mkdir -p "$top/build"
  exec 9>"$top/build/.lock"
  flock -n 9 || { echo "waiting for another build in this tree"; flock 9; }
}
build_unlock() { exec 9>&-; }

# seconds_since START: for progress lines.
seconds_since() { echo $(($(date +%s) - $1)); }
