import { describe, expect, test } from 'vitest'
import { customSettings } from '../../src/wizard/custom-settings.js'
import { WentBack } from '../../src/wizard/step-machine.js'
import { scripted } from '../support/scripted-prompter.js'

describe('settings one by one', () => {
  test('Enter at every question changes nothing', async () => {
    const { prompter, asked } = scripted(['', '', '', false, ''])
    await expect(customSettings(false, {}, prompter)).resolves.toEqual({})
    expect(asked).toEqual([
      'Most messages in one invocation (--batch-size): 10',
      'Seconds to wait for a batch to fill (--batch-window): 0',
      'Most invocations at the same time, none for no limit (--max-concurrency): none',
      'Does the handler return batchItemFailures (--report-batch-item-failures)? y/N',
      'Keep only messages that match this pattern, or none (--filter): none',
    ])
  })

  test('all of them', async () => {
    const { prompter } = scripted(['500', '20', '5', true, '{"body":{"type":["order"]}}'])
    await expect(customSettings(false, {}, prompter)).resolves.toEqual({
      batchSize: 500,
      batchWindowSeconds: 20,
      maxConcurrency: 5,
      reportBatchItemFailures: true,
      filters: ['{"body":{"type":["order"]}}'],
    })
  })

  test.each([
    ['0', 'A whole number from 1 to 10,000.'],
    ['10001', 'A whole number from 1 to 10,000.'],
    ['ten', 'A whole number from 1 to 10,000.'],
    ['-5', 'A whole number from 1 to 10,000.'],
    ['1.5', 'A whole number from 1 to 10,000.'],
  ])('a batch of %s is refused', async (answer, reason) => {
    const { prompter, asked } = scripted([answer, '', '', '', false, ''])
    await customSettings(false, {}, prompter)
    expect(asked).toContain(`> ${reason}`)
  })

  test('a large batch needs a window; no other limit may be broken either', async () => {
    const { prompter, asked } = scripted([
      '11',
      '0',
      '301',
      '300',
      '1',
      '2',
      false,
      '{"body":"order"}',
      'none',
    ])
    await expect(customSettings(false, {}, prompter)).resolves.toEqual({
      batchSize: 11,
      batchWindowSeconds: 300,
      maxConcurrency: 2,
    })
    expect(asked.filter((line) => line.startsWith('>'))).toEqual([
      '> A whole number from 1 to 300; more than 10 messages need a window.',
      '> A whole number from 1 to 300; more than 10 messages need a window.',
      '> A whole number from 2 to 1,000, or none.',
      expect.stringContaining('A pattern looks like {"body":{"type":["order"]}}.'),
    ])
  })

  test('a FIFO queue takes ten at once, and no window', async () => {
    const { prompter, asked } = scripted(['11', '10', '', false, ''])
    await expect(customSettings(true, {}, prompter)).resolves.toEqual({})
    expect(asked.slice(1, 4)).toEqual([
      '> A whole number from 1 to 10 for a FIFO queue.',
      'Most messages in one invocation (--batch-size): 10',
      'Most invocations at the same time, none for no limit (--max-concurrency): none',
    ])
  })

  test('Esc goes back within them, and from the first to where they were chosen', async () => {
    const { prompter, asked } = scripted(['50', '<', '20', '1', '', false, ''])
    await expect(customSettings(false, {}, prompter)).resolves.toEqual({
      batchSize: 20,
      batchWindowSeconds: 1,
    })
    expect(asked[2]).toBe('Most messages in one invocation (--batch-size): 50')
    await expect(customSettings(false, {}, scripted(['<']).prompter)).rejects.toBeInstanceOf(WentBack)
  })

  test('what was chosen before is the preset', async () => {
    const before = {
      batchSize: 50,
      batchWindowSeconds: 5,
      maxConcurrency: 7,
      filters: ['{"body":{"a":[1]}}'],
    }
    const { prompter } = scripted(['', '', '', true, ''])
    await expect(customSettings(false, before, prompter)).resolves.toEqual({
      ...before,
      reportBatchItemFailures: true,
    })
  })

  test('what was answered until Esc is kept, with what was known before', async () => {
    const kept: unknown[] = []
    const { prompter } = scripted(['7', '<', '<'])
    const leaving = customSettings(false, { maxConcurrency: 5 }, prompter, (settings) => kept.push(settings))
    await expect(leaving).rejects.toBeInstanceOf(WentBack)
    expect(kept.at(-1)).toEqual({ batchSize: 7, maxConcurrency: 5 })
  })
})
