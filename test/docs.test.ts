import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { describe, expect, test } from 'vitest'
import { callerPolicy } from '../src/permissions/caller-policy.js'
import { commandLines, shellWords } from './support/command-lines.js'
import { parseCommand } from './support/parse-command.js'

/** What the pages say is true: their commands can be typed, their links lead somewhere. */

const root = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const written = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'))
const pages = ['README.md', 'CONTRIBUTING.md', ...written.map((name) => `docs/${name}`)]
const rulePages = readdirSync(join(root, 'docs/rules')).map((name) => `docs/rules/${name}`)

const lines = [...pages, ...rulePages].flatMap((page) =>
  commandLines(read(page)).map((words) => [words.join(' '), page, words] as const),
)

describe('the commands of the README and of docs', () => {
  test('were found', () => {
    expect(lines.length).toBeGreaterThan(150)
    for (const page of [
      'README.md',
      'docs/start.md',
      'docs/troubleshooting.md',
      'docs/rules/no-dead-letter-queue.md',
    ])
      expect(lines.map(([, from]) => from)).toContain(page)
  })

  test('can all be typed', async () => {
    const refused: string[] = []
    for (const [line, page, words] of lines) {
      await parseCommand(words).catch((error: unknown) =>
        refused.push(`${page}: sqs-trigger ${line}: ${String(error)}`),
      )
    }
    expect(refused).toEqual([])
  })

  test('a wrong one would be found', async () => {
    await expect(parseCommand(['wire', 'orders', '--no-such-flag'])).rejects.toThrow()
    expect(
      commandLines('Type `sqs-trigger wire a \\\nb`, or\n\n```\nsqs-trigger list  # all\n```\n'),
    ).toEqual([['list'], ['wire', 'a', '\\', 'b']])
  })
})

describe('the commands that a screen suggests', () => {
  const folders = ['test/cli/snapshots', 'test/report/snapshots', 'test/report/__snapshots__']
  const screens = folders
    .flatMap((folder) => readdirSync(join(root, folder)).map((name) => `${folder}/${name}`))
    .filter((path) => !path.includes('/help-'))
  const suggested = screens.flatMap((path) => suggestedIn(read(path)).map((line) => [line, path] as const))

  test('can all be typed', async () => {
    const refused: string[] = []
    for (const [line, path] of new Map(suggested)) {
      await parseCommand(shellWords(line)).catch((error: unknown) =>
        refused.push(`${path}: sqs-trigger ${line}: ${String(error)}`),
      )
    }
    expect(refused).toEqual([])
    expect(new Map(suggested).size).toBeGreaterThan(70)
  })

  test('a wrong one would be found', async () => {
    const [line = ''] = suggestedIn('  look at it:\n    sqs-trigger redrive 1 \\\n      --peek\n')
    await expect(parseCommand(shellWords(line))).rejects.toThrow('--peek needs a value.')
  })
})

/** Not those that were typed to get the screen, nor those in the middle of a sentence. */
function suggestedIn(screen: string): readonly string[] {
  const joined = stripVTControlCharacters(screen).replaceAll(/ \\\n\s*/g, ' ')
  const command = /^(?: {2,}|[A-Za-z ]*: | *(?:Fix|More|Undo):? +)?(?:npx )?sqs-trigger ([a-z].*)$/gm
  return [...joined.matchAll(command)]
    .map(([, words = '']) => words.replace(/(?: {2,}| [#>&]).*$/, ''))
    .filter((words) => !/[.?!](?:\s|$)/.test(words.replaceAll(/'[^']*'|"[^"]*"/g, '')))
}

describe('the links', () => {
  test.each([...pages, 'docs/rules/README.md'])('of %s lead somewhere, to the very heading', (page) => {
    expect(
      linksOf(page)
        .filter(({ target }) => leadsNowhere(target))
        .map(({ link }) => link),
    ).toEqual([])
  })

  test('reach every page from the index of docs', () => {
    const named = new Set(linksOf('docs/README.md').map(({ target }) => target.split('#')[0]))
    const direct = written.map((name) => `docs/${name}`).filter((page) => page !== 'docs/README.md')
    expect(direct.filter((page) => !named.has(page))).toEqual([])
  })

  test('of pages that are packed lead to what is packed', () => {
    const packed = /^(docs\/|schemas\/|README\.md|CHANGELOG\.md|LICENSE)/
    const packedPages = written.map((name) => `docs/${name}`)
    const leaving = packedPages.flatMap((page) =>
      linksOf(page)
        .filter(({ target }) => !packed.test(target))
        .map(({ link }) => `${page}: ${link}`),
    )
    expect(leaving).toEqual([])
  })
})

interface Link {
  readonly link: string
  /** Its file below the repository, with the heading where one is named. */
  readonly target: string
}

function linksOf(page: string): readonly Link[] {
  return [...read(page).matchAll(/\]\(([^)]+)\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !/^https?:/.test(link))
    .map((link) => {
      const target = link.startsWith('#') ? `${page}${link}` : normalize(join(dirname(page), link))
      return { link, target: relative('.', target) }
    })
}

function leadsNowhere(target: string): boolean {
  const [path = '', heading] = target.split('#')
  if (!existsSync(join(root, path))) return true
  if (heading === undefined || statSync(join(root, path)).isDirectory()) return false
  return !headings(path).has(heading)
}

/** As GitHub names them. */
function headings(page: string): ReadonlySet<string> {
  const titles = [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, title = '']) => title)
  return new Set(
    titles.map((title) =>
      title
        .toLowerCase()
        .replaceAll(/[^\w\- ]/g, '')
        .replaceAll(' ', '-'),
    ),
  )
}

test('docs/permissions.md says of every statement of the policy what it is for', () => {
  const sids = callerPolicy('111122223333', 'us-east-1', 'aws').Statement.map(({ Sid }) => Sid)
  const text = read('docs/permissions.md')
  expect(sids.length).toBeGreaterThan(20)
  expect(sids.filter((sid) => !text.includes(`\`${sid}\``))).toEqual([])
})
