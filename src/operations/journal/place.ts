import { toolCommand } from '../../command-line.js'
import { SqsTriggerError } from '../../errors.js'
import type { JournalEntry } from '../../journal.js'
import { shown } from '../../shown.js'
import type { CallContext } from '../events.js'

/**
 * The same names may stand for other things in another place.
 * @throws SqsTriggerError FIX_REFUSED for an entry of another account, Region or endpoint
 */
export function requireSamePlace(entry: JournalEntry, context: CallContext): void {
  const differing = (['account', 'region', 'endpoint'] as const).filter(
    (name) => entry[name] !== context[name],
  )
  if (differing.length === 0) return
  const parts = differing.map(
    (name) =>
      `${placeNames[name]} ${entry[name] ?? 'of AWS itself'}, not ${context[name] ?? 'of AWS itself'}`,
  )
  const profile = entry.profile === null ? '' : ` It was made with profile ${shown(entry.profile)}.`
  throw new SqsTriggerError(
    'FIX_REFUSED',
    `What entry ${entry.id} changed is in ${parts.join(', and in ')}. Nothing was changed.${profile}`,
    { hint: wayThere(entry, context) },
  )
}

/** The command that goes there; a profile that was not used then, or leads elsewhere now, cannot be named. */
function wayThere({ id, account, region, profile, endpoint }: JournalEntry, context: CallContext): string {
  const command = toolCommand({ region, profile, endpoint }, 'rollback', id)
  const leadsThere = account === context.account || (profile !== null && profile !== context.profile)
  return leadsThere ? command : `Sign in to account ${account} first.\nthen: ${command}`
}

const placeNames = { account: 'account', region: 'Region', endpoint: 'endpoint' } as const
