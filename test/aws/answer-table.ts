import { describe, expect, it } from 'vitest'
import { recognise } from '../../src/aws/known-answers.js'
import { translateError } from '../../src/aws/translate-error.js'
import type { ErrorCode } from '../../src/errors.js'

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
}
