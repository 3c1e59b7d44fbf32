import type { Action } from '../define-action.js'
import assumeRole from './actions/AssumeRole.js'
import getCallerIdentity from './actions/GetCallerIdentity.js'

/** Every STS operation of the sandbox. */
export const stsActions: readonly Action[] = [assumeRole, getCallerIdentity]
