import type { Action } from '../define-action.js'
import createAlias from './actions/CreateAlias.js'
import createFunction from './actions/CreateFunction.js'
import deleteAlias from './actions/DeleteAlias.js'
import deleteFunction from './actions/DeleteFunction.js'
import deleteFunctionConcurrency from './actions/DeleteFunctionConcurrency.js'
import getAccountSettings from './actions/GetAccountSettings.js'
import getAlias from './actions/GetAlias.js'
import getFunction from './actions/GetFunction.js'
import getFunctionConcurrency from './actions/GetFunctionConcurrency.js'
import getFunctionConfiguration from './actions/GetFunctionConfiguration.js'
import getFunctionRecursionConfig from './actions/GetFunctionRecursionConfig.js'
import invoke from './actions/Invoke.js'
import listAliases from './actions/ListAliases.js'
import listFunctions from './actions/ListFunctions.js'
import publishVersion from './actions/PublishVersion.js'
import putFunctionConcurrency from './actions/PutFunctionConcurrency.js'
import putFunctionRecursionConfig from './actions/PutFunctionRecursionConfig.js'
import updateAlias from './actions/UpdateAlias.js'
import updateFunctionCode from './actions/UpdateFunctionCode.js'
import updateFunctionConfiguration from './actions/UpdateFunctionConfiguration.js'

/** What the sandbox's Lambda can do with functions; event source mappings stand elsewhere. */
export const lambdaActions: readonly Action[] = [
  createAlias,
  createFunction,
  deleteAlias,
  deleteFunction,
  deleteFunctionConcurrency,
  getAccountSettings,
  getAlias,
  getFunction,
  getFunctionConcurrency,
  getFunctionConfiguration,
  getFunctionRecursionConfig,
  invoke,
  listAliases,
  listFunctions,
  publishVersion,
  putFunctionConcurrency,
  putFunctionRecursionConfig,
  updateAlias,
  updateFunctionCode,
  updateFunctionConfiguration,
]
