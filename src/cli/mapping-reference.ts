import { SqsTriggerError } from '../errors.js'
import { nameIn } from '../report/text/sentences.js'
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

/**
 * The reference, chosen or typed on a terminal.
 * @throws SqsTriggerError USAGE where nobody can be asked.
 */
export async function mappingReference(typed: string | undefined, context: Asking): Promise<string> {
  if (typed !== undefined) return typed
  requireAnswers([{ what: 'the mapping', given: false, type: '<mapping-or-queue>' }], context)
  const mappings = await mappingsHere(context)
  context.reporter.pause()
  if (mappings.length === 0 || mappings.length > mostShown) return ask(context)
  const { unicode } = context.streams.stderr
  const chosen = await context.prompter.pick('Mapping', [
    ...mappings.map(({ uuid, queueArn, functionArn, state }) => ({
      value: uuid,
      name: `${nameIn(queueArn)} ${unicode ? '→' : '->'} ${nameIn(functionArn)}, ${state}`,
    })),
    { value: '', name: 'Type another' },
  ])
  return chosen === '' ? ask(context) : chosen
}

const ask = ({ prompter }: Asking) =>
  prompter.ask('Mapping (UUID, its beginning, or a queue):', (answer) =>
    answer.trim() === '' ? 'Type a UUID, at least 8 characters of one, or a queue.' : undefined,
  )

/** None where they cannot be listed: then one types, too. */
async function mappingsHere(context: Asking) {
  const { listMappings } = await import('../operations/list.js')
  try {
    const { mappings } = await context.run(listMappings({ limit: mostShown + 1 }, await context.session()))
    return mappings
  } catch (error) {
    if (context.signal.aborted) throw error
    if (!(error instanceof SqsTriggerError) || error.code !== 'ACCESS_DENIED') throw error
    return []
  }
}
