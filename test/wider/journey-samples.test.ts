import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { startJourney } from '../support/journey.js'

const orders = '{"body":{"type":["order"]}}'

function files(content: Readonly<Record<string, string>>): (name: string) => string {
  const folder = mkdtempSync(join(tmpdir(), 'sqs-trigger-samples-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const [name, text] of Object.entries(content)) writeFileSync(join(folder, name), text)
  return (name) => join(folder, name)
}

describe('preflight --sample', () => {
  const content = {
    'order.json': '{"type":"order","id":1}\n',
    'refund.json': '{"type":"refund"}',
    'event.json': JSON.stringify({ Records: [{ body: '{"type":"order"}' }, { body: 'plain text' }] }),
    'records.json': JSON.stringify([{ body: '{"type":"Order"}', messageId: '1' }]),
  }

  test('says of each message whether the filters asked for would keep it', async () => {
    const at = files(content)
    const { jsonHere } = await startJourney()
    const samples = Object.keys(content).flatMap((name) => ['--sample', at(name)])
    const { code, document } = await jsonHere('preflight', 'orders', 'worker', '--filter', orders, ...samples)
    expect(code).toBe(0)
    expect(document.result.samples).toEqual([
      { name: at('order.json'), verdict: 'kept', filter: 1, reason: 'The filter fits.' },
      {
        name: at('refund.json'),
        verdict: 'deleted',
        filter: null,
        reason: 'body.type is "refund"; the filter wants "order".',
      },
      { name: `${at('event.json')} #1`, verdict: 'kept', filter: 1, reason: 'The filter fits.' },
      {
        name: `${at('event.json')} #2`,
        verdict: 'deleted',
        filter: null,
        reason: 'The filter looks at fields of a JSON body, and this body is plain text.',
      },
      {
        name: `${at('records.json')} #1`,
        verdict: 'deleted',
        filter: null,
        reason: 'body.type is "Order"; the filter wants "order": upper and lower case differ.',
      },
    ])
  })

  test('in text, below the findings', async () => {
    const at = files(content)
    const { run } = await startJourney()
    const args = ['preflight', 'orders', 'worker', '--filter', orders, '--sample', at('refund.json')]
    const { code, stdout } = await run(args)
    expect(code).toBe(0)
    expect(stdout).toContain('The filters delete the message')
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      'refund.json is deleted: body.type is "refund"; the filter wants "order".',
    )
  })

  test('with the filters of the existing mapping, when none is asked for', async () => {
    const at = files(content)
    const { jsonHere } = await startJourney()
    expect((await jsonHere('wire', 'orders', 'worker', '--filter', orders, '--yes')).code).toBe(0)
    const { document } = await jsonHere('preflight', 'orders', 'worker', '--sample', at('refund.json'))
    expect(document.result.samples).toMatchObject([{ verdict: 'deleted' }])
  })

  test('with no filter every message is kept', async () => {
    const at = files(content)
    const { jsonHere } = await startJourney()
    const { document } = await jsonHere('preflight', 'orders', 'worker', '--sample', at('refund.json'))
    expect(document.result.samples).toMatchObject([{ verdict: 'kept', filter: null }])
  })

  test.each([
    ['a missing file', '/nowhere/body.json', /"\/nowhere\/body.json" does not exist/],
    ['a folder', tmpdir(), /is a folder/],
  ])('%s: exit 2 naming it, before the first call', async (_what, path, message) => {
    const { jsonHere, calls } = await startJourney()
    const { code, document } = await jsonHere('preflight', 'orders', 'worker', '--sample', path)
    expect(code).toBe(2)
    expect(document.error?.message).toMatch(message)
    expect(calls()).toEqual([])
  })
})

describe('a test message that the filters would delete', () => {
  test('stops wire before anything is created: exit 3', async () => {
    const { jsonHere } = await startJourney()
    const args = ['wire', 'orders', 'worker', '--filter', orders, '--send-test', '--yes']
    const { code, document } = await jsonHere(...args)
    expect(code).toBe(3)
    expect(document.findings.filter(({ status }) => status === 'fail')).toMatchObject([
      { rule: 'test-message-filtered', message: expect.stringContaining('body.type is missing') },
    ])
    expect((await jsonHere('list')).document.result.mappings).toEqual([])
  })

  test('a body that a filter keeps goes through', async () => {
    const { jsonHere } = await startJourney()
    const body = '{"type":"order"}'
    const args = ['wire', 'orders', 'worker', '--filter', orders, '--send-test', '--body', body, '--yes']
    const { code, document } = await jsonHere(...args)
    expect(document.error).toBeNull()
    expect(code).toBe(0)
  })
})

describe('send into a queue whose mapping filters', () => {
  test('says before sending what will be deleted', async () => {
    const { run, jsonHere } = await startJourney()
    await jsonHere('wire', 'orders', 'worker', '--filter', orders, '--yes')
    const { code, stdout, stderr } = await run(['send', 'orders', '--body', '{"type":"refund"}'])
    expect(code).toBe(0)
    expect(stderr.replace(/\s+/g, ' ')).toContain(
      'The filters delete message 1, and the function never sees it: body.type is "refund"; the filter wants "order".',
    )
    expect(stdout).toContain('The filters delete the message')
    const kept = await jsonHere('send', 'orders', '--body', '{"type":"order"}')
    expect(kept.document.result.samples).toMatchObject([{ name: 'message 1', verdict: 'kept', filter: 1 }])
  })

  test('with --prove nothing is sent that the function never sees: exit 9, at once', async () => {
    const journey = await startJourney()
    await journey.jsonHere('wire', 'orders', 'worker', '--filter', orders, '--yes')
    const { code, stderr } = await journey.run(['send', 'orders', '--body', '{"type":"refund"}', '--prove'])
    expect(code).toBe(9)
    expect(stderr.replace(/\s+/g, ' ')).toContain(
      'Nothing was sent: there is nothing to prove. Give --body a message',
    )
    expect(journey.calls().filter(({ operation }) => operation.startsWith('SendMessage'))).toEqual([])
  })

  test('--dry-run says it, too, and sends nothing', async () => {
    const journey = await startJourney()
    await journey.jsonHere('wire', 'orders', 'worker', '--filter', orders, '--yes')
    const { stdout } = await journey.run(['send', 'orders', '--count', '2', '--dry-run'])
    expect(stdout).toContain('The filters delete all 2 messages')
    expect(journey.calls().filter(({ operation }) => operation.startsWith('SendMessage'))).toEqual([])
  })

  test('a caller who may not list mappings sends all the same', async () => {
    const journey = await startJourney()
    journey.faults.inject({
      operation: 'ListEventSourceMappings',
      effect: { kind: 'error', code: 'AccessDeniedException', message: 'no', status: 403 },
    })
    const { code, document } = await journey.jsonHere('send', 'orders')
    expect(code).toBe(0)
    expect(document.result).not.toHaveProperty('samples')
  })
})
