import { toolCommand } from '../../command-line.js'
import { reworded, SqsTriggerError } from '../../errors.js'
import type { Mapping } from '../../mapping.js'
import type { Session } from '../session.js'

/** Throws what failed on; a refusal with the command that prints which rights a move takes. */
export const lackingRights =
  ({ queueArn, functionArn }: Mapping, { clients }: Session) =>
  (error: unknown): never => {
    if (!(error instanceof SqsTriggerError) || error.code !== 'ACCESS_DENIED') throw error
    const { hint = '', cause } = error
    const ends = [queueArn, functionArn] as const
    const policy = toolCommand(clients, 'policy', ...ends, '--for', 'caller', '--with', 'redrive')
    const lines = [hint, 'The rights that it takes:', policy].filter((line) => line !== '')
    throw reworded(error, { hint: lines.join('\n') }, cause)
  }
