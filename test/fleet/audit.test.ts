import { describe, expect, it } from 'vitest'
import { buildBigWorld } from '../support/big-world.js'
import { startTestSandbox } from '../support/sandbox.js'
import { auditOf, objections, sorted } from './audit-scene.js'

const small = { mappings: 30, functions: 10, roles: 3 }

describe('an audit of one Region', () => {
  it('finds the faults that were put there, and nothing else', async () => {
    const sandbox = await startTestSandbox()
    const faults = await buildBigWorld(sandbox, { ...small, faulty: true })
    const { result } = await auditOf(sandbox)
    expect(sorted(objections(result))).toEqual(sorted(faults))
    expect(result.orphans.map(({ name }) => name)).toEqual(['nobody-reads-this'])
  })

  it('finds nothing in a world with nothing wrong', async () => {
    const sandbox = await startTestSandbox()
    await buildBigWorld(sandbox, small)
    const { result } = await auditOf(sandbox)
    expect(sorted(objections(result))).toEqual([])
    expect(result.orphans).toEqual([])
    expect(countsOf(sandbox.calls().map(({ operation }) => operation))).toEqual({
      GetCallerIdentity: 1,
      ListEventSourceMappings: 1,
      GetFunction: 10,
      GetQueueAttributes: 33,
      GetRole: 3,
      ListRolePolicies: 3,
      ListAttachedRolePolicies: 3,
      GetPolicy: 1,
      GetPolicyVersion: 1,
      ListQueues: 1,
    })
  })
})

const countsOf = (names: readonly string[]) =>
  Object.fromEntries([...new Set(names)].map((name) => [name, names.filter((one) => one === name).length]))
