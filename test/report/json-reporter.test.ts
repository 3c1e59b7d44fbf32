import { expect, test } from 'vitest'
import { openStreams } from '../../src/cli/streams.js'
import { SqsTriggerError } from '../../src/errors.js'
import { openJsonReporter } from '../../src/report/json-reporter.js'
import type { Outcome } from '../../src/report/outcome.js'
import type { Ending } from '../../src/report/reporter.js'
import { fakeHost } from '../cli/fake-host.js'
import { context, findings, mapping, plan, proof, target, uuid, wireEvents } from './samples.js'

const start = Date.UTC(2026, 10, 23, 4, 10)

/** Runs a whole report, and returns the one document with whatever else was written. */
function report(
  ended: { readonly outcome?: Outcome; readonly error?: SqsTriggerError },
  ending: Ending,
  events = wireEvents,
) {
  const { host, stdout, stderr } = fakeHost([])
  const streams = openStreams(host, { color: undefined, ascii: false, input: false })
  let now = start
  const reporter = openJsonReporter(streams, {
    command: 'wire',
    version: '1.2.3',
    dryRun: false,
    now: () => now,
  })
  for (const event of events) reporter.on(event)
  reporter.note('a note')
  reporter.plan({ kind: 'wire', plan })
  now += 2140
  if (ended.outcome) reporter.finish(ended.outcome, ending)
  if (ended.error) reporter.fail(ended.error, ending)
  return { document: JSON.parse(stdout()), stderr: stderr() }
}

const ok = { exitCode: 0, exitName: 'OK' }
const wired: Outcome = {
  kind: 'wired',
  plan,
  result: { mapping, outcome: 'created', waitedMs: 38_012, proof },
  links: null,
  next: [],
}

test('a run that ended well', () => {
  const { document, stderr } = report({ outcome: wired }, ok)
  expect(stderr).toBe('')
  expect(document).toEqual({
    schemaVersion: '1.0',
    tool: { name: 'sqs-trigger', version: '1.2.3' },
    command: 'wire',
    ok: true,
    exitCode: 0,
    exitName: 'OK',
    dryRun: false,
    context: { ...context, principal: null, principalNote: null },
    target,
    result: {
      mapping: {
        ...mapping,
        arn: null,
        lastModified: null,
        maxConcurrency: null,
        minimumPollers: null,
        maximumPollers: null,
      },
      outcome: 'created',
      waitedMs: 38_012,
      proof: {
        ...proof,
        repeated: false,
        evidence: proof.evidence.map((hop) => ({ line: null, errorLines: [], ...hop })),
      },
      links: null,
    },
    changed: [
      {
        action: 'create',
        type: 'event-source-mapping',
        id: uuid,
        undo: `sqs-trigger unwire ${uuid}`,
        journalId: null,
      },
    ],
    findings: plan.findings,
    summary: { pass: 2, warn: 0, fail: 0, unknown: 0, skip: 0, ignored: 0 },
    warnings: ['logs:FilterLogEvents is refused.'],
    error: null,
    timing: { startedAt: '2026-11-23T04:10:00.000Z', elapsedMs: 2140 },
  })
})

test('a run that failed half-way still lists what it had changed, with the undo', () => {
  const error = new SqsTriggerError('NOT_FINISHED', 'Still Creating.', {
    hint: 'sqs-trigger wait x',
    aws: { service: 'lambda', operation: 'GetEventSourceMapping', code: 'X', message: 'm' },
  })
  const { document } = report({ error }, { exitCode: 8, exitName: 'NOT_FINISHED' })
  expect(document).toMatchObject({
    ok: false,
    exitCode: 8,
    exitName: 'NOT_FINISHED',
    context,
    target,
    result: null,
    changed: [{ id: uuid, undo: `sqs-trigger unwire ${uuid}` }],
    error: {
      code: 'NOT_FINISHED',
      message: 'Still Creating.',
      hint: 'sqs-trigger wait x',
      aws: { code: 'X' },
    },
  })
})

test('an answer that is not good enough carries both the result and the error', () => {
  const error = new SqsTriggerError('NOT_DELIVERED', 'Delivery is not proven.')
  const { document } = report({ outcome: { ...wired, error } }, { exitCode: 9, exitName: 'NOT_DELIVERED' })
  expect(document).toMatchObject({
    ok: false,
    result: { outcome: 'created', proof: { level: 'strong' } },
    error: { code: 'NOT_DELIVERED', hint: null, aws: null },
  })
})

test('a preflight lists every finding, passes included', () => {
  const outcome: Outcome = { kind: 'preflight', report: { context, target, findings } }
  const { document } = report({ outcome }, ok, [])
  const complete = findings.map(({ fix, ...finding }) => ({
    ...finding,
    fix: fix && { policy: null, ...fix },
  }))
  expect(document.findings).toEqual(complete)
  expect(document.summary).toEqual({ pass: 2, warn: 2, fail: 1, unknown: 1, skip: 1, ignored: 0 })
})

test('what ended before anything was known has empty members, not missing ones', () => {
  const { document } = report(
    { error: new SqsTriggerError('USAGE', 'No.') },
    { exitCode: 2, exitName: 'USAGE' },
    [],
  )
  expect(document).toMatchObject({
    context: null,
    target: null,
    result: null,
    changed: [],
    findings: [],
    warnings: [],
  })
})

const calls = [{ service: 'lambda', operation: 'CreateEventSourceMapping', input: { BatchSize: 10 } }]
const unwirePlan = { context, target, mapping, changes: [], revocation: null }
const sent = { context, queueArn: mapping.queueArn, messages: [], refused: [], proof: null }

test.each<[string, Outcome, object]>([
  [
    'wire --dry-run',
    { kind: 'wire-plan', plan, calls },
    { outcome: 'create', mapping: null, differences: [], changes: plan.changes, calls },
  ],
  ['list', { kind: 'list', asked: {}, list: { context, mappings: [] } }, { mappings: [] }],
  [
    'wait',
    { kind: 'waited', target: 'deleted', result: { mapping: null, waitedMs: 5 } },
    { for: 'deleted', mapping: null, waitedMs: 5 },
  ],
  ['send', { kind: 'sent', sent }, { queueArn: mapping.queueArn, messages: [], refused: [], proof: null }],
  ['send --dry-run', { kind: 'send-plan', calls, briefing: [] }, { calls }],
  [
    'unwire',
    { kind: 'unwired', plan: unwirePlan, result: { mapping, outcome: 'deleted', waitedMs: 1 } },
    { outcome: 'deleted', waitedMs: 1 },
  ],
  ['help', { kind: 'said', lines: ['x'], result: { help: 'x' } }, { help: 'x' }],
])('the result of %s', (_, outcome, result) => {
  expect(report({ outcome }, ok, []).document.result).toMatchObject(result)
})
