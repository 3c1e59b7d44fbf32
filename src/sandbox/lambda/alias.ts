import { structure } from '../members.js'
import type { RawInput } from '../raw-input.js'
import { notFound } from './find-function.js'
import type { FunctionAlias, LambdaFunction } from './state.js'

/** AliasConfiguration as the API shows it. */
export function aliasConfiguration(
  fn: LambdaFunction,
  alias: FunctionAlias,
): Readonly<Record<string, unknown>> {
  return {
    AliasArn: `${fn.arn}:${alias.name}`,
    Name: alias.name,
    FunctionVersion: alias.functionVersion,
    Description: alias.description,
    ...(alias.routingConfig ? { RoutingConfig: alias.routingConfig } : {}),
    RevisionId: alias.revisionId,
  }
}

/** Throws ResourceNotFoundException. */
export function findAlias(fn: LambdaFunction, name: string): FunctionAlias {
  const alias = fn.aliases.get(name)
  if (!alias) throw notFound(`Cannot find alias arn: ${fn.arn}:${name}`)
  return alias
}

/** Throws ResourceNotFoundException for a version that was not published. */
export function requireVersion(fn: LambdaFunction, version: string): void {
  if (version !== '$LATEST' && !fn.versions.has(version)) {
    throw notFound(`Function not found: ${fn.arn}:${version}`)
  }
}

/** An empty routing configuration is not echoed. */
export function readWeights(routingConfig: RawInput): Pick<FunctionAlias, 'routingConfig'> {
  const weights = structure(routingConfig, 'AdditionalVersionWeights')
  return weights && Object.keys(weights).length > 0
    ? { routingConfig: { AdditionalVersionWeights: weights } }
    : {}
}
