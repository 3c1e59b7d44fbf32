import { randomUUID } from 'node:crypto'
import { defineAction } from '../../define-action.js'
import { structure, text } from '../../members.js'
import { aliasConfiguration, findAlias, readWeights, requireVersion } from '../alias.js'
import { findTarget, onFunction, readTarget, requiredText } from '../function-target.js'
import type { FunctionAlias } from '../state.js'

/** https://docs.aws.amazon.com/lambda/latest/api/API_UpdateAlias.html */
export default defineAction({
  service: 'lambda',
  name: 'UpdateAlias',
  rest: { method: 'PUT', path: '/2015-03-31/functions/{FunctionName}/aliases/{Name}', status: 200 },
  decode: (raw) => ({
    ...readTarget(raw),
    name: requiredText(raw, 'Name'),
    functionVersion: text(raw, 'FunctionVersion'),
    description: text(raw, 'Description'),
    routingConfig: structure(raw, 'RoutingConfig'),
  }),
  needs: (input, call) => onFunction('lambda:UpdateAlias', input, call),
  run: ({ name, functionVersion, description, routingConfig, ...target }, call) => {
    const { fn } = findTarget(target, call)
    const { routingConfig: weights, ...known } = findAlias(fn, name)
    if (functionVersion !== undefined) requireVersion(fn, functionVersion)
    const alias: FunctionAlias = {
      ...known,
      functionVersion: functionVersion ?? known.functionVersion,
      description: description ?? known.description,
      // Left out, the weights stay; an empty routing configuration clears them.
      ...(routingConfig
        ? readWeights(routingConfig)
        : weights === undefined
          ? {}
          : { routingConfig: weights }),
      revisionId: randomUUID(),
    }
    fn.aliases.set(name, alias)
    return aliasConfiguration(fn, alias)
  },
})
