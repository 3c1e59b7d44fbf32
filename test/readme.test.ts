import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { blockIn, pageBlocks, rulePages, settled } from '../scripts/readme-blocks.js'
import { commandList } from '../src/cli/command-list.js'
import { explainError } from '../src/operations/explain-error.js'
import { commandLines } from './support/command-lines.js'
import { run } from './support/run-command.js'

const root = join(import.meta.dirname, '..')
const read = (name: string) => readFileSync(join(root, name), 'utf8')
const readme = read('README.md')

const blocks = Object.entries(pageBlocks).flatMap(([page, named]) =>
  Object.entries(named).map(([name, block]) => [page, name, block] as const),
)

describe('the README is true', () => {
  test.each(blocks)(
    'in %s the block %s is what the code says (npm run readme writes it)',
    (page, name, block) => {
      expect(blockIn(read(page), name)).toBe(block())
    },
  )

  test('the first command that it names is the demo, the second the tests', () => {
    const commands = [...readme.matchAll(/^```\n(npm .*)\n```/gm)].map(([, command]) => command)
    expect(commands.slice(0, 2)).toEqual(['npm ci && npm run demo', 'npm ci && npm test'])
  })

  test('it says how to get the word sqs-trigger before it uses it in examples, and internals come last', () => {
    const at = (words: string) => {
      expect(readme).toContain(words)
      return readme.indexOf(words)
    }
    const order = [
      '`npm ci && npm link`',
      '| `quickstart` |',
      '## Beside other tools',
      '## Limits',
      '## How one',
    ]
    const places = order.map(at)
    expect(places).toEqual(places.toSorted((one, other) => one - other))
  })

  test('its transcript is what the demo prints', async () => {
    const [, transcript = ''] = /```text\n([\s\S]*?)```/.exec(blockIn(readme, 'demo')) ?? []
    const { stdout } = await run(process.execPath, ['bin/sqs-trigger.js', 'demo'], { cwd: root })
    const printed = settled(stdout)
    // Parts that are left out are marked; every part stands in the output as it is, in this order.
    const parts = settled(transcript).split(/^\s*…\n/m)
    expect(transcript.split('\n').length).toBeGreaterThan(15)
    let from = 0
    for (const part of parts) {
      const at = printed.indexOf(part, from)
      expect(
        at,
        `this part of the README:\n${part}\nin what the demo printed:\n${printed}`,
      ).toBeGreaterThanOrEqual(0)
      from = at + part.length
    }
  })

  test('it lists every command', () => {
    for (const { name } of commandList) expect(readme).toMatch(new RegExp(`^\\| \`${name}[ \`]`, 'm'))
  })
})

describe('the commands of the README', () => {
  test('every error that it explains is a known one', () => {
    const pasted = commandLines(readme)
      .filter(([name]) => name === 'explain')
      .flatMap(([, what = '']) => (what.includes(' ') ? [what] : []))
    expect(pasted.length).toBeGreaterThan(0)
    for (const text of pasted) expect(explainError(text), text).toBeDefined()
  })

  test('there are a dozen and more of them', () => {
    expect(commandLines(readme).length).toBeGreaterThan(12)
  })

  test('every example for CI fails on what could not be checked', () => {
    const examples = commandLines(blockIn(read('docs/preflight-in-ci.md'), 'ci')).map((words) =>
      words.join(' '),
    )
    expect(examples).toHaveLength(4)
    // A bare npx would run whatever a registry has under the name of what is not published.
    expect(read('docs/preflight-in-ci.md').match(/^.*npx (?!--no-install).*$/gm)?.length).toBe(1)
    for (const example of examples) expect(example).toMatch(/^preflight \S+ \S+ --strict=core /)
  })
})

test('docs/rules has the page of every rule, as the catalogue says it (npm run readme writes them)', () => {
  const written = readdirSync(join(root, 'docs/rules')).toSorted()
  expect(written).toEqual([...rulePages().keys()].toSorted())
  for (const [name, page] of rulePages()) expect(read(`docs/rules/${name}`)).toBe(page)
})
