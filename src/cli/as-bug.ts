import { SqsTriggerError } from '../errors.js'
import type { Crash } from './crash-log.js'

/**
 * Anything that is not ours, as a mistake of this program. Where even what tells of it cannot be loaded, the package was
 * changed or removed while it ran.
 */
export async function asBug(crash: Crash): Promise<SqsTriggerError> {
  try {
    const { bug } = await import('./bug.js')
    return bug(crash)
  } catch {
    const hint = 'Run the same command again.'
    return new SqsTriggerError('INTERNAL', 'The files of sqs-trigger changed while it ran.', { hint })
  }
}
