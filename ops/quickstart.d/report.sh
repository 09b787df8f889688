# What ops/quickstart shows. Sourced by it.

report() { jq -r -L "$top/ops/quickstart.d" "include \"report\"; $1" "${@:2}"; }

print_regions() {
  local region
  printf '\nWhat each region had, let out and withheld (years %s..%s)\n' "$first_year" "$last_year"
  printf '%-7s %9s %9s %9s %9s   %s\n' region 'own rows' 'of peers' rejected firms 'published / withheld years'
  for region in "${region_list[@]}"; do
    printf '%-7s %9s %9s %9s %9s   %s\n' "$region" \
      "$(rows_of "$region" "cooperations_$region" read)" \
      "$(rows_of "$region" "cooperations_with_actor_in_$region" read)" \
      "$(jq -s 'map(.rejected) | add // 0' "$scratch/import.$region".*.json)" \
      "$(jq -r '.records.enterprises' "$scratch/status.$region.json")" \
      "$(report "counts(\"$region\")" -s "$homes/answers/ENT-COOP.json" "$homes/answers/SME-COOP.json")"
  done
  print_not_computable
}

rows_of() { jq ".$3" "$scratch/import.$1.$2.json" 2>/dev/null || echo 0; }

# One line for all regions that lack the same attribute.
print_not_computable() {
  local indicator files
  for indicator in SME-COOP ENT-COOP; do
    files=$(find "$scratch" -name "not_computable.$indicator.*" | sort)
    [ -n "$files" ] || continue
    # shellcheck disable=SC2086  # one word per file is meant; scratch holds no blank
    printf '%s cannot be computed at %s: %s\n' "$indicator" \
      "$(sed 's/.*\.//' <<<"$files" | paste -sd' ')" "$(head -1 "$(head -1 <<<"$files")" | sed -E "s/^regionctl: not_computable: //; s/^$indicator [0-9]+: //")"
  done
}

print_answers() {
  local indicator
  for indicator in ENT-COOP SME-COOP; do
    jq -e '.cells | any(.release != null)' "$homes/answers/$indicator.json" >/dev/null || continue
    printf '\n%s, as every node answers it\n' "$indicator"
    ctl "${region_list[0]}" query "$indicator" --by region,year --format table
    print_change "$indicator"
  done
}

# Between the two years that most regions are known in, like with like: where a region cannot be
# compared, or the share of known places is not known, its line says why.
print_change() {
  local from='' to=''
  read -r from to < <(report best_pair "$homes/answers/$1.json") || true
  [ -n "$from" ] || { echo "No region is known in two years: no change can be shown."; return; }
  printf '\n'
  ctl "${region_list[0]}" progress "$1" --baseline "$from" --period "$to"
}

# What went out by plan, and three things that can be read from it.
print_plan() {
  local region first=${region_list[0]}
  printf '\nWhat the release plan let out beside the headlines: tables, and cells out / withheld by method\n'
  for region in "${region_list[@]}"; do
    printf '%-7s %s\n' "$region" "$(report due "$scratch/due.$region.json")"
  done
  ctl "$first" plan show --json | report noise
  for indicator in ENT-COOP SME-COOP; do
    jq -e '.cells | any(.release != null)' "$homes/answers/$indicator.json" >/dev/null || continue
    printf '\n'
    ctl "$first" progress "$indicator"
  done
  printf '\n'
  ctl "$first" query ENT-COOP --by region,window,technology_group
  printf '\n'
  ctl "$first" query ENT-COOP --by region,window,partner_profile
}

# Each log once more, as another node holds it, by the offline verifier; the node's own verdicts and
# the answers, equal everywhere, were compared before.
print_verification() {
  local i region other n=${#region_list[@]} failures=0
  genesis=$(cat "$homes/genesis.sha256")
  printf '\nVerification of every release\n'
  count_verified
  for i in "${!region_list[@]}"; do
    region=${region_list[$i]} other=${region_list[$(((i + 1) % n))]}
    ctl "$other" log export "$scratch/held.$region" --member "$region" >/dev/null || die "$other: export of the log of $region failed"
    if "$bin/regionctl" audit verify "$scratch/held.$region" --genesis "$genesis" --json >"$scratch/audit.$region.json"; then
      printf '%-7s %s; verified by %s other nodes; the copy that %s holds: valid\n' "$region" \
        "$(jq -r '"\(.releases | length) releases in a log of \(.size) entries"' "$scratch/audit.$region.json")" \
        "$(verified_by "$region")" "$other"
    else
      printf '%-7s the copy that %s holds: INVALID\n' "$region" "$other"
      jq -r '.reasons[]' "$scratch/audit.$region.json"
      failures=$((failures + 1))
    fi
    check_releases "$region" || failures=$((failures + 1))
  done
  [ "$failures" = 0 ] || die "$failures checks failed"
}

# verified.json: by how many other nodes every entry of a log was verified and none found bad.
count_verified() {
  jq -n '[inputs | .peers[]
          | select(.verified >= .size and .bad == 0) | .member]
    | group_by(.) | map({key: .[0], value: length}) | from_entries' "$scratch"/peers.*.json >"$scratch/verified.json"
}
verified_by() { jq --arg member "$1" '.[$member] // 0' "$scratch/verified.json"; }

# The headlines that the answers cite are those that the verifier found in the log, and no others.
check_releases() {
  local cited verified
  cited=$(jq -r --arg region "$1" '.cells[] | select(.region == $region and .release != null) | .release' "$homes"/answers/*.json | sort -u)
  verified=$(jq -r '.releases[] | select(.table == "headline") | .id' "$scratch/audit.$1.json" | sort -u)
  [ "$cited" = "$verified" ] || { echo "$1: the answers cite other releases than its log holds"; return 1; }
  [ "$(verified_by "$1")" = $((${#region_list[@]} - 1)) ] || { echo "$1: not every node verified its log"; return 1; }
}

# One bit of one release changed: the verifier must name the file.
print_tampered_copy() {
  local region=${region_list[0]} file byte status=0
  cp -r "$scratch/held.$region" "$scratch/tampered"
  file=$scratch/tampered/envelope/$(jq -r '.releases[0].id' "$scratch/audit.$region.json").dsse
  chmod u+w "$file"
  byte=$(od -An -tu1 -j100 -N1 "$file" | tr -d ' ')
  # shellcheck disable=SC2059  # the format is the byte
  printf "\\x$(printf %x $((byte ^ 1)))" | dd of="$file" bs=1 seek=100 conv=notrunc status=none
  "$bin/regionctl" audit verify "$scratch/tampered" --genesis "$genesis" --json >"$scratch/tampered.json" || status=$?
  [ "$status" = 1 ] || die "a tampered copy of the log of $region was not refused (exit $status)"
  printf '\nA copy of the log of %s with one bit changed is refused:\n  %s\n' "$region" "$(jq -r '.reasons[0]' "$scratch/tampered.json")"
}

print_how_to_talk() {
  local region=${region_list[0]}
  cat <<TXT

The nodes stay up until Ctrl-C. In another terminal:
  $bin/regionctl status --home $homes/$region
  $bin/regionctl peers --home $homes/$region
  $bin/regionctl query ENT-COOP --by region,year --home $homes/$region
  $bin/regionctl log export NEW_FOLDER --home $homes/$region
  $bin/regionctl audit verify NEW_FOLDER --genesis $genesis
TXT
}
