import type { Mapping } from '../mapping.js'
import type { ExampleFacts } from '../preflight/rule.js'
import { shown } from '../shown.js'
import { nameIn } from './text/sentences.js'

/** The facts of an example, a line each: `queue.visibilityTimeoutSeconds: 30`. */
export function exampleLines(facts: ExampleFacts): readonly string[] {
  return Object.entries(facts).flatMap(([name, value]) => linesOf(name, value))
}

function linesOf(path: string, value: unknown): readonly string[] {
  if (Array.isArray(value)) return listLines(path, value)
  if (!isRecord(value)) return [`${path}: ${scalar(value)}`]
  const whole = inOneLine(value)
  if (whole !== undefined) return [`${path.replace(/\.mapping$/, '')}: ${whole}`]
  const members = Object.entries(value)
  if (members.length === 0) return [`${path}: none`]
  return members.flatMap(([name, member]) => linesOf(`${path}.${name}`, member))
}

/** What people know by less than its members: a permission, a mapping, an address. */
function inOneLine(value: Readonly<Record<string, unknown>>): string | undefined {
  if (isRecord(value.decision)) return decided(value.decision)
  if (typeof value.uuid === 'string') return mappingInOneLine(value)
  return typeof value.arn === 'string' && typeof value.partition === 'string' ? value.arn : undefined
}

/** The reason of an Allow begins with the verdict itself. */
function decided({ verdict, reason }: Readonly<Record<string, unknown>>): string {
  const because = String(reason ?? '')
  return because.startsWith(String(verdict)) ? because : `${String(verdict)}, ${because}`
}

function mappingInOneLine(value: Partial<Mapping>): string {
  const { queueArn = '', functionArn = '', state, batchSize, reportBatchItemFailures } = value
  return [
    `${nameIn(queueArn)} to ${nameIn(functionArn)}`,
    state,
    `batch size ${batchSize}`,
    ...(reportBatchItemFailures ? ['partial batch responses on'] : []),
    ...(value.stateTransitionReason ? [value.stateTransitionReason] : []),
  ].join(', ')
}

/** More than this of one kind are counted. */
const listed = 3

function listLines(path: string, values: readonly unknown[]): readonly string[] {
  if (values.length === 0) return [`${path}: none`]
  if (values.every(isRecord)) {
    return values.flatMap((value) => linesOf(path, value))
  }
  if (values.length > listed) return [`${path}: ${values.length} of them, the first ${scalar(values[0])}`]
  return [`${path}: ${values.map(scalar).join(', ')}`]
}

/** As it stands, but for what cannot be seen or fills the page. */
function scalar(value: unknown): string {
  if (value === null || value === undefined) return 'none'
  const text = String(value)
  if (text.length > 200) return `${shown(text)}, ${text.length} characters`
  return /[\p{Cc}]|^\s|\s$/u.test(text) ? shown(text) : text
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
