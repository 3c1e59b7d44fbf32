// biome-ignore-all lint/suspicious/noTemplateCurlyInString: what looks like a placeholder is what is tried here
import type { ExportedMapping, ExportWorld } from '../../src/export/export-world.js'
import type { Mapping } from '../../src/mapping.js'
import { rolePolicyName } from '../../src/permissions/role-policy.js'
import { absent, known, unknown } from '../../src/preflight/fact.js'
import { factsWith } from '../preflight/healthy-facts.js'

export const region = 'eu-central-1'
export const account = '111122223333'
export const otherAccount = '444455556666'
const roleArn = `arn:aws:iam::${account}:role/service-role/worker-role`
const keyArn = `arn:aws:kms:${region}:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`

/** What one format or another would take for more than text. */
export const hostile = [
  'plain',
  '"quoted" \'twice\' `thrice`',
  String.raw`back\slash \n \u0041 \${x}`,
  'line one\nline two\r\n\ttabbed\u0008\u000c',
  '${AWS::Region} ${!x} $${y} $$${z} ${',
  '%{ if true } %%{x} %%%{x} $%{x} %${x}',
  '{{resolve}} !Ref x # no comment',
  'ünï ✓ 𝄞 \u0085\u007f\u2028\ufeff',
  '*/ // <!-- --> yes no null ~ 012 1e3',
  ' leading and trailing ',
] as const

const context = {
  account,
  partition: 'aws',
  region,
  profile: null,
  endpoint: null,
  caller: `arn:aws:iam::${account}:user/dev`,
}

const uuidOf = (number: number) => `0000000${number}-1111-4222-8333-444455556666`

const queueArn = (name: string, owner = account) => `arn:aws:sqs:${region}:${owner}:${name}`
const functionArn = (name: string) => `arn:aws:lambda:${region}:${account}:function:${name}`

interface Described extends Partial<Mapping> {
  readonly queue: string
  readonly function: string
  readonly qualifier?: string
  readonly tags?: Readonly<Record<string, string>>
}

function exported(number: number, described: Described): ExportedMapping {
  const { queue, function: name, qualifier, tags = {}, ...settings } = described
  return {
    mapping: {
      uuid: uuidOf(number),
      queueArn: queue,
      functionArn: `${functionArn(name)}${qualifier === undefined ? '' : `:${qualifier}`}`,
      state: 'Enabled',
      batchSize: 10,
      batchWindowSeconds: 0,
      reportBatchItemFailures: false,
      filters: [],
      eventCountMetrics: false,
      ...settings,
    },
    tags: known(tags),
    functionArn: functionArn(name),
    qualifier: qualifier ?? null,
  }
}

const healthy = factsWith({})
const settled = <Value>(fact: { readonly state: string; readonly value?: Value }): Value => {
  if (fact.state !== 'known' || fact.value === undefined) throw new Error('the example is known')
  return fact.value
}
const queue = settled(healthy.queue)
const called = settled(healthy.lambdaFunction)

const queueOf = (arn: string, patch: Partial<typeof queue> = {}) =>
  [
    arn,
    known({
      ...queue,
      arn,
      url: `https://sqs.${region}.amazonaws.com/${account}/${arn.split(':').at(-1)}`,
      name: arn.split(':').at(-1) ?? '',
      fifo: arn.endsWith('.fifo'),
      encryption: { kind: 'none' } as const,
      redrive: null,
      ...patch,
    }),
  ] as const

const functionOf = (name: string) =>
  [
    functionArn(name),
    known({
      ...called,
      arn: functionArn(name),
      name,
      roleArn,
      runtime: 'nodejs22.x',
      handler: 'index.handler',
    }),
  ] as const

function worldOf(mappings: readonly ExportedMapping[], more: Partial<ExportWorld> = {}): ExportWorld {
  return {
    context,
    mappings,
    queues: new Map(mappings.map(({ mapping }) => queueOf(mapping.queueArn))),
    queueTags: new Map(),
    keys: new Map(),
    functions: new Map(mappings.map(({ functionArn: arn }) => functionOf(arn.split(':').at(-1) ?? ''))),
    roles: new Map([[roleArn, { role: absent('nobody asked'), policies: known([]) }]]),
    ...more,
  }
}

/** One mapping with nothing but defaults. */
export const plainWorld = worldOf([exported(1, { queue: queueArn('orders'), function: 'order-worker' })])

const encrypted = queueArn('orders.fifo')
const deadLetters = queueArn('orders-dead-letters')
const foreign = queueArn('billing', otherAccount)

/** Every setting, every kind of end, and hostile texts wherever texts are free. */
export const fullWorld = worldOf(
  [
    exported(1, {
      queue: queueArn('orders'),
      function: 'order-worker',
      batchSize: 500,
      batchWindowSeconds: 20,
      maxConcurrency: 7,
      reportBatchItemFailures: true,
      eventCountMetrics: true,
      filters: hostile.slice(0, 5).map((text) => JSON.stringify({ body: { kind: [text] } })),
      tags: { ...Object.fromEntries(hostile.map((text, index) => [`tag ${index}`, text])), 'aws:x': 'y' },
    }),
    exported(2, {
      queue: encrypted,
      function: 'order-worker',
      qualifier: 'live',
      state: 'Disabled',
      filters: hostile.slice(5).map((text) => JSON.stringify({ body: { [text]: [{ prefix: text }] } })),
      filterKeyArn: keyArn,
    }),
    exported(3, { queue: foreign, function: '2nd_worker', minimumPollers: 3, maximumPollers: 9 }),
    exported(4, { queue: queueArn('orders_fifo'), function: '2nd-worker', tags: { team: 'shop' } }),
  ],
  {
    queues: new Map([
      queueOf(queueArn('orders'), {
        redrive: { deadLetterQueueArn: deadLetters, maxReceiveCount: 7 },
        receiveWaitSeconds: 20,
      }),
      queueOf(deadLetters, {
        encryption: { kind: 'sqs-managed' },
        redriveAllowPolicy: JSON.stringify({
          redrivePermission: 'byQueue',
          sourceQueueArns: [queueArn('orders'), foreign],
        }),
        policy: '{}',
      }),
      queueOf(encrypted, {
        encryption: { kind: 'key', keyId: 'alias/orders', dataKeyReuseSeconds: 600 },
        contentBasedDeduplication: true,
        deduplicationScope: 'messageGroup',
        throughputLimit: 'perMessageGroupId',
      }),
      queueOf(queueArn('orders_fifo'), { encryption: { kind: 'key', keyId: 'alias/aws/sqs' } }),
      [foreign, unknown('sqs:GetQueueAttributes was refused')],
    ]),
    queueTags: new Map([[queueArn('orders'), known({ 'cost center': hostile[4], 'aws:x': 'y' })]]),
    keys: new Map([
      ['alias/orders', known({ arn: keyArn, account, manager: 'CUSTOMER', state: 'Enabled' } as const)],
    ]),
    roles: new Map([
      [
        roleArn,
        {
          role: absent('nobody asked'),
          policies: known([{ name: rolePolicyName(queueArn('orders')), document: '{}' }]),
        },
      ],
    ]),
  },
)
