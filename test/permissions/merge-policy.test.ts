import { describe, expect, it } from 'vitest'
import { mergePolicies, samePolicy } from '../../src/permissions/merge-policy.js'

const poll = {
  Sid: 'Poll',
  Effect: 'Allow',
  Action: ['sqs:DeleteMessage', 'sqs:ReceiveMessage'],
  Resource: 'q',
}
const document = (...Statement: readonly object[]) => ({ Version: '2012-10-17', Statement })

describe('documents that say the same', () => {
  it.each([
    ['another order of keys', { Statement: [poll], Version: '2012-10-17' }],
    ['another order of actions', document({ ...poll, Action: poll.Action.toReversed() })],
    ['an action said twice', document({ ...poll, Action: [...poll.Action, 'sqs:DeleteMessage'] })],
    ['a list of one', document({ ...poll, Resource: ['q'] })],
    ['a single statement outside a list', { Version: '2012-10-17', Statement: poll }],
  ])('%s', (_, other) => {
    expect(samePolicy(document(poll), other)).toBe(true)
  })

  it.each([
    ['another action', document({ ...poll, Action: ['sqs:*'] })],
    ['a condition', document({ ...poll, Condition: { Bool: { 'aws:SecureTransport': 'true' } } })],
    ['another version', { ...document(poll), Version: '2008-10-17' }],
    ['a Deny', document({ ...poll, Effect: 'Deny' })],
    ['nothing', null],
  ])('not with %s', (_, other) => {
    expect(samePolicy(document(poll), other)).toBe(false)
  })

  it('lists and texts are not taken for one another', () => {
    expect(samePolicy({ Action: ['a', 'b'] }, { Action: '["a","b"]' })).toBe(false)
    expect(samePolicy({ Action: ['a,b'] }, { Action: ['a', 'b'] })).toBe(false)
  })
})

describe('adding to a document', () => {
  const own = { Effect: 'Deny', Action: 's3:*', Resource: '*' }
  it.each<readonly [string, object, object, object]>([
    ['what is missing comes last', document(own), document(poll), document(own, poll)],
    [
      'what is there is not said twice',
      document(own, { ...poll, Sid: 'Other' }),
      document(poll),
      document(own, { ...poll, Sid: 'Other' }),
    ],
    [
      'a Sid that is taken gets a number',
      document({ ...own, Sid: 'Poll' }),
      document(poll),
      document({ ...own, Sid: 'Poll' }, { ...poll, Sid: 'Poll2' }),
    ],
    [
      'and the next',
      document({ ...own, Sid: 'Poll' }, { ...own, Sid: 'Poll2', Action: 'x:y' }),
      document(poll),
      document({ ...own, Sid: 'Poll' }, { ...own, Sid: 'Poll2', Action: 'x:y' }, { ...poll, Sid: 'Poll3' }),
    ],
    [
      'version, id and a single statement stay',
      { Version: '2008-10-17', Id: 'mine', Statement: own },
      document(poll),
      { Version: '2008-10-17', Id: 'mine', Statement: [own, poll] },
    ],
  ])('%s', (_, present, wanted, merged) => {
    const result = mergePolicies({ ...present }, { ...wanted })
    expect(result).toEqual(merged)
    expect(mergePolicies(result, { ...wanted })).toBe(result)
  })
})
