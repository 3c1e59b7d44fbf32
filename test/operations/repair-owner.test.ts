import { describe, expect, it } from 'vitest'
import { readOwner } from '../../src/operations/repair/owner.js'
import { known, unknown } from '../../src/preflight/fact.js'
import { ownedByStack, refused, type Scene, scene } from './repair-scene.js'

const answering = () => scene({ also: ownedByStack('shop-WorkerRole-1A2B3C4D5E6F7') })
async function silent() {
  const at = await scene({})
  at.sandbox.faults.inject(refused('DescribeStackResources'))
  return at
}

const ownerOf = (name: string, { session }: Scene) =>
  readOwner({ label: 'role x', physicalId: name, tags: known({}) }, session)
const queueUrl = 'https://sqs.us-east-1.amazonaws.com/111122223333/shop-Orders-1A2B3C4D5E6F7'
const generated = [
  ['checkout-WorkerRole-1A2B3C4D5E6F7', 'checkout', 'WorkerRole'],
  ['my-shop-WorkerRole-AbCdEfGhIj12', 'my-shop', 'WorkerRole'],
] as const
const hint = (stack: string, logicalId: string, where = '') =>
  `The name of role x is of the form that CloudFormation gives (stack ${stack}, ${logicalId}): if a stack${where} owns it, its next update may take the change back.`

describe('a name as CloudFormation gives it', () => {
  it('is a hint, and no reason to refuse', async () => {
    const at = await answering()
    for (const [name, stack, logicalId] of generated) {
      const said = hint(stack, logicalId, ' of another Region')
      expect(await ownerOf(name, at)).toEqual({ stack: null, warnings: [said] })
    }
  })

  it('where CloudFormation does not answer, too', async () => {
    const at = await silent()
    for (const [name, stack, logicalId] of generated) {
      expect((await ownerOf(name, at)).warnings).toEqual([
        expect.stringMatching(
          /^Whether CloudFormation owns role x could not be asked: .* Its tags do not say so\.$/,
        ),
        hint(stack, logicalId),
      ])
    }
    expect((await ownerOf(queueUrl, at)).warnings[1]).toContain('(stack shop, Orders)')
    const owned = { label: 'queue x', physicalId: queueUrl, tags: unknown('no') }
    expect((await readOwner(owned, at.session)).warnings[0]).toMatch(/Its tags could not be read either\.$/)
  })

  it.each([
    ['is another', 'worker-role'],
    ['ends with a word', 'orders-worker-notification'],
    ['ends with a time', 'orders-worker-202611231200'],
    ['has two parts only', 'WorkerRole-1A2B3C4D5E6F7'],
    ['has no digit', 'orders-worker-ABCDEFGHIJKLM'],
    ['is too short', 'orders-worker-1A2B3C4D5E6'],
    ['is too long', 'orders-worker-1A2B3C4D5E6F7G'],
    ['is of a queue, whose Region was asked', queueUrl],
  ])('says nothing where it %s', async (_, name) => {
    expect(await ownerOf(name, await answering())).toEqual({ stack: null, warnings: [] })
  })

  it('is no news where the stack is known', async () => {
    expect(await ownerOf('shop-WorkerRole-1A2B3C4D5E6F7', await answering())).toEqual({
      stack: 'CloudFormation stack shop (as WorkerRole)',
      warnings: [],
    })
  })
})

it.each([
  [{ 'lambda:createdBy': 'SAM' }, 1],
  [{ 'lambda:createdBy': 'hand' }, 0],
  [{ ManagedBy: 'x' }, 1],
  [{ managed: 'x' }, 0],
])('tags %j: %i hints', async (tags, count) => {
  const { session } = await answering()
  const { warnings } = await readOwner({ label: 'role x', physicalId: 'x', tags: known(tags) }, session)
  expect(warnings).toHaveLength(count)
})
