import { clearableSettings } from '../../mapping-update.js'
import { defineCommand } from '../define-command.js'
import { mappingPositionals } from '../mapping-reference.js'
import { settingOptions, settingsIn } from '../options/mapping-options.js'
import { choice, choices, flag, list, negatable, text, type Values, waiting } from '../options/options.js'
import { runUpdate, updateObeys } from '../update-run.js'
import { usageError } from '../usage-error.js'

const options = {
  ...settingOptions,
  // What is not named stays, so that no default holds.
  batchSize: { ...settingOptions.batchSize, summary: 'most messages in one invocation' },
  enabled: negatable({ summary: 'let it poll, or let it rest', group: 'Settings' }),
  clear: choices(clearableSettings, {
    summary: 'take this setting away; repeatable',
    group: 'Settings',
  }),
  untag: list({ summary: 'take this tag away; repeatable', group: 'Settings', placeholder: 'key' }),
  toFunction: text({ summary: 'call this function, alias or version instead', group: 'Settings' }),
  toQueue: text({
    summary: 'read this queue instead: makes a new mapping, and deletes the old one once its queue is empty',
    group: 'Settings',
  }),
  oldFirst: flag({
    summary: 'with --to-queue: delete the old mapping first, so that both never work at the same time',
    group: 'Behaviour',
  }),
  failOn: choice(['error', 'warning'], {
    summary: 'findings that stop it (default error)',
    group: 'Checks',
  }),
  wait: waiting('AWS'),
} as const

/** Pure: what was typed as what is asked for. @throws SqsTriggerError USAGE for nothing, or for what contradicts itself. */
export function updateAim(values: Values<typeof options>) {
  const settings = {
    ...settingsIn(values),
    ...(values.enabled === undefined ? {} : { enabled: values.enabled }),
  }
  const { clear, untag, toFunction, toQueue, oldFirst } = values
  if (oldFirst && toQueue === undefined) throw usageError('--old-first needs --to-queue')
  if (toQueue !== undefined && values.wait === false) {
    throw usageError('--no-wait and --to-queue contradict each other: the old mapping goes last')
  }
  const both = [
    ...(clear.includes('max-concurrency') && settings.maxConcurrency !== undefined
      ? ['--max-concurrency and --clear max-concurrency']
      : []),
    ...(clear.includes('filter') && settings.filters !== undefined ? ['--filter and --clear filter'] : []),
    ...(clear.includes('pollers') &&
    (settings.minimumPollers !== undefined || settings.maximumPollers !== undefined)
      ? ['--minimum-pollers or --maximum-pollers and --clear pollers']
      : []),
    ...untag
      .filter((key) => Object.hasOwn(settings.tags ?? {}, key))
      .map((key) => `--tag ${key}=… and --untag ${key}`),
  ]
  if (both[0] !== undefined) throw usageError(`${both[0]} contradict each other`)
  const asked = { settings, clear, untag, ...(toFunction === undefined ? {} : { toFunction }) }
  const nothing = Object.keys(settings).length === 0 && clear.length === 0 && untag.length === 0
  if (nothing && toFunction === undefined && toQueue === undefined) {
    throw usageError(
      'nothing is named that is to be changed',
      'for example: sqs-trigger update <mapping-or-queue> --batch-size 100 --batch-window 5',
    )
  }
  return asked
}

export default defineCommand({
  name: 'update',
  positionals: mappingPositionals,
  summary: 'Change the settings of a mapping, its function or its queue',
  description:
    'Changes what is named and leaves the rest as it is; what the mapping has already is not sent again. The settings that it would then have are checked first. It waits until AWS has taken them over, and shows the command that brings the old ones back.',
  options,
  obeys: updateObeys,
  examples: [
    { command: 'sqs-trigger update orders --batch-size 100 --batch-window 5', does: 'asks, then changes it' },
    { command: 'sqs-trigger update 7c1d2f0a --clear max-concurrency --yes', does: 'without a limit again' },
    { command: 'sqs-trigger update orders --to-function order-worker:live', does: 'call an alias instead' },
    { command: 'sqs-trigger update orders --to-queue orders-v2', does: 'read another queue, without a gap' },
    { command: 'sqs-trigger update orders --no-report-batch-item-failures --dry-run', does: 'show the call' },
  ],
  exitCodes: ['CHECKS_FAILED', 'NOT_SIGNED_IN', 'NOT_FOUND', 'ACCESS_DENIED', 'CONFLICT', 'NOT_FINISHED'],
  needs: { oldFirst: 'toQueue' },
  run: async ({ values, positionals }, context) =>
    runUpdate(
      {
        positionals,
        asked: updateAim(values),
        failOn: values.failOn ?? 'error',
        wait: values.wait !== false,
        ...(values.toQueue === undefined ? {} : { toQueue: values.toQueue, oldFirst: values.oldFirst }),
      },
      context,
    ),
})
