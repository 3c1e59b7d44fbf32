import type { Clients } from '../aws/clients.js'
import { reworded, SqsTriggerError } from '../errors.js'
import { knownRegions } from '../regions.js'
import { didYouMean, suggest } from '../suggest.js'
import { localNames } from './completion/local-names.js'
import type { Host } from './streams.js'
import { quoted } from './usage-error.js'

/** The error with the profile or the Region that was probably meant, where one is near. */
export function withMeantName(
  error: unknown,
  { profile, region }: { readonly profile?: string; readonly region?: string },
  env: Host['env'],
): unknown {
  if (!(error instanceof SqsTriggerError)) return error
  if (error.code === 'UNKNOWN_PROFILE') {
    const typed = profile || env.AWS_PROFILE || env.AWS_DEFAULT_PROFILE || ''
    return asking(error, didYouMean(typed, localNames(env).profiles()))
  }
  if (error.code === 'USAGE' && error.message.endsWith('is not the name of an AWS Region.')) {
    const typed = region || env.AWS_REGION || env.AWS_DEFAULT_REGION || ''
    return asking(error, didYouMean(typed.replaceAll('_', '-'), knownRegions))
  }
  return error
}

function asking(error: SqsTriggerError, question: string): SqsTriggerError {
  if (question === '') return error
  return reworded(error, { message: `${error.message.replace(/\.$/, '')}${question}` }, error.cause)
}

/**
 * A warning where the Region is not known here, and one that is known is near. It may still exist: AWS opens new ones.
 * Elsewhere than at AWS a Region may be called anything.
 */
export function doubtfulRegion({
  region,
  endpoint,
}: Pick<Clients, 'region' | 'endpoint'>): string | undefined {
  if (endpoint !== null || knownRegions.includes(region)) return undefined
  const meant = suggest(region, knownRegions)
  if (meant === undefined) return undefined
  return `${quoted(region)} is no Region that this version knows – did you mean ${meant}?`
}
