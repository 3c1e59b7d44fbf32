import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')

interface SourceFile {
  readonly path: string
  readonly text: string
  /** Comments and string contents taken out. */
  readonly code: string
  readonly imports: readonly { readonly from: string; readonly lazy: boolean }[]
}

/** From the ground up. What stands in no folder is the ground, but for the library's own face. */
const floors: readonly (readonly string[])[] = [
  ['src'],
  ['src/permissions'],
  ['src/filter'],
  ['src/aws'],
  ['src/preflight'],
  ['src/operations'],
  ['src/fleet'],
  ['src/export'],
  ['src/report', 'src/index.ts', 'src/at-once.ts', 'src/connect.ts', 'src/connection.ts'],
  ['src/cli', 'src/wizard'],
]

const files = walk(join(root, 'src')).map(read)
const edges = /^src\/(cli|report|wizard)\//
/** Plain JavaScript runs in processes of its own, where console and process are the point. */
const inHandlerProcess = ({ path }: SourceFile) => path.endsWith('.mjs')

describe('import rules', () => {
  test('the tree was found', () => {
    expect(files.length).toBeGreaterThan(50)
    expect(files.some(({ imports }) => imports.length > 3)).toBe(true)
  })

  test('process, console, chalk, ora and inquirer stay at the edges', () => {
    const inner = files.filter((file) => !edges.test(file.path) && !inHandlerProcess(file))
    expect(inner.filter(({ code }) => /\b(console|process)\./.test(code)).map(({ path }) => path)).toEqual([])
    const terminal = /^(chalk|ora|inquirer|@inquirer\/.*|yargs|node:process)$/
    expect(importers(inner, (from) => terminal.test(from))).toEqual([])
  })

  test('rules judge facts: they import no client and do no I/O', () => {
    const rules = inFolder('src/preflight/rules/')
    expect(rules.length).toBeGreaterThan(20)
    const reaches = (from: string) => /^(src\/aws\/|@aws-sdk\/|node:)/.test(from)
    expect(importers(rules, reaches)).toEqual([])
    expect(rules.filter(({ code }) => /\b(await|fetch)\b/.test(code)).map(({ path }) => path)).toEqual([])
  })

  test('only operations/apply-change.ts asks for a change in AWS', () => {
    // The verbs stand in aws/; whoever imports one of these names can change an account.
    const verbs =
      /\b(createMapping|deleteMapping|updateMapping|putRolePolicy|setQueueAttributes|createStack|deleteStack)\s*\(/
    const callers = files.filter(
      ({ path, code }) =>
        !path.startsWith('src/aws/') && !path.startsWith('src/sandbox/') && verbs.test(code),
    )
    expect(callers.map(({ path }) => path)).toEqual(['src/operations/apply-change.ts'])
    const commands = /\b(?:Create|Delete|Update|Put|Set|Attach|Add|Remove|Tag|Untag)\w+Command\b/
    const senders = files.filter(({ path, code }) => !path.startsWith('src/aws/') && commands.test(code))
    expect(senders.map(({ path }) => path)).toEqual([])
  })

  test('the sandbox shares only the evaluator and the filters with the tool', () => {
    const outside = (from: string) =>
      from.startsWith('src/') && !/^src\/(sandbox|permissions|filter)\//.test(from)
    expect(importers(inFolder('src/sandbox/'), outside)).toEqual([])
  })

  test('only the sandbox and demo commands import the sandbox', () => {
    const others = files.filter(({ path }) => !path.startsWith('src/sandbox/'))
    expect(importers(others, (from) => from.startsWith('src/sandbox/')).toSorted()).toEqual([
      'src/cli/commands/demo.ts',
      'src/cli/commands/sandbox.ts',
    ])
  })

  test('a floor imports from its own and from those below', () => {
    const from = new Map(files.map((file) => [file.path, file]))
    const climbs = files
      .filter(({ path }) => !path.startsWith('src/sandbox/'))
      .flatMap(({ path, imports }) =>
        imports.filter((one) => from.has(one.from)).map((one) => ({ path, from: one.from })),
      )
      // The sandbox is no floor: two commands open it, and another test knows them.
      .filter((one) => !one.from.startsWith('src/sandbox/') && floorOf(one.from) > floorOf(one.path))
    expect(climbs).toEqual([])
  })

  test('there is no import cycle, of types either', () => {
    const graph = new Map(
      files.map(({ path, imports }) => [path, imports.filter(({ lazy }) => !lazy).map(({ from }) => from)]),
    )
    expect(cycles(graph)).toEqual([])
  })
})

describe('sizes and names', () => {
  test('no file swallows its neighbours', () => {
    const long = (limit: number) => (file: SourceFile) => file.text.split('\n').length > limit
    expect(files.filter(long(251)).map(({ path }) => path)).toEqual([])
    const tests = walk(join(root, 'test')).map(read)
    expect(tests.filter(long(301)).map(({ path }) => path)).toEqual([])
  })

  test('nothing is named after nothing', () => {
    const empty = /(^|[/-])(utils?|helpers?|common|misc|shared|managers?)([-./]|$)/
    const all = [
      ...files.map(({ path }) => path),
      ...walk(join(root, 'test')).map((file) => relative(root, file)),
    ]
    expect(all.filter((path) => empty.test(path))).toEqual([])
  })
})

function walk(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) return walk(path)
    return /\.(ts|mjs)$/.test(name) && !name.endsWith('.d.ts') ? [path] : []
  })
}

function read(file: string): SourceFile {
  const text = readFileSync(file, 'utf8')
  const path = relative(root, file)
  const statement = /(?:^|\n)\s*(?:import|export)\s+(?:type\s+)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]/g
  const imports = [...text.matchAll(statement)].map(([, from = '']) => ({
    from: resolve(path, from),
    lazy: false,
  }))
  const later = [...text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)/g)].map(([, from = '']) => ({
    from: resolve(path, from),
    // A module loaded later is no part of a cycle, but it is an import all the same.
    lazy: true,
  }))
  return { path, text, code: withoutProse(text), imports: [...imports, ...later] }
}

function resolve(path: string, from: string): string {
  if (!from.startsWith('.')) return from
  return normalize(join(dirname(path), from)).replace(/\.js$/, '.ts')
}

function withoutProse(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|\s)\/\/.*$/gm, '')
    .replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, "''")
}

function inFolder(folder: string): readonly SourceFile[] {
  return files.filter(({ path }) => path.startsWith(folder))
}

function floorOf(path: string): number {
  const room = path.split('/').slice(0, 2).join('/')
  const at = (name: string) => floors.findIndex((floor) => floor.includes(name))
  const floor = at(path) >= 0 ? at(path) : at(room === path ? 'src' : room)
  if (floor < 0) throw new Error(`${path} stands on no floor`)
  return floor
}

function importers(among: readonly SourceFile[], forbidden: (from: string) => boolean): string[] {
  return among.filter(({ imports }) => imports.some(({ from }) => forbidden(from))).map(({ path }) => path)
}

function cycles(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>()
  const found: string[] = []
  const visit = (node: string, path: readonly string[]) => {
    if (path.includes(node)) {
      found.push([...path.slice(path.indexOf(node)), node].join(' → '))
      return
    }
    if (done.has(node)) return
    for (const next of graph.get(node) ?? []) visit(next, [...path, node])
    done.add(node)
  }
  for (const node of graph.keys()) visit(node, [])
  return found
}
