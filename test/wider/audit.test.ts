import { describe, expect, it } from 'vitest'
import type { FaultEffect } from '../../src/sandbox/faults.js'
import type { Sandbox } from '../../src/sandbox/start-sandbox.js'
import { auditOf, objections, opening, sorted } from '../fleet/audit-scene.js'
import type { BigWorld } from '../support/big-world.js'
import { buildBigWorld } from '../support/big-world.js'
import { startTestSandbox } from '../support/sandbox.js'

/** What the speed of an audit is promised for. */
const promised: BigWorld = { mappings: 1_000, functions: 200, roles: 50 }

const countsOf = (names: readonly string[]) =>
  Object.fromEntries([...new Set(names)].map((name) => [name, names.filter((one) => one === name).length]))

/** Every so many requests one goes wrong, whatever it asks for. */
function failEvery(sandbox: Sandbox, nth: number, effect: FaultEffect): void {
  let calls = 0
  Object.assign(sandbox.faults, { take: () => (++calls % nth === 0 ? effect : undefined) })
}

describe('an audit of 1,000 mappings', () => {
  it('finds nothing in a world with nothing wrong, and reads each thing once', async () => {
    const sandbox = await startTestSandbox()
    await buildBigWorld(sandbox, promised)
    const { result } = await auditOf(sandbox)
    expect(objections(result)).toEqual([])
    expect(result.summary.byHealth).toEqual({ error: 0, warning: 0, unknown: 0, healthy: 1_000 })
    expect(countsOf(sandbox.calls().map(({ operation }) => operation))).toEqual({
      GetCallerIdentity: 1,
      ListEventSourceMappings: 10,
      GetFunction: 200,
      GetQueueAttributes: 1_100,
      GetRole: 50,
      ListRolePolicies: 50,
      ListAttachedRolePolicies: 50,
      // One managed policy, and its text.
      GetPolicy: 1,
      GetPolicyVersion: 1,
      ListQueues: 2,
    })
  })

  it('finds exactly the faults that were put there', async () => {
    const sandbox = await startTestSandbox()
    const faults = await buildBigWorld(sandbox, { ...promised, faulty: true })
    const { result } = await auditOf(sandbox)
    expect(sorted(objections(result))).toEqual(sorted(faults))
    expect(result.orphans.map(({ name }) => name)).toEqual(['nobody-reads-this'])
  })

  it('finds them while AWS throttles', async () => {
    const sandbox = await startTestSandbox()
    const faults = await buildBigWorld(sandbox, { ...promised, faulty: true })
    failEvery(sandbox, 5, { kind: 'throttle' })
    const { result } = await auditOf(sandbox)
    expect(sorted(objections(result))).toEqual(sorted(faults))
    expect(sandbox.calls().filter(({ code }) => /Throttl|TooMany/.test(code ?? '')).length).toBeGreaterThan(
      200,
    )
  })

  it('finds them while one call in a hundred fails', async () => {
    const sandbox = await startTestSandbox()
    const faults = await buildBigWorld(sandbox, { ...promised, faulty: true })
    failEvery(sandbox, 100, { kind: 'error', code: 'InternalFailure', message: 'It failed.', status: 500 })
    const { result } = await auditOf(sandbox)
    expect(sorted(objections(result))).toEqual(sorted(faults))
    expect(sandbox.calls().filter(({ status }) => status === 500).length).toBeGreaterThan(13)
  })
})

describe('an audit with the rights that the README lists', () => {
  it('finds the same, without GetFunction', async () => {
    const sandbox = await startTestSandbox()
    const faults = await buildBigWorld(sandbox, { mappings: 30, functions: 10, roles: 3, faulty: true })
    const open = opening(sandbox, sandbox.credentials.accessKeyId)
    const account = { profile: null, roleArn: null, name: null, regions: [], open }
    const { result } = await auditOf(sandbox, { accounts: [account] })
    expect(sorted(objections(result))).toEqual(sorted(faults))
  })
})

describe('an audit of every Region', () => {
  it('looks at every Region of the partition, and at IAM once for all of them', async () => {
    const sandbox = await startTestSandbox()
    const { result } = await auditOf(sandbox, {
      accounts: [{ profile: null, roleArn: null, name: null, regions: 'all', open: opening(sandbox) }],
    })
    const regions = result.places.map(({ region }) => region)
    expect(regions[0]).toBe('us-east-1')
    expect(regions).toContain('eu-central-1')
    expect(regions.some((region) => /^(?:cn|us-gov)-/.test(region))).toBe(false)
    expect(result.complete).toBe(true)
    const asked = sandbox.calls().map(({ operation }) => operation)
    expect(asked.filter((name) => name === 'GetCallerIdentity')).toHaveLength(1)
    expect(asked.filter((name) => name === 'ListEventSourceMappings')).toHaveLength(regions.length)
  })
})
