import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type Journey, startJourney } from '../support/journey.js'
import { findProgram, run } from '../support/run-command.js'

/** A folder with sarif-2.1.0.json of OASIS and junit-10.xsd of Jenkins; they are not part of this project. */
const folder = process.env.SQS_TRIGGER_SCHEMAS
const xmllint = await findProgram('xmllint')

const noFolder = 'SQS_TRIGGER_SCHEMAS names no folder with sarif-2.1.0.json and junit-10.xsd'
const noXmllint = 'xmllint is not on PATH'

/** Runs of every kind: what is said of them, the arguments, the exit code. */
const runs: readonly (readonly [string, readonly string[], number])[] = [
  ['well', ['orders', 'worker'], 0],
  ['with warnings and notes', ['bare', 'worker', '--fail-on', 'warning'], 3],
  ['checks that fail', ['orders', 'slow-worker'], 3],
  ['a queue that does not exist', ['no-such-queue', 'worker'], 5],
  ['much unknown', ['https://sqs.us-east-1.amazonaws.com/444455556666/orders', 'worker', '--strict=core'], 3],
  ['strictly', ['orders', 'worker', '--strict=all'], 3],
  ['ignored', ['bare', 'worker', '--ignore', 'no-dead-letter-queue'], 0],
  ['all the same', ['orders', 'slow-worker', '--exit-zero'], 0],
  ['a wrong flag', ['orders', 'worker', '--no-such-flag'], 2],
  ['an unknown profile', ['orders', 'worker', '--profile', 'nobody'], 4],
]

async function journey(): Promise<Journey> {
  const started = await startJourney()
  await started.addQueue('bare')
  await started.addFunction('slow-worker', 'export const handler = () => {}', { timeoutSeconds: 60 })
  return started
}

const preflight = async (args: readonly string[], format: string, expected: number): Promise<string> => {
  const { run: sqsTrigger } = await journey()
  const { code, stdout, stderr } = await sqsTrigger(['preflight', ...args, '--output', format])
  expect(code, stderr).toBe(expected)
  return stdout
}

describe.skipIf(!folder)(`SARIF beside its schema (${folder ? 'found' : `skipped: ${noFolder}`})`, () => {
  test.each(runs)('%s', async (_, args, code) => {
    const log = JSON.parse(await preflight(args, 'sarif', code))
    const validate = sarifValidator()
    validate(log)
    expect(validate.errors).toBeNull()
    expect(validate({ ...log, version: '2.0.0' })).toBe(false)
  })
})

const junitReason = folder ? (xmllint ? 'found' : `skipped: ${noXmllint}`) : `skipped: ${noFolder}`
describe.skipIf(!folder || !xmllint)(`JUnit beside its schema (${junitReason})`, () => {
  test.each(runs)('%s', async (_, args, code) => {
    const document = await preflight(args, 'junit', code)
    expect(await xsdFaults(document)).toBe('')
    expect(await xsdFaults(document.replace(' tests=', ' sum='))).toMatch(/sum/)
  })
})

/** The schema is of draft 4, which knows `id` where later ones have `$id`; it uses nothing else that has changed. */
function sarifValidator() {
  const text = readFileSync(join(folder ?? '', 'sarif-2.1.0.json'), 'utf8')
  const { $schema: _draft, id: _id, ...schema } = JSON.parse(text)
  const ajv = new Ajv({ strict: false, allErrors: true })
  ajv.addFormat('uri', (given: string) => URL.canParse(given))
  ajv.addFormat('uri-reference', (given: string) => URL.canParse(given, 'file:///'))
  ajv.addFormat('date-time', (given: string) => !Number.isNaN(Date.parse(given)))
  return ajv.compile(schema)
}

/** What xmllint says of a document; empty when it is valid. */
async function xsdFaults(document: string): Promise<string> {
  const place = mkdtempSync(join(tmpdir(), 'sqs-trigger-junit-'))
  onTestFinished(() => rmSync(place, { recursive: true, force: true }))
  const file = join(place, 'junit.xml')
  writeFileSync(file, document)
  const xsd = join(folder ?? '', 'junit-10.xsd')
  const { code, stderr } = await run(xmllint ?? '', ['--noout', '--nonet', '--schema', xsd, file])
  return code === 0 ? '' : stderr
}
