import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { startJourney } from '../support/journey.js'
import { openScreen } from '../support/live-screen.js'
import { agreeing, enter, expectEnd, talk } from '../support/wizard-walk.js'

const ours =
  '# ours\nname: shop\nsettings:\n  batch-size: 5 # small\ntriggers: # all of them\n  - queue: a # first\n    function: b\n'

async function begin(text: string) {
  const folder = mkdtempSync(join(tmpdir(), 'sqs-trigger-save-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'sqs-trigger.yaml')
  writeFileSync(file, text, { mode: 0o640 })
  const journey = await startJourney()
  return { journey, file, screen: openScreen(journey.env, ['wire', '--config', file]) }
}

test('what was wired is added to the file, with its comments kept, and plan then agrees', async () => {
  const { journey, file, screen } = await begin(ours)
  await talk(screen, ['Queue (2)', `orders${enter}`], ['Function (1)', enter])
  await talk(screen, ...agreeing('orders to worker').slice(1), ['Add it to', enter], '--adopt')
  await expectEnd(screen, 0)
  expect(readFileSync(file, 'utf8')).toBe(
    `${ours}  - queue: orders\n    function: worker\n    settings:\n      batch-size: 5\n`,
  )
  expect(statSync(file).mode & 0o777).toBe(0o640)
  const { document } = await journey.json('plan', '-f', file)
  expect(document.result.counts).toMatchObject({ unchanged: 1, create: 0, update: 0, blocked: 1 })
})

test('a file that is no place for a line is left as it is, and the lines are shown', async () => {
  const text = '{"name": "shop", "triggers": [{"queue": "a", "function": "b"}]}'
  const { file, screen } = await begin(text)
  await talk(screen, ['Queue (2)', `orders${enter}`], ['Function (1)', enter])
  await talk(screen, ...agreeing('orders to worker'), ['Add it to', enter], 'queue: orders')
  await expectEnd(screen, 0)
  expect(readFileSync(file, 'utf8')).toBe(text)
})
