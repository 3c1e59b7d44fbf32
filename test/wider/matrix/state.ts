import type { MadeStack } from '../../../src/sandbox/cloudformation/state.js'
import type { World } from '../../../src/sandbox/world.js'

/** What exists, as far as these commands could touch it: by a name that says what it is. */
export type State = Readonly<Record<string, string>>

const text = (value: unknown) =>
  JSON.stringify(value, (_, one: unknown) =>
    one instanceof Map ? [...one].sort() : one instanceof Set ? [...one].sort() : one,
  )

interface Part {
  /** UUID or ARN. */
  readonly id: string
  readonly name: string
  readonly value: string
}

/**
 * Mappings by their UUID, attributes by queue, inline policies one by one. What a stack made is a part of the stack: it
 * comes with it, under the names of the template.
 */
export function stateOf(world: World): State {
  const stacks = [...world.madeStacks.values()].filter(({ status }) => status !== 'DELETE_COMPLETE')
  const parts = partsOf(world)
  const ofAnyStack = new Set(stacks.flatMap(idsOf))
  const tasks = [...world.sqs.moveTasks.values()]
    .flat()
    .map(({ sourceArn, id }) => [`message-move ${sourceArn} ${id}`, ''])
  return Object.fromEntries([
    ...parts.filter(({ id }) => !ofAnyStack.has(id)).map(({ name, value }) => [name, value]),
    ...[
      ...tasks,
      ...stacks.map((stack) => [`stack ${stack.name}`, inTemplate(stack, [...parts, ...logs(world)])]),
    ],
  ])
}

function partsOf({ eventSources, sqs, iam, lambda }: World): readonly Part[] {
  const mappings = [...eventSources.mappings.values()].flatMap(
    ({ uuid: id, queueArn, functionArn, settings, state, tags }) => [
      {
        id,
        name: `event-source-mapping ${id}`,
        value: text({
          ...{ queueArn, functionArn, settings },
          gone: state === 'Deleting',
          off: /^Disabl/.test(state),
        }),
      },
      { id, name: `mapping-tags ${id}`, value: text(Object.entries(tags).sort()) },
    ],
  )
  const queues = [...sqs.queues.values()].flatMap(({ arn: id, settings, tags }) => [
    { id, name: `queue ${id}`, value: text([...tags].sort()) },
    { id, name: `queue-attributes ${id}`, value: text([...settings].sort()) },
  ])
  const policies = [...iam.roles.values()].flatMap(({ arn: id, name: role, inline, attached }) => [
    ...[...inline].map(([policy, value]) => ({ id, name: `role-policy ${role}/${policy}`, value })),
    { id, name: `attached ${role}`, value: text(attached) },
  ])
  const functions = [...lambda.functions.values()].map(({ arn: id, latest, tags }) => ({
    id,
    name: `function ${id}`,
    value: text([latest.settings, [...tags].sort()]),
  }))
  return [...mappings, ...queues, ...policies, ...functions]
}

/** Other logs begin where a function runs. */
const logs = ({ logs: { groups } }: World): readonly Part[] =>
  [...groups.values()].map(({ arn, retentionDays }) => ({
    id: arn,
    name: `log-group ${arn}`,
    value: text(retentionDays ?? null),
  }))

const idsOf = ({ made }: MadeStack): readonly string[] =>
  [...made.values()].flatMap(({ physicalId, attributes }) => [
    physicalId,
    (attributes.Arn ?? '').replace(/:\*$/, ''),
  ])

/** What a stack is and has; ids and generated names differ from run to run. */
function inTemplate(stack: MadeStack, parts: readonly Part[]): string {
  const ids = new Set(idsOf(stack))
  const own = parts.filter(({ id }) => ids.has(id)).map(({ name, value }) => [name, value])
  const named = [...stack.made.values()].map(
    ({ logicalId, physicalId }) => [physicalId.split('/').at(-1) ?? '', `<${logicalId}>`] as const,
  )
  const told = [[stack.id, '<stack>'] as const, ...named].reduce(
    (said, [name, stands]) => said.replaceAll(name, stands),
    text([stack.status, own]),
  )
  return text([stack.status, JSON.parse(told)[1].toSorted()])
}

/** The names of what differs, as a run tells them: a new queue and its attributes are one change. */
export function changesBetween(before: State, after: State): ReadonlySet<string> {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => before[name] !== after[name],
  )
  return new Set(
    names
      .filter((name) => {
        const [kind = '', id = ''] = name.split(' ')
        const comesWith = { 'queue-attributes': 'queue', 'mapping-tags': 'event-source-mapping' }[kind]
        const parent = `${comesWith} ${id}`
        return comesWith === undefined || (parent in before && parent in after)
      })
      .map((name) => name.split(' ').slice(0, 2).join(' ')),
  )
}

/** The same for two runs of one command: UUIDs and ids of tasks are left out. */
export function comparable(state: State): readonly string[] {
  return Object.entries(state)
    .filter(([name]) => !name.startsWith('message-move'))
    .map(([name, value]) => `${name.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, '<id>')} ${value}`)
    .sort()
}

/** Messages that lie in each queue. */
export function messagesIn({ sqs }: World): Readonly<Record<string, number>> {
  return Object.fromEntries([...sqs.queues.values()].map(({ name, messages }) => [name, messages.size]))
}

/** Kinds of what was changed: ids differ from run to run. */
export const kindsOf = (changes: ReadonlySet<string>): ReadonlySet<string> =>
  new Set([...changes].map((name) => name.split(' ')[0] ?? ''))
