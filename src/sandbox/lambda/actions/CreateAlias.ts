import { randomUUID } from 'node:crypto'
import { AwsFault } from '../../aws-fault.js'
import { defineAction } from '../../define-action.js'
import { structure, text } from '../../members.js'
import { aliasConfiguration, readWeights, requireVersion } from '../alias.js'
import { findTarget, onFunction, readTarget, requiredText } from '../function-target.js'
import type { FunctionAlias } from '../state.js'

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateAlias.html */
export default defineAction({
  service: 'lambda',
  name: 'CreateAlias',
  rest: { method: 'POST', path: '/2015-03-31/functions/{FunctionName}/aliases', status: 201 },
  decode: (raw) => ({
    ...readTarget(raw),
    name: requiredText(raw, 'Name'),
    functionVersion: requiredText(raw, 'FunctionVersion'),
    description: text(raw, 'Description') ?? '',
    routingConfig: structure(raw, 'RoutingConfig'),
  }),
  needs: (input, call) => onFunction('lambda:CreateAlias', input, call),
  run: (input, call) => {
    const { fn } = findTarget(input, call)
    const { name, functionVersion, description, routingConfig } = input
    requireVersion(fn, functionVersion)
    if (fn.aliases.has(name)) {
      throw new AwsFault('ResourceConflictException', `Alias already exists: ${fn.arn}:${name}`, {
        status: 409,
        recorded: false,
      })
    }
    const alias: FunctionAlias = {
      name,
      functionVersion,
      description,
      ...(routingConfig ? readWeights(routingConfig) : {}),
      revisionId: randomUUID(),
    }
    fn.aliases.set(name, alias)
    return aliasConfiguration(fn, alias)
  },
})
