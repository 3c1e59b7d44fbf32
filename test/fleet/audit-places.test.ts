import { describe, expect, it } from 'vitest'
import { SqsTriggerError } from '../../src/errors.js'
import { audit } from '../../src/fleet/audit.js'
import { wellKnownAccessKeys } from '../../src/sandbox/default-principals.js'
import type { Sandbox } from '../../src/sandbox/start-sandbox.js'
import { buildBigWorld } from '../support/big-world.js'
import { collectFailure } from '../support/collect.js'
import { startTestSandbox } from '../support/sandbox.js'
import { auditOf, jumpingClock, objections, opening, sorted } from './audit-scene.js'

const tiny = { mappings: 6, functions: 3, roles: 2 }

/** An account whose keys are others in some Regions: those answer as Regions do that are refused, or not enabled. */
const account = (
  sandbox: Sandbox,
  keys: Readonly<Record<string, string>>,
  regions: readonly string[] | 'all',
) => ({
  ...{ profile: 'work', roleArn: null, name: null, regions },
  open: (region: string | undefined) => opening(sandbox, keys[region ?? ''] ?? 'AKIASANDBOXADMIN')(region),
})

async function tinyWorld() {
  const sandbox = await startTestSandbox()
  await buildBigWorld(sandbox, tiny)
  return sandbox
}

describe('the places of an audit', () => {
  it('tells a Region that is refused, and one that is not enabled, beside what was read', async () => {
    const sandbox = await tinyWorld()
    const keys = { 'eu-west-1': wellKnownAccessKeys.nobody, 'af-south-1': 'AKIAUNKNOWN' }
    const regions = ['us-east-1', 'eu-west-1', 'af-south-1']
    const { result } = await auditOf(sandbox, { accounts: [account(sandbox, keys, regions)] })
    expect(result.places).toMatchObject([
      { region: 'us-east-1', accountName: 'work', status: 'read', listed: 6, judged: 6, reason: null },
      { region: 'eu-west-1', status: 'unread', permission: 'lambda:ListEventSourceMappings', judged: 0 },
      { region: 'af-south-1', status: 'not-enabled', permission: null },
    ])
    expect(result.complete).toBe(false)
    expect(result.summary.byHealth.healthy).toBe(6)
  })

  it('ends with the first reason where nothing at all could be read', async () => {
    const sandbox = await tinyWorld()
    const accounts = [account(sandbox, { 'us-east-1': wellKnownAccessKeys.nobody }, ['us-east-1'])]
    const session = { clock: jumpingClock(), signal: new AbortController().signal }
    const { error } = await collectFailure(audit({ accounts, ignore: [] }, session))
    expect(error.code).toBe('ACCESS_DENIED')
  })

  it('keeps one account apart from another', async () => {
    const sandbox = await tinyWorld()
    const other = { ...account(sandbox, {}, []), profile: 'other', open: opening(sandbox, '444455556666') }
    const { result } = await auditOf(sandbox, { accounts: [account(sandbox, {}, []), other] })
    expect(result.places.map((place) => [place.account, place.accountName, place.listed])).toEqual([
      ['111122223333', 'work', 6],
      ['444455556666', 'other', 0],
    ])
  })
})

describe('an audit that is stopped', () => {
  it('tells what it knows by then, and how much that is', async () => {
    const sandbox = await tinyWorld()
    sandbox.faults.inject({ operation: 'GetQueueAttributes', effect: { kind: 'hang' }, times: 2 })
    const stop = new AbortController()
    let judged = 0
    const session = { clock: jumpingClock(), signal: stop.signal }
    const running = audit({ accounts: [account(sandbox, {}, [])], ignore: [] }, session)
    for (;;) {
      const step = await running.next()
      if (step.done) {
        expect(step.value.complete).toBe(false)
        expect(step.value.places).toMatchObject([
          { status: 'partly', reason: 'It was stopped.', listed: 6, judged: 4 },
        ])
        expect(step.value.mappings.map(({ health }) => health).toSorted()).toEqual([
          ...Array(4).fill('healthy'),
          ...Array(2).fill('unknown'),
        ])
        break
      }
      if (step.value.type === 'mapping-judged') judged++
      if (judged === 4) stop.abort(new SqsTriggerError('INTERRUPTED', 'Interrupted.'))
    }
  })
})

describe('what was found before', () => {
  it('is not told again; what is new and what is gone is counted', async () => {
    const sandbox = await startTestSandbox()
    const faults = await buildBigWorld(sandbox, { ...tiny, mappings: 16, functions: 8, faulty: true })
    const { result: before } = await auditOf(sandbox)
    expect(sorted(objections(before))).toEqual(sorted(faults))
    const known = before.mappings.flatMap(({ findings }) =>
      findings.map(({ rule, status, mapping }) => ({
        ...{ rule, status, queueArn: mapping?.queueArn ?? '', functionArn: mapping?.functionArn ?? '' },
      })),
    )
    const mended = { ...known[0], rule: 'no-dead-letter-queue', status: 'warn' }
    const baseline = { file: 'before.json', findings: [...known.slice(1), { ...known[1], ...mended }] }
    const { result } = await auditOf(sandbox, { baseline: baseline as never })
    expect(objections(result)).toHaveLength(1)
    expect(result.baseline).toEqual({ file: 'before.json', known: known.length - 1, added: 1, gone: 1 })
    expect(result.summary.findings).toEqual(before.summary.findings)
  })
})
