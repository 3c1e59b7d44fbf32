import { describe, expect, test } from 'vitest'
import { withoutFlags } from '../../src/cli/without-flags.js'
import { startFixJourney } from '../support/fix-journey.js'

describe('what nobody agreed to is offered where it can be asked about', () => {
  test.each([
    ['with the same settings', ['--batch-size', '5'], ' --batch-size 5'],
    ['without what is for scripts', ['--strict=core', '--output', 'junit'], ''],
    ['the same as JSON', ['--json'], ''],
  ])('%s', async (_, flags, kept) => {
    const { fixer } = await startFixJourney()
    const { stdout, stderr } = await fixer(['preflight', 'orders', 'reader', ...flags])
    const hint = flags.includes('--json') ? JSON.parse(stdout).error.hint : stderr.trimEnd()
    const lines = hint.replaceAll(/:\n +/g, ': ').split('\n')
    expect(lines.at(-1)?.trim()).toBe(
      `let this tool fix it, on a terminal: sqs-trigger preflight orders reader${kept} --fix`,
    )
  })

  test('without --dry-run, which would fix nothing', async () => {
    const { fixer } = await startFixJourney()
    const { stderr } = await fixer(['wire', 'orders', 'reader', '--dry-run', '-q', '--batch-size', '5'])
    expect(stderr.trimEnd().replaceAll(/:\n +/g, ': ').split('\n').at(-1)?.trim()).toBe(
      'let this tool fix it, on a terminal: sqs-trigger wire orders reader --batch-size 5 --fix',
    )
  })

  const scripts = { valued: ['--output', '-o'], bare: ['--strict', '--json', '-q'], words: ['core', 'all'] }
  test.each([
    ['a b --output junit --strict=core c', 'a b c'],
    ['a -ojunit -o=json -o text --output=sarif b', 'a b'],
    ['a --strict core b', 'a b'],
    ['a --strict all-orders', 'a all-orders'],
    ['--json a -q core', 'a'],
    ['a core --queue all', 'a core --queue all'],
    ['a --json -- --json -o x', 'a -- --json -o x'],
    ['a -o -- b', 'a -- b'],
  ])('%s', (typed, left) => {
    expect(withoutFlags(typed.split(' '), scripts).join(' ')).toBe(left)
  })
})

test('wire mends nothing where something stands in the way that no fix mends, and says how that is mended', async () => {
  const { fixer, world, changingCalls } = await startFixJourney()
  const fn = [...world.lambda.functions.values()].find(({ name }) => name === 'reader')
  if (!fn) throw new Error('there is no reader')
  fn.latest = { ...fn.latest, forcedState: { state: 'Pending' } }
  const wait = /aws lambda wait function-active-v2 --function-name \S+:reader /
  for (const flags of [['--fix', '--yes'], ['--yes'], ['--dry-run']]) {
    const { code, stderr } = await fixer(['wire', 'plain', 'reader', ...flags])
    expect(code).toBe(3)
    expect(stderr).toContain('Nothing was changed.')
    expect(
      stderr
        .replaceAll(/ \\\n +/g, ' ')
        .trimEnd()
        .split('\n')
        .at(-1),
    ).toMatch(wait)
    expect(stderr.includes('Nothing is fixed, because --fix cannot mend this: Function reader is')).toBe(
      flags.includes('--fix'),
    )
  }
  expect(changingCalls()).toEqual([])
})
