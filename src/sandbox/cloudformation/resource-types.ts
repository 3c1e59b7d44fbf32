import type { ResourceType } from './resource-type.js'
import eventSourceMapping from './types/event-source-mapping.js'
import lambdaFunction from './types/function.js'
import logGroup from './types/log-group.js'
import queue from './types/queue.js'
import role from './types/role.js'

export const resourceTypes: ReadonlyMap<string, ResourceType> = new Map(
  [queue, role, logGroup, lambdaFunction, eventSourceMapping].map((type) => [type.name, type]),
)
