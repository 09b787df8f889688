// The same records in DuckDB, the same margins by GROUP BY, measured.
//   node duckdb.mjs load FOLDER DATA            CSV -> FOLDER/facts.duckdb.db
//   node duckdb.mjs disk|memory FOLDER REPEAT REGIONS-BENCH
// The second prints readings as regions-bench does, and leaves what was counted in FOLDER/*.duckdb.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import { DuckDBInstance } from '@duckdb/node-api';
import { amountQuery, countQueries, loadStatements, readCodes } from './duckdb_queries.mjs';

const [mode, folder, ...rest] = process.argv.slice(2);
const file = `${folder}/facts.duckdb.db`;
const codes = readCodes(readFileSync(`${folder}/codes.tsv`, 'utf8'));

// Half of the machine's memory; what does not fit goes to the folder of the run.
async function open(path, options = {}) {
  const instance = await DuckDBInstance.create(path, options);
  const connection = await instance.connect();
  await connection.run(`SET memory_limit = '${Math.floor(totalmem() / 2 ** 21)}MiB'`);
  await connection.run(`SET temp_directory = '${folder}/duckdb.tmp'`);
  return {
    connection,
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

// Wall and CPU seconds and the peak in MB of what `work` does.
async function measured(work) {
  try {
    writeFileSync('/proc/self/clear_refs', '5');
  } catch {} // then the peak is that of the process
  const wall = process.hrtime.bigint();
  const cpu = process.cpuUsage();
  const result = await work();
  const used = process.cpuUsage(cpu);
  const peak = /VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1] / 1024;
  const seconds = Number(process.hrtime.bigint() - wall) / 1e9;
  return { result, line: [seconds.toFixed(4), ((used.user + used.system) / 1e6).toFixed(4), peak.toFixed(1)] };
}

// Every count of the margins that is not 0, as regions-bench writes them.
async function count(connection, which) {
  const lines = [];
  for (const query of countQueries(codes, which)) {
    const rows = (await connection.runAndReadAll(query.sql)).getRows();
    for (const row of rows) lines.push(query.line(row));
  }
  const amounts = amountQuery(codes, which);
  if (amounts) await connection.runAndReadAll(amounts);
  return lines;
}

async function load(data) {
  const database = await open(file);
  for (const statement of loadStatements(codes, data)) await database.connection.run(statement);
  database.close();
}

async function fromDisk(which) {
  const database = await open(file, { access_mode: 'READ_ONLY' });
  const lines = await count(database.connection, which);
  database.close();
  return lines;
}

async function intoMemory() {
  const { connection } = await open(':memory:');
  await connection.run(`ATTACH '${file}' AS disk (READ_ONLY)`);
  await connection.run('CREATE TABLE facts AS SELECT * FROM disk.facts');
  await connection.run('DETACH disk');
  return connection;
}

async function measure(repeat, tool) {
  const connection = mode === 'memory' ? await intoMemory() : null;
  for (const which of ['planned', 'cubed']) {
    for (let i = 0; i < repeat; ++i) {
      if (!connection) execFileSync(tool, ['forget', folder]);
      const { result, line } = await measured(() => (connection ? count(connection, which) : fromDisk(which)));
      console.log([`cube.${which}.duckdb.${mode}`, ...line, result.length].join('\t'));
      writeFileSync(`${folder}/${which}.duckdb`, result.map((one) => `${one}\n`).join(''));
    }
  }
}

if (mode === 'load') await load(rest[0]);
else await measure(Number(rest[0]), rest[1]);
