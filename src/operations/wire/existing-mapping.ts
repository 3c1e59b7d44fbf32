import { readMappingTags } from '../../aws/event-source-mapping.js'
import { type Comparison, compareSettings } from '../../compare-settings.js'
import { SqsTriggerError } from '../../errors.js'
import type { Mapping, MappingSettings } from '../../mapping.js'
import type { Facts } from '../../preflight/facts.js'
import type { Operation, Target } from '../events.js'
import { readMapping } from '../find-mapping.js'
import type { Session } from '../session.js'

/** The mapping of this queue and function, if there is one. Compared on the ARN as it was given: AWS decides whether `f` and `f:$LATEST` are the same. */
export function existingMapping({ mappings }: Facts, { queueArn, functionArn }: Target): Mapping | null {
  const all = mappings.state === 'known' ? mappings.value : []
  return all.find((mapping) => mapping.queueArn === queueArn && mapping.functionArn === functionArn) ?? null
}

/** Compares an existing mapping with what was asked for, reading what the list of mappings does not tell. */
export async function* compareExisting(
  settings: MappingSettings,
  existing: Mapping,
  session: Session,
): Operation<Comparison> {
  const { clients, signal } = session
  // A list withholds encrypted filters; only the mapping itself tells them.
  const withheld = settings.filters !== undefined && existing.filters === undefined
  const mapping = withheld ? await readMapping(existing.uuid, session) : existing
  if (settings.tags === undefined || mapping.arn === undefined) return compareSettings(settings, mapping)
  try {
    return compareSettings(settings, mapping, await readMappingTags(clients, mapping.arn, signal))
  } catch (error) {
    if (!(error instanceof SqsTriggerError) || error.code !== 'ACCESS_DENIED') throw error
    yield {
      type: 'warning',
      message: 'lambda:ListTags is refused, so the tags of the existing mapping were not compared.',
    }
    return compareSettings(settings, mapping)
  }
}
