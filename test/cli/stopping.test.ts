import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Change } from '../../src/change.js'
import { afterChanges, asStopped, StoppedAtQuestion } from '../../src/cli/stopped.js'
import { untilStopped } from '../../src/cli/until-stopped.js'
import { type ErrorCode, SqsTriggerError } from '../../src/errors.js'
import { emptyRecord, type RunRecord, recorded } from '../../src/report/run-record.js'
import { doneWords } from '../../src/report/text/change-words.js'
import { mapping, uuid, wireEvents } from '../report/samples.js'

const reason = new SqsTriggerError('INTERRUPTED', 'Interrupted.')
const recordOf = (count: number): RunRecord => wireEvents.slice(0, count).reduce(recorded, emptyRecord)
/** The record of a run that made this change and nothing else. */
const having = (change: Change, id: string): RunRecord => {
  const made = { action: change.action, type: change.type, id, undo: '' }
  return recorded(emptyRecord, { type: 'change-applied', change, made })
}
const progress = {
  type: 'fleet-progress',
  what: 'Looking at triggers',
  done: 1,
  total: 2,
  failed: 0,
} as const
const planned = wireEvents.findIndex(({ type }) => type === 'planned') + 1

describe('what a stopped run says', () => {
  test.each<[string, RunRecord, string, string | undefined]>([
    ['before anything', emptyRecord, 'Interrupted. Nothing was changed.', undefined],
    [
      'while a change may be under way',
      recordOf(planned),
      'Interrupted. A change may be under way: `sqs-trigger list` shows what exists.',
      undefined,
    ],
    [
      'while a fix may be under way',
      { ...emptyRecord, planned: true, repairing: true },
      'Interrupted. A change may be under way: `sqs-trigger list` and `sqs-trigger rollback` show what exists.',
      undefined,
    ],
    [
      'after a change',
      recordOf(planned + 1),
      `Interrupted. Created event source mapping ${uuid}.`,
      `undo: sqs-trigger unwire ${uuid}`,
    ],
    [
      'of many triggers, while a change may be under way',
      { ...recordOf(planned), fleet: true },
      'Interrupted. A change may be under way: `sqs-trigger plan` shows what exists.',
      'The same command again goes on from there.',
    ],
    [
      'of many triggers, after a change: what is left is found out, so that nothing need be undone',
      { ...recordOf(planned + 1), fleet: true },
      `Interrupted. Created event source mapping ${uuid}.`,
      'The same command again goes on from there.',
    ],
    [
      'of many triggers, while looking',
      recorded(emptyRecord, progress),
      'Interrupted. Nothing was changed.',
      undefined,
    ],
    [
      'after a message',
      recordOf(wireEvents.length),
      `Interrupted. Created event source mapping ${uuid}. Sent one message.`,
      `undo: sqs-trigger unwire ${uuid}`,
    ],
  ])('%s', (_, record, message, hint) => {
    expect(asStopped(reason, reason, record, {})).toMatchObject({ code: 'INTERRUPTED', message, hint })
  })

  test('a question that was left after a change does not say that nothing was changed', () => {
    const left = new SqsTriggerError('INTERRUPTED', 'Cancelled. Nothing was changed.')
    expect(afterChanges(left, recordOf(planned), {})).toBe(left)
    expect(afterChanges(left, recordOf(planned + 1), {})).toMatchObject({
      code: 'INTERRUPTED',
      message: `Cancelled. Created event source mapping ${uuid}.`,
      hint: `undo: sqs-trigger unwire ${uuid}`,
    })
    const other = new SqsTriggerError('ACCESS_DENIED', 'No.')
    expect(afterChanges(other, recordOf(planned + 1), {})).toBe(other)
  })

  test('who was signed out in the middle is told what had been done, and what goes on from there', () => {
    const out = new SqsTriggerError('CREDENTIALS_EXPIRED', 'Expired.', { hint: 'aws sso login' })
    expect(afterChanges(out, recordOf(planned), {})).toBe(out)
    expect(afterChanges(out, recordOf(planned + 1), { profile: 'dev' })).toMatchObject({
      code: 'CREDENTIALS_EXPIRED',
      message: `Expired. Created event source mapping ${uuid}.`,
      hint: `aws sso login\nthen continue: sqs-trigger wait ${uuid} --profile dev`,
    })
    const mappingGoes = {
      action: 'delete',
      type: 'event-source-mapping',
      iamAction: 'lambda:DeleteEventSourceMapping',
      uuid,
    } as const
    expect(afterChanges(out, having(mappingGoes, uuid), {})).toMatchObject({
      message: `Expired. Asked AWS to delete event source mapping ${uuid}.`,
      hint: `aws sso login\nthen continue: sqs-trigger wait ${uuid} --for deleted`,
    })
    const policyGoes = {
      action: 'delete',
      type: 'role-policy',
      iamAction: 'iam:DeleteRolePolicy',
      roleArn: 'arn:aws:iam::111122223333:role/r',
      policyName: 'p',
    } as const
    expect(afterChanges(out, having(policyGoes, 'r/p'), {})).toMatchObject({
      message: 'Expired. Deleted policy p of role r.',
      hint: 'aws sso login\nThen run the same command again: it goes on from there.',
    })
    const sent = recordOf(wireEvents.length)
    expect(afterChanges(out, sent, {}).hint).toBe(
      `aws sso login\nthen look: sqs-trigger status ${sent.target?.queueArn}`,
    )
  })

  test.each<[string, SqsTriggerError, RunRecord, string]>([
    ['Ctrl-C', reason, recordOf(planned), 'Cancelled. Nothing was changed.'],
    [
      'Ctrl-C after a change',
      reason,
      recordOf(planned + 1),
      `Cancelled. Created event source mapping ${uuid}.`,
    ],
    [
      'SIGTERM',
      new SqsTriggerError('TERMINATED', 'Told to stop.'),
      recordOf(planned),
      'Told to stop. Nothing was changed.',
    ],
  ])('%s at an open question, when nothing is under way', (_, signal, record, message) => {
    expect(asStopped(new StoppedAtQuestion(signal), signal, record, {})).toMatchObject({
      code: signal.code,
      message,
    })
  })

  test('what nothing undoes has no empty line for it', () => {
    const queueArn = 'arn:aws:sqs:x:1:q'
    const queue = { action: 'create', type: 'queue', iamAction: 'sqs:CreateQueue', queueArn } as const
    const told = asStopped(reason, reason, having({ ...queue, attributes: {} }, queueArn), {})
    expect([told.message, told.hint]).toEqual(['Interrupted. Created queue q.', undefined])
  })

  test('a change is told in the words in which the run told it', () => {
    const queueArn = 'arn:aws:sqs:eu-west-1:111122223333:orders'
    const change = {
      action: 'set',
      type: 'queue-attributes',
      iamAction: 'sqs:SetQueueAttributes',
      queueArn,
      attributes: { RedrivePolicy: '{}' },
    } as const
    const record = having(change, queueArn)
    const [made] = record.changed
    expect(made && doneWords(change, made)).toBe('Set RedrivePolicy of queue orders')
    expect(asStopped(reason, reason, record, {}).message).toBe(
      'Interrupted. Set RedrivePolicy of queue orders.',
    )
  })

  test('repairs of one run have one command that takes all back, with the flags as typed', () => {
    const undo = (id: string) => `aws sqs set-queue-attributes --queue-url ${id}`
    const made = ['a', 'b'].map(
      (id) => ({ action: 'set', type: 'queue-attributes', id, undo: undo(id) }) as const,
    )
    const journaled = new Map(made.map((one) => [one, '20261123-091500-3f2a']))
    const told = asStopped(
      reason,
      reason,
      { ...emptyRecord, changed: made, journaled },
      { region: 'eu-west-1' },
    )
    expect(told.hint).toBe('undo: sqs-trigger rollback 20261123-091500-3f2a --region eu-west-1')
  })

  const put = { action: 'put', type: 'role-policy', id: 'r/p', undo: 'aws iam delete-role-policy' } as const
  const created = { action: 'create', type: 'queue', id: 'arn:aws:sqs:x:1:q', undo: '' } as const
  const id = '20261123-091500-3f2a'
  const aws = { service: 'sqs', operation: 'CreateQueue', code: 'AccessDenied', message: 'no' }
  test.each<[string, ErrorCode, RunRecord['changed'], string | undefined, string | undefined]>([
    ['repairs', 'ACCESS_DENIED', [put, created], undefined, `undo the fixes: sqs-trigger rollback ${id}`],
    ['repairs', 'CONFLICT', [put], 'Ask.', `Ask.\nundo the fixes: sqs-trigger rollback ${id}`],
    [
      'a signal that knows more',
      'TERMINATED',
      [put],
      'Ask.',
      `Ask.\nundo the fixes: sqs-trigger rollback ${id}`,
    ],
    ['a queue, which stays', 'ACCESS_DENIED', [created], 'Ask.', undefined],
  ])('a failure after %s (%s) says how they are undone', (_, code, changed, hint, said) => {
    const failure = new SqsTriggerError(code, 'No.', { aws, ...(hint === undefined ? {} : { hint }) })
    const record = { ...emptyRecord, changed, journaled: new Map(changed.map((one) => [one, id])) }
    const told =
      code === 'TERMINATED' ? asStopped(failure, reason, record, {}) : afterChanges(failure, record, {})
    if (said === undefined) expect(told).toBe(failure)
    else expect(told).toMatchObject({ code, message: 'No. What was fixed stays.', hint: said, aws })
  })

  test('an operation that says more is believed', () => {
    const told = new SqsTriggerError('INTERRUPTED', `Stopped waiting for ${mapping.uuid}.`, {
      hint: 'sqs-trigger wait',
    })
    expect(asStopped(told, reason, emptyRecord, {})).toBe(told)
  })

  test('a call that the signal cut off is no failure of its own', () => {
    const cut = new SqsTriggerError('ENDPOINT_UNREACHABLE', 'aborted')
    const terminated = new SqsTriggerError('TERMINATED', 'Told to stop by SIGTERM.')
    expect(asStopped(cut, terminated, emptyRecord, {})).toMatchObject({ code: 'TERMINATED', cause: cut })
  })
})

describe('work that takes no notice of the signal', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })
  const never = new Promise<string>(() => {})

  test('is given up a second later', async () => {
    const controller = new AbortController()
    const ended = untilStopped(never, controller.signal).catch((error: unknown) => error)
    controller.abort(reason)
    await vi.advanceTimersByTimeAsync(999)
    expect(await Promise.race([ended, Promise.resolve('still')])).toBe('still')
    await vi.advanceTimersByTimeAsync(1)
    expect(await ended).toBe(reason)
  })

  test('is given up at once when the person insists', async () => {
    const [controller, hurry] = [new AbortController(), new AbortController()]
    const ended = untilStopped(never, controller.signal, hurry.signal).catch((error: unknown) => error)
    controller.abort(reason)
    await vi.advanceTimersByTimeAsync(10)
    hurry.abort()
    expect(await ended).toBe(reason)
    expect(vi.getTimerCount()).toBe(0)
  })

  test('may come to its end within that second', async () => {
    const controller = new AbortController()
    const late = new Promise<string>((resolve) => setTimeout(() => resolve('done'), 500))
    const ended = untilStopped(late, controller.signal)
    controller.abort(reason)
    await vi.advanceTimersByTimeAsync(500)
    expect(await ended).toBe('done')
    expect(vi.getTimerCount()).toBe(0)
  })

  test('is not waited for when the signal came first', async () => {
    const ended = untilStopped(never, AbortSignal.abort(reason)).catch((error: unknown) => error)
    await vi.advanceTimersByTimeAsync(1000)
    expect(await ended).toBe(reason)
  })
})
