import { SqsTriggerError } from './errors.js'
import { limits } from './limits.js'
import { shown } from './shown.js'

export const accountPattern = /^\d{12}$/
export const regionPattern = /^[a-z]{2,}(-[a-z0-9]+)+$/
const queueNamePattern = /^[A-Za-z0-9_-]+(\.fifo)?$/
const functionNamePattern = /^[A-Za-z0-9_-]+$/
const qualifierPattern = /^(\$LATEST(\.PUBLISHED)?|[A-Za-z0-9_-]{1,128})$/

/** The name of a queue, found in `text`. @throws SqsTriggerError USAGE */
export function readQueueName(name: string, text: string): string {
  if (name === '') throw malformed('queue', text, queueHint, 'is empty')
  if (name.length > limits.queueNameMaximum.value) {
    throw malformed(
      'queue name',
      text,
      queueHint,
      `has ${name.length} characters; SQS allows ${limits.queueNameMaximum.value}`,
    )
  }
  if (!queueNamePattern.test(name)) {
    throw malformed(
      'queue name',
      text,
      queueHint,
      'may hold only letters, digits, hyphens and underscores, and may end in .fifo',
    )
  }
  return name
}

/** `name` or `name:qualifier`, found in `text`. @throws SqsTriggerError USAGE */
export function readQualifiedName(
  rest: string,
  text: string,
): { readonly name: string; readonly qualifier?: string } {
  const [name = '', qualifier, ...more] = rest.split(':')
  if (name === '') throw malformed('function', text, functionHint, 'is empty')
  if (name.length > limits.functionNameMaximum.value) {
    const allowed = limits.functionNameMaximum.value
    throw malformed(
      'function name',
      text,
      functionHint,
      `has ${name.length} characters; Lambda allows ${allowed}`,
    )
  }
  if (!functionNamePattern.test(name) || more.length > 0) {
    throw malformed(
      'function name',
      text,
      functionHint,
      'may hold only letters, digits, hyphens and underscores',
    )
  }
  if (qualifier === undefined) return { name }
  if (qualifier === '')
    throw malformed(
      'function',
      text,
      `Type ${name}:<alias>, or ${name} alone.`,
      'ends in a colon without an alias or version',
    )
  if (!qualifierPattern.test(qualifier)) {
    throw malformed('function', text, functionHint, 'has a qualifier that is neither an alias nor a version')
  }
  return { name, qualifier }
}

export const queueHint =
  'Give a queue as its name (orders), its URL (https://sqs.<region>.amazonaws.com/<account>/orders) or its ARN (arn:aws:sqs:<region>:<account>:orders).'
export const functionHint =
  'Give a function as its name (worker), with an alias (worker:live), or as its ARN (arn:aws:lambda:<region>:<account>:function:worker).'

/** What is wrong with the text, and what to type instead. */
export function malformed(what: string, text: string, hint: string, fault = 'is malformed'): SqsTriggerError {
  return new SqsTriggerError('USAGE', `The ${what} ${shown(text)} ${fault}.`, { hint })
}
