import { expect, test } from 'vitest'
import { mappingProofError } from '../../src/cli/proof-bar.js'
import type { Proof } from '../../src/operations/events.js'
import { startJourney } from '../support/journey.js'

const worker = { uuid: 'one', functionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:worker' }
const proof: Proof = {
  level: 'strong',
  messageId: 'm',
  requestId: 'r',
  functionFailed: false,
  evidence: [],
  doubts: [],
  missingPermissions: [],
  mapping: worker,
}
const errorOf = (given: Partial<Proof>, uuid: string) =>
  mappingProofError({ ...proof, ...given }, uuid, 'medium', 'orders', {})

test.each<[string, Partial<Proof>, uuid: string, message: RegExp | undefined]>([
  ['through this mapping', {}, 'one', undefined],
  ['through another', {}, 'two', /^worker, which reads the queue as well, took the message/],
  ['through another, which failed', { functionFailed: true }, 'two', /^worker, which reads/],
  ['nobody knows through which', { mapping: null }, 'one', /which of them took the message cannot be told/],
  ['too little was seen', { level: 'weak' }, 'one', /the evidence is weak/],
  ['too little was seen of several', { level: 'none', mapping: null }, 'one', /the evidence is none/],
])('%s', (_, given, uuid, message) => {
  const error = errorOf(given, uuid)
  if (message === undefined) expect(error).toBeUndefined()
  else expect(error).toMatchObject({ code: 'NOT_DELIVERED', message: expect.stringMatching(message) })
})

test('no message, no error', () => {
  expect(mappingProofError(null, 'one', 'medium', 'orders', {})).toBeUndefined()
})

test('wire does not take the run of another function for a proof of the new mapping', async () => {
  const journey = await startJourney()
  await journey.jsonHere('wire', 'orders', 'worker', '--yes')
  await journey.addFunction('quiet', 'export const handler = async () => {}')
  const { code, document } = await journey.jsonHere('wire', 'orders', 'quiet', '--yes', '--send-test')
  expect([code, document.error]).toEqual([9, expect.anything()])
  expect(document.result.proof).toMatchObject({ level: 'strong' })
  expect(document.error?.message).toMatch(/^worker, which reads the queue as well, took the message/)
})
