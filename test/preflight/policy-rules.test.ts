import { describe, expect, it } from 'vitest'
import {
  denied,
  deniedByQueue,
  granted,
  omittedByKey,
  omittedByQueue,
} from '../../src/preflight/examples/judgements.js'
import { absent, type Fact, known, unknown } from '../../src/preflight/fact.js'
import type { Facts, Judgement } from '../../src/preflight/facts.js'
import { judge } from '../../src/preflight/judge.js'
import { rules } from '../../src/preflight/rules/index.js'
import { context, factsWith } from './healthy-facts.js'

const abroad = {
  ...context,
  queueArn: 'arn:aws:sqs:eu-central-1:444455556666:orders',
  customerKeyArn: 'arn:aws:kms:eu-central-1:444455556666:key/1',
}
const open = unknown('cannot decide: a Deny may apply (aws:SourceIp is not known)', undefined, 'context')
const unread = unknown('sqs:GetQueueAttributes was refused', 'sqs:GetQueueAttributes')
const none = absent('queue "orders" does not exist')

/** What the queue's policy says of receiving and of deleting. */
const queueSays = (receive: Fact<Judgement>, remove: Fact<Judgement> = known(granted)): Partial<Facts> => ({
  queuePolicyOnRole: known({
    'sqs:ReceiveMessage': receive,
    'sqs:DeleteMessage': remove,
    'sqs:GetQueueAttributes': known(granted),
  }),
})
const keySays = (keyPolicyOnRole: Fact<Judgement>): Partial<Facts> => ({ keyPolicyOnRole })
const roleSays = (judgement: Judgement): Partial<Facts> => ({ 'role sqs:ReceiveMessage': known(judgement) })
const decryptSays = (judgement: Judgement): Partial<Facts> => ({ 'role kms:Decrypt': known(judgement) })

const keyDenies: Judgement = {
  ...deniedByQueue,
  decision: { ...deniedByQueue.decision, evidence: [{ layer: 'key', effect: 'Deny' }] },
}
const beside = (judgement: Judgement, otherwise: Fact<Judgement>): Judgement => ({ ...judgement, otherwise })

const denies = 'queue-policy-denies-role'
const omits = 'queue-policy-omits-role'
const keyOmits = 'key-policy-omits-role'
const receive = 'role-lacks-receive-message'
const decrypt = 'role-lacks-decrypt'
const useKey = 'caller-lacks-key-for-test-message'

const rows: readonly (readonly [
  rule: string,
  status: string,
  message: RegExp,
  facts: Partial<Facts>,
  where?: typeof context,
])[] = [
  [denies, 'pass', /^No policy of queue orders denies/, {}],
  [denies, 'pass', /^No policy/, queueSays(known(omittedByQueue)), abroad],
  [
    denies,
    'fail',
    /denies role worker-role sqs:ReceiveMessage: explicit Deny/,
    queueSays(known(deniedByQueue)),
  ],
  [
    denies,
    'fail',
    /sqs:ReceiveMessage, sqs:DeleteMessage/,
    queueSays(known(deniedByQueue), known(deniedByQueue)),
  ],
  [denies, 'fail', /denies role worker-role sqs:DeleteMessage/, queueSays(open, known(deniedByQueue))],
  [denies, 'unknown', /aws:SourceIp is not known/, queueSays(known(granted), open)],
  [denies, 'unknown', /sqs:GetQueueAttributes was refused/, { queuePolicyOnRole: unread }],
  [denies, 'skip', /does not exist/, { queuePolicyOnRole: none }],

  [omits, 'pass', /^The policy of queue orders lets role worker-role in/, {}, abroad],
  [
    omits,
    'fail',
    /account 444455556666, does not let role worker-role call sqs:ReceiveMessage/,
    queueSays(known(omittedByQueue)),
    abroad,
  ],
  [omits, 'fail', /call sqs:DeleteMessage/, queueSays(open, known(omittedByQueue)), abroad],
  [omits, 'unknown', /aws:SourceIp/, queueSays(open), abroad],
  [omits, 'unknown', /was refused/, { queuePolicyOnRole: unread, queue: unread }, abroad],
  [omits, 'skip', /belong to one account/, {}],
  [omits, 'skip', /queue-policy-denies-role tells it/, queueSays(known(deniedByQueue)), abroad],

  [keyOmits, 'pass', /lets role worker-role decrypt, or leaves it to IAM/, {}],
  [keyOmits, 'fail', /neither lets role worker-role decrypt nor leaves it/, keySays(known(omittedByKey))],
  [keyOmits, 'unknown', /aws:SourceIp/, keySays(open)],
  [keyOmits, 'skip', /role-lacks-decrypt tells it/, keySays(known(keyDenies))],
  [keyOmits, 'skip', /does not exist/, keySays(none)],

  [receive, 'fail', /no identity policy allows it/, roleSays(denied)],
  [receive, 'skip', /queue-policy-denies-role tells it/, roleSays(beside(deniedByQueue, known(granted)))],
  [
    receive,
    'skip',
    /queue-policy-omits-role tells it/,
    roleSays(beside(omittedByQueue, known(granted))),
    abroad,
  ],
  [receive, 'fail', /no identity policy allows it/, roleSays(beside(deniedByQueue, known(denied)))],
  [
    receive,
    'fail',
    /the queue policy does not allow it/,
    roleSays(beside(omittedByQueue, known(denied))),
    abroad,
  ],
  [receive, 'unknown', /aws:SourceIp/, roleSays(beside(deniedByQueue, open))],

  [decrypt, 'skip', /key-policy-omits-role tells it/, decryptSays(beside(omittedByKey, known(granted)))],
  [decrypt, 'fail', /identity policy allows it/, decryptSays(beside(omittedByKey, known(denied)))],
  [decrypt, 'unknown', /aws:SourceIp/, decryptSays(beside(omittedByKey, open))],
  [
    decrypt,
    'skip',
    /key-policy-omits-role tells it/,
    decryptSays(beside(omittedByKey, known(granted))),
    abroad,
  ],
  [
    decrypt,
    'fail',
    /the key policy does not allow it/,
    decryptSays(beside(omittedByKey, known(denied))),
    abroad,
  ],
  [decrypt, 'fail', /explicit Deny/, decryptSays(beside(keyDenies, known(granted)))],

  [useKey, 'pass', /^You may call kms:GenerateDataKey and kms:Decrypt/, {}],
  [useKey, 'fail', /^You may not call kms:Decrypt as/, { 'caller kms:Decrypt': known(denied) }],
  [useKey, 'unknown', /aws:SourceIp/, { 'caller kms:GenerateDataKey': open }],
  [useKey, 'skip', /does not exist/, { 'caller kms:Decrypt': none }],
]

describe('what policies of queue and key decide', () => {
  const complete = rows.map(
    ([slug, status, message, facts, where = context]) => [slug, status, message, facts, where] as const,
  )
  it.each(complete)('%s: %s, %s', (slug, status, message, facts, where) => {
    const rule = rules.find((one) => one.slug === slug)
    if (rule === undefined) throw new Error(`there is no rule ${slug}`)
    const finding = judge(rule, { ...factsWith({}), ...facts }, where)
    expect(finding).toMatchObject({ status, message: expect.stringMatching(message) })
    if (status === 'unknown') {
      expect(finding.gap?.class).toBe(/SourceIp/.test(finding.message) ? 'context' : 'core')
    }
    if (/-policy-/.test(slug) && (status === 'pass' || status === 'fail')) {
      expect(['evaluated', 'simulated']).toContain(finding.certainty)
    }
    // Neither a queue's policy nor a key's is ever written.
    if (status === 'fail' && /-policy-/.test(slug)) {
      expect(finding.fix).toMatchObject({ automatic: false, commands: [] })
    }
  })
})
