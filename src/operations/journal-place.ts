import { SqsTriggerError } from '../errors.js'
import type { JournalEntry } from '../journal.js'
import { shown } from '../shown.js'
import type { CallContext } from './events.js'

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
    { hint: 'Say --profile, --region and --endpoint-url as they were then.' },
  )
}

const placeNames = { account: 'account', region: 'Region', endpoint: 'endpoint' } as const
