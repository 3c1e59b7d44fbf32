import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseArn, readFunctionReference, readQueueReference } from '../../../src/arn.js'
import { SqsTriggerError } from '../../../src/errors.js'

const piece = fc.constantFrom(
  ...[
    'arn',
    'aws',
    'sqs',
    'lambda',
    'us-east-1',
    '111122223333',
    'function',
    'orders',
    'orders.fifo',
    ':',
    '/',
  ],
  ...[
    'https://',
    'http://',
    'sqs.us-east-1.amazonaws.com',
    '?',
    '#',
    '%',
    '%2e',
    '@',
    '..',
    '$LATEST',
    '*',
    '',
  ],
  ...['__proto__', '\u0000', '\u001b[2J', '\u202e', '\ud800', ' ', '[::1]', '127.0.0.1:99999'],
)
const anyText = fc.oneof(
  fc.array(piece, { maxLength: 14 }).map((parts) => parts.join('')),
  fc.array(piece, { maxLength: 9 }).map((parts) => parts.join(':')),
  fc.string({ unit: 'binary', maxLength: 60 }),
)

/** What was read, or that it is told as a mistake of whoever typed it. */
function read<Reference>(reader: (text: string) => Reference, text: string): Reference | 'refused' {
  try {
    return reader(text)
  } catch (error) {
    if (error instanceof SqsTriggerError && error.code === 'USAGE') return 'refused'
    throw error
  }
}

test('any text is an ARN or none, and an ARN is the text that it was', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const arn = parseArn(text)
      if (arn === undefined) return
      const { partition, service, region, account, resource } = arn
      expect(['arn', partition, service, region, account, resource].join(':')).toBe(text)
    }),
    { numRuns: 20_000 },
  )
})

test('any text is a queue and a function, or is refused', () => {
  const plain = /^[\w.$:/@%?#[\]~-]+$/
  fc.assert(
    fc.property(anyText, (text) => {
      for (const reader of [readQueueReference, readFunctionReference]) {
        const reference = read<unknown>(reader, text)
        // What may stand in a request holds no control characters.
        if (reference !== 'refused') expect(text).toMatch(plain)
      }
    }),
    { numRuns: 20_000 },
  )
})

test('a long text is read as quickly', () => {
  for (const part of ['a:', 'arn:', '/', 'https://', '%25', '-']) {
    const text = part.repeat(500_000)
    const started = performance.now()
    parseArn(text)
    read<unknown>(readQueueReference, text)
    read<unknown>(readFunctionReference, text)
    expect(performance.now() - started, part).toBeLessThan(3_000)
  }
})
