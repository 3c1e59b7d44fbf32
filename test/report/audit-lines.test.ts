import { expect, test } from 'vitest'
import { auditAnswer } from '../../src/cli/audit-answer.js'
import { addEnds, noEnds } from '../../src/fleet/audit/ends.js'
import type { JudgedMapping } from '../../src/fleet/audit/judge-mapping.js'
import type { AuditResult } from '../../src/fleet/audit/results.js'
import { known } from '../../src/preflight/fact.js'
import { auditRendering as rendering } from '../../src/report/audit-rendering.js'
import { factsWith } from '../preflight/healthy-facts.js'
import { auditOf } from './audit-sample.js'
import { rendered } from './rendered.js'

const about = { failOn: 'error', strict: undefined, rendering, signal: new AbortController().signal } as const
const text = async (audit: AuditResult) =>
  (await rendered({ outcome: { kind: 'audit', audit, blocking: [], rendering } }, { columns: 400 })).replace(
    /\s+/g,
    ' ',
  )
/** The findings with the mapping that each is about. */
const placed = (audit: AuditResult, change: object = {}): AuditResult => ({
  ...audit,
  mappings: audit.mappings.map((one) => {
    const { uuid, queueArn, functionArn } = one.mapping
    const mapping = { uuid, queueArn, functionArn, account: one.account, region: one.region }
    return { ...one, findings: one.findings.map((finding) => ({ ...finding, mapping, ...change })) }
  }),
})

test('the last line is the command that shows what mends the worst', () => {
  const hint = (audit: AuditResult) => {
    const outcome = auditAnswer(audit, about)
    return 'error' in outcome ? outcome.error?.hint : undefined
  }
  const audit = placed(auditOf(1))
  const { queueArn = '', functionArn = '' } = audit.mappings[0]?.mapping ?? {}
  const names = `${queueArn.split(':').at(-1)} ${functionArn.split(':').at(-1)}`
  expect(hint(audit)).toContain(`the worst, with what mends it: sqs-trigger preflight ${names} `)
  const gone = placed(auditOf(1), { group: 'audit', rule: 'mapping-without-queue' })
  expect(hint(gone)).toContain('the worst, with what mends it: sqs-trigger explain mapping-without-queue')
})

test('one mapping is named by its queue and function, whatever the finding says', async () => {
  const audit = placed(auditOf(1), { message: 'Mapping 0000 is Disabled.' })
  const { queueArn = '', functionArn = '' } = audit.mappings[0]?.mapping ?? {}
  const names = `${queueArn.split(':').at(-1)} → ${functionArn.split(':').at(-1)}`
  expect(await text(audit)).toContain(`${names}: Mapping 0000 is Disabled.`)
})

test('Regions in which there was nothing are counted', async () => {
  const audit = auditOf(1)
  const [place] = audit.places
  if (place === undefined) throw new Error('the sample has a place')
  const more = ['eu-west-3', 'eu-north-1'].map((region) => ({
    ...{ ...place, region, status: 'read' as const, reason: null, listed: 0, judged: 0 },
  }))
  const many = await text({ ...audit, places: [{ ...place, listed: 1, judged: 1 }, ...more] })
  expect(many).toContain('Nothing in 2 of 3 Regions: no mapping of an SQS queue.')
  expect(await text(audit)).not.toContain('Nothing in')
})

test('a dead-letter queue is as healthy as what is found about how it takes its messages', () => {
  const healthy = factsWith({})
  if (healthy.queue.state !== 'known' || healthy.lambdaFunction.state !== 'known')
    throw new Error('the example is known')
  const arn = `${healthy.queue.value.arn}-dead`
  const redrive = { deadLetterQueueArn: arn, maxReceiveCount: 5 }
  const source = healthy.queue.value
  const facts = {
    ...healthy,
    queue: known({ ...source, redrive }),
    deadLetterQueue: known({ ...source, arn }),
  }
  const healthOf = (rule: string) => {
    const ends = noEnds()
    const [account, name] = ['111122223333', 'orders'] as const
    const subject = { kind: 'queue', arn: source.arn }
    const findings = [{ rule, status: 'warn', severity: 'warning', subject }]
    const queue = { arn: source.arn, account, name, region: 'eu-central-1', partition: 'aws' }
    const target = { ...healthy.lambdaFunction, arn: 'arn:f', name: 'f', account, region: 'eu-central-1' }
    addEnds(ends, { queue, function: target, facts, findings } as unknown as JudgedMapping)
    return ends.queues.get(arn)?.health
  }
  expect(healthOf('dead-letter-retention-too-short')).toBe('warning')
  expect(healthOf('visibility-timeout-leaves-no-retry-room')).toBe('healthy')
})
