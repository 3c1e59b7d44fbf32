import { describe, expect, test } from 'vitest'
import { forbidPolling, startJourney } from '../support/journey.js'

describe('wire', () => {
  test('created, then unchanged', async () => {
    const { json } = await startJourney()
    const first = await json('wire', 'orders', 'worker', '--yes')
    expect(first).toMatchObject({
      code: 0,
      document: {
        ok: true,
        exitName: 'OK',
        result: { outcome: 'created', mapping: { state: 'Enabled' }, proof: null },
      },
    })
    expect(first.document.changed).toMatchObject([{ action: 'create', type: 'event-source-mapping' }])
    expect(first.document.changed[0]?.undo).toContain(`unwire ${first.document.result.mapping.uuid}`)

    const second = await json('wire', 'orders', 'worker', '--yes')
    expect(second).toMatchObject({ code: 0, document: { changed: [], result: { outcome: 'unchanged' } } })
    expect(second.document.result.mapping.uuid).toBe(first.document.result.mapping.uuid)
  })

  test('other settings than those of the existing mapping: exit 7, nothing changed', async () => {
    const { json } = await startJourney()
    await json('wire', 'orders', 'worker', '--yes', '--batch-size', '5')
    const other = await json('wire', 'orders', 'worker', '--yes', '--batch-size', '7')
    expect(other).toMatchObject({ code: 7, document: { exitName: 'CONFLICT', changed: [] } })
    expect(other.document.error?.message).toMatch(/5/)
    expect(other.document.error?.hint).toContain('--batch-size 7')
    // What was not asked for is not compared.
    expect((await json('wire', 'orders', 'worker', '--yes')).code).toBe(0)
  })

  test('an existing mapping that is disabled: exit 7 with the way to enable it', async () => {
    const { json } = await startJourney()
    expect((await json('wire', 'orders', 'worker', '--yes', '--start-disabled')).code).toBe(0)
    const again = await json('wire', 'orders', 'worker', '--yes')
    expect(again).toMatchObject({ code: 7, document: { error: { code: 'MAPPING_DISABLED' } } })
    expect(again.document.error?.hint).toMatch(/enable/i)
  })

  test('a role that lacks a permission: exit 3, four lines, nothing created', async () => {
    const journey = await startJourney()
    await forbidPolling(journey)
    const text = await journey.run(['wire', 'orders', 'worker', '--yes'])
    expect(text.code).toBe(3)
    const said = text.stdout + text.stderr
    expect(said).toContain('sqs:ReceiveMessage')
    expect(said).toContain('aws iam put-role-policy')
    expect(said).toContain('Nothing was changed')
    const { document } = await journey.json('list')
    expect(document.result.mappings).toEqual([])
  })

  test('--send-test proves the delivery with the line of the log', async () => {
    const { json } = await startJourney()
    const { code, document } = await json('wire', 'orders', 'worker', '--yes', '--send-test')
    expect(document.result?.proof?.level, JSON.stringify(document, null, 1)).toBe('strong')
    expect(code).toBe(0)
  })

  test('--send-test without a dead-letter queue needs --body or --accept-retries', async () => {
    const journey = await startJourney()
    await journey.addQueue('lonely')
    expect((await journey.json('wire', 'lonely', 'worker', '--yes', '--send-test')).code).toBe(2)
    const accepted = await journey.json(
      'wire',
      'lonely',
      'worker',
      '--yes',
      '--send-test',
      '--accept-retries',
    )
    expect(accepted.code).toBe(0)
  })

  test('--dry-run shows the call and makes none that changes anything', async () => {
    const journey = await startJourney()
    const { code, stdout } = await journey.run(['wire', 'orders', 'worker', '--dry-run', '--batch-size', '5'])
    expect(code).toBe(0)
    expect(stdout).toContain('CreateEventSourceMapping')
    expect(stdout).toContain('"BatchSize": 5')
    const changing = /^(Create|Update|Delete|Put|Send|Attach|Tag)/
    expect(journey.calls().filter(({ operation }) => changing.test(operation ?? ''))).toEqual([])
  })

  test('without --yes and without a terminal: exit 2 before the first call', async () => {
    const journey = await startJourney()
    const { code, stderr, stdout } = await journey.run(['wire', 'orders', 'worker'])
    expect(code).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toContain('sqs-trigger wire orders worker')
    expect(stderr).toContain('--yes')
    expect(journey.calls()).toEqual([])
  })

  test('FIFO: limits are judged before AWS is asked to create', async () => {
    const journey = await startJourney()
    await journey.addQueue('steps.fifo')
    const { code, document } = await journey.json(
      'wire',
      'steps.fifo',
      'worker',
      '--yes',
      '--batch-size',
      '20',
    )
    expect(code).toBe(3)
    const failed = document.findings.filter(({ status }) => status === 'fail').map(({ rule }) => rule)
    expect(failed).toContain('fifo-batch-size-above-ten')
    expect((await journey.json('wire', 'steps.fifo', 'worker', '--yes')).code).toBe(0)
  })
})
