import { expect, test } from 'vitest'
import { checkRuleNames } from '../../src/cli/options/rule-names.js'
import type { OperationEvent } from '../../src/operations/events.js'
import type { Ending } from '../../src/report/reporter.js'

async function told(slugs: readonly string[]) {
  const events: OperationEvent[] = []
  const reporter = {
    on: (event: OperationEvent) => {
      events.push(event)
    },
    plan: () => {},
    note: () => {},
    detail: () => {},
    pause: () => {},
    finish: (_outcome: unknown, ending: Ending) => ending,
    fail: () => {},
  }
  await checkRuleNames({ ignore: slugs, only: [] }, { reporter })
  return events
}

test('a rule that AWS enforces is not left out in silence, and said once', async () => {
  const slug = 'visibility-timeout-below-function-timeout'
  expect(await told([slug, 'no-dead-letter-queue', slug])).toEqual([
    {
      type: 'warning',
      message: `--ignore ${slug} has no effect: AWS itself enforces this rule, so it cannot be ignored.`,
    },
  ])
})

test('others are left out without a word', async () => {
  expect(await told(['no-dead-letter-queue'])).toEqual([])
})
