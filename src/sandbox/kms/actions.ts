import type { Action } from '../define-action.js'
import cancelKeyDeletion from './actions/CancelKeyDeletion.js'
import createAlias from './actions/CreateAlias.js'
import createGrant from './actions/CreateGrant.js'
import createKey from './actions/CreateKey.js'
import describeKey from './actions/DescribeKey.js'
import disableKey from './actions/DisableKey.js'
import enableKey from './actions/EnableKey.js'
import getKeyPolicy from './actions/GetKeyPolicy.js'
import listAliases from './actions/ListAliases.js'
import listGrants from './actions/ListGrants.js'
import putKeyPolicy from './actions/PutKeyPolicy.js'
import scheduleKeyDeletion from './actions/ScheduleKeyDeletion.js'

/** Every KMS operation of the sandbox. */
export const kmsActions: readonly Action[] = [
  cancelKeyDeletion,
  createAlias,
  createGrant,
  createKey,
  describeKey,
  disableKey,
  enableKey,
  getKeyPolicy,
  listAliases,
  listGrants,
  putKeyPolicy,
  scheduleKeyDeletion,
]
