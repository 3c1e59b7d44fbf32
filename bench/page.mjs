// The measurements as a page of Markdown: docs/performance.md, and what a terminal shows.

/**
 * @typedef {object} Report what `npm run bench -- --json` prints
 * @property {{ node: string, cores: number, rounds: number, date: string, awsCli: string }} machine
 * @property {readonly { name: string, medianMs: number, minMs: number, maxMs: number }[]} times
 * @property {readonly { what: string, against: string, ratio: number, atMost: number, met: boolean }[]} ratios
 * @property {Awaited<ReturnType<typeof import('./commands.mjs').measureCommands>>} commands
 * @property {Awaited<ReturnType<typeof import('./audit.mjs').measureAudit>>} audits
 * @property {Awaited<ReturnType<typeof import('./wizard.mjs').measureWizard>>} wizard
 * @property {ReturnType<typeof import('./tarball.mjs').measureTarball>} tarball
 * @property {Awaited<ReturnType<typeof import('./install.mjs').measureInstall>>} installs
 * @property {readonly { what: string, why: string }[]} skipped
 */

/** @param {Report} report */
export function performancePage(report) {
  const { machine, times, ratios, commands, audits, wizard, tarball } = report
  const { node, cores, rounds, date, awsCli } = machine
  return `# Speed

Measured on ${date} with Node ${node} on ${cores} cores, ${rounds} rounds, by \`npm run bench -- --write\`. aws-cli is ${awsCli}.
Every number comes from one run on one machine, against a sandbox in a process of its own. Times of different machines
cannot be compared; the ratios can.

## Whole commands, interleaved

${table(
  ['command', 'median', 'fastest', 'slowest'],
  times.map(({ name, medianMs, minMs, maxMs }) => [name, ...[medianMs, minMs, maxMs].map(ms)]),
)}

${table(
  ['what', 'against', 'ratio', 'at most', ''],
  ratios.map(({ what, against, ratio, atMost, met }) => [
    what,
    against,
    ratio.toFixed(2),
    atMost,
    verdict(met),
  ]),
)}

## What a command asks, loads and holds

Round trips: calls that wait for each other. They are counted by how much longer the command takes when every call takes
longer.

${table(
  [
    'command',
    'calls',
    'round trips',
    'with 100 ms a call',
    'files loaded',
    'loaded',
    'memory at most',
    'budget',
  ],
  commands.map((row) => [
    row.name,
    ...[row.calls, row.roundTrips, ms(row.ms100), row.files, `${row.kilobytes} KB`, `${row.megabytes} MB`],
    row.atMostRoundTrips === undefined
      ? ''
      : `${row.atMostCalls === undefined ? '' : `${row.atMostCalls} calls, `}${row.atMostRoundTrips} round trips: ${verdict(row.met)}`,
  ]),
)}

## An audit, by the number of mappings

Each has a queue of its own; five share a function, twenty a role, ten a dead-letter queue.

${table(
  ['mappings', 'calls', 'calls each', 'time', 'processor', 'processor each', 'memory at most', 'budget'],
  audits.map((row) => [
    row.mappings,
    ...[row.calls, (row.calls / row.mappings).toFixed(2), ms(row.ms), ms(row.cpuMs)],
    ...[`${(row.cpuMs / row.mappings).toFixed(1)} ms`, `${row.megabytes} MB`],
    row.atMostMegabytes === undefined ? '' : `${row.atMostMegabytes} MB: ${verdict(row.met)}`,
  ]),
)}

## The wizard among 3,000 queues and 3,000 functions

60 pages of functions, 100 ms each.

${table(
  ['what', 'median', 'fastest', 'slowest', 'budget'],
  wizard.map(({ name, medianMs, minMs, maxMs, atMostMs }) => [
    name,
    ...[medianMs, minMs, maxMs].map(ms),
    atMostMs === undefined ? '' : `${atMostMs} ms: ${verdict(medianMs <= atMostMs)}`,
  ]),
)}

## The package

${table(
  ['packed', 'files', 'runtime dependencies', 'budget'],
  [
    [
      ...[`${tarball.kilobytes} KB`, tarball.files, tarball.dependencies],
      `${tarball.atMostKilobytes} KB: ${verdict(tarball.met)}`,
    ],
  ],
)}

${installsOf(report)}
`
}

/**
 * What the first start by npx takes, or why nobody knows.
 * @param {Report} report
 */
function installsOf({ installs, skipped }) {
  if (installs.length === 0)
    return `## Not measured

${table(
  ['what', 'why'],
  skipped.map(({ what, why }) => [what, why]),
)}`
  return `## The first start by npx

With nothing in npm's cache. Beside it the same dependencies, installed and not bundled; both packages lie on this disk,
so that only their dependencies are fetched.

${table(
  ['what', 'median', 'fastest', 'slowest', 'packages', 'on disk'],
  installs.map(({ name, medianMs, minMs, maxMs, packages, megabytes }) => [
    name,
    ...[medianMs, minMs, maxMs].map(ms),
    ...[packages, `${megabytes} MB`],
  ]),
)}`
}

/** @param {boolean | undefined} met */
const verdict = (met) => (met ? 'met' : '**not met**')

/** @param {number | undefined} value */
const ms = (value = Number.NaN) =>
  `${value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en')} ms`

/**
 * @param {readonly string[]} head
 * @param {readonly (readonly (string | number)[])[]} rows
 */
function table(head, rows) {
  const line = (/** @type {readonly (string | number)[]} */ cells) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
