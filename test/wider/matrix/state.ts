import type { World } from '../../../src/sandbox/world.js'

/** What exists, as far as these commands could touch it: by a name that says what it is. */
export type State = Readonly<Record<string, string>>

const text = (value: unknown) =>
  JSON.stringify(value, (_, one: unknown) =>
    one instanceof Map ? [...one].sort() : one instanceof Set ? [...one].sort() : one,
  )

/** Mappings by their UUID, attributes by queue, inline policies one by one. */
export function stateOf({ eventSources, sqs, iam }: World): State {
  const mappings = [...eventSources.mappings.values()].flatMap(
    ({ uuid, queueArn, functionArn, settings, state, tags }) => [
      [
        `event-source-mapping ${uuid}`,
        text({ queueArn, functionArn, settings, gone: state === 'Deleting', off: /^Disabl/.test(state) }),
      ],
      [`mapping-tags ${uuid}`, text(Object.entries(tags).sort())],
    ],
  )
  const queues = [...sqs.queues.values()].flatMap(({ arn, settings, tags }) => [
    [`queue ${arn}`, text([...tags].sort())],
    [`queue-attributes ${arn}`, text([...settings].sort())],
  ])
  const tasks = [...sqs.moveTasks.values()]
    .flat()
    .map(({ sourceArn, id }) => [`message-move ${sourceArn} ${id}`, ''])
  const policies = [...iam.roles.values()].flatMap(({ name, inline, attached }) => [
    ...[...inline].map(([policy, document]) => [`role-policy ${name}/${policy}`, document]),
    [`attached ${name}`, text(attached)],
  ])
  return Object.fromEntries([...mappings, ...queues, ...tasks, ...policies])
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
