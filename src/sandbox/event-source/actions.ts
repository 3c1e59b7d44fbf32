import type { Action } from '../define-action.js'
import createEventSourceMapping from './actions/CreateEventSourceMapping.js'
import deleteEventSourceMapping from './actions/DeleteEventSourceMapping.js'
import getEventSourceMapping from './actions/GetEventSourceMapping.js'
import listEventSourceMappings from './actions/ListEventSourceMappings.js'
import listTags from './actions/ListTags.js'
import tagResource from './actions/TagResource.js'
import untagResource from './actions/UntagResource.js'
import updateEventSourceMapping from './actions/UpdateEventSourceMapping.js'

/** The operations on event source mappings, tags included. */
export const eventSourceActions: readonly Action[] = [
  createEventSourceMapping,
  deleteEventSourceMapping,
  getEventSourceMapping,
  listEventSourceMappings,
  listTags,
  tagResource,
  untagResource,
  updateEventSourceMapping,
]
