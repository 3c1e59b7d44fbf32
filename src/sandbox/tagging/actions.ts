import type { Action } from '../define-action.js'
import getResources from './actions/GetResources.js'

/** The operations of the Resource Groups Tagging API: tags are read of many resources at once, and set one by one. */
export const taggingActions: readonly Action[] = [getResources]
