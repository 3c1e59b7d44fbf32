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

/**
 * The reference, asked for on a terminal.
 * @throws SqsTriggerError USAGE where nobody can be asked.
 */
export async function mappingReference(
  typed: string | undefined,
  context: Pick<CommandContext, 'host' | 'streams' | 'prompter' | 'reporter'>,
): Promise<string> {
  if (typed !== undefined) return typed
  requireAnswers([{ what: 'the mapping', given: false, type: '<mapping-or-queue>' }], context)
  context.reporter.pause()
  return context.prompter.ask('Mapping (UUID, its beginning, or a queue):', (answer) =>
    answer.trim() === '' ? 'Type a UUID, at least 8 characters of one, or a queue.' : undefined,
  )
}
