import { describe, expect, it } from 'vitest'
import { expectRow, judgeWith, type Row } from './judge-with.js'

const arn = 'arn:aws:sqs:eu-central-1:111122223333:orders-dead'
const redrive = (maxReceiveCount: number, deadLetterQueueArn = arn) => ({
  redrive: { deadLetterQueueArn, maxReceiveCount },
})
const keeps = (queue: number, deadLetterQueue: number, fifo = false) => ({
  queue: { retentionSeconds: queue, fifo },
  deadLetterQueue: { retentionSeconds: deadLetterQueue, fifo },
})
const none = { queue: { redrive: null } }
const admits = (policy: unknown) => ({ deadLetterQueue: { redriveAllowPolicy: JSON.stringify(policy) } })
const source = 'arn:aws:sqs:eu-central-1:111122223333:orders'
const others = (count: number) => Array.from({ length: count }, (_, number) => `${source}-${number}`)
const waiting = (visible: number, delayed = 0, inFlight = 0) => ({
  queue: { messages: { visible, inFlight, delayed } },
})

const rows: readonly Row[] = [
  ['dead-letter-queue-is-source', 'none', none, 'skip'],
  ['dead-letter-queue-is-source', 'another queue', {}, 'pass'],
  [
    'dead-letter-queue-is-source',
    'itself',
    { queue: redrive(5, arn.replace('-dead', '')) },
    'fail',
    'Queue orders names itself as its dead-letter queue.',
  ],
  ['max-receive-count-below-five', 'none', none, 'skip'],
  ['max-receive-count-below-five', 'five', { queue: redrive(5) }, 'pass'],
  [
    'max-receive-count-below-five',
    'four',
    { queue: redrive(4) },
    'warn',
    'Queue orders moves a message to its dead-letter queue after 4 receives; AWS advises at least 5.',
  ],
  ['max-receive-count-below-five', 'one', { queue: redrive(1) }, 'warn', /after 1 receive; /],
  ['dead-letter-retention-too-short', 'longer by a second', keeps(345_600, 345_601), 'pass'],
  [
    'dead-letter-retention-too-short',
    'as long',
    keeps(345_600, 345_600),
    'warn',
    'Dead-letter queue orders-dead keeps a message for 4 days, counted from its arrival in queue orders, which keeps it for 4 days.',
  ],
  [
    'dead-letter-retention-too-short',
    'a minute',
    keeps(345_600, 60),
    'warn',
    /keeps a message for 60 s, counted/,
  ],
  [
    'dead-letter-retention-too-short',
    'FIFO: the age begins anew',
    keeps(345_600, 60, true),
    'skip',
    /begins anew/,
  ],
  ['retention-ends-before-dead-letter', 'none', none, 'skip'],
  [
    'retention-ends-before-dead-letter',
    'just long enough',
    { queue: { retentionSeconds: 900, visibilityTimeoutSeconds: 180 } },
    'pass',
  ],
  [
    'retention-ends-before-dead-letter',
    'a second short',
    { queue: { retentionSeconds: 899, visibilityTimeoutSeconds: 180 } },
    'warn',
    'Queue orders keeps a message for 899 s, but 5 failed receives may take 900 s.',
  ],
  [
    'dead-letter-queue-refuses-source',
    'says nothing',
    {},
    'pass',
    'Dead-letter queue orders-dead admits every queue of its account and Region.',
  ],
  ['dead-letter-queue-refuses-source', 'all', admits({ redrivePermission: 'allowAll' }), 'pass'],
  [
    'dead-letter-queue-refuses-source',
    'this one',
    admits({ redrivePermission: 'byQueue', sourceQueueArns: [...others(2), source] }),
    'pass',
    'Dead-letter queue orders-dead admits queue orders.',
  ],
  [
    'dead-letter-queue-refuses-source',
    'none',
    admits({ redrivePermission: 'denyAll' }),
    'fail',
    'Dead-letter queue orders-dead admits no queue at all, so not orders either.',
  ],
  [
    'dead-letter-queue-refuses-source',
    'others',
    admits({ redrivePermission: 'byQueue', sourceQueueArns: others(2) }),
    'fail',
    'Dead-letter queue orders-dead admits some queues, but not orders.',
  ],
  [
    'dead-letter-queue-refuses-source',
    'a word of tomorrow',
    admits({ redrivePermission: 'byTag' }),
    'unknown',
    '"The dead-letter queue does not admit the queue" cannot be ruled out: the redrive allow policy of dead-letter queue orders-dead is not one that this version knows.',
  ],
  [
    'dead-letter-queue-refuses-source',
    'damaged',
    { deadLetterQueue: { redriveAllowPolicy: '{' } },
    'unknown',
    /is not one that this version knows/,
  ],
  [
    'dead-letter-queue-refuses-source',
    'all of another account',
    { deadLetterQueue: { arn: arn.replace('111122223333', '444455556666') } },
    'unknown',
    /whether it takes messages from account 111122223333 is not documented/,
  ],
  ['queue-has-backlog', 'empty', waiting(0), 'pass'],
  ['queue-has-backlog', 'others are at work on some', waiting(0, 0, 7), 'pass'],
  [
    'queue-has-backlog',
    'one',
    waiting(1),
    'warn',
    'About one message waits in queue orders: function worker gets it first.',
  ],
  ['queue-has-backlog', 'many, some delayed', waiting(1_200, 34), 'warn', /^About 1,234 messages wait/],
]

describe('dead-letter queue and backlog', () => {
  it.each(rows.map((row) => [row[0], row[1], row] as const))('%s: %s', (_, __, row) => expectRow(row))

  const textOf = (...given: Parameters<typeof judgeWith>) => judgeWith(...given).fix?.commands[0]?.text

  it('the receives are raised without changing the dead-letter queue', () => {
    expect(textOf('max-receive-count-below-five', { queue: redrive(2) })).toContain(
      JSON.stringify({ RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arn, maxReceiveCount: '5' }) }),
    )
  })

  it('it is the dead-letter queue that is told to keep longer', () => {
    expect(textOf('dead-letter-retention-too-short', keeps(345_600, 60))).toMatch(
      /--queue-url \S+\/orders-dead --attributes '\{"MessageRetentionPeriod":"1209600"\}'/,
    )
  })

  it('who is admitted already stays so, and a list that is full is not made longer', () => {
    const listed = (count: number) =>
      judgeWith(
        'dead-letter-queue-refuses-source',
        admits({ redrivePermission: 'byQueue', sourceQueueArns: others(count) }),
      ).fix
    const policy = { redrivePermission: 'byQueue', sourceQueueArns: [...others(9), source] }
    expect(listed(9)?.commands[0]?.text).toContain(
      `/orders-dead --attributes '${JSON.stringify({ RedriveAllowPolicy: JSON.stringify(policy) })}'`,
    )
    expect(listed(10)).toMatchObject({ commands: [], summary: expect.stringMatching(/no more than 10\.$/) })
  })

  it('no command is offered where SQS would refuse it', () => {
    const longest = judgeWith('dead-letter-retention-too-short', keeps(1_209_600, 1_209_600))
    expect(longest.fix).toMatchObject({ commands: [], summary: expect.stringMatching(/less than 14 days/) })
    const endless = judgeWith('retention-ends-before-dead-letter', {
      queue: { ...redrive(100), visibilityTimeoutSeconds: 43_200 },
    })
    expect(endless.fix).toMatchObject({
      commands: [],
      summary: expect.stringMatching(/^Lower the visibility/),
    })
  })

  it('a queue of another account is for that account to change', () => {
    const { fix } = judgeWith(
      'max-receive-count-below-five',
      { queue: redrive(2) },
      { queueArn: 'arn:aws:sqs:eu-central-1:444455556666:orders' },
    )
    expect(fix).toMatchObject({ commands: [], summary: expect.stringMatching(/Only account 444455556666/) })
  })
})
