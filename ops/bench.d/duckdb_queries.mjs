// The SQL of duckdb.mjs. Rules of counting: protocol/spec/definition.md; here only what the generated
// records need: one technology a row, own rows alone, one state an enterprise, no cancelled rows.

const YEARS = { year: 1, window: 3, programme: 7 };
const ANCHOR = { year: 0, window: 1802, programme: 1797 }; // where periods of each kind begin, before all years
const FIRM = ['nace', 'size', 'place'];

// The lines of `regions-bench codes`.
export function readCodes(text) {
  const codes = { dimension: [], admits: [], said: [], member: [], table: [] };
  for (const line of text.split('\n')) {
    const [what, ...words] = line.split('\t');
    if (what) codes[what].push(words);
  }
  return codes;
}

const quoted = (text) => `'${text.replaceAll("'", "''")}'`;
const list = (texts) => texts.map(quoted).join(', ');

// CASE that gives the category of a code in a dimension.
function category(codes, id, column) {
  const of = codes.dimension.filter((one) => one[1] === id);
  const groups = groupBy(of, (one) => one[3]);
  const cases = [...groups].map(([to, from]) => `WHEN ${column} IN (${list(from.map((one) => one[2]))}) THEN ${quoted(to)}`);
  return `CASE ${cases.join(' ')} ELSE '_U' END`;
}

function groupBy(all, key) {
  const groups = new Map();
  for (const one of all) groups.set(key(one), [...(groups.get(key(one)) ?? []), one]);
  return groups;
}

const enumOf = (codes, id) => [...new Set([...codes.dimension.filter((one) => one[1] === id).map((one) => one[3]), '_U'])];

// Dimensions of the measured tables, but for the profile, which is that of an enterprise in a period.
const dimensionsOf = (codes) =>
  [...new Set(codes.table.flatMap((one) => one[4].split(',')))].filter((id) => id && id !== 'partner_profile').sort();

// The condition of an indicator on the attributes of firms, or on those of their cooperations.
function condition(codes, indicator, firm) {
  const admitted = codes.admits.filter((one) => one[1] === indicator && one[0] !== 'partner_profile' && FIRM.includes(one[0]) === firm);
  return [...groupBy(admitted, (one) => one[0])]
    .map(([attribute, lines]) => `${attribute} IN (${list(lines.map((one) => one[2]))})`)
    .join(' AND ');
}

const indicatorsOf = (codes) => [...new Set(codes.table.map((one) => one[1]))];
const flag = (indicator) => `is_${indicator.toLowerCase().replaceAll('-', '_')}`;

// An enterprise, an actor, and the flat table, sorted by enterprise: what DuckDB is quickest with.
export function loadStatements(codes, data) {
  const csv = (name) => `read_csv(${quoted(`${data}/${name}_PT16.csv`)}, header = true, all_varchar = true, nullstr = '')`;
  const attributes = Object.fromEntries(codes.dimension.map((one) => [one[1], one[0]]));
  const said = codes.said.map(([kind, code]) => `WHEN ${quoted(kind)} THEN ${quoted(code)}`).join(' ');
  const others = codes.member.map((one) => one[0]).filter((one) => one !== 'PT16');
  const within = (names) => names.map((one) => `starts_with(spot, ${quoted(one)})`).join(' OR ');
  const coarse = [...others, 'PT16'].map((one) => `starts_with(${quoted(one)}, spot)`).join(' OR ');
  const dimensions = dimensionsOf(codes).map((id) => {
    const value = category(codes, id, attributes[id]);
    return `(${value})::ENUM(${list(enumOf(codes, id))}) AS ${id}`;
  });
  const flags = indicatorsOf(codes).map((one) => {
    const both = [condition(codes, one, true), condition(codes, one, false)].filter(Boolean).join(' AND ');
    return `COALESCE(${both || 'true'}, false) AS ${flag(one)}`;
  });
  return [
    `CREATE TEMP TABLE org AS SELECT * FROM ${csv('organisations')}`,
    `CREATE TEMP TABLE firm AS SELECT row_number() OVER (ORDER BY sme_id)::INTEGER AS enterprise, sme_id, o.nace, o.size,
       COALESCE(o.holding, sme_id) AS holding,
       CASE WHEN starts_with(o.nuts, 'PT16') OR placed THEN 'known' END AS place
     FROM (SELECT sme_id, bool_or(COALESCE(starts_with(sme_nuts, 'PT16'), false)) AS placed FROM ${csv('cooperations')} GROUP BY sme_id)
     LEFT JOIN org o ON o.org_id = sme_id AND o.kind IN ('SME', 'PRC')`,
    `CREATE TEMP TABLE counted AS SELECT f.*, c.technology_derived AS technology, year(c."start"::DATE)::SMALLINT AS y0,
       year(c."end"::DATE)::SMALLINT AS y1, (c.amount_share_eur::DECIMAL(15, 2) * 100)::BIGINT AS cents,
       CASE COALESCE(c.actor_kind, a.kind) ${said} END AS actor_kind,
       COALESCE(c.actor_nuts, a.nuts, CASE COALESCE(c.actor_country, a.country) WHEN 'GR' THEN 'EL' WHEN 'GB' THEN 'UK'
         ELSE COALESCE(c.actor_country, a.country) END, '') AS spot
     FROM ${csv('cooperations')} c JOIN firm f USING (sme_id)
     LEFT JOIN org a ON a.org_id = c.actor_id AND a.kind NOT IN ('SME', 'PRC')
     WHERE c."start" IS NOT NULL AND c."end" IS NOT NULL`,
    `CREATE TABLE facts AS SELECT enterprise, dense_rank() OVER (ORDER BY holding)::INTEGER AS holder, y0, y1, cents,
       (CASE WHEN ${within(others)} THEN 0 WHEN ${within(['PT16'])} THEN 3 WHEN spot = '' OR ${coarse} THEN 2 ELSE 1 END)::UTINYINT AS profile,
       ${[...dimensions, ...flags].join(',\n       ')}
     FROM counted ORDER BY enterprise`,
    'CHECKPOINT',
  ];
}

// Rows by period: a cooperation stands in every period that it touches.
function active(kind, indicator) {
  const first = `(y0 - (y0 - ${ANCHOR[kind]}) % ${YEARS[kind]})`;
  return `(SELECT unnest(range(${first}, y1 + 1, ${YEARS[kind]})) AS period, * FROM facts WHERE ${flag(indicator)})`;
}

const PROFILES = ['other_member', 'elsewhere', '_U', 'own'];

// { sql, line }: one query per indicator and kind of period for all plain margins at once, one more
// for profiles.
export function countQueries(codes, which) {
  const tables = codes.table.filter((one) => one[0] === which && one[2] === 'distinct-enterprises');
  const queries = [];
  for (const [, ofOne] of groupBy(tables, (one) => `${one[1]} ${one[3]}`)) {
    const [, indicator, , kind] = ofOne[0];
    const margins = ofOne.map((one) => (one[4] ? one[4].split(',') : []));
    const asked = codes.admits.filter((one) => one[1] === indicator && one[0] === 'partner_profile').map((one) => one[2]);
    const byProfile = margins.filter((by) => by.includes('partner_profile'));
    const plain = margins.filter((by) => !by.includes('partner_profile'));
    if (byProfile.some((by) => by.length > 1) || (asked.length && plain.some((by) => by.length))) {
      throw new Error(`${indicator}: a profile with another dimension is not written down in SQL`);
    }
    if (asked.length || byProfile.length) queries.push(profiles(indicator, kind, asked));
    if (!asked.length && plain.length) queries.push(groupingSets(indicator, kind, plain, which));
  }
  return queries;
}

function groupingSets(indicator, kind, margins, which) {
  const ids = [...new Set(margins.flat())];
  const sets =
    which === 'cubed'
      ? `period, CUBE (${ids.join(', ')})`
      : `GROUPING SETS (${margins.map((by) => `(${['period', ...by].join(', ')})`).join(', ')})`;
  const columns = ids.map((id) => `, ${id}::VARCHAR, grouping(${id})`).join('');
  return {
    sql: `SELECT period, count(DISTINCT enterprise)${columns} FROM ${active(kind, indicator)} GROUP BY ${sets}`,
    line: ([period, count, ...rest]) => {
      const grouped = new Map(ids.flatMap((id, i) => (Number(rest[2 * i + 1]) === 0 ? [[id, rest[2 * i]]] : [])));
      const by = margins.find((one) => one.length === grouped.size && one.every((id) => grouped.has(id)));
      return [indicator, kind, period, by.join(','), by.map((id) => grouped.get(id)).join(','), count].join('\t');
    },
  };
}

// The profile of an enterprise in a period is the first that fits over its cooperations there.
function profiles(indicator, kind, asked) {
  const first = `SELECT period, enterprise, min(profile) AS profile FROM ${active(kind, indicator)} GROUP BY ALL`;
  const where = asked.length ? `WHERE profile IN (${asked.map((one) => PROFILES.indexOf(one)).join(', ')})` : '';
  const by = asked.length ? '' : 'partner_profile';
  return {
    sql: `SELECT period, count(*), ${asked.length ? 'NULL' : 'profile'} FROM (${first}) ${where} GROUP BY ALL`,
    line: ([period, count, profile]) =>
      [indicator, kind, period, by, asked.length ? '' : PROFILES[profile], count].join('\t'),
  };
}

// Sum, holdings and the largest holding of every programme; undefined where no table is one of amounts.
export function amountQuery(codes, which) {
  if (!codes.table.some((one) => one[0] === which && one[2] === 'sum-funding')) return undefined;
  return `SELECT period, sum(cents), count(*) FILTER (cents > 0), max(cents) FROM (
    SELECT y0 - (y0 - ${ANCHOR.programme}) % 7 AS period, holder, sum(cents) AS cents FROM facts
    WHERE cents IS NOT NULL GROUP BY ALL) GROUP BY ALL`;
}
