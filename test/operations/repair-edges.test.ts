import { expect, it } from 'vitest'
import type { JournaledChange } from '../../src/journal.js'
import { newEntry, strikeOut } from '../../src/operations/journal/write.js'
import { listed } from '../../src/operations/repair/role.js'
import { undoOf } from '../../src/operations/repair/undo.js'
import { attributesChange } from '../../src/preflight/fix.js'
import { account } from '../preflight/preflight-world.js'
import { allow, arnOfQueue, roleArn } from '../preflight/scenario.js'
import { collect } from '../support/collect.js'
import { memoryJournal, mend, scene } from './repair-scene.js'

const receive = 'role-lacks-receive-message'
const lacking = { role: { inline: [allow('logs:*')] } }
const put = (policyName: string) =>
  ({
    action: 'put',
    type: 'role-policy',
    iamAction: 'iam:PutRolePolicy',
    roleArn,
    policyName,
    policy: { Version: '2012-10-17', Statement: [] },
  }) as const

it.each<readonly [what: string, JournaledChange['state'], kept: boolean]>([
  ['what was refused alone is forgotten', 'never-made', false],
  ['beside one that may have been made it is kept', 'intended', true],
  ['beside one that was made it is kept', 'made', true],
])('%s', async (_, state, kept) => {
  const { journal, entries } = memoryJournal()
  const place = { account, region: 'us-east-1', endpoint: null, profile: null, partition: 'aws', caller: '' }
  const entry = {
    ...newEntry([receive], place, { clock: { now: () => 0, sleep: async () => {} } }),
    changes: [
      { change: put('A'), previous: null, state },
      { change: put('B'), previous: null, state: 'intended' as const },
    ],
  }
  await journal.write(entry)
  await collect(strikeOut(entry, 1, journal))
  expect(entries.has(entry.id)).toBe(kept)
})

it('what was there before and is not known is not made up', () => {
  const change = attributesChange(arnOfQueue(), { VisibilityTimeout: '30', RedrivePolicy: '' })
  expect(undoOf(change, null)).toBe(null)
  expect(undoOf(change, { VisibilityTimeout: '1' })).toBe(null)
})

it('a queue that was made is left alone for a second, a policy is not waited for', async () => {
  const at = await scene(lacking)
  const started = at.session.clock.now()
  await mend(at, receive)
  expect(at.session.clock.now() - started).toBe(0)
  await mend(at, 'no-dead-letter-queue')
  expect(at.session.clock.now() - started).toBeGreaterThanOrEqual(1_000)
})

it('of many names the first ten are told, and how many more there are', () => {
  const names = Array.from({ length: 11 }, (_, index) => `f${index}`)
  expect(listed(names.slice(0, 10))).toBe('f0, f1, f2, f3, f4, f5, f6, f7, f8, f9')
  expect(listed(names)).toMatch(/, f9 and 1 more$/)
})

it('the function itself is no other consumer of its queue', async () => {
  const at = await scene({})
  const input = { EventSourceArn: arnOfQueue(), FunctionName: 'worker' }
  await at.sandbox.seed([{ service: 'lambda', operation: 'CreateEventSourceMapping', input }])
  const { repair } = await mend(at, 'no-dead-letter-queue')
  expect(repair.effects.join(' ')).not.toContain('Other functions')
})
