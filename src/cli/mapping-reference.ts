import { nameIn } from '../arn.js'
import { SqsTriggerError } from '../errors.js'
import type { Mapping } from '../mapping.js'
import type { CommandContext } from './command-context.js'
import { requireAnswers } from './missing-answers.js'

/** The arguments by which a command finds one mapping. */
export const mappingPositionals = {
  mapping: {
    summary: 'UUID, the first 8 or more characters of it, or a queue (name, URL or ARN)',
    required: true,
  },
  function: { summary: 'the function, where the queue has several mappings' },
} as const

/** More than these nobody reads through: then one types. */
const mostShown = 30

type Asking = Pick<
  CommandContext,
  'host' | 'streams' | 'prompter' | 'reporter' | 'session' | 'run' | 'signal'
>

interface Named {
  readonly mapping: string | undefined
  readonly function: string | undefined
}

/**
 * The reference, chosen or typed on a terminal; there one is also chosen of several that a queue has.
 * @throws SqsTriggerError USAGE where nobody can be asked.
 */
export async function mappingReference(
  { mapping: typed, function: called }: Named,
  context: Asking,
): Promise<string> {
  if (typed !== undefined) {
    const open = called === undefined && context.prompter.interactive && !isUuid.test(typed)
    const several = open ? await mappingsHere(context, typed) : []
    return several.length < 2 || several.length > mostShown ? typed : pick(several, [], context)
  }
  requireAnswers([{ what: 'the mapping', given: false, type: '<mapping-or-queue>' }], context)
  const mappings = await mappingsHere(context)
  if (mappings.length === 0 || mappings.length > mostShown) {
    context.reporter.pause()
    return ask(context)
  }
  const chosen = await pick(mappings, [{ value: '', name: 'Type another' }], context)
  return chosen === '' ? ask(context) : chosen
}

/** Or its beginning; a queue that is named so is told apart by who looks for it. */
const isUuid = /^[0-9a-f-]{8,36}$/i

function pick(
  mappings: readonly Mapping[],
  others: readonly { readonly value: string; readonly name: string }[],
  { prompter, reporter, streams }: Asking,
): Promise<string> {
  reporter.pause()
  const arrow = streams.stderr.unicode ? '→' : '->'
  return prompter.pick('Mapping', [
    ...mappings.map(({ uuid, queueArn, functionArn, state }) => ({
      value: uuid,
      name: `${nameIn(queueArn)} ${arrow} ${nameIn(functionArn)}, ${state}`,
    })),
    ...others,
  ])
}

const ask = ({ prompter }: Asking) =>
  prompter.ask('Mapping (UUID, its beginning, or a queue):', (answer) =>
    answer.trim() === '' ? 'Type a UUID, at least 8 characters of one, or a queue.' : undefined,
  )

/** None where they cannot be listed: then one types, too. */
async function mappingsHere(context: Asking, queue?: string) {
  const { listMappings } = await import('../operations/list.js')
  const request = { limit: mostShown + 1, ...(queue === undefined ? {} : { queue }) }
  try {
    const { mappings } = await context.run(listMappings(request, await context.session()))
    return mappings
  } catch (error) {
    if (context.signal.aborted) throw error
    if (!(error instanceof SqsTriggerError) || error.code !== 'ACCESS_DENIED') throw error
    return []
  }
}
