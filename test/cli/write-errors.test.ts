import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { precedence } from '../../src/cli/exit-codes.js'
import { outliveWriteErrors, outrankedByFailure } from '../../src/cli/write-errors.js'

const failure = (code: string) => Object.assign(new Error(`${code}: it failed`), { code })

test.each([
  ['a closed pipe', 'EPIPE', []],
  ['a full disk', 'ENOSPC', ['The output cannot be written: no space is left on the device (ENOSPC).']],
  ['anything else', 'EWHAT', ['The output cannot be written: EWHAT: it failed.']],
])('%s ends nothing, and is told at most once', (_, code, told) => {
  const [stdout, stderr] = [new EventEmitter(), new EventEmitter()]
  const sentences: string[] = []
  outliveWriteErrors([stdout, stderr], (sentence) => sentences.push(sentence))
  for (const stream of [stdout, stderr, stdout]) stream.emit('error', failure(code))
  expect(sentences).toEqual(told)
})

test('a lost answer ends with 1, where no graver code stands before it', () => {
  expect(outrankedByFailure).toEqual(precedence.slice(precedence.indexOf(1) + 1))
})
