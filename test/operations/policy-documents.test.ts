import { expect, test } from 'vitest'
import { functionAddress, queueAddress } from '../../src/arn.js'
import { policyDocuments } from '../../src/operations/policy/documents.js'

const place = { partition: 'aws', region: 'eu-central-1' }
const target = {
  queue: queueAddress({ ...place, account: '111122223333', name: 'orders' }),
  queueUrl: 'https://sqs.eu-central-1.amazonaws.com/111122223333/orders',
  function: functionAddress({ ...place, account: '444455556666', name: 'worker' }),
  logGroup: '/aws/lambda/worker',
  roleArn: 'arn:aws:iam::444455556666:role/worker',
  boundaryArn: null,
  keyArn: null,
  caller: null,
  deadLetterQueueArn: null,
}
const deny = '{"Sid":"theirs","Effect":"Deny","Principal":"*","Action":"sqs:*","Resource":"*"}'

test.each([
  ['none', null, true, 0],
  ['one', `{"Version":"2012-10-17","Statement":[${deny}]}`, true, 1],
  ['one that was not read', undefined, false, 0],
  // Written over what stands there, the document would lose the refusal.
  ['one with a key twice', `{"Statement":[${deny}],"Statement":[]}`, false, 0],
  ['one with a key twice, once in escapes', `{"Statement":[${deny}],"\\u0053tatement":[]}`, false, 0],
  ['one that is no JSON', '{"Statement":', false, 0],
  ['one that is no object', '[]', false, 0],
  ['one in the form of IAM', '%7B%22Statement%22%3A%5B%5D%7D', false, 0],
  ['one that is nested too deeply', `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`, false, 0],
])('the whole policy of a queue that has %s', (_what, queuePolicy, complete, kept) => {
  const present = queuePolicy === undefined ? {} : { queuePolicy }
  const choices = { for: 'queue', withFix: false, with: [], keyCondition: 'context' } as const
  const [made] = policyDocuments({ ...target, ...present }, choices)
  expect(made?.complete).toBe(complete)
  expect(JSON.stringify(made?.document).split('"theirs"')).toHaveLength(kept + 1)
})
