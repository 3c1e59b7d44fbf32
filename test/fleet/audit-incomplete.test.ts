import { describe, expect, it } from 'vitest'
import { auditAnswer } from '../../src/cli/audit-answer.js'
import { exitStatusFor } from '../../src/cli/exit-codes.js'
import type { EarlierFinding } from '../../src/fleet/audit/baseline.js'
import type { AuditedPlace, AuditResult } from '../../src/fleet/audit/results.js'
import { buildBigWorld } from '../support/big-world.js'
import { startTestSandbox } from '../support/sandbox.js'
import { auditOf } from './audit-scene.js'

async function twoMappings() {
  const sandbox = await startTestSandbox()
  await buildBigWorld(sandbox, { mappings: 2, functions: 1, roles: 1 })
  return sandbox
}

/** The exit code of the command, and the error that it ends with. */
function endOf(audit: AuditResult) {
  const { signal } = new AbortController()
  const rendering = { lines: () => [], result: () => null }
  const outcome = auditAnswer(audit, { failOn: 'error', strict: undefined, rendering, signal })
  const errors = 'error' in outcome && outcome.error ? [outcome.error] : []
  return { code: exitStatusFor(errors.map(({ code }) => code)).code, message: errors[0]?.message ?? null }
}

const expired = {
  kind: 'error',
  code: 'ExpiredTokenException',
  status: 403,
  message: 'The security token included in the request is expired',
} as const

describe('a place that was not read to its end', () => {
  it('is told as read in part, with the reason, where the judging of a mapping failed', async () => {
    const sandbox = await twoMappings()
    sandbox.faults.inject({ service: 'lambda', operation: 'GetFunction', effect: expired })
    const { result } = await auditOf(sandbox)
    expect(result.places).toMatchObject([{ status: 'partly', listed: 2, judged: 0 }])
    expect(result.places[0]?.reason).toContain('expired')
    expect(result.complete).toBe(false)
    expect(result.summary.byHealth).toMatchObject({ unknown: 2, healthy: 0 })
    expect(endOf(result)).toEqual({ code: 1, message: 'us-east-1 could not be read to the end.' })
  })

  it('is judged all the same where a read fails that nobody needs: another account has the function', async () => {
    const sandbox = await twoMappings()
    const { mappings } = sandbox.world.eventSources
    for (const [uuid, one] of mappings) {
      mappings.set(uuid, { ...one, functionArn: one.functionArn.replace(/\d{12}/, '999988887777') })
    }
    sandbox.faults.inject({ service: 'lambda', operation: 'GetFunction', effect: expired })
    const { result } = await auditOf(sandbox)
    expect(result.places).toMatchObject([{ status: 'read', listed: 2, judged: 2 }])
  })

  const place: AuditedPlace = {
    ...{ account: '111122223333', accountName: null, region: 'eu-west-1', profile: null, roleArn: null },
    ...{ status: 'read', reason: null, permission: null, listed: 2, judged: 2 },
  }
  const nothing: AuditResult = {
    ...{ context: null, places: [place], mappings: [], queues: [], functions: [], roles: [], orphans: [] },
    summary: {
      ...{ mappings: 0, queues: 0, deadLetterQueues: 0, functions: 0, roles: 0, rules: [], calls: 0 },
      ...{ byHealth: { error: 0, warning: 0, unknown: 0, healthy: 0 }, elapsedMs: 0 },
      findings: { pass: 0, warn: 0, fail: 0, unknown: 0, skip: 0, ignored: 0 },
    },
    ...{ baseline: null, complete: true },
  }

  it.each([
    ['partly', 1, 'eu-west-1 could not be read to the end.'],
    ['unread', 1, 'eu-west-1 could not be read to the end.'],
    ['not-enabled', 0, null],
    ['read', 0, null],
  ] as const)('ends the command by what became of it: %s, exit code %i', (status, code, message) => {
    const other = { ...place, status, reason: status === 'read' ? null : 'why' }
    const read = { ...place, region: 'us-east-1' }
    expect(endOf({ ...nothing, places: [read, other] })).toEqual({ code, message })
  })
})

describe('queues that nothing uses', () => {
  it('are told as not looked for where ListQueues is refused', async () => {
    const sandbox = await twoMappings()
    const refused = { kind: 'error', code: 'AccessDenied', message: 'no', status: 403 } as const
    sandbox.faults.inject({ service: 'sqs', operation: 'ListQueues', effect: refused })
    const { result, events } = await auditOf(sandbox)
    const warnings = events.flatMap((event) => (event.type === 'warning' ? [event.message] : []))
    expect(warnings).toHaveLength(1)
    expect(warnings[0]).toContain('Queues of us-east-1 that nothing uses could not be looked for: ')
    expect(result.orphans).toEqual([])
    expect(result.mappings.map(({ health }) => health)).toEqual(['healthy', 'healthy'])
  })
})

describe('a finding that a baseline has', () => {
  it('is new again where it became graver', async () => {
    const sandbox = await twoMappings()
    const { mappings } = sandbox.world.eventSources
    for (const [uuid, mapping] of mappings) {
      mappings.set(uuid, { ...mapping, functionArn: `${mapping.functionArn}-gone` })
    }
    const { result: before } = await auditOf(sandbox)
    const failed = before.mappings
      .flatMap(({ findings }) => findings)
      .filter(({ status }) => status === 'fail')
    expect(failed).toHaveLength(2)
    const earlier = (status: string): readonly EarlierFinding[] =>
      failed.map(({ rule, mapping: of }) => ({
        ...{ rule, status, queueArn: of?.queueArn ?? '', functionArn: of?.functionArn ?? '' },
      }))
    const toldBeside = async (status: string) => {
      const { result } = await auditOf(sandbox, {
        baseline: { file: 'before.json', findings: earlier(status), complete: true },
      })
      const told = result.mappings.flatMap(({ findings }) => findings)
      return [told.filter((finding) => finding.status === 'fail').length, result.baseline, endOf(result).code]
    }
    expect(await toldBeside('fail')).toEqual([0, { file: 'before.json', known: 2, added: 0, gone: 0 }, 0])
    for (const status of ['warn', 'unknown']) {
      expect(await toldBeside(status)).toEqual([2, { file: 'before.json', known: 0, added: 2, gone: 2 }, 3])
    }
  })
})
