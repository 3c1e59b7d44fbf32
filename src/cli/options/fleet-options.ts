import type { Manifest } from '../../fleet/manifest.js'
import type { FleetOptions } from '../../fleet/planning.js'
import type { CommandContext } from '../command-context.js'
import { noFile, usualFile } from '../files/project-file.js'
import { usageError } from '../usage-error.js'
import { choice, flag, integer, text, type Values } from './options.js'

/** What `plan` and `apply` share. */
export const fleetOptions = {
  file: text({
    summary: `what to read (default ${usualFile}; - is standard input)`,
    short: 'f',
    group: 'Selection',
    placeholder: 'file',
    completes: 'file',
  }),
  environment: text({
    summary: 'the environment of the file to lay over it',
    group: 'Selection',
    placeholder: 'name',
  }),
  prune: flag({
    summary: 'delete mappings that this file made and that are no longer in it',
    group: 'Behaviour',
  }),
  adopt: flag({
    summary: 'take over mappings that the file names and that nothing else made',
    group: 'Behaviour',
  }),
  parallel: integer({
    summary: 'triggers at the same time (default 4)',
    group: 'Behaviour',
    min: 1,
    max: 20,
  }),
  failOn: choice(['error', 'warning'], {
    summary: 'findings that stop it (default error)',
    group: 'Checks',
  }),
  allFindings: flag({ summary: 'list also the checks that passed, not only their number', group: 'Checks' }),
} as const

export type FleetValues = Values<typeof fleetOptions>

/** The file that was named, or the one of the project. */
export async function manifestOf(
  { file, environment }: Pick<FleetValues, 'file' | 'environment'>,
  context: Pick<CommandContext, 'host' | 'streams'>,
): Promise<Manifest> {
  const configured = context.host.env.SQS_TRIGGER_CONFIG
  const path = file ?? (configured && configured !== noFile ? configured : usualFile)
  const { manifestFrom } = await import('../files/manifest-file.js')
  const manifest = await manifestFrom(path, environment, context)
  if (manifest.triggers.length > 0 || manifest.owner !== null) return manifest
  throw usageError(
    `${manifest.file} names no triggers`,
    'it needs name: and triggers:, as sqs-trigger export writes them',
  )
}

/** Pure: what was typed as what the operation takes. */
export const fleetRequest = ({ prune, adopt, parallel, failOn }: FleetValues): FleetOptions => ({
  prune,
  adopt,
  ...(parallel === undefined ? {} : { parallel }),
  ...(failOn === undefined ? {} : { failOn }),
})
