import { transform } from 'esbuild'
import { expect } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { exitStatuses } from '../../../src/cli/exit-codes.js'
import type { OutputFormat } from '../../../src/cli/options/global-options.js'
import { faultsIn, openValidator } from '../../report/json-schema.js'
import { parseXml } from '../../report/json-xml.js'

/** What a run left behind. */
export interface Left {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** What a spinner writes to paint its line anew. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control sequences are what is looked for
const ours = /\u001b\[(?:\d*[AGK]|\?\d+[lh])/g
/** All but the end of a line. */
const driving = /(?!\n)[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u
const codes: ReadonlySet<number> = new Set(exitStatuses.map(({ code }) => code))
const validate = openValidator()

/** Whatever was answered: the code is one of the table, the answer is of its format, and neither stream drives a terminal. */
export function expectSound(format: OutputFormat, { code, stdout, stderr }: Left, shapeless = false): void {
  expect(codes).toContain(code)
  expect(around(driving, stdout.replace(ours, '')), 'stdout').toBeUndefined()
  expect(around(driving, stderr.replace(ours, '')), 'stderr').toBeUndefined()
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  judges[format](stdout, code)
  if (format !== 'json' || shapeless) return
  const faults = faultsIn(validate, JSON.parse(stdout))
  if (faults.length > 0) throw new Error(faults.join('\n'))
}

/** What was found, with what stands before it. */
function around(pattern: RegExp, text: string): string | undefined {
  const at = pattern.exec(text)?.index
  return at === undefined ? undefined : JSON.stringify(text.slice(Math.max(0, at - 60), at + 5))
}

const linesOf = (text: string) => text.split('\n').slice(0, -1)

const judges: Readonly<Record<OutputFormat, (stdout: string, code: number) => void>> = {
  text: () => {},
  json: (stdout, code) => {
    expect(JSON.parse(stdout)).toMatchObject({ exitCode: code })
  },
  ndjson: (stdout) => {
    for (const line of linesOf(stdout)) expect(JSON.parse(line)).toHaveProperty('type')
  },
  sarif: (stdout) => expect(JSON.parse(stdout)).toHaveProperty('runs'),
  junit: (stdout) => expect(parseXml(stdout).name).toBe('testsuites'),
  github: (stdout) => {
    for (const line of linesOf(stdout)) expect(line).toMatch(/^::(error|warning|notice) title=[^:,]*::.*$/)
  },
  markdown: (stdout) => {
    const fences = stdout.split('\n').filter((line) => /^`{3,}/.test(line))
    expect(fences.length % 2).toBe(0)
  },
  mermaid: (stdout) => expect(stdout).toMatch(/^flowchart LR\n/),
  html: (stdout) => expect(stdout).not.toMatch(/<img|onerror=|<script>(?!\S*\n? *[\w(])/),
}

/** What `export` and `policy` print is read by the parser of its language; a run that failed printed nothing. */
export async function expectParses(language: string, stdout: string): Promise<void> {
  if (language === 'cdk') await transform(stdout, { loader: 'ts' })
  else if (language === 'json') JSON.parse(stdout || 'null')
  else if (language !== 'terraform') {
    // Tags such as !Ref are CloudFormation's own: of those the parser only warns.
    const faults = parseAllDocuments(stdout).flatMap(({ errors }) => errors)
    expect(faults.map(({ message }) => message)).toEqual([])
  }
}
