# The founding of PROTOCOL.md section 1, every step with the commands that real members type.
# Sourced by ops/quickstart.
# The commands of a step are chained: quiet() runs it where errexit does not reach.

# The built-in release plan; for records that are not the sample, over the years of their dates too.
make_plan() {
  local plan=$scratch/plan.toml from until
  cp "$top/policies/plan/default.toml" "$plan"
  [ -z "${sample:-}" ] && [ -n "${data:-}" ] || return 0
  from=$(sed -n 's/^from = //p' "$plan") until=$(sed -n 's/^until = //p' "$plan")
  read -r from until < <({ echo "$from"; echo "$until"; years_of_dates; } | sort -nu | sed -n '1p;$p' | paste -sd' ')
  # A plan is of 100 years at most.
  [ $((until - from)) -lt 100 ] || from=$((until - 99))
  sed -i "s/^from = .*/from = $from/; s/^until = .*/until = $until/" "$plan"
}

years_of_dates() {
  { grep -ohE '(19|20)[0-9]{2}-[01][0-9]-[0-3][0-9]' "$data"/regions/cooperations_*.csv || true; } | cut -c1-4
}

# Each member, alone: a home, two governance keys that stay outside it, and what the others must know.
prepare_member() {
  local region=$1 keys=$scratch/governance
  head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n' >"$keys/$region.pass" &&
  "$bin/regionctl" init "$homes/$region" --federation quickstart --member "$region" \
    --listen "127.0.0.1:$(cat "$scratch/port.$region")" &&
  cp "$scratch/plan.toml" "$homes/$region/plan.toml" &&
  "$bin/regionctl" governance create "$keys/$region.key" --passphrase-file "$keys/$region.pass" &&
  "$bin/regionctl" governance create "$keys/$region.safe.key" --passphrase-file "$keys/$region.pass" &&
  "$bin/regionctl" member show --home "$homes/$region" --governance "$keys/$region.key.pub" \
    --governance "$keys/$region.safe.key.pub" --out "$keys/$region.member.json"
}

# Each member: the roster into the home, then the node's own keys, signed beside the governance key.
make_keyset() {
  local region=$1 keys=$scratch/governance
  "$bin/regionctl" roster install "$keys/roster.dsse" --home "$homes/$region" &&
  "$bin/regionctl" keyset create --home "$homes/$region" --out "$keys/$region.keyset.dsse" &&
  "$bin/regionctl" keyset sign "$keys/$region.keyset.dsse" --key "$keys/$region.key" \
    --passphrase-file "$keys/$region.pass"
}

# Each member: its own key set first (that signs the empty log), then its peers'.
install_keysets() {
  local region=$1 keys=$scratch/governance peer files
  files=("$keys/$region.keyset.dsse")
  for peer in $regions; do
    [ "$peer" = "$region" ] || files+=("$keys/$peer.keyset.dsse")
  done
  "$bin/regionctl" keyset install "${files[@]}" --home "$homes/$region"
}

found_federation() {
  local region keys=$scratch/governance members=()
  for region in "${region_list[@]}"; do
    echo "${port_of[$region]}" >"$scratch/port.$region"
    members+=(--member "$keys/$region.member.json")
  done
  make_plan
  for_each quiet_prepare_member
  "$bin/regionctl" roster create --federation quickstart --plan "$scratch/plan.toml" "${members[@]}" --out "$keys/roster.dsse" >/dev/null ||
    die "the roster could not be made"
  for region in "${region_list[@]}"; do
    "$bin/regionctl" roster sign "$keys/roster.dsse" --key "$keys/$region.key" \
      --passphrase-file "$keys/$region.pass" >/dev/null || die "$region could not sign the roster"
  done
  for_each quiet_make_keyset
  for_each quiet_install_keysets
  genesis=$("$bin/regionctl" roster show "$keys/roster.dsse" | sed -n 's/^genesis: *\([0-9a-f]\{64\}\)$/\1/p')
  [ -n "$genesis" ] || die "the roster shows no genesis fingerprint"
  echo "$genesis" >"$homes/genesis.sha256"
}

# What the commands print is shown only when one fails.
quiet() {
  local log=$scratch/quiet.$2
  "$@" >"$log" 2>&1 || { sed "s/^/$2: /" "$log" >&2; return 1; }
}
quiet_prepare_member() { quiet prepare_member "$1"; }
quiet_make_keyset() { quiet make_keyset "$1"; }
quiet_install_keysets() { quiet install_keysets "$1"; }
export -f quiet prepare_member make_keyset install_keysets
