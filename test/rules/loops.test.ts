import { describe, expect, it } from 'vitest'
import { denied, granted } from '../../src/preflight/examples/judgements.js'
import { exampleMapping } from '../../src/preflight/examples/mapping.js'
import { absent, type Fact, unknown } from '../../src/preflight/fact.js'
import type { FactName } from '../../src/preflight/facts.js'
import { judge } from '../../src/preflight/judge.js'
import { rules } from '../../src/preflight/rules/index.js'
import { context, factsWithout } from '../preflight/healthy-facts.js'
import { expectRow, judgeWith, type Row } from './judge-with.js'

const writes = (variables: readonly string[], maySend: typeof granted | null, asDeadLetterQueue = false) => ({
  writesBack: { variables, maySend, asDeadLetterQueue },
})
const arn = 'arn:aws:lambda:eu-central-1:111122223333:function:worker'
const reads = (functionArn: string, state = 'Enabled') => ({
  ...exampleMapping,
  queueArn: 'arn:aws:sqs:eu-central-1:111122223333:orders-dead',
  functionArn,
  state,
})

const rows: readonly Row[] = [
  [
    'function-writes-to-its-queue',
    'no variable names the queue',
    writes([], null),
    'pass',
    'No environment variable of function worker names queue orders.',
  ],
  [
    'function-writes-to-its-queue',
    'two name it, and it may send',
    writes(['QUEUE_URL', 'RETRY_TO'], granted),
    'warn',
    'Queue orders calls function worker, which may send to it and is given it in its environment (QUEUE_URL, RETRY_TO).',
  ],
  [
    'function-writes-to-its-queue',
    'one names it, but it may not send',
    writes(['QUEUE_URL'], denied),
    'pass',
    'Function worker is given queue orders in its environment, but its role may not send to it.',
  ],
  [
    'function-writes-to-its-queue',
    'its dead-letter queue',
    writes([], null, true),
    'warn',
    'Queue orders calls function worker, and is its dead-letter queue, too: what Lambda gives up comes back to the function.',
  ],
  ['dead-letter-queue-wired-to-same-function', 'nobody reads from it', { deadLetterMappings: [] }, 'pass'],
  [
    'dead-letter-queue-wired-to-same-function',
    'another function does',
    { deadLetterMappings: [reads(`${arn}-of-the-dead`)] },
    'pass',
    'The dead-letter queue does not call function worker.',
  ],
  [
    'dead-letter-queue-wired-to-same-function',
    'the same one',
    { deadLetterMappings: [reads(arn)] },
    'warn',
    'Dead-letter queue orders-dead of queue orders calls function worker, too (mapping 14e0db71-5d35-4eb5-b481-8945cf9d10c2, Enabled).',
  ],
  [
    'dead-letter-queue-wired-to-same-function',
    'an alias of it',
    { deadLetterMappings: [reads(`${arn}:live`)] },
    'warn',
  ],
  [
    'dead-letter-queue-wired-to-same-function',
    'the same one, switched off',
    { deadLetterMappings: [reads(arn, 'Disabled')] },
    'pass',
  ],
  [
    'recursion-detection-off',
    'on',
    { recursionDetection: 'Terminate' },
    'pass',
    'Lambda stops function worker when it sees it call itself.',
  ],
  [
    'recursion-detection-off',
    'off',
    { recursionDetection: 'Allow' },
    'warn',
    'Function worker may call itself through a queue, and its loop detection is off (Allow).',
  ],
  [
    'recursion-detection-off',
    'a word of tomorrow',
    { recursionDetection: 'Throttle' },
    'unknown',
    '"Lambda does not stop the function when it calls itself" cannot be ruled out: the loop detection of function worker is set to Throttle, which this version does not know.',
  ],
]

describe('loops', () => {
  it.each(rows.map((row) => [row[0], row[1], row] as const))('%s: %s', (_, __, row) => expectRow(row))

  it.each<[string, FactName, Fact<never>, string, string]>([
    [
      'function-writes-to-its-queue',
      'writesBack',
      unknown('Lambda did not show the function’s environment variables: no key', 'kms:Decrypt'),
      'unknown',
      '"The function can send to the queue that calls it" cannot be ruled out: Lambda did not show the function’s environment variables: no key; kms:Decrypt would settle it.',
    ],
    [
      'dead-letter-queue-wired-to-same-function',
      'deadLetterMappings',
      absent('queue orders has no dead-letter queue'),
      'skip',
      'Queue orders has no dead-letter queue.',
    ],
    [
      'recursion-detection-off',
      'recursionDetection',
      absent('nothing points at a loop: the function is given no way back to the queue'),
      'skip',
      'Nothing points at a loop: the function is given no way back to the queue.',
    ],
  ])('%s without %s', (slug, name, gap, status, message) => {
    const rule = rules.find((candidate) => candidate.slug === slug)
    const finding = rule && judge(rule, factsWithout(name, gap), context)
    expect(finding).toMatchObject({ status, message })
  })

  it('says what to do about it', () => {
    expect(judgeWith('function-writes-to-its-queue', writes(['A'], granted)).fix?.summary).toBe(
      'If that is meant, see that each message comes to an end. If not, take sqs:SendMessage on orders from role worker-role.',
    )
    expect(judgeWith('function-writes-to-its-queue', writes([], null, true)).fix?.summary).toBe(
      'Give function worker another dead-letter queue, or none.',
    )
    expect(
      judgeWith('dead-letter-queue-wired-to-same-function', { deadLetterMappings: [reads(arn)] }).fix
        ?.commands,
    ).toEqual([
      {
        shell: 'posix',
        text: 'sqs-trigger unwire 14e0db71-5d35-4eb5-b481-8945cf9d10c2 --profile prod --region eu-central-1',
      },
    ])
    expect(
      judgeWith('recursion-detection-off', { recursionDetection: 'Allow' }).fix?.commands[0]?.text,
    ).toMatch(/^aws lambda put-function-recursion-config --function-name worker --recursive-loop Terminate /)
  })
})
