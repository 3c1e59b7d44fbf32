import { describe, expect, it } from 'vitest'
import { buildBigWorld } from '../support/big-world.js'
import { startTestSandbox } from '../support/sandbox.js'
import { auditOf, objections, sorted } from './audit-scene.js'

const small = { mappings: 110, functions: 20, roles: 5 }

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
    const count: Record<string, number> = {}
    for (const { operation } of sandbox.calls()) count[operation] = (count[operation] ?? 0) + 1
    console.log(count, result.summary)
  })
})
