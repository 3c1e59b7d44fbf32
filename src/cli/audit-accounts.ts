import { parseArn } from '../arn.js'
import type { AccountToAudit } from '../fleet/audit/request.js'
import type { CommandContext } from './command-context.js'
import { quoted, usageError } from './usage-error.js'

export interface TypedPlaces {
  readonly regions: readonly string[]
  readonly allRegions: boolean
  readonly profile: readonly string[]
  readonly roleArn: readonly string[]
}

/**
 * The accounts and Regions that were typed. No call is made.
 * @throws SqsTriggerError USAGE for what contradicts itself, or is no role
 */
export function accountsToAudit(
  typed: TypedPlaces,
  { clients, connection }: Pick<CommandContext, 'clients' | 'connection'>,
): readonly AccountToAudit[] {
  const regions = regionsIn(typed, connection.region)
  const [profile, ...otherProfiles] = new Set(typed.profile)
  const roles = [...new Set(typed.roleArn)].map(roleIn)
  if (roles.length > 0 && otherProfiles.length > 0)
    throw usageError('--role-arn takes its roles with one --profile', 'give one profile, or no role')
  const home = (name: string | undefined) => (name === undefined ? {} : { profile: name })
  if (roles.length === 0) {
    const profiles = profile === undefined ? [undefined] : [profile, ...otherProfiles]
    return profiles.map((one) => ({
      ...{ profile: one ?? null, roleArn: null, name: null, regions },
      open: (region) => clients({ ...home(one), ...(region === undefined ? {} : { region }) }),
    }))
  }
  return roles.map(({ name, arn }) => {
    const taking = once(async () => {
      const { credentialsOfRole } = await import('../aws/connection/role-session.js')
      return credentialsOfRole(await clients(home(profile)), arn)
    })
    return {
      ...{ profile: profile ?? null, roleArn: arn, name, regions },
      open: async (region) =>
        clients({
          ...home(profile),
          ...(region === undefined ? {} : { region }),
          credentials: await taking(),
        }),
    }
  })
}

function regionsIn(
  { regions, allRegions }: TypedPlaces,
  region: string | undefined,
): AccountToAudit['regions'] {
  const named = regions.flatMap((names) => names.split(',')).map((name) => name.trim())
  const listed = named.filter((name) => name !== '')
  if (allRegions && listed.length > 0)
    throw usageError('--regions and --all-regions contradict each other', 'give one of them')
  if (region !== undefined && listed.length > 0)
    throw usageError('--region and --regions contradict each other', 'give one of them')
  if (allRegions) return 'all'
  return listed.length > 0 || region === undefined ? listed : [region]
}

/** `arn:…`, or `prod=arn:…`. */
function roleIn(typed: string): { readonly name: string | null; readonly arn: string } {
  const [, name, text = typed] = /^([^=:]+)=(.*)$/s.exec(typed) ?? []
  const arn = parseArn(text)
  if (arn?.service !== 'iam' || !arn.resource.startsWith('role/')) {
    throw usageError(
      `--role-arn ${quoted(typed)} is not the ARN of a role`,
      'for example: --role-arn prod=arn:aws:iam::111122223333:role/audit',
    )
  }
  return { name: name ?? null, arn: text }
}

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined
  return () => {
    made ??= make()
    return made
  }
}
