import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { commandList } from '../../src/cli/command-list.js'
import { exitStatuses } from '../../src/cli/exit-codes.js'
import { runProgram } from '../../src/cli/program.js'
import { groups } from '../../src/preflight/finding.js'
import { fakeHost } from '../cli/fake-host.js'
import { forbidPolling, startJourney } from '../support/journey.js'
import { faultsIn, openValidator, outputSchema, strictValidator } from './json-schema.js'

const strict = strictValidator()
const open = openValidator()

/** Runs a command line in this process; its document has to be as the schema says, to the last member. */
async function run(argv: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { host, stdout } = fakeHost([...argv, '--json'], { env })
  const code = await runProgram(host, new AbortController().signal)
  const document = JSON.parse(stdout())
  expect(faultsIn(strict, document), `${argv.join(' ')}: ${stdout()}`).toEqual([])
  expect(faultsIn(open, document)).toEqual([])
  expect(document.exitCode).toBe(code)
  return document
}

async function journey() {
  const started = await startJourney()
  const folder = mkdtempSync(join(tmpdir(), 'sqs-trigger-schema-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const env = { ...started.env, XDG_STATE_HOME: folder }
  const admin = { ...env, AWS_ACCESS_KEY_ID: started.adminCredentials.accessKeyId }
  return { ...started, folder, env, admin, do: (...argv: string[]) => run(argv, env) }
}

describe('the life of a mapping', () => {
  test('wire, list, status, send, wait, unwire', async () => {
    const { do: sqsTrigger } = await journey()
    const plan = await sqsTrigger(
      'wire',
      'orders',
      'worker',
      '--dry-run',
      '--batch-size',
      '5',
      '--tag',
      'a=b',
    )
    expect(plan.result).toMatchObject({ outcome: 'create', mapping: null, calls: [{ service: 'lambda' }] })
    const wired = await sqsTrigger('wire', 'orders', 'worker', '--yes', '--send-test')
    expect(wired.result).toMatchObject({ outcome: 'created', proof: { level: 'strong' } })
    expect(wired.changed).toHaveLength(1)
    expect((await sqsTrigger('wire', 'orders', 'worker', '--yes')).result.outcome).toBe('unchanged')
    const differs = await sqsTrigger('wire', 'orders', 'worker', '--batch-size', '3', '--dry-run')
    expect(differs).toMatchObject({ exitCode: 7, result: { differences: [{ setting: 'batchSize' }] } })
    expect((await sqsTrigger('wire', 'orders', 'worker', '--batch-size', '3', '--yes')).exitCode).toBe(7)

    expect((await sqsTrigger('list')).result.mappings).toHaveLength(1)
    expect((await sqsTrigger('status', 'orders', 'worker')).result.mapping.state).toBe('Enabled')
    expect((await sqsTrigger('status', 'orders', '--metrics')).result.metrics).toMatchObject({ minutes: 15 })
    expect((await sqsTrigger('wait', 'orders', '--for', 'enabled')).result.for).toBe('enabled')
    expect((await sqsTrigger('wait', 'orders', '--for', 'deleted', '--timeout', '100ms')).exitCode).toBe(8)
    expect((await sqsTrigger('send', 'orders', '--dry-run')).result.calls).toHaveLength(1)
    expect((await sqsTrigger('send', 'orders')).result).toMatchObject({
      messages: [{ groupId: null }],
      proof: null,
    })

    expect((await sqsTrigger('unwire', 'orders', 'worker', '--dry-run')).result.calls).toHaveLength(1)
    expect((await sqsTrigger('unwire', 'orders', 'worker', '--yes')).result.outcome).toBe('deleted')
  })

  test('update, disable, enable, and another queue', async () => {
    const { do: sqsTrigger, addQueue } = await journey()
    await addQueue('orders-v2')
    await sqsTrigger('wire', 'orders', 'worker', '--yes')
    const tagged = ['--batch-size', '5', '--tag', 'a=b']
    const plan = await sqsTrigger('update', 'orders', ...tagged, '--dry-run')
    expect(plan.result).toMatchObject({
      outcome: 'update',
      changes: [{ action: 'update' }, { action: 'tag' }],
    })
    const updated = await sqsTrigger('update', 'orders', ...tagged, '--max-concurrency', '4', '--yes')
    expect(updated).toMatchObject({ result: { outcome: 'updated' }, changed: [{}, { type: 'mapping-tags' }] })
    expect((await sqsTrigger('update', 'orders', ...tagged, '--yes')).result.outcome).toBe('unchanged')
    const back = await sqsTrigger('update', 'orders', '--clear', 'max-concurrency', '--untag', 'a', '--yes')
    expect(back.changed).toMatchObject([{ action: 'update' }, { action: 'untag' }])
    const blocked = await sqsTrigger('update', 'orders', '--batch-size', '100', '--yes')
    expect(blocked).toMatchObject({ exitCode: 3, result: null })
    expect((await sqsTrigger('disable', 'orders', '--yes')).result.mapping.state).toBe('Disabled')
    expect((await sqsTrigger('wait', 'orders', '--for', 'drained', '--timeout', '1s')).exitCode).toBe(8)
    expect((await sqsTrigger('enable', 'orders', '--yes')).result.mapping.state).toBe('Enabled')
    const moved = await sqsTrigger('update', 'orders', '--to-queue', 'orders-v2', '--dry-run')
    expect(moved.result).toMatchObject({ outcome: 'create', changes: [{}, { action: 'delete' }] })
    const away = ['update', 'orders', '--to-queue', 'orders-v2', '--yes']
    expect((await sqsTrigger(...away, '--timeout', '1s')).exitCode).toBe(8)
  })

  test('a delivery that fails', async () => {
    const { do: sqsTrigger } = await journey()
    await sqsTrigger('wire', 'orders', 'worker', '--yes')
    const broken = await sqsTrigger('send', 'orders', '--body', '{"broken":1}', '--prove')
    expect(broken).toMatchObject({ exitCode: 9, result: { proof: { functionFailed: true } } })
    const log = await sqsTrigger('logs', 'orders')
    expect(log.result.lines.map(({ message }: { message: string }) => message)).toContainEqual(
      expect.stringContaining('this order cannot be read'),
    )
  })
})

test('quickstart: planned, made, the same again, otherwise, printed, deleted', async () => {
  const started = await journey()
  const builder = { ...started.env, AWS_ACCESS_KEY_ID: 'AKIASANDBOXBUILDER' }
  const quickstart = (...argv: string[]) => run(['quickstart', ...argv], builder)
  const plan = await quickstart('--dry-run')
  expect(plan.result).toMatchObject({ outcome: 'create', stack: null, calls: [{ operation: 'CreateStack' }] })
  const made = await quickstart('--yes', '--no-send-test', '--tag', 'team=orders')
  expect(made).toMatchObject({ result: { outcome: 'created', sent: [] }, changed: [{ type: 'stack' }] })
  expect((await quickstart('--yes')).result).toMatchObject({ outcome: 'unchanged', events: [] })
  expect(await quickstart('--fifo', '--dry-run')).toMatchObject({
    exitCode: 7,
    result: { outcome: 'conflict' },
  })
  expect((await quickstart('--print')).result.template).toHaveProperty('Resources')
  expect((await quickstart('--print', 'policy')).result.policy).toHaveProperty('Statement')
  const going = await quickstart('--delete', '--dry-run')
  expect(going.result).toMatchObject({ outcome: 'delete', calls: [{ operation: 'DeleteStack' }] })
  expect((await quickstart('--delete', '--yes')).result).toMatchObject({ outcome: 'deleted' })
  expect((await quickstart('--delete', '--yes')).result).toMatchObject({ outcome: 'unchanged', stack: null })
})

describe('preflight', () => {
  test('well, with settings, with an unknown, with examples', async () => {
    const { do: sqsTrigger, folder } = await journey()
    expect(await sqsTrigger('preflight', 'orders', 'worker')).toMatchObject({ ok: true, result: null })
    const body = join(folder, 'body.json')
    writeFileSync(body, '{"kind":"order"}')
    const filter = '{"body":{"kind":["order"]}}'
    const sampled = await sqsTrigger('preflight', 'orders', 'worker', '--filter', filter, '--sample', body)
    expect(sampled.result).toMatchObject({ samples: [{ verdict: 'kept' }] })
    const foreign = 'https://sqs.us-east-1.amazonaws.com/444455556666/orders'
    const unknown = await sqsTrigger('preflight', foreign, 'worker', '--strict=core')
    expect(unknown).toMatchObject({ exitCode: 3, error: { message: expect.stringContaining('unknown') } })
    expect(unknown.findings.filter((finding: { gap: unknown }) => finding.gap !== null)).not.toEqual([])
    const zero = await sqsTrigger('preflight', foreign, 'worker', '--strict=core', '--exit-zero')
    expect(zero).toMatchObject({ ok: false, exitCode: 0, error: { code: 'CHECKS_FAILED' } })
  })

  test('failed, mended, undone', async () => {
    const started = await journey()
    await forbidPolling(started)
    const { do: sqsTrigger, admin } = started
    expect((await sqsTrigger('preflight', 'orders', 'worker')).exitCode).toBe(3)
    expect((await sqsTrigger('wire', 'orders', 'worker', '--dry-run')).result.outcome).toBe('blocked')
    expect((await sqsTrigger('wire', 'orders', 'worker', '--yes')).exitCode).toBe(3)
    const planned = await run(['preflight', 'orders', 'worker', '--fix', '--dry-run'], admin)
    expect(planned.result.repairs).toMatchObject([
      { rules: expect.arrayContaining(['role-lacks-receive-message']), outcome: 'planned', journalId: null },
      { rules: ['role-lacks-log-permissions'], outcome: 'planned' },
    ])
    const mended = await run(['preflight', 'orders', 'worker', '--fix', '--yes'], admin)
    expect(mended).toMatchObject({ ok: true, changed: [{ type: 'role-policy' }, {}] })
    const [repair] = mended.result.repairs
    expect((await run(['rollback'], admin)).result.entries).toHaveLength(1)
    expect((await run(['rollback', repair.journalId, '--dry-run'], admin)).result.calls).toHaveLength(2)
    expect((await run(['rollback', repair.journalId, '--yes'], admin)).result.outcome).toBe('undone')
    expect((await sqsTrigger('preflight', 'orders', 'worker')).exitCode).toBe(3)
  })
})

describe('explain and policy', () => {
  test('rules, one of them, one judged here, errors, one of them, a pasted one', async () => {
    const { do: sqsTrigger } = await journey()
    const [rule] = (await sqsTrigger('explain')).result.rules
    expect((await sqsTrigger('explain', rule.slug)).result).toMatchObject({
      rule: { slug: rule.slug },
      status: null,
    })
    expect((await sqsTrigger('explain', 'queue-not-found', 'orders', 'worker')).result.status).toBe('pass')
    const [answer] = (await sqsTrigger('explain', 'errors')).result.answers
    expect((await sqsTrigger('explain', answer.slug)).result.answer.slug).toBe(answer.slug)
    expect(
      (await sqsTrigger('explain', answer.says ?? 'Function does not exist')).result.answer,
    ).not.toBeNull()
    const unheard = await sqsTrigger('explain', 'Nobody ever said this, in no words.')
    expect(unheard).toMatchObject({ exitCode: 2, result: { answer: null } })
  })

  test('documents, and a template', async () => {
    const { do: sqsTrigger } = await journey()
    const { documents } = (await sqsTrigger('policy', 'orders', 'worker', '--with', 'fix')).result
    expect(documents.length).toBeGreaterThan(2)
    const template = await sqsTrigger('policy', 'orders', 'worker', '--format', 'terraform')
    expect(template.result.template).toContain('resource')
  })
})

/** A command line of each command that would be right. */
const usual: Readonly<Record<string, readonly string[]>> = {
  wire: ['orders', 'worker', '--yes'],
  preflight: ['orders', 'worker'],
  status: ['orders', 'worker'],
  wait: ['orders', 'worker'],
  send: ['orders'],
  unwire: ['orders', 'worker', '--yes'],
  policy: ['orders', 'worker'],
}
const names = commandList.map(({ name }) => name)

describe('what goes wrong in any command', () => {
  test.each(names)('usage: %s', async (name) => {
    expect(await run([name, '--no-such-flag'])).toMatchObject({
      exitCode: 2,
      error: { code: 'USAGE' },
      result: null,
    })
    expect((await run([name, '--help'])).result.help).toContain(name)
    expect((await run([name, '--version'])).result.version).toMatch(/^\d/)
  })

  test.each(['list', ...Object.keys(usual)])('not signed in, and refused: %s', async (name) => {
    const { env } = await journey()
    const argv = [name, ...(usual[name] ?? [])]
    const expired = await run(argv, { ...env, AWS_ACCESS_KEY_ID: 'AKIASANDBOXEXPIRED' })
    expect(expired).toMatchObject({ exitCode: 4, error: { code: 'CREDENTIALS_EXPIRED' } })
    const nobody = await run(argv, { ...env, AWS_ACCESS_KEY_ID: 'AKIASANDBOXNOBODY' })
    // Whoever may read nothing is told what is unknown; that nothing can be read is no finding.
    expect(nobody.ok).toBe(name === 'preflight')
  })

  test.each<readonly [string, ...string[]]>([
    ['preflight', 'no-such-queue', 'worker'],
    ['wire', 'orders', 'no-such-function', '--yes'],
    ['status', '11111111-2222-4333-8444-555555555555'],
    ['wait', '11111111-2222-4333-8444-555555555555'],
    ['send', 'no-such-queue'],
    ['unwire', 'orders', 'worker', '--yes'],
    ['rollback', '20200101-0000', '--yes'],
  ])('not found: %s', async (...argv) => {
    const { env } = await journey()
    expect(await run(argv, env)).toMatchObject({ exitCode: 5, exitName: 'NOT_FOUND', ok: false })
  })

  test('nobody listens', async () => {
    const env = { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'none' }
    const document = await run(['list', '--endpoint-url', 'http://127.0.0.1:9'], env)
    expect(document).toMatchObject({ exitCode: 1, error: { aws: { requestId: null } } })
  })

  test('an unknown command', async () => {
    expect(await run(['wirre'])).toMatchObject({ command: 'wirre', exitCode: 2 })
  })
})

describe('the schema itself', () => {
  test('describes the result of every command that answers in JSON', () => {
    const described = outputSchema.allOf.map((rule) => rule.if.properties.command?.const)
    const streams = ['sandbox', 'completion']
    expect(described.toSorted()).toEqual(names.filter((name) => !streams.includes(name)).toSorted())
  })

  test('knows the exit codes and the groups', () => {
    const { exitCode, exitName } = outputSchema.properties
    expect(exitCode?.enum).toEqual(exitStatuses.map(({ code }) => code))
    expect(exitName?.enum).toEqual(exitStatuses.map(({ name }) => name))
    expect(outputSchema.$defs.finding?.properties.group?.enum).toEqual(groups)
  })
})
