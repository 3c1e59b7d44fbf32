import { account, region } from '../preflight/preflight-world.js'
import { allow, arnOfQueue, deny, forWhom, polling, roleArn, type Scenario } from '../preflight/scenario.js'
import { policyOf } from '../preflight/scenario-parts.js'
import type { TestSandbox } from '../support/sandbox.js'
import {
  attributes,
  type ErrorWorld,
  grants,
  inTurn,
  leaveRedrive,
  newQueue,
  seeding,
  step,
  wired,
} from './error-worlds.js'
import { anyone } from './error-worlds-placement.js'

const decrypt = allow('kms:Decrypt')
const root = `arn:aws:iam::${account}:root`
const delegated = () => [forWhom(root, allow('kms:*'))]
const decrypting = { inline: [polling, decrypt] }
const keyArn = `arn:aws:kms:${region}:${account}:key/[-0-9a-f]+`

const redriveTo = (name: string) =>
  attributes({
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arnOfQueue(name), maxReceiveCount: 5 }),
  })
const withDeadLetters = (more: Readonly<Record<string, string>> = {}) =>
  inTurn(
    seeding(newQueue('orders-dead', { MessageRetentionPeriod: '1209600' })),
    redriveTo('orders-dead'),
    attributes(more, 'orders-dead'),
  )
const leftBehind = (name: string, values: Readonly<Record<string, string>> | null) =>
  inTurn(
    async (sandbox) => values !== null && (await sandbox.seed([newQueue(name, values)])),
    async (sandbox) => leaveRedrive(sandbox, arnOfQueue(name)),
  )
const deleteOrders = async (sandbox: TestSandbox) => {
  await sandbox.seed([step('sqs', 'DeleteQueue', { QueueUrl: `${sandbox.endpoint}/${account}/orders` })])
  // SQS needs up to a minute to forget a queue.
  await sandbox.advance(61_000)
}

/** Does it with the key of the queue. */
const withKey =
  (operation: string, input: (keyArn: string) => Readonly<Record<string, unknown>> = () => ({})) =>
  async (sandbox: TestSandbox) => {
    const [KeyId = ''] = [...sandbox.world.kms.keys.keys()]
    await sandbox.seed([step('kms', operation, { KeyId, ...input(KeyId) })])
  }
const keyed = (more: Partial<Scenario> & Pick<Scenario, 'key'>): Scenario => ({ role: decrypting, ...more })

/** The queue, its dead-letter queue and its key. */
export const queueWorlds: readonly ErrorWorld[] = [
  {
    rule: 'queue-not-found',
    scenario: {},
    args: ['ordres', 'worker'],
    message: `Queue ordres does not exist in account ${account}, ${region}.`,
    code: 5,
    mended: { args: ['orders', 'worker'] },
  },
  {
    rule: 'queue-not-found',
    when: 'a mapping of it was left behind',
    scenario: { also: inTurn(wired(), deleteOrders) },
    message: `Queue orders does not exist in account ${account}, ${region}.`,
    code: 5,
    mended: { by: seeding(newQueue('orders')) },
  },
  {
    rule: 'mapping-without-queue',
    scenario: { also: inTurn(wired(), deleteOrders) },
    args: ['orders', 'worker', '--only', 'mapping-without-queue'],
    message: /^Mapping [-0-9a-f]{36} \(Enabled\) reads from queue orders, which does not exist\.$/,
    mended: { by: seeding(newQueue('orders')) },
  },
  {
    rule: 'visibility-timeout-below-function-timeout',
    scenario: { functionTimeout: 60, queue: { attributes: { VisibilityTimeout: '59' } } },
    message: 'Queue orders hides a message for 59 s, but function worker may run for 60 s.',
    mended: { by: attributes({ VisibilityTimeout: '60' }) },
  },
  {
    rule: 'dead-letter-queue-missing',
    scenario: { also: leftBehind('orders-dead', null) },
    message: `Queue orders names ${arnOfQueue('orders-dead')} as dead-letter queue, which does not exist.`,
    mended: { by: seeding(newQueue('orders-dead')) },
  },
  {
    rule: 'dead-letter-queue-is-source',
    scenario: { also: leftBehind('orders', null) },
    message: 'Queue orders names itself as its dead-letter queue.',
    mended: { by: withDeadLetters() },
  },
  {
    rule: 'dead-letter-queue-type-differs',
    scenario: { also: leftBehind('orders-dead.fifo', { FifoQueue: 'true' }) },
    message: 'Queue orders is standard, its dead-letter queue orders-dead.fifo is FIFO.',
    mended: { by: withDeadLetters() },
  },
  ...(
    [
      ['denyAll', {}, 'Dead-letter queue orders-dead admits no queue at all, so not orders either.'],
      [
        'byQueue',
        { sourceQueueArns: [arnOfQueue('invoices')] },
        'Dead-letter queue orders-dead admits some queues, but not orders.',
      ],
    ] as const
  ).map(
    ([redrivePermission, more, message]): ErrorWorld => ({
      rule: 'dead-letter-queue-refuses-source',
      when: redrivePermission,
      scenario: {
        also: withDeadLetters({ RedriveAllowPolicy: JSON.stringify({ redrivePermission, ...more }) }),
      },
      message,
      mended: {
        by: attributes({ RedriveAllowPolicy: '{"redrivePermission":"allowAll"}' }, 'orders-dead'),
      },
    }),
  ),
  {
    rule: 'key-not-usable',
    when: 'disabled',
    scenario: keyed({ key: { policy: delegated, after: 'DisableKey' } }),
    message: new RegExp(`^Key ${keyArn} of queue orders is Disabled\\.$`),
    mended: { by: withKey('EnableKey') },
  },
  {
    rule: 'key-not-usable',
    when: 'its deletion is scheduled',
    scenario: keyed({ key: { policy: delegated, after: 'ScheduleKeyDeletion' } }),
    message: new RegExp(`^Key ${keyArn} of queue orders is PendingDeletion\\.$`),
    mended: { by: inTurn(withKey('CancelKeyDeletion'), withKey('EnableKey')) },
  },
  {
    rule: 'key-not-usable',
    when: 'gone',
    scenario: {
      caller: anyone,
      role: decrypting,
      queue: { attributes: { KmsMasterKeyId: 'alias/gone' } },
    },
    message: 'Key alias/gone of queue orders does not exist.',
    mended: {
      by: async (sandbox) => {
        const [made] = await sandbox.seed([step('kms', 'CreateKey', {})])
        const { KeyMetadata } = made as { KeyMetadata: { Arn: string } } // as KMS answers
        await attributes({ KmsMasterKeyId: KeyMetadata.Arn })(sandbox)
      },
    },
  },
  {
    rule: 'role-lacks-decrypt',
    when: 'the key’s policy denies it',
    scenario: keyed({ key: { policy: () => [...delegated(), forWhom(roleArn, deny('kms:Decrypt'))] } }),
    message: new RegExp(
      `^Role worker-role of function worker may not call kms:Decrypt on key ${keyArn} of queue orders: explicit Deny in .+\\.$`,
    ),
    mended: { by: withKey('PutKeyPolicy', () => ({ Policy: policyOf(delegated()) })) },
  },
  {
    rule: 'role-lacks-decrypt',
    when: 'nobody lets it',
    scenario: { key: { policy: delegated } },
    message: new RegExp(
      `^Role worker-role of function worker may not call kms:Decrypt on key ${keyArn} of queue orders: .+\\.$`,
    ),
    mended: { by: grants('Role', 'worker-role', polling, decrypt) },
  },
  {
    rule: 'key-policy-omits-role',
    scenario: keyed({
      caller: anyone,
      key: { policy: () => [forWhom(`arn:aws:iam::${account}:user/ann`, allow('kms:*'))] },
    }),
    message: new RegExp(
      `^The policy of key ${keyArn} of queue orders neither lets role worker-role decrypt nor leaves it to the policies of the role’s account\\.$`,
    ),
    mended: {
      by: withKey('PutKeyPolicy', () => ({
        Policy: policyOf([
          forWhom(`arn:aws:iam::${account}:user/ann`, allow('kms:*')),
          forWhom(roleArn, decrypt),
        ]),
      })),
    },
  },
]
