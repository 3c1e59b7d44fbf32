import { nameIn } from '../arn.js'
import { isJsonObject } from '../json-object.js'
import type { Mapping } from '../mapping.js'
import { acrossAccounts, exampleContext, exampleValues } from '../preflight/examples/facts.js'
import type { FactName } from '../preflight/facts.js'
import type { ExampleFacts, Rule } from '../preflight/rule.js'
import { shown } from '../shown.js'

/** An example as it is shown: what it has that others have not, and what the rule says of it. */
interface ShownExample {
  readonly facts: ExampleFacts
  readonly message: string
}

export function objectedTo(rule: Rule): ShownExample {
  const { bad } = rule.example
  return { facts: shownFacts(bad, [bad]), message: assessedBad(rule).message }
}

/** With the same facts as the bad example, so that the two can be compared. */
export function accepted(rule: Rule): ShownExample {
  const { bad, good } = rule.example
  const values = exampleValues(good)
  // Between two accounts only, a rule may have something to pass.
  const found = [exampleContext, acrossAccounts]
    .map((context) => rule.assess(values, context))
    .find(({ kind }) => kind === 'good')
  if (found === undefined) throw new TypeError(`${rule.slug} does not pass its good example`)
  return { facts: shownFacts(good, [bad, good]), message: found.message }
}

/** What mends the bad example. */
export function mendOf(rule: Rule): string {
  const { fix } = assessedBad(rule)
  if (fix === null) return 'No command mends it: the choice is yours.'
  const summary = /[.!?]$/.test(fix.summary) ? fix.summary : `${fix.summary}.`
  return fix.automatic ? `${summary} --fix does it, and asks before.` : summary
}

const assessedBad = (rule: Rule) => rule.assess(exampleValues(rule.example.bad), exampleContext)

/** Of the facts of an example, those that the others name. Addresses are compared with each other: all are shown. */
function shownFacts(example: ExampleFacts, named: readonly ExampleFacts[]): ExampleFacts {
  const values = exampleValues(example)
  // Object.keys forgets that these are names of facts.
  const names = [...new Set(named.flatMap((one) => Object.keys(one)))] as readonly FactName[]
  return Object.fromEntries(
    names.map((name) => [
      name,
      name === 'placement' ? values.placement : membersOf(values[name], name, named),
    ]),
  )
}

function membersOf(value: unknown, name: FactName, named: readonly ExampleFacts[]): unknown {
  const changes = named.map((one) => one[name]).filter(isJsonObject)
  if (!isJsonObject(value) || changes.length === 0) return value
  const members = [...new Set(changes.flatMap((change) => Object.keys(change)))]
  return Object.fromEntries(members.map((member) => [member, value[member]]))
}

/** The facts of an example, a line each: `queue.visibilityTimeoutSeconds: 30`. */
export function exampleLines(facts: ExampleFacts): readonly string[] {
  return Object.entries(facts).flatMap(([name, value]) => linesOf(name, value))
}

function linesOf(path: string, value: unknown): readonly string[] {
  if (Array.isArray(value)) return listLines(path, value)
  if (!isJsonObject(value)) return [`${path}: ${scalar(value)}`]
  const whole = inOneLine(value)
  if (whole !== undefined) return [`${path.replace(/\.mapping$/, '')}: ${whole}`]
  const members = Object.entries(value)
  if (members.length === 0) return [`${path}: none`]
  return members.flatMap(([name, member]) => linesOf(`${path}.${name}`, member))
}

/** What people know by less than its members: a permission, a mapping, an address. */
function inOneLine(value: Readonly<Record<string, unknown>>): string | undefined {
  if (isJsonObject(value.decision)) return decided(value.decision)
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
  if (values.every(isJsonObject)) {
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
