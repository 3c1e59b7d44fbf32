import { expect, test } from 'vitest'
import { exitStatusFor } from '../../src/cli/exit-codes.js'
import { notUndone } from '../../src/cli/not-undone.js'
import type { StayReason, UndoStep } from '../../src/operations/results.js'
import { rollback } from '../report/repair-samples.js'

const [undone] = rollback.steps
if (!undone) throw new Error('there is one')
const step = (stays: StayReason | null): UndoStep =>
  stays === null ? undone : { ...undone, undo: null, stays, reason: 'why' }
const id = '20261123-091500-3f2a'

test.each<[exitCode: number, stays: readonly (StayReason | null)[], said: string | null]>([
  [0, [null, null], null],
  [0, [null, 'queue-kept'], null],
  [0, ['queue-kept', 'undone-already', 'never-made', 'as-before', 'gone'], null],
  [7, ['changed-since'], `The change of ${id} stays: it was changed since.`],
  [7, ['changed-since', 'queue-kept', null], `1 of 3 changes of ${id} stays: it was changed since.`],
  [
    7,
    ['changed-since', 'changed-by-later-fix', null],
    `2 of 3 changes of ${id} stay: they were changed since.`,
  ],
  [
    7,
    ['changed-since', 'unreadable'],
    `2 of 2 changes of ${id} stay: they were changed since, or not readable.`,
  ],
  [1, ['unreadable', null], `1 of 2 changes of ${id} stays: it was not readable.`],
  [1, ['former-unknown', null], `1 of 2 changes of ${id} stays: it was not written down as it was before.`],
])('exit %i: %j', (exitCode, stays, said) => {
  const error = notUndone(id, stays.map(step), { profile: 'dev' })
  expect(exitStatusFor(error ? [error.code] : []).code).toBe(exitCode)
  expect(error?.message ?? null).toBe(said)
  if (error) {
    expect(error.hint).toBe(
      `see what was there before: sqs-trigger rollback ${id} --dry-run --json --profile dev`,
    )
  }
})
