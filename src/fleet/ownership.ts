import { readMappingTags } from '../aws/event-source-mapping.js'
import { readAllMappingTags } from '../aws/mapping-tags.js'
import { SqsTriggerError } from '../errors.js'
import type { Mapping } from '../mapping.js'
import type { Operation } from '../operations/events.js'
import type { Session } from '../operations/session.js'

type Tags = Readonly<Record<string, string>>

export interface TagIndex {
  /** As they were read in bulk, a moment old; null: in bulk they could not be read. */
  readonly bulk: ReadonlyMap<string, Tags> | null
}

/** Reads the tags of all mappings in bulk. Where that is refused, those that matter are read one by one. */
export async function* readTagIndex(session: Session): Operation<TagIndex> {
  const { clients, signal } = session
  try {
    return { bulk: await readAllMappingTags(clients, signal) }
  } catch (error) {
    if (!(error instanceof SqsTriggerError) || !optional.includes(error.code)) throw error
    const why =
      error.code === 'ACCESS_DENIED' ? 'tag:GetResources is refused' : 'The tagging API did not answer'
    yield { type: 'warning', message: `${why}, so the tags of mappings are read one by one.` }
    return { bulk: null }
  }
}

const optional: readonly string[] = [
  'ACCESS_DENIED',
  'REJECTED_BY_AWS',
  'AWS_FAILED',
  'ENDPOINT_NOT_AWS',
  'NOT_FOUND',
]

/** The tags of one mapping, read now; null: they could not be. Nothing is changed by what a bulk read said alone. */
export async function tagsNow({ arn }: Mapping, { clients, signal }: Session): Promise<Tags | null> {
  if (arn === undefined) return null
  try {
    return await readMappingTags(clients, arn, signal)
  } catch (error) {
    if (
      error instanceof SqsTriggerError &&
      (error.code === 'ACCESS_DENIED' || error.code === 'MAPPING_NOT_FOUND')
    )
      return null
    throw error
  }
}
