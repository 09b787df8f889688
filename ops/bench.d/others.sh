# PostgreSQL, SQLite and DuckDB over the same records. Sourced by ops/bench.

postgres_pid=
# Columns as in the file, typed: what a careful table would have. SQLite takes the same text.
table_columns='coop_id text PRIMARY KEY, project_id text, project_number text, sme_id text NOT NULL, firm_kind text, sme_nuts text, actor_id text, actor_kind text, actor_country text, actor_nuts text, "start" date, "end" date, start_year int, programme text, type_of_action text, theme text, topic_code text, technology_derived text, amount_eur numeric(15,2), amount_share_eur numeric(15,2), firms_in_project int, actors_in_project int'

postgres_bin() { find /usr/lib/postgresql -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -1; }

# The programs, from wherever they come; what is missing is installed or named.
need_others() {
  { [ -x "$(postgres_bin)/postgres" ] && command -v sqlite3 node npm >/dev/null; } || need_packages bench
  need_duckdb
}

need_duckdb() {
  duckdb=$top/build/bench
  mkdir -p "$duckdb"
  cp "$top"/ops/bench.d/{package.json,package-lock.json,.npmrc,duckdb.mjs,duckdb_queries.mjs} "$duckdb/"
  [ -d "$duckdb/node_modules/@duckdb" ] ||
    (cd "$duckdb" && npm ci --no-audit --no-fund >"$duckdb/npm.log" 2>&1) ||
    { cat "$duckdb/npm.log" >&2; die "DuckDB's package could not be installed"; }
}

# Not as root, which PostgreSQL refuses.
as_postgres=()
[ "$(id -u)" != 0 ] || as_postgres=(setpriv --reuid=postgres --regid=postgres --clear-groups)

sql() { psql -q -At -v ON_ERROR_STOP=1 -h "$scratch/pg" -U bench -d postgres "$@"; }

# A cluster of its own behind a socket in the folder of the run. Defaults, but for room in memory and
# log so that it need not stop for a checkpoint, and no vacuum beside.
start_postgres() {
  local tools
  tools=$(postgres_bin)
  chmod 711 "$scratch"
  mkdir "$scratch/pg"
  [ "$(id -u)" != 0 ] || chown postgres "$scratch/pg"
  quietly "${as_postgres[@]}" "$tools/initdb" -D "$scratch/pg/data" -A trust -U bench -E UTF8 --locale=C
  printf '%s\n' "listen_addresses = ''" "unix_socket_directories = '$scratch/pg'" 'shared_buffers = 1GB' \
    'max_wal_size = 16GB' 'autovacuum = off' >>"$scratch/pg/data/postgresql.conf"
  # A plain command and no function, so that its process is the server itself.
  "${as_postgres[@]}" "$tools/postgres" -D "$scratch/pg/data" </dev/null >"$scratch/pg.log" 2>&1 &
  postgres_pid=$!
  for _ in {1..150}; do
    sql -c 'SELECT 1' >/dev/null 2>&1 && return
    sleep 0.2
  done
  cat "$scratch/pg.log" >&2
  die "PostgreSQL did not start"
}

stop_postgres() {
  [ -n "$postgres_pid" ] || return 0
  kill -INT "$postgres_pid" 2>/dev/null || true
  wait "$postgres_pid" 2>/dev/null || true
  postgres_pid=
  rm -rf "$scratch/pg"
}

# Clock ticks of the cluster's processes, those that have ended included.
postgres_ticks() {
  local pid ticks=0 stat
  for pid in "$postgres_pid" $(pgrep -P "$postgres_pid"); do
    read -ra stat < <(sed 's/.*) //' "/proc/$pid/stat" 2>/dev/null) || continue
    ticks=$((ticks + stat[11] + stat[12]))
    [ "$pid" != "$postgres_pid" ] || ticks=$((ticks + stat[13] + stat[14]))
  done
  echo "$ticks"
}

# COPY into an empty table with a primary key: one transaction, durable when it returns.
import_postgres() {
  local i begin ticks end
  start_postgres
  for ((i = 0; i < repeat; i++)); do
    say "PostgreSQL COPY"
    sql -c 'SET client_min_messages = error' -c 'DROP TABLE IF EXISTS cooperation' -c "CREATE TABLE cooperation($table_columns)" -c CHECKPOINT
    sync -f "$scratch"
    ticks=$(postgres_ticks) begin=$(date +%s%N)
    cat >"$scratch/copy.sql" <<SQL
SELECT pg_backend_pid() AS pid \gset
\setenv backend :pid
\copy cooperation FROM '$data/cooperations_PT16.csv' WITH (FORMAT csv, HEADER)
\! awk '/VmHWM/ { print \$2 / 1024 }' /proc/\$backend/status
SQL
    step sql -f "$scratch/copy.sql"
    end=$(date +%s%N)
    sleep 0.2 # until the backend has ended and its ticks are its parent's
    awk -v wall="$((end - begin))" -v ticks="$(($(postgres_ticks) - ticks))" -v hz="$(getconf CLK_TCK)" \
      -v peak="$(tail -1 "$scratch/out")" -v rows="$rows" \
      'BEGIN { printf "import.postgres\t%.4f\t%.4f\t%.1f\t%d\n", wall / 1e9, ticks / hz, peak, rows }' | note "$rows"
  done
  printf '%s\tdisk.postgres\t0\t0\t0\t%s\n' "$rows" "$(sql -c "SELECT pg_total_relation_size('cooperation') >> 20")" >>"$readings"
  [ "$(sql -c 'SELECT count(*) FROM cooperation')" = "$rows" ] || die "PostgreSQL has another number of rows"
  stop_postgres
}

# Its own import of CSV: one transaction, synced at its end as the defaults are.
import_sqlite() {
  local i database=$scratch/sqlite.db
  for ((i = 0; i < repeat; i++)); do
    say "SQLite import"
    rm -f "$database"
    sqlite3 "$database" "CREATE TABLE cooperation($table_columns)"
    sync -f "$scratch"
    measure "$bin/regions-bench" run import.sqlite "$rows" sqlite3 -cmd '.mode csv' "$database" \
      ".import --skip 1 '$data/cooperations_PT16.csv' cooperation"
  done
  [ "$(sqlite3 "$database" 'SELECT count(*) FROM cooperation')" = "$rows" ] || die "SQLite has another number of rows"
  note_disk disk.sqlite "$database"
  rm -f "$database"
}

cube_duckdb() {
  local where
  "$bin/regions-bench" codes >"$scratch/codes.tsv"
  say "DuckDB takes the records in"
  step node "$duckdb/duckdb.mjs" load "$scratch" "$data"
  note_disk disk.duckdb "$scratch/facts.duckdb.db"
  for where in disk memory; do
    say "DuckDB, from $where"
    measure node "$duckdb/duckdb.mjs" "$where" "$scratch" "$repeat" "$bin/regions-bench"
  done
}
