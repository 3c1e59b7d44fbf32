import type {
  AuditedFunction,
  AuditedMapping,
  AuditedPlace,
  AuditedQueue,
  AuditResult,
  Health,
  RuleCount,
} from '../../src/fleet/audit/results.js'
import type { Finding, FindingStatus } from '../../src/preflight/finding.js'
import { context, findings } from './samples.js'

export const made = { version: '1.2.3', startedAt: '2026-11-23T09:15:00.000Z' }

const accounts = [
  { account: '111122223333', accountName: 'Production' },
  { account: '444455556666', accountName: null },
] as const
const regions = ['eu-west-1', 'us-east-1'] as const
const nouns = [
  'orders',
  'invoices',
  'returns',
  'shipments',
  'payments',
  'emails',
  'refunds',
  'labels',
] as const
const none: Readonly<Record<FindingStatus, number>> = {
  pass: 0,
  warn: 0,
  fail: 0,
  unknown: 0,
  skip: 0,
  ignored: 0,
}

const at = <T>(list: readonly T[], index: number): T => {
  const found = list[index % list.length]
  if (found === undefined) throw new Error('the list is empty')
  return found
}

/** Of every hundred, 4 with errors, 9 with warnings and 2 not fully known; the first few always show each kind. */
function healthOf(index: number): Health {
  const turn = index % 100
  if (turn % 25 === 0) return 'error'
  if (turn % 11 === 2) return 'warning'
  return turn % 50 === 3 ? 'unknown' : 'healthy'
}

const about = (health: Health): readonly Finding[] => {
  const of = (wanted: FindingStatus) => findings.filter(({ status }) => status === wanted)
  const guarded = of('fail').map((one) => ({ ...one, assumptions: ['no service control policy denies it'] }))
  if (health === 'error') return [...guarded, ...of('warn')]
  return health === 'warning' ? of('warn') : health === 'unknown' ? of('unknown') : []
}

/** An audit of so many mappings, the same every time: five or so of a function, every third without a dead-letter queue. */
export function auditOf(count: number, places = count > 20 ? 4 : 1): AuditResult {
  const worst: readonly Health[] = ['error', 'warning', 'unknown', 'healthy']
  const made = Array.from({ length: count }, (_, index) => mappingOf(index, healthOf(index), places))
  const mappings = made.toSorted((one, other) => worst.indexOf(one.health) - worst.indexOf(other.health))
  const queues = made.flatMap((one, index): readonly AuditedQueue[] => {
    const base = {
      account: one.account,
      region: one.region,
      fifo: false,
      reason: null,
      status: 'read',
    } as const
    const dead = one.deadLetterQueueArn
    const queue: AuditedQueue = {
      ...base,
      arn: one.mapping.queueArn,
      name: one.mapping.queueArn.split(':').at(-1) ?? '',
      health: one.health,
      messages: { visible: (index * 37) % 5000, inFlight: 0, delayed: 0 },
      deadLetterQueueArn: dead,
      maxReceiveCount: dead === null ? null : 5,
      isDeadLetterQueue: false,
      mappings: 1,
    }
    if (dead === null) return [queue]
    const own = { deadLetterQueueArn: null, maxReceiveCount: null, isDeadLetterQueue: true, mappings: 0 }
    const name = dead.split(':').at(-1) ?? ''
    const messages = { visible: index % 4 === 0 ? 12 : 0, inFlight: 0, delayed: 0 }
    return [
      queue,
      { ...base, ...own, arn: dead, name, health: index % 8 === 0 ? 'warning' : 'healthy', messages },
    ]
  })
  const queuesByArn = new Map(queues.map((queue) => [queue.arn, queue]))
  const functions = new Map<string, AuditedFunction>()
  // Worst first, so that the first of a function has its health.
  for (const one of mappings) {
    const { functionArn } = one.mapping
    const before = functions.get(functionArn)
    functions.set(functionArn, {
      arn: functionArn,
      name: functionArn.split(':').at(-1) ?? '',
      account: one.account,
      region: one.region,
      status: 'read',
      reason: null,
      health: before?.health ?? one.health,
      qualifier: null,
      roleArn: one.roleArn,
      reservedConcurrency: functionArn.endsWith('worker') ? 20 : null,
      mappings: (before?.mappings ?? 0) + 1,
    })
  }
  const byHealth = { error: 0, warning: 0, unknown: 0, healthy: 0 }
  for (const { health } of made) byHealth[health] += 1
  return {
    context,
    places: placesOf(places, made),
    mappings,
    queues: [...queuesByArn.values()],
    functions: [...functions.values()],
    roles: rolesOf(mappings),
    orphans: [
      {
        kind: 'queue',
        arn: 'arn:aws:sqs:eu-west-1:111122223333:old-imports',
        name: 'old-imports',
        account: '111122223333',
        region: 'eu-west-1',
      },
    ],
    summary: {
      mappings: count,
      queues: queuesByArn.size,
      deadLetterQueues: [...queuesByArn.values()].filter(({ isDeadLetterQueue }) => isDeadLetterQueue).length,
      functions: functions.size,
      roles: 50,
      byHealth,
      findings: none,
      rules: rulesOf(mappings),
      calls: count * 5,
      elapsedMs: 41_000,
    },
    baseline: null,
    complete: places === 1,
  }
}

function mappingOf(index: number, health: Health, places: number): AuditedMapping {
  const place = index % 7 === 6 ? index % places : 0
  const { account } = at(accounts, Math.floor(place / 2))
  const region = at(regions, place)
  const noun = at(nouns, Math.floor(index / 5))
  const series = Math.floor(index / 40)
  const suffix = series === 0 ? '' : `-${series}`
  const kind = at(['', '-priority', '-bulk', '-retry', '-archive'], index)
  const name = `${noun}${kind}${suffix}`
  const arn = `arn:aws:sqs:${region}:${account}:${name}`
  const listed = about(health)
  return {
    account,
    region,
    mapping: {
      uuid: `7c1d2f0a-5b1e-4a53-9a55-${String(index).padStart(12, '0')}`,
      queueArn: arn,
      functionArn: `arn:aws:lambda:${region}:${account}:function:${noun}-worker${suffix}`,
      state: index % 13 === 1 ? 'Disabled' : 'Enabled',
      batchSize: at([10, 1, 100], index),
      batchWindowSeconds: index % 3 === 2 ? 5 : 0,
      reportBatchItemFailures: index % 2 === 0,
      eventCountMetrics: false,
    },
    health,
    findings: listed,
    counts: { ...none, pass: 52 - listed.length, fail: health === 'error' ? 1 : 0 },
    roleArn: `arn:aws:iam::${account}:role/${noun}-worker-role`,
    deadLetterQueueArn:
      index % 3 === 2 ? null : `arn:aws:sqs:${region}:${account}:${noun}${suffix}-dead-letter`,
  }
}

function rolesOf(mappings: readonly AuditedMapping[]): AuditResult['roles'] {
  const arns = [...new Set(mappings.map(({ roleArn }) => roleArn ?? ''))]
  return arns.map((arn, index) => {
    const base = { arn, account: '111122223333', status: 'read', reason: null, mappings: 1 } as const
    return { ...base, name: arn.split('/').at(-1) ?? '', health: index === 0 ? 'error' : 'healthy' }
  })
}

function placesOf(count: number, mappings: readonly AuditedMapping[]): readonly AuditedPlace[] {
  return Array.from({ length: count }, (_, index): AuditedPlace => {
    const who = at(accounts, Math.floor(index / 2))
    const region = at(regions, index)
    const listed = mappings.filter((one) => one.account === who.account && one.region === region).length
    const base = { ...who, region, profile: null, roleArn: null }
    if (index < 3) return { ...base, status: 'read', reason: null, permission: null, listed, judged: listed }
    const permission = 'lambda:ListEventSourceMappings'
    return {
      ...base,
      status: 'unread',
      reason: `${permission} was refused.`,
      permission,
      listed: 0,
      judged: 0,
    }
  })
}

function rulesOf(mappings: readonly AuditedMapping[]): readonly RuleCount[] {
  const counts = new Map<string, RuleCount>()
  for (const { rule, severity, status } of mappings.flatMap((one) => one.findings)) {
    counts.set(rule, { rule, severity, status, mappings: (counts.get(rule)?.mappings ?? 0) + 1 })
  }
  return [...counts.values()]
}

/** Names that are markup, that end quotes, or that hide something, wherever a name of AWS may stand. */
export const hostileNames: readonly string[] = [
  '<script>window.entered = 1</script>',
  '"><img src=x onerror="window.entered = 1">',
  "'--></style></script><svg onload=window.entered=1>",
  '\u202egnp.live\u2066\u200b\u0007',
  '"]:::error; %%{init: {"securityLevel": "loose"}}%% click n "javascript:alert(1)"',
  '`*style:#1; classDef error fill:red; & end subgraph',
]

/** An audit in which every name, reason and command is hostile. */
export function hostileAudit(): AuditResult {
  const text = JSON.stringify(auditOf(12))
  const audit: AuditResult = JSON.parse(text, (key, value) => {
    if (typeof value !== 'string' || ['health', 'status', 'severity', 'kind', 'uuid'].includes(key))
      return value
    return `${value}${at(hostileNames, value.length)}`
  })
  return { ...audit, complete: false, places: audit.places.map((place) => ({ ...place, status: 'unread' })) }
}
