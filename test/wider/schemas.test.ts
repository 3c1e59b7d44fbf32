import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { describe, expect, test } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import { type Journey, startJourney } from '../support/journey.js'

const read = (name: string) => readFileSync(new URL(`schemas/${name}`, import.meta.url), 'utf8')

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

describe('SARIF beside its schema', () => {
  test.each(runs)('%s', async (_, args, code) => {
    const log = JSON.parse(await preflight(args, 'sarif', code))
    const validate = sarifValidator()
    validate(log)
    expect(validate.errors).toBeNull()
    expect(validate({ ...log, version: '2.0.0' })).toBe(false)
  })
})

describe('JUnit beside its schema', () => {
  test.each(runs)('%s', async (_, args, code) => {
    const document = await preflight(args, 'junit', code)
    expect(await xsdFaults(document)).toBe('')
    expect(await xsdFaults(document.replace(' tests=', ' sum='))).toMatch(/sum/)
  })
})

/** The schema is of draft 4, which knows `id` where later ones have `$id`; it uses nothing else that has changed. */
function sarifValidator() {
  const { $schema: _draft, id: _id, ...schema } = JSON.parse(read('sarif-2.1.0.json'))
  const ajv = new Ajv({ strict: false, allErrors: true })
  ajv.addFormat('uri', (given: string) => URL.canParse(given))
  ajv.addFormat('uri-reference', (given: string) => URL.canParse(given, 'file:///'))
  ajv.addFormat('date-time', (given: string) => !Number.isNaN(Date.parse(given)))
  return ajv.compile(schema)
}

/** What xmllint says of a document; empty when it is valid. */
async function xsdFaults(contents: string): Promise<string> {
  const schema = read('junit-10.xsd')
  const { errors } = await validateXML({ xml: { fileName: 'junit.xml', contents }, schema })
  return errors.map(({ message }) => message).join('\n')
}
