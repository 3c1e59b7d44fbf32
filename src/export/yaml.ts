import { nameIn } from '../arn.js'
import { ownerTag } from '../fleet/manifest/settings.js'
import type { Mapping } from '../mapping.js'
import { isOff } from '../mapping-update.js'
import type { CallContext } from '../operations/events.js'
import type { ExportFormat } from './export-format.js'
import type { ExportedMapping, ExportWorld } from './export-world.js'
import { stackOf } from './without-stacked.js'
import { settingLines, type Written, wordOf } from './yaml-words.js'

/** The file that `plan` and `apply` read: what all triggers share stands once, at the top. */
const format: ExportFormat = {
  needs: ['tags', 'queues', 'functions'],
  write: (world) => {
    const { context, mappings } = world
    const written = mappings.map((one) => ({ one, settings: settingsOf(one) }))
    const shared = sharedBy(written.map(({ settings }) => settings))
    const triggers = written.map(({ one: { mapping }, settings }) => {
      const own = [...settings].filter(([key]) => !shared.has(key))
      return endLines(mapping, context, new Map(own)).map(
        (line, index) => `  ${index === 0 ? '- ' : '  '}${line}`,
      )
    })
    const lines = [
      '# yaml-language-server: $schema=node_modules/sqs-trigger/schemas/manifest-v1.json',
      `name: ${wordOf(ownerOf(mappings) ?? subjectOf(mappings))}`,
      ...(shared.size === 0 ? [] : ['settings:', ...settingLines(shared, 2)]),
      ...(triggers.length === 0 ? ['triggers: []'] : ['triggers:', ...triggers.flat()]),
    ]
    return { text: `${lines.join('\n')}\n`, notes: notesOf(world) }
  },
}

export default format

/**
 * The name of a file is what its mappings are owned by: two files that were written for two queues must not have the same
 * one, or `--prune` of the first would delete what stands in the second.
 */
function subjectOf(mappings: readonly ExportedMapping[]): string {
  const only = (names: readonly string[]) => (new Set(names).size === 1 ? names[0] : undefined)
  return (
    only(mappings.map(({ mapping }) => nameIn(mapping.queueArn))) ??
    only(mappings.map(({ functionArn }) => nameIn(functionArn))) ??
    'triggers'
  )
}

/** One trigger as lines of YAML without indentation: what the wizard adds to a file. */
export const triggerLines = (one: ExportedMapping, context: CallContext): readonly string[] =>
  endLines(one.mapping, context, settingsOf(one))

const endLines = (mapping: Mapping, context: CallContext, settings: ReadonlyMap<string, Written>) => [
  `queue: ${wordOf(nameHere(mapping.queueArn, context, 'sqs', 5))}`,
  `function: ${wordOf(nameHere(mapping.functionArn, context, 'lambda', 6))}`,
  ...(settings.size === 0 ? [] : ['settings:', ...settingLines(settings, 2)]),
]

/** The settings by the key of the file. What is off, or as AWS has it by itself, is left out; the batch size never is. */
function settingsOf({ mapping, tags }: ExportedMapping): ReadonlyMap<string, Written> {
  const own = tags.state === 'known' ? ownTags(tags.value) : {}
  const pairs: readonly (readonly [string, Written | undefined])[] = [
    ['batch-size', mapping.batchSize],
    ['batch-window', mapping.batchWindowSeconds || undefined],
    ['max-concurrency', mapping.maxConcurrency],
    ['minimum-pollers', mapping.minimumPollers],
    ['maximum-pollers', mapping.maximumPollers],
    ['report-batch-item-failures', mapping.reportBatchItemFailures || undefined],
    ['filters', mapping.filters?.length ? mapping.filters.map(compact) : undefined],
    ['event-count-metrics', mapping.eventCountMetrics || undefined],
    ['tags', Object.keys(own).length === 0 ? undefined : own],
    ['enabled', isOff(mapping) ? false : undefined],
  ]
  return new Map(pairs.flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const])))
}

/** Those that a person set: AWS's own cannot be set, and the owner's sets `apply` itself. */
const ownTags = (tags: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(tags).filter(([key]) => !/^aws:/i.test(key) && key !== ownerTag))

/** What every trigger has in the same way. Of one alone nothing is shared. */
function sharedBy(all: readonly ReadonlyMap<string, Written>[]): ReadonlyMap<string, Written> {
  const [first, ...others] = all
  if (first === undefined || others.length === 0) return new Map()
  const same = (key: string, value: Written) =>
    others.every((other) => JSON.stringify(other.get(key)) === JSON.stringify(value))
  return new Map([...first].filter(([key, value]) => same(key, value)))
}

/** The name where it is looked for in the account and Region of the caller; otherwise the whole ARN. */
function nameHere(arn: string, { account, region, partition }: CallContext, service: string, parts: number) {
  const [, at, of, where, whose] = arn.split(':')
  const isHere = at === partition && of === service && where === region && whose === account
  return isHere ? arn.split(':').slice(parts).join(':') : arn
}

/** The file that made all of them, if one did: the new file is the same one. */
function ownerOf(mappings: readonly ExportedMapping[]): string | undefined {
  const owners = new Set(
    mappings.map(({ tags }) => (tags.state === 'known' ? tags.value[ownerTag] : undefined)),
  )
  const [owner] = owners
  return owners.size === 1 && owner !== undefined && !owner.includes('/') ? owner : undefined
}

function notesOf({ mappings, queues, functions }: ExportWorld): readonly string[] {
  const own = mappings.flatMap((exported) => {
    const { mapping, tags, functionArn } = exported
    const named = `mapping ${mapping.uuid}`
    const [queue, called] = [mapping.queueArn, functionArn].map((arn) => arn.split(':').at(-1))
    const isGone = queues.get(mapping.queueArn)?.state === 'absent'
    const isCalledGone = functions.get(functionArn)?.state === 'absent'
    return [
      ...(isGone ? [`Queue ${queue} of ${named} does not exist any more: plan will say so.`] : []),
      ...(isCalledGone ? [`Function ${called} of ${named} does not exist any more: plan will say so.`] : []),
      ...(mapping.filters === undefined
        ? [`The filters of ${named} are encrypted and may not be read: they are left out.`]
        : []),
      ...(tags.state === 'unknown' ? [`The tags of ${named} are left out: ${tags.reason}.`] : []),
    ]
  })
  return [...own, ...foreignNotes(mappings)]
}

/** One for each owner: a file that was split is often of many. */
function foreignNotes(mappings: readonly ExportedMapping[]): readonly string[] {
  const file = ownerOf(mappings)
  const byOwner = new Map<string, string[]>()
  for (const exported of mappings) {
    const stack = stackOf(exported)
    const owner = exported.tags.state === 'known' ? exported.tags.value[ownerTag] : undefined
    if (stack === undefined && (owner === undefined || owner === file)) continue
    const who = stack === undefined ? `the file named ${owner}` : `the CloudFormation stack ${stack}`
    const [queue, called] = [exported.mapping.queueArn, exported.functionArn].map((arn) =>
      arn.split(':').at(-1),
    )
    byOwner.set(who, [...(byOwner.get(who) ?? []), `${queue} to ${called}`])
  }
  return [...byOwner].map(([who, [first, ...others]]) =>
    others.length === 0
      ? `${first} belongs to ${who}: apply will not change it from this file.`
      : `${first} and ${others.length} more belong to ${who}: apply will not change them from this file.`,
  )
}

/** Blanks in a pattern mean nothing. */
function compact(pattern: string): string {
  try {
    return JSON.stringify(JSON.parse(pattern))
  } catch {
    return pattern
  }
}
