import type { Call } from '../define-action.js'
import type { MadeResource } from './state.js'

/** The physical id, which is what Ref gives, and what Fn::GetAtt gives. */
type Created = Pick<MadeResource, 'physicalId' | 'attributes'>

/** How resources of one type are made and deleted: by the same actions that anybody else calls. */
export interface ResourceType {
  readonly name: string
  /** @param generated a name for a resource that the template gives none */
  create(properties: Readonly<Record<string, unknown>>, generated: string, call: Call): Promise<Created>
  delete(resource: MadeResource, call: Call): Promise<void>
  /** Whether it is at rest: made after a creation, gone after a deletion. Default: at once. */
  settled?(resource: Created, after: 'create' | 'delete', call: Call): Promise<boolean>
}
