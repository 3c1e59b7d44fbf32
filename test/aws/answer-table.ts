import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isErrorName, recognise } from '../../src/aws/known-answers.js'
import { translateError } from '../../src/aws/translate-error.js'
import type { ErrorCode } from '../../src/errors.js'
import { explainError } from '../../src/operations/explain-error.js'
import { propertyRuns } from '../support/property-runs.js'
import { noise, wrappings } from './pasted-noise.js'

/** An answer as the SDK gives it, and what users are told about it. */
export interface Row {
  readonly service: 'lambda' | 'sqs' | 'iam'
  /** Name of the SDK's third version, or the code of SQS's and IAM's older protocol. */
  readonly name: string
  readonly text: string
  readonly slug: string
  readonly code: ErrorCode
  readonly message: string
  readonly hint: string
}

const operations = { lambda: 'CreateEventSourceMapping', sqs: 'SendMessage', iam: 'GetRole' } as const

/** One test for each row: the call knows its Region, profile, queue and function. */
export function answerTable(title: string, rows: readonly Row[]): void {
  describe(title, () => {
    it.each(rows.map((row) => [row.name, row.text, row] as const))('%s: %s', (name, text, row) => {
      const { service, slug, code, message, hint } = row
      const place = { region: 'eu-central-1', profile: 'prod', queue: 'orders', function: 'worker' }
      const call = { service, operation: operations[service], ...place }
      const $metadata = { httpStatusCode: 400, requestId: 'req-1', attempts: 1 }
      const error = translateError(Object.assign(new Error(text), { name, $metadata }), call)
      expect({ code: error.code, message: error.message, hint: error.hint }).toEqual({ code, message, hint })
      expect(error.aws).toMatchObject({ service, code: name, message: text, requestId: 'req-1' })
      expect(recognise({ name, codes: [name], text, status: 400 }, call)?.slug).toBe(slug)
    })
  })

  // What the SDK says itself, or nobody recorded, no tool wraps.
  const told = rows.filter(({ name, text }) => text !== '' && isErrorName(name))
  const wrapped = told.flatMap((row) => Object.keys(wrappings).map((tool) => [tool, row.text, row] as const))
  describe.skipIf(wrapped.length === 0)(`${title}, pasted`, () => {
    it.each(wrapped)('as %s tells of it: %s', (tool, _, row) => {
      const text = wrappings[tool]?.({ ...row, operation: operations[row.service] }) ?? ''
      expect(explainError(text)?.slug).toBe(row.slug)
      fc.assert(
        fc.property(noise, (noisy) => {
          expect(explainError(noisy(text)), noisy(text)).toMatchObject({ slug: row.slug, code: row.code })
        }),
        { numRuns: propertyRuns(2, 60) },
      )
    })
  })
}
