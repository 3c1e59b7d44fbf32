import { describe, expect, test } from 'vitest'
import { queueAddress } from '../../src/arn.js'
import type { CommandContext } from '../../src/cli/command-context.js'
import { agreeToSend } from '../../src/cli/send-consent.js'
import type { SendBriefing, SendPlan } from '../../src/operations/send/plan-sending.js'
import { briefingLines } from '../../src/report/text/send-briefing.js'
import { context as caller, mapping } from '../report/samples.js'

const two = { ...mapping, functionArn: `${mapping.functionArn}-two:live` }
const empty = { visible: 0, inFlight: 0, delayed: 0 }

function planOf(briefing: Partial<SendBriefing>, count = 1): SendPlan {
  const queue = queueAddress({
    partition: 'aws',
    region: caller.region,
    account: caller.account,
    name: 'orders',
  })
  return {
    request: { queue: 'orders', count, prove: null },
    context: caller,
    queue,
    messages: Array.from({ length: count }, () => ({ body: 'x', token: null })),
    delivery: null,
    briefing: { readers: [mapping], counters: empty, returnsForSeconds: null, ...briefing },
  }
}

describe('what a person is told before a message is sent', () => {
  const rows: readonly (readonly [string, Partial<SendBriefing>, lines: readonly (string | RegExp)[]])[] = [
    [
      'one function',
      {},
      [
        'order-worker ($LATEST) will really run, with this message in its event.',
        'No other function in this account reads orders.',
        'No message waits there now.',
      ],
    ],
    [
      'several functions, one by its alias',
      { readers: [mapping, two] },
      [/^order-worker \(\$LATEST\) and order-worker-two:live read orders and compete/, /No message/],
    ],
    [
      'a function whose mapping is disabled',
      { readers: [{ ...mapping, state: 'Disabled' }] },
      [/^The mapping of orders to order-worker \(\$LATEST\) is Disabled: nothing runs/, /No message/],
    ],
    ['nobody', { readers: [] }, [/^No function in this account reads orders/, /No message/]],
    [
      'nothing could be read',
      { readers: null, counters: null },
      [/^Who reads orders cannot be seen/, 'How many messages wait there could not be read.'],
    ],
    [
      'messages wait, and nothing catches those that fail',
      { counters: { visible: 1, inFlight: 2, delayed: 0 }, returnsForSeconds: 345_600 },
      [
        /./,
        /./,
        'About 1 message waits there now; 2 in flight, 0 delayed.',
        'orders has no dead-letter queue: a message that the function rejects comes back for 4 days.',
      ],
    ],
  ]
  test.each(rows)('%s', (_, briefing, lines) => {
    const told = briefingLines(planOf(briefing))
    expect(told).toHaveLength(lines.length)
    for (const [index, line] of lines.entries())
      expect(told[index]).toMatch(typeof line === 'string' ? new RegExp(`^${escaped(line)}$`) : line)
  })
})

const escaped = (text: string) => text.replace(/[$()]/g, String.raw`\$&`)

describe('consent', () => {
  /** Who sits there, and what was asked. */
  async function asked(plan: SendPlan, { interactive = true, yes = false, answer = true } = {}) {
    const questions: string[] = []
    // Of the whole context nothing else is looked at.
    const context = {
      globals: { yes, quiet: false, json: false, output: 'text' },
      reporter: { note: () => {}, pause: () => {} },
      prompter: {
        interactive,
        confirm: async (question: string) => {
          questions.push(question)
          return answer
        },
      },
    } as unknown as CommandContext
    await agreeToSend(plan, context)
    return questions
  }
  const where = `in ${caller.account}, ${caller.region}`

  test('the question names what will run, and where', async () => {
    expect(await asked(planOf({}))).toEqual([`Send to orders ${where}, and let order-worker run?`])
    expect(await asked(planOf({ readers: [mapping, two] }, 25))).toEqual([
      `Send 25 messages to orders ${where}, and let order-worker or order-worker-two:live run?`,
    ])
    expect(await asked(planOf({ readers: null }))).toEqual([`Send to orders ${where}?`])
  })

  test('declined: nothing is sent', async () => {
    await expect(asked(planOf({}), { answer: false })).rejects.toMatchObject({
      code: 'INTERRUPTED',
      message: 'Cancelled. Nothing was sent.',
    })
  })

  test.each([
    ['with --yes', {}, { yes: true }],
    ['where nobody can be asked', {}, { interactive: false }],
    ['where nothing runs', { readers: [] }, {}],
  ])('nobody is asked %s', async (_, briefing, who) => {
    expect(await asked(planOf(briefing), who)).toEqual([])
  })
})
