import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SqsTriggerError } from '../../src/errors.js'
import type { Finding } from '../../src/preflight/finding.js'
import {
  checksFailed,
  type Ended,
  machineFormats,
  preflightEnded,
  preflightEvents,
  reported,
} from './json-run.js'
import { parseXml } from './json-xml.js'
import { context, findings } from './samples.js'

/** What has broken formats before: ends of sections, escapes, halves of characters, marks that turn text around. */
const nasty = fc.constantFrom(
  ']]>',
  '<![CDATA[',
  '-->',
  '&amp;',
  '&#0;',
  '"',
  "'",
  '`',
  '```',
  '|',
  '\\',
  '\\|',
  '\n',
  '\r\n',
  '\u0085',
  '\u2028',
  '%0A',
  '%',
  '::error::',
  '\n::set-output name=a::b',
  '\u001b[31m',
  '\u001b]8;;http://x\u0007',
  '\u0000',
  '\u0008',
  '\u007f',
  '\u061c',
  '\u202e',
  '\u2066',
  '\ud800',
  '\udc00',
  '\ufffe',
  '\uffff',
  '</details>',
  '<!--',
  '😀',
)
const anyText = fc
  .array(fc.oneof(nasty, fc.string({ unit: 'binary', maxLength: 8 })), { maxLength: 12 })
  .map((parts) => parts.join(''))

/** A preflight whose every free text is this one. */
function endedWith(text: string): Ended {
  const given = findings.map(
    (finding): Finding => ({
      ...finding,
      message: text,
      why: text,
      subject: { ...finding.subject, arn: text },
      assumptions: [text],
      observed: { [text]: text },
      gap: finding.gap && { ...finding.gap, reason: text },
      fix: finding.fix && { ...finding.fix, summary: text, commands: [{ shell: 'posix', text }] },
    }),
  )
  return preflightEnded(
    given,
    given.filter(({ status }) => status === 'fail'),
  )
}

const failedWith = (text: string): Ended => ({
  error: new SqsTriggerError('AWS_FAILED', text, { hint: text }),
  ending: { ...checksFailed, exitCode: 1 },
})

const judges: Readonly<Record<(typeof machineFormats)[number], (written: string) => void>> = {
  json: (written) => expect(JSON.parse(written)).toHaveProperty('schemaVersion'),
  ndjson: (written) => {
    for (const line of written.split('\n').slice(0, -1)) expect(JSON.parse(line)).toHaveProperty('type')
  },
  sarif: (written) => expect(JSON.parse(written)).toHaveProperty('runs'),
  junit: (written) => expect(parseXml(written).name).toBe('testsuites'),
  github: (written) => {
    expect(written.endsWith('\n')).toBe(true)
    for (const line of written.split(/[\n\r\u0085\u2028]/).slice(0, -1)) expect(line).toMatch(annotation)
  },
  markdown: (written) => {
    for (const row of outsideFences(written).filter((line) => line.startsWith('| '))) {
      expect(row.replace(/\\./g, '').split('|')).toHaveLength(5)
    }
    const folds = outsideFences(written)
    expect(folds.filter((line) => line === '</details>')).toHaveLength(
      folds.filter((line) => line.startsWith('<details>')).length,
    )
  },
}
const annotation = /^::(error|warning|notice) title=[^:,]*::.*$/

/** The lines of a page that are not code; a fence that stays open is an error. */
function outsideFences(page: string): readonly string[] {
  let fence = ''
  const outside: string[] = []
  for (const line of page.split('\n')) {
    const mark = /^`{3,}/.exec(line)?.[0] ?? ''
    if (fence === '' && mark !== '') fence = mark
    else if (fence !== '' && line.trim() === fence) fence = ''
    else if (fence === '') outside.push(line)
  }
  if (fence !== '') throw new Error('a block of code is not closed')
  return outside
}

test.each(machineFormats)('any text leaves %s well-formed', async (format) => {
  await fc.assert(
    fc.asyncProperty(anyText, async (text) => {
      const events = [
        { type: 'caller-identified', context: { ...context, caller: text } } as const,
        ...preflightEvents([]).slice(1),
        { type: 'warning', message: text } as const,
      ]
      for (const ended of [endedWith(text), failedWith(text)]) {
        const { stdout } = await reported(format, ended, { events })
        judges[format](stdout)
        expect(stdout).not.toMatch(/(?!\n)[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u)
      }
    }),
    { numRuns: 60 },
  )
})
