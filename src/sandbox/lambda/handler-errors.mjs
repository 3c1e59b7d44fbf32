import { format } from 'node:util'

/*
 * How errors and lines look: https://github.com/aws/aws-lambda-nodejs-runtime-interface-client
 */

/** @param {string} name @param {string} message */
export function named(name, message) {
  const error = new Error(message)
  error.name = name
  return error
}

/** Where a stack leaves the function's own code, Lambda's runtime stands at its usual place. */
const runtime = new URL('./bootstrap.mjs', import.meta.url).href

/** @param {Error} error */
const framesOf = ({ stack }) =>
  typeof stack === 'string' ? stack.replaceAll(runtime, 'file:///var/runtime/index.mjs').split('\n') : []

/** @param {string} level @param {unknown} requestId @param {unknown} message @param {unknown[]} rest */
export function jsonLine(level, requestId, message, rest) {
  const line = { level, requestId }
  if (rest.length === 0) {
    try {
      return JSON.stringify({ ...line, message }, asErrorRecord)
    } catch {
      return JSON.stringify({ ...line, message: format(message) })
    }
  }
  const error = rest.find((part) => part instanceof Error)
  return JSON.stringify({
    ...line,
    message: format(message, ...rest),
    ...(error instanceof Error ? errorRecord(error) : {}),
  })
}

/** @param {string} _key @param {unknown} value */
const asErrorRecord = (_key, value) => (value instanceof Error ? { ...errorRecord(value), ...value } : value)

/** @param {Error} error */
const errorRecord = (error) => ({
  errorType: error.constructor.name,
  errorMessage: error.message,
  stackTrace: framesOf(error),
})

/** @param {Error} error */
export function textOf(error) {
  try {
    return JSON.stringify(error, (_key, value) =>
      value instanceof Error
        ? {
            errorType: value.name,
            errorMessage: value.message,
            code: Reflect.get(value, 'code'),
            ...value,
            stack: framesOf(value),
          }
        : value,
    )
  } catch {
    return JSON.stringify(payloadOf(error))
  }
}

/** What the caller of the function gets. @param {unknown} error */
export function payloadOf(error) {
  return error instanceof Error
    ? { errorType: error.name, errorMessage: error.message, trace: framesOf(error) }
    : { errorType: typeof error, errorMessage: String(error), trace: [] }
}
